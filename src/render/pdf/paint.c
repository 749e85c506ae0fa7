#include "render/pdf/paint.h"

#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Painting one page. y of a layout grows downwards from the top; that of a PDF upwards from the bottom. */
struct brush {
    struct pm_canvas *canvas;
    struct pm_buf *out;
    struct pm_sheet *sheet;
    size_t index;
    double height;
    const struct pm_layout *layout;
    size_t first;
    /* the open marked content */
    bool marked;
    struct pm_tag *tag;
    /* the graphics state as written */
    const struct pm_font *font;
    double size;
    bool has_fill, has_stroke;
    struct pm_rgb fill, stroke;
};

static void fail(struct pm_canvas *canvas, enum pm_status status)
{
    if (canvas->status == PM_OK)
        canvas->status = status;
}

static void add_parent(struct pm_canvas *canvas, struct pm_parent parent)
{
    if (canvas->parent_count == canvas->parent_cap) {
        size_t cap = canvas->parent_cap ? canvas->parent_cap * 2 : 64;
        struct pm_parent *grown = pm_arena_grow(canvas->file->arena, canvas->parents, canvas->parent_count, cap, sizeof *grown);
        if (!grown) {
            fail(canvas, PM_NOMEM);
            return;
        }
        canvas->parents = grown;
        canvas->parent_cap = cap;
    }
    canvas->parents[canvas->parent_count++] = parent;
}

static bool has_room_for_sheet(struct pm_canvas *canvas)
{
    if (canvas->sheet_count < canvas->sheet_cap)
        return true;
    size_t cap = canvas->sheet_cap ? canvas->sheet_cap * 2 : 16;
    struct pm_sheet *grown = pm_arena_grow(canvas->file->arena, canvas->sheets, canvas->sheet_count, cap, sizeof *grown);
    if (!grown)
        return false;
    canvas->sheets = grown;
    canvas->sheet_cap = cap;
    return true;
}

void pm_canvas_add_sheet(struct pm_canvas *canvas, HPDF_Page before)
{
    HPDF_Page page = NULL;
    if (canvas->status == PM_OK && has_room_for_sheet(canvas))
        page = before ? HPDF_InsertPage(canvas->file->doc, before) : HPDF_AddPage(canvas->file->doc);
    if (!page) {
        fail(canvas, PM_NOMEM);
        return;
    }
    HPDF_Page_SetWidth(page, (HPDF_REAL)canvas->theme->paper_width);
    HPDF_Page_SetHeight(page, (HPDF_REAL)canvas->theme->paper_height);
    HPDF_Dict resources = HPDF_Dict_GetItem(page, "Resources", HPDF_OCLASS_DICT);
    if (!resources || HPDF_Dict_Add(resources, "Font", canvas->fonts->resources) != HPDF_OK ||
        HPDF_Dict_AddNumber(page, "StructParents", (HPDF_INT32)canvas->parent_count) != HPDF_OK ||
        HPDF_Dict_AddName(page, "Tabs", "S") != HPDF_OK) {
        fail(canvas, PM_NOMEM);
        return;
    }
    canvas->sheets[canvas->sheet_count] = (struct pm_sheet){.page = page, .key = canvas->parent_count};
    add_parent(canvas, (struct pm_parent){.is_sheet = true, .sheet = canvas->sheet_count});
    canvas->sheet_count++;
}

/* ---- marked content ---- */

static void end_marked(struct brush *b)
{
    if (b->marked)
        pm_buf_puts(b->out, "EMC\n");
    b->marked = false;
}

static int new_mcid(struct brush *b, struct pm_tag *tag)
{
    struct pm_sheet *sheet = b->sheet;
    if (sheet->marked_count == sheet->marked_cap) {
        size_t cap = sheet->marked_cap ? sheet->marked_cap * 2 : 64;
        struct pm_tag **grown = pm_arena_grow(b->canvas->file->arena, sheet->marked, sheet->marked_count, cap, sizeof(struct pm_tag *));
        if (!grown) {
            fail(b->canvas, PM_NOMEM);
            return 0;
        }
        sheet->marked = grown;
        sheet->marked_cap = cap;
    }
    sheet->marked[sheet->marked_count] = tag;
    return (int)sheet->marked_count++;
}

static void begin_marked(struct brush *b, struct pm_tag *tag)
{
    if (b->marked && b->tag == tag)
        return;
    end_marked(b);
    b->marked = true;
    b->tag = tag;
    if (!tag) {
        pm_buf_puts(b->out, "/Artifact BMC\n");
        return;
    }
    int mcid = new_mcid(b, tag);
    pm_tag_content(b->canvas->file->arena, tag, b->index, mcid, NULL);
    pm_buf_putc(b->out, '/');
    pm_buf_puts(b->out, pm_tag_name(tag->kind));
    pm_buf_puts(b->out, "<</MCID ");
    pm_put_unsigned(b->out, (size_t)mcid);
    pm_buf_puts(b->out, ">>BDC\n");
}

/* ---- colour and paths ---- */

static bool same_rgb(struct pm_rgb a, struct pm_rgb b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

static void put_rgb(struct brush *b, struct pm_rgb c, const char *operator)
{
    pm_buf_number(b->out, c.r / 255.0, 3);
    pm_buf_putc(b->out, ' ');
    pm_buf_number(b->out, c.g / 255.0, 3);
    pm_buf_putc(b->out, ' ');
    pm_buf_number(b->out, c.b / 255.0, 3);
    pm_buf_putc(b->out, ' ');
    pm_buf_puts(b->out, operator);
    pm_buf_putc(b->out, '\n');
}

static void set_fill(struct brush *b, struct pm_rgb c)
{
    if (b->has_fill && same_rgb(b->fill, c))
        return;
    put_rgb(b, c, "rg");
    b->has_fill = true;
    b->fill = c;
}

static void set_stroke(struct brush *b, struct pm_rgb c)
{
    if (b->has_stroke && same_rgb(b->stroke, c))
        return;
    put_rgb(b, c, "RG");
    b->has_stroke = true;
    b->stroke = c;
}

static void put_point(struct brush *b, double x, double y)
{
    pm_put_number(b->out, x);
    pm_put_number(b->out, b->height - y);
}

static void move_to(struct brush *b, double x, double y)
{
    put_point(b, x, y);
    pm_buf_puts(b->out, "m ");
}

static void line_to(struct brush *b, double x, double y)
{
    put_point(b, x, y);
    pm_buf_puts(b->out, "l ");
}

static void curve_to(struct brush *b, double x1, double y1, double x2, double y2, double x, double y)
{
    put_point(b, x1, y1);
    put_point(b, x2, y2);
    put_point(b, x, y);
    pm_buf_puts(b->out, "c ");
}

#define CIRCLE_CONTROL 0.5523   /* of a Bézier quarter circle */

static void rounded_rect(struct brush *b, double x, double y, double w, double h, double r)
{
    double most = fmin(w, h) / 2;
    r = r > most ? most : r;
    if (r <= 0) {
        put_point(b, x, y + h);
        pm_put_number(b->out, w);
        pm_put_number(b->out, h);
        pm_buf_puts(b->out, "re ");
        return;
    }
    double k = r * (1 - CIRCLE_CONTROL);
    move_to(b, x + r, y);
    line_to(b, x + w - r, y);
    curve_to(b, x + w - k, y, x + w, y + k, x + w, y + r);
    line_to(b, x + w, y + h - r);
    curve_to(b, x + w, y + h - k, x + w - k, y + h, x + w - r, y + h);
    line_to(b, x + r, y + h);
    curve_to(b, x + k, y + h, x, y + h - k, x, y + h - r);
    line_to(b, x, y + r);
    curve_to(b, x, y + k, x + k, y, x + r, y);
    pm_buf_puts(b->out, "h ");
}

static void trace(struct brush *b, const struct pm_item *item)
{
    double x = item->x, y = item->y, w = item->w;
    switch (item->kind) {
    case PM_ITEM_LINE:
        move_to(b, x, y);
        line_to(b, x + w, y + item->h);
        break;
    case PM_ITEM_CIRCLE:
        rounded_rect(b, x - w, y - w, 2 * w, 2 * w, w);
        break;
    case PM_ITEM_DIAMOND:
        move_to(b, x, y - w);
        line_to(b, x + w, y);
        line_to(b, x, y + w);
        line_to(b, x - w, y);
        pm_buf_puts(b->out, "h ");
        break;
    case PM_ITEM_CHECK:
        move_to(b, x + w * 0.18, y + item->h * 0.52);
        line_to(b, x + w * 0.42, y + item->h * 0.76);
        line_to(b, x + w * 0.84, y + item->h * 0.26);
        break;
    default:
        rounded_rect(b, x, y, w, item->h, item->radius);
    }
}

static void paint_shape(struct brush *b, const struct pm_item *item)
{
    bool open = item->kind == PM_ITEM_LINE || item->kind == PM_ITEM_CHECK;
    bool fill = item->has_fill && !open;
    bool stroke = item->has_stroke || open;
    if (!fill && !stroke)
        return;
    begin_marked(b, item->tag);
    if (fill)
        set_fill(b, item->fill);
    if (stroke) {
        set_stroke(b, item->has_stroke ? item->stroke : item->fill);
        pm_put_number(b->out, item->stroke_width > 0 ? item->stroke_width : 0.5);
        pm_buf_puts(b->out, "w ");
        if (item->dashed)
            pm_buf_puts(b->out, "[2 2] 0 d ");
    }
    trace(b, item);
    pm_buf_puts(b->out, fill && stroke ? "B" : fill ? "f" : "S");
    pm_buf_puts(b->out, stroke && item->dashed ? " [] 0 d\n" : "\n");
}

static void paint_image(struct brush *b, const struct pm_item *item)
{
    const char *name = b->canvas->logo ? HPDF_Page_GetXObjectName(b->sheet->page, b->canvas->logo) : NULL;
    if (!name)
        return;
    begin_marked(b, item->tag);
    pm_buf_puts(b->out, "q ");
    pm_put_number(b->out, item->w);
    pm_buf_puts(b->out, "0 0 ");
    pm_put_number(b->out, item->h);
    put_point(b, item->x, item->y + item->h);
    pm_buf_printf(b->out, "cm /%s Do Q\n", name);
}

/* ---- text ---- */

/* Writing the glyphs of one fragment as operands of TJ. */
struct pen {
    struct brush *brush;
    struct pm_font_use *use;
    double wanted;         /* where the next glyph should be, thousandths of an em from the start */
    long reached;          /* where it would be by the widths of the file */
    int rise;              /* font units */
    bool in_string, in_array;
};

static void close_string(struct pen *p)
{
    if (p->in_string)
        pm_buf_putc(p->brush->out, ')');
    p->in_string = false;
}

static void close_array(struct pen *p)
{
    close_string(p);
    if (p->in_array)
        pm_buf_puts(p->brush->out, "] TJ\n");
    p->in_array = false;
}

static void open_string(struct pen *p)
{
    if (!p->in_array)
        pm_buf_putc(p->brush->out, '[');
    if (!p->in_string)
        pm_buf_putc(p->brush->out, '(');
    p->in_array = p->in_string = true;
}

static void set_rise(struct pen *p, const struct pm_fragment *fragment, int rise)
{
    if (p->rise == rise)
        return;
    close_array(p);
    pm_put_number(p->brush->out, rise * fragment->style->size / fragment->font->upem);
    pm_buf_puts(p->brush->out, "Ts\n");
    p->rise = rise;
}

/* Moves by the difference between where the next glyph should be and where it would be. */
static void move_pen(struct pen *p, double dx)
{
    double x = p->wanted + dx;
    long target = (long)(x < 0 ? x - 0.5 : x + 0.5);
    if (target == p->reached)
        return;
    close_string(p);
    if (!p->in_array)
        pm_buf_putc(p->brush->out, '[');
    p->in_array = true;
    if (target > p->reached)
        pm_buf_putc(p->brush->out, '-');
    pm_put_unsigned(p->brush->out, (size_t)labs(p->reached - target));
    p->reached = target;
}

/* What is escaped in a literal string (ISO 32000-1, 7.3.4.2). */
static bool is_special(unsigned char c)
{
    return c == '(' || c == ')' || c == '\\' || c == '\r';
}

static void put_byte(struct pm_buf *b, unsigned char c)
{
    if (is_special(c))
        pm_buf_putc(b, '\\');
    pm_buf_putc(b, c == '\r' ? 'r' : (char)c);
}

static void put_code(struct pm_buf *b, unsigned code)
{
    const unsigned char bytes[] = {(unsigned char)(code >> 8), (unsigned char)code};
    if (!is_special(bytes[0]) && !is_special(bytes[1])) {
        pm_buf_add(b, bytes, 2);
        return;
    }
    put_byte(b, bytes[0]);
    put_byte(b, bytes[1]);
}

static void put_glyph(struct pen *p, const struct pm_fragment *fragment, const struct pm_glyph *glyph, unsigned code, int width)
{
    double em = 1000.0 / fragment->font->upem;
    set_rise(p, fragment, glyph->dy);
    move_pen(p, glyph->dx * em);
    open_string(p);
    put_code(p->brush->out, code);
    p->reached += width;
    p->wanted += glyph->advance * em;
}

/* A glyph whose code stands for other text, or the glyphs of a cluster with fewer characters: the characters are given beside them.
 * Not from right to left, where readers would turn them round once more. */
static void put_with_actual_text(struct pen *p, const struct pm_fragment *fragment, const struct pm_glyph *glyph, unsigned code, int width)
{
    close_array(p);
    pm_buf_puts(p->brush->out, "/Span <</ActualText ");
    pm_put_text(p->brush->out, (struct pm_str){glyph->text, glyph->length});
    pm_buf_puts(p->brush->out, ">> BDC\n");
    put_glyph(p, fragment, glyph, code, width);
    close_array(p);
    pm_buf_puts(p->brush->out, "EMC\n");
}

static void put_one(struct pen *p, const struct pm_fragment *fragment, const struct pm_glyph *glyph)
{
    int width = 0;
    bool exact = true;
    unsigned code = pm_font_use_code(p->brush->canvas->fonts, p->use, glyph, &width, &exact);
    if (code && !exact && !glyph->rtl && glyph->length)
        put_with_actual_text(p, fragment, glyph, code, width);
    else if (code)
        put_glyph(p, fragment, glyph, code, width);
    else
        fail(p->brush->canvas, pm_arena_failed(p->brush->canvas->file->arena) ? PM_NOMEM : PM_LIMIT);
}

/* A glyph without ink and advance, to stand for characters that have no glyph of their own. 0: the font has none. */
static uint32_t blank_glyph(const struct pm_font *font)
{
    static const uint32_t blanks[] = {0x200C, 0x200D, 0x200B};   /* zero width non-joiner, joiner, space */
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        uint32_t gid = pm_font_glyph(font, blanks[i]);
        if (gid && pm_font_advance(font, gid) == 0)
            return gid;
    }
    return 0;
}

/* A ligature that is read from right to left. Readers disagree about the order of several characters under one code:
 * some turn them round, some do not. So its code stands for the first of them, and blanks in front of it, to its left,
 * for the others. False: no blank is to be had. */
static bool put_rtl_ligature(struct pen *p, const struct pm_fragment *fragment, const struct pm_glyph *glyph)
{
    struct pm_str text = {glyph->text, glyph->length};
    size_t count = pm_utf8_length(text);
    uint32_t blank = count > 1 ? blank_glyph(fragment->font) : 0;
    if (!blank)
        return false;
    for (size_t i = count; i-- > 0;) {
        struct pm_str until = pm_utf8_prefix(text, i + 1), before = pm_utf8_prefix(text, i);
        struct pm_glyph part = {.gid = blank, .text = until.p + before.n, .length = (uint16_t)(until.n - before.n), .rtl = true};
        if (i == 0) {
            part = *glyph;
            part.length = (uint16_t)until.n;
        }
        put_one(p, fragment, &part);
    }
    return true;
}

static void put_glyphs(struct pen *p, const struct pm_fragment *fragment)
{
    for (size_t i = 0; i < fragment->count; i++)
        if (!fragment->glyphs[i].rtl || !put_rtl_ligature(p, fragment, &fragment->glyphs[i]))
            put_one(p, fragment, &fragment->glyphs[i]);
    close_array(p);
    set_rise(p, fragment, 0);
}

static void set_font(struct brush *b, const struct pm_font_use *use, double size)
{
    if (b->font == use->font && fabs(b->size - size) < 0.005)
        return;
    pm_buf_puts(b->out, "/F");
    pm_put_unsigned(b->out, use->number);
    pm_buf_putc(b->out, ' ');
    pm_put_number(b->out, size);
    pm_buf_puts(b->out, "Tf\n");
    b->font = use->font;
    b->size = size;
}

static void paint_text(struct brush *b, const struct pm_item *item)
{
    const struct pm_fragment *fragment = item->fragment;
    if (!fragment || fragment->count == 0)
        return;
    struct pen pen = {.brush = b, .use = pm_embedding_use(b->canvas->fonts, fragment->font)};
    if (!pen.use) {
        fail(b->canvas, PM_NOMEM);
        return;
    }
    begin_marked(b, item->tag);
    set_fill(b, fragment->style->colour);
    pm_buf_puts(b->out, "BT ");
    set_font(b, pen.use, fragment->style->size);
    pm_buf_puts(b->out, "1 0 0 1 ");
    put_point(b, item->x + fragment->pad, item->y);
    pm_buf_puts(b->out, "Tm\n");
    put_glyphs(&pen, fragment);
    pm_buf_puts(b->out, "ET\n");
}

/* ---- links ---- */

/* From where the last one was found on: contents name them in their order, and a file may have many. */
static const struct pm_anchor *find_anchor(struct pm_canvas *canvas, const struct pm_layout *layout, struct pm_str id)
{
    size_t n = layout->anchor_count, from = canvas->last_anchor;
    for (size_t i = 0; i < n; i++) {
        size_t at = (from + i) % n;
        if (!pm_str_eq(layout->anchors[at].id, id))
            continue;
        canvas->last_anchor = at;
        return &layout->anchors[at];
    }
    return NULL;
}

/* A URI is 7-bit ASCII (ISO 32000-1, 12.6.4.7): other bytes are percent-encoded. */
static void put_uri(struct pm_buf *b, struct pm_str url)
{
    pm_buf_putc(b, '(');
    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.p[i];
        if (c <= 0x20 || c >= 0x7F)
            pm_buf_printf(b, "%%%02X", c);
        else if (c == '(' || c == ')' || c == '\\')
            pm_buf_printf(b, "\\%c", c);
        else
            pm_buf_putc(b, (char)c);
    }
    pm_buf_putc(b, ')');
}

#define LONG_URL 512           /* bytes; also the characters of what a link is described by */
#define MAX_LINK ((size_t)4 << 20)

/* The action of a link, an object for all of its lines: each with the whole of a long address would make the file grow with its square. */
static HPDF_Dict long_action(struct pm_canvas *canvas, struct pm_str url)
{
    if (canvas->long_action && pm_str_eq(canvas->long_url, url))
        return canvas->long_action;
    HPDF_Dict action = pm_object_new(canvas->file);
    struct pm_buf body;
    pm_buf_init(&body, MAX_LINK);
    pm_buf_puts(&body, "/S/URI/URI");
    put_uri(&body, url);
    pm_object_take(canvas->file, action, &body);
    canvas->long_url = pm_arena_str(canvas->file->arena, url);
    canvas->long_action = action;
    return action;
}

static void put_address(struct pm_buf *b, struct pm_canvas *canvas, struct pm_str url)
{
    HPDF_Dict action = url.n > LONG_URL ? long_action(canvas, url) : NULL;
    if (action) {
        pm_buf_puts(b, "/A ");
        pm_put_ref(b, action);
    } else {
        pm_buf_puts(b, "/A<</S/URI/URI");
        put_uri(b, url);
        pm_buf_puts(b, ">>");
    }
    pm_buf_puts(b, "/Contents");
    pm_put_text(b, action ? pm_utf8_prefix(url, LONG_URL) : url);
}

static void put_link_target(struct pm_buf *b, const struct brush *brush, const struct pm_item *item)
{
    if (item->url.n == 0 || item->url.p[0] != '#') {
        put_address(b, brush->canvas, item->url);
        return;
    }
    const struct pm_anchor *anchor = find_anchor(brush->canvas, brush->layout, (struct pm_str){item->url.p + 1, item->url.n - 1});
    size_t sheet = anchor ? brush->first + anchor->page : brush->index;
    pm_buf_puts(b, "/Dest[");
    pm_put_ref(b, brush->canvas->sheets[sheet].page);
    pm_buf_puts(b, "/XYZ 0 ");
    pm_buf_number(b, anchor ? brush->height - anchor->y : brush->height, 2);
    pm_buf_puts(b, " null]/Contents");
    pm_put_text(b, pm_utf8_prefix(anchor ? anchor->title : item->url, LONG_URL));
}

static HPDF_Array annotations(struct brush *b)
{
    if (!b->sheet->annotations) {
        HPDF_Array array = HPDF_Array_New(b->canvas->file->doc->mmgr);
        if (!array || HPDF_Dict_Add(b->sheet->page, "Annots", array) != HPDF_OK)
            return NULL;
        b->sheet->annotations = array;
    }
    return b->sheet->annotations;
}

static void add_link(struct brush *b, const struct pm_item *item)
{
    struct pm_canvas *canvas = b->canvas;
    HPDF_Dict object = pm_object_new(canvas->file);
    HPDF_Array array = object ? annotations(b) : NULL;
    if (!array || HPDF_Array_Add(array, object) != HPDF_OK) {
        fail(canvas, PM_NOMEM);
        return;
    }
    struct pm_buf body;
    pm_buf_init(&body, MAX_LINK);
    pm_buf_puts(&body, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
    pm_put_number(&body, item->x);
    pm_put_number(&body, b->height - item->y - item->h);
    pm_put_number(&body, item->x + item->w);
    pm_put_number(&body, b->height - item->y);
    pm_buf_printf(&body, "]/StructParent %zu", canvas->parent_count);
    put_link_target(&body, b, item);
    pm_object_body(canvas->file, object, pm_buf_slice(&body));
    fail(canvas, body.status);
    pm_buf_free(&body);
    add_parent(canvas, (struct pm_parent){.tag = item->tag});
    pm_tag_content(canvas->file->arena, item->tag, b->index, -1, object);
}

/* ---- figures ---- */

/* The box that a figure's items cover, which PDF/UA wants with the element. */
static void cover_figure(struct brush *b, const struct pm_item *item)
{
    if (!item->tag || item->tag->kind != PM_TAG_FIGURE)
        return;
    bool centred = item->kind == PM_ITEM_CIRCLE || item->kind == PM_ITEM_DIAMOND;
    double size = item->fragment ? item->fragment->style->size : 0;
    double left = centred ? item->x - item->w : item->x;
    double right = item->fragment ? item->x + item->fragment->width : item->x + item->w;
    double top = centred ? item->y - item->w : item->y - size;
    double bottom = centred ? item->y + item->w : item->y + item->h;
    double *box = item->tag->box;
    bool fresh = box[0] == 0 && box[2] == 0;
    box[0] = fresh ? left : fmin(box[0], left);
    box[1] = fresh ? b->height - bottom : fmin(box[1], b->height - bottom);
    box[2] = fresh ? right : fmax(box[2], right);
    box[3] = fresh ? b->height - top : fmax(box[3], b->height - top);
}

static void paint_item(struct brush *b, const struct pm_item *item)
{
    cover_figure(b, item);
    switch (item->kind) {
    case PM_ITEM_TEXT:
        paint_text(b, item);
        break;
    case PM_ITEM_IMAGE:
        paint_image(b, item);
        break;
    case PM_ITEM_LINK:
        if (item->tag)
            add_link(b, item);
        break;
    default:
        paint_shape(b, item);
    }
}

/* The operators of a page into canvas->content. */
static void paint_items(struct brush *b, const struct pm_page *page)
{
    pm_buf_clear(b->out);
    pm_buf_puts(b->out, "q\n");
    for (const struct pm_item *item = page->first; item; item = item->next)
        paint_item(b, item);
    end_marked(b);
    pm_buf_puts(b->out, "Q\n");
    fail(b->canvas, b->out->status);
}

void pm_canvas_paint(struct pm_canvas *canvas, size_t index, const struct pm_page *page, const struct pm_layout *layout, size_t first)
{
    if (canvas->status != PM_OK)
        return;
    struct pm_sheet *sheet = &canvas->sheets[index];
    struct brush b = {.canvas = canvas, .out = &canvas->content, .sheet = sheet, .index = index, .height = canvas->theme->paper_height,
                      .layout = layout, .first = first};
    paint_items(&b, page);
    HPDF_Dict contents = ((HPDF_PageAttr)sheet->page->attr)->contents;
    if (!pm_object_fill(canvas->file, contents, pm_buf_slice(b.out), true, PM_LIT("")))
        fail(canvas, PM_NOMEM);
}

void pm_canvas_paint_running(struct pm_canvas *canvas, size_t index, const struct pm_page *page)
{
    if (canvas->status != PM_OK || page->count == 0)
        return;
    static const struct pm_layout no_anchors;
    struct pm_sheet *sheet = &canvas->sheets[index];
    struct brush b = {.canvas = canvas, .out = &canvas->content, .sheet = sheet, .index = index, .height = canvas->theme->paper_height,
                      .layout = &no_anchors, .first = index};
    paint_items(&b, page);
    HPDF_Dict stream = pm_object_stream(canvas->file, pm_buf_slice(b.out), true, PM_LIT(""));
    HPDF_Array both = stream ? HPDF_Array_New(canvas->file->doc->mmgr) : NULL;
    if (!both || HPDF_Array_Add(both, ((HPDF_PageAttr)sheet->page->attr)->contents) != HPDF_OK || HPDF_Array_Add(both, stream) != HPDF_OK ||
        HPDF_Dict_Add(sheet->page, "Contents", both) != HPDF_OK)
        fail(canvas, PM_NOMEM);
}
