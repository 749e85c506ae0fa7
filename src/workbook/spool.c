#include "workbook/spool.h"

#include "base/limits.h"

enum { MOST_PARTS = 8 };

void pm_spool_init(struct pm_spool *s, int level)
{
    *s = (struct pm_spool){.level = level};
    pm_buf_init(&s->text, PM_MAX_OUTPUT);
}

void pm_spool_free(struct pm_spool *s)
{
    pm_deflater_free(s->deflater);
    pm_buf_free(&s->text);
    pm_spool_init(s, s->level);
}

void pm_spool_pass(struct pm_spool *s)
{
    if (s->status == PM_OK)
        s->status = s->text.status;
    if (s->status != PM_OK || s->text.len < PM_SPOOL_PLAIN || s->level == 0)
        return;
    if (!s->deflater)
        s->deflater = pm_deflater_new(s->level);
    if (!s->deflater)
        s->status = PM_NOMEM;
    pm_deflater_add(s->deflater, pm_buf_slice(&s->text));
    pm_buf_clear(&s->text);
}

static bool is_long(const struct pm_spool_part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (parts[i].spool && parts[i].spool->deflater)
            return true;
    }
    return false;
}

static enum pm_status deflate_part(const struct pm_spool_part *part, int level, bool last, struct pm_deflated *out)
{
    struct pm_spool *s = part->spool;
    if (!s || !s->deflater)
        return pm_deflate(s ? pm_buf_slice(&s->text) : part->text, level, last, out);
    pm_deflater_add(s->deflater, pm_buf_slice(&s->text));
    enum pm_status status = pm_deflater_end(s->deflater, last, out);
    s->deflater = NULL;
    return status;
}

static enum pm_status zip_pieces(struct pm_zip *zip, struct pm_str name, const struct pm_spool_part *parts, size_t count, int level)
{
    struct pm_deflated pieces[MOST_PARTS] = {{0}};
    enum pm_status status = PM_OK;
    for (size_t i = 0; i < count && status == PM_OK; i++) {
        status = deflate_part(&parts[i], level, i + 1 == count, &pieces[i]);
        if (parts[i].spool)
            pm_spool_free(parts[i].spool);
    }
    if (status == PM_OK)
        pm_zip_add_pieces(zip, name, pieces, count);
    for (size_t i = 0; i < count; i++)
        pm_deflated_free(&pieces[i]);
    return status;
}

enum pm_status pm_spool_zip(struct pm_zip *zip, struct pm_str name, const struct pm_spool_part *parts, size_t count, int level)
{
    if (is_long(parts, count))
        return zip_pieces(zip, name, parts, count, level);
    struct pm_buf all;
    pm_buf_init(&all, PM_MAX_OUTPUT);
    for (size_t i = 0; i < count; i++)
        pm_buf_str(&all, parts[i].spool ? pm_buf_slice(&parts[i].spool->text) : parts[i].text);
    if (all.status == PM_OK)
        pm_zip_add(zip, name, pm_buf_slice(&all));
    enum pm_status status = all.status;
    pm_buf_free(&all);
    return status;
}
