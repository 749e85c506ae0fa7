"""The machine checks of PDF/UA-1 (ISO 14289-1), and what pmkit itself promises of its PDF.

A complaint names its failure condition of the Matterhorn protocol, or the clause, or "pmkit". Only what pmkit writes is read: all else (forms,
role maps, simple fonts) is a complaint, too. Widths of CFF programs are not compared.
"""
import re
import struct
import xml.etree.ElementTree as ET

import pdfread

STANDARD = set("""Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD
    THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form""".split())
HEADINGS = {f"H{level}": level for level in range(1, 7)}
# ISO 32000-1, tables 333, 336 and 337: the sequence of children as an expression over their names, each with a blank behind it.
SYNTAX = {
    "TOC": ("09-006", r"(Caption )?((TOCI|TOC) )+"), "TOCI": ("09-006", r"((Lbl|Reference|NonStruct|P|TOC) )+"),
    "L": ("09-005", r"(Caption )?(LI )+"), "LI": ("09-005", r"(Lbl )?LBody "),
    "Table": ("09-004", r"(Caption )?((TR )+|(THead )?(TBody )+(TFoot )?)(Caption )?"), "TR": ("09-004", r"((TH|TD) )+"),
    "THead": ("09-004", r"(TR )+"), "TBody": ("09-004", r"(TR )+"), "TFoot": ("09-004", r"(TR )+")}
PARENTS = {
    "TOCI": ("09-006", "TOC"), "LI": ("09-005", "L"), "LBody": ("09-005", "LI"), "TR": ("09-004", "Table THead TBody TFoot"), "TH": ("09-004", "TR"),
    "TD": ("09-004", "TR"), "THead": ("09-004", "Table"), "TBody": ("09-004", "Table"), "TFoot": ("09-004", "Table")}
INLINE = {"Span", "Quote", "Note", "Reference", "Code", "Link", "Annot", "Figure", "Formula", "Lbl"}
PAINTING = set("S s f F f* B B* b b* sh Tj TJ ' \" Do".split())
SHOWING = {"Tj", "TJ", "'", '"'}
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
DC, UA = "{http://purl.org/dc/elements/1.1/}", "{http://www.aiim.org/pdfua/ns/id/}"


class Element:
    def __init__(self, kind, ref, entries, parent):
        self.kind, self.ref, self.entries, self.parent = kind, ref, entries, parent
        self.kids, self.has_content = [], False


class Checker:
    """`complaints`, each once and in order, is empty for a file that passes."""

    def __init__(self, pdf):
        self.pdf, self.complaints = pdf, {}
        self.pages = pdf.pages()
        self.elements = []
        self.owners = {}     # (page, MCID) to its element
        self.objects = {}    # annotation to (its element, the page that the element names)
        self.marked = {}     # page to its MCIDs
        self.shown = {}      # font to the codes shown with it
        tree = pdf.dictionary(pdf.root.get("/StructTreeRoot"))
        self.parents = dict(pdf.number_tree(tree.get("/ParentTree")))
        self.catalog()
        self.metadata()
        self.outline()
        self.attachments()
        self.structure(tree)
        self.syntax()
        self.headings()
        self.tables()
        self.figures()
        for number, (ref, page) in enumerate(self.pages, 1):
            try:
                self.content(f"page {number}", ref, page)
            except ValueError as e:
                self.say("ISO 32000-1, 7.8.2", f"page {number}: {e}")
            self.ownership(f"page {number}", ref, page)
            self.annotations(f"page {number}", ref, page)
        self.stray()
        for ref, codes in self.shown.items():
            self.font(ref, codes)

    def say(self, rule, message):
        self.complaints[f"{rule}: {message}"] = True

    def demand(self, holds, rule, message):
        if not holds:
            self.say(rule, message)
        return holds

    # ---- the document ----

    def catalog(self):
        root, get = self.pdf.root, self.pdf.dictionary
        mark = get(root.get("/MarkInfo"))
        self.demand(mark.get("/Marked") is True, "ISO 14289-1, 7.1", "the file is not marked as tagged")
        self.demand(mark.get("/Suspects") is not True, "01-007", "the file has suspects")
        self.demand(LANGUAGE.fullmatch(self.pdf.text(root.get("/Lang"))), "11-006", "the catalog has no language")
        title = get(root.get("/ViewerPreferences")).get("/DisplayDocTitle")
        self.demand(title is not None, "07-001", "DisplayDocTitle is missing")
        self.demand(title is not False, "07-002", "DisplayDocTitle is false")
        self.demand("/Encrypt" not in self.pdf.trailer, "26-001", "the file is encrypted")
        for key in ("/OCProperties", "/AcroForm"):
            self.demand(key not in root, "pmkit", f"the catalog has {key}")

    def metadata(self):
        ref = self.pdf.root.get("/Metadata")
        try:
            tree = ET.fromstring(self.pdf.stream(ref) or b"")
        except ET.ParseError as e:
            self.say("06-001", f"no readable XMP: {e}")
            return
        entries = self.pdf.dictionary(ref)
        self.demand((entries.get("/Type"), entries.get("/Subtype")) == ("/Metadata", "/XML"), "06-001", "the XMP stream is not marked as such")
        self.demand(tree.findtext(f".//{UA}part") == "1", "06-002", "XMP does not say PDF/UA-1")
        title = "".join(tree.find(f".//{DC}title").itertext()).strip() if tree.find(f".//{DC}title") is not None else ""
        self.demand(title, "06-003", "XMP has no title")
        info = self.pdf.text(self.pdf.dictionary(self.pdf.trailer.get("/Info")).get("/Title"))
        self.demand(" ".join(info.split()) == " ".join(title.split()), "pmkit", f"XMP has the title {title!r}, the information dictionary {info!r}")

    def outline(self):
        def below(node, depth):
            last, ref = None, node.get("/First")
            while ref and depth < 16 and ref not in seen:
                item = self.pdf.dictionary(ref)
                seen.add(ref)
                self.demand(self.pdf.text(item.get("/Title")), "pmkit", "an entry of the outline has no title")
                self.demand(item.get("/Prev") == last, "ISO 32000-1, 12.3.3", "the outline's chain is broken")
                self.destination(item, "an entry of the outline")
                below(item, depth + 1)
                last, ref = ref, item.get("/Next")
            self.demand(node.get("/Last") == last, "ISO 32000-1, 12.3.3", "the outline's last entry is not the last of its chain")

        seen = set()
        below(self.pdf.dictionary(self.pdf.root.get("/Outlines")), 0)
        self.demand(seen, "pmkit", "there is no outline")

    def destination(self, holder, name):
        if "/Dest" in holder:
            target = self.pdf.array(holder["/Dest"])[:1]
            self.demand(target and target[0] in dict(self.pages), "ISO 32000-1, 12.3.2", f"{name} leads to no page")
        else:
            action = self.pdf.dictionary(holder.get("/A"))
            self.demand(action.get("/S") == "/URI" and self.pdf.text(action.get("/URI")), "ISO 32000-1, 12.6.4.7", f"{name} leads nowhere")

    def attachments(self):
        names = self.pdf.dictionary(self.pdf.dictionary(self.pdf.root.get("/Names")).get("/EmbeddedFiles"))
        listed, attached = self.pdf.array(names.get("/Names"))[1::2], self.pdf.array(self.pdf.root.get("/AF"))
        self.demand(attached and sorted(attached) == sorted(listed), "pmkit", "AF and the embedded files are not the same")
        for ref in listed:
            file = self.pdf.dictionary(ref)
            self.demand(self.pdf.text(file.get("/F")) and self.pdf.text(file.get("/UF")), "21-001", "an attachment lacks F or UF")
            self.demand(file.get("/AFRelationship") == "/Source", "pmkit", "an attachment's AFRelationship is not Source")
            self.demand(self.pdf.stream(self.pdf.dictionary(file.get("/EF")).get("/F")), "pmkit", "an attachment is empty")

    # ---- the structure ----

    def structure(self, tree):
        self.demand("/RoleMap" not in tree and "/ClassMap" not in tree, "pmkit", "there are roles or classes, which pmkit does not write")
        for ref in self.pdf.array(tree.get("/K")):
            self.element(ref, None, self.pdf.root.get("/StructTreeRoot"))
        roots = [e.kind for e in self.elements if e.parent is None]
        self.demand(roots == ["Document"], "ISO 14289-1, 7.1", f"the structure has the roots {roots}, not one Document")
        self.demand(all(key < tree.get("/ParentTreeNextKey", 0) for key in self.parents), "ISO 32000-1, 14.7.2", "ParentTreeNextKey is too small")

    def element(self, ref, parent, parent_ref):
        entries = self.pdf.dictionary(ref)
        e = Element(str(entries.get("/S"))[1:], ref, entries, parent)
        self.demand(not any(ref == other.ref for other in self.lineage(parent)), "ISO 32000-1, 14.7.2", f"{e.kind} is below itself")
        self.demand(entries.get("/P") == parent_ref, "ISO 32000-1, 14.7.2", f"the parent of {e.kind} {ref} is another than it says")
        self.demand(e.kind in STANDARD, "02-001", f"{e.kind} is not a standard type")
        if "/Lang" in entries:
            self.demand(LANGUAGE.fullmatch(self.pdf.text(entries["/Lang"])), "11-001", f"the language of a {e.kind} is no language tag")
        self.elements.append(e)
        if parent:
            parent.kids.append(e)
        for kid in self.pdf.array(entries.get("/K")):
            self.kid(e, kid, entries.get("/Pg"))

    def kid(self, e, kid, page):
        if isinstance(kid, str):
            self.element(kid, e, e.ref)
            return
        e.has_content = True
        page = kid.get("/Pg", page) if isinstance(kid, dict) else page
        if isinstance(kid, dict) and kid.get("/Type") == "/OBJR":
            self.demand(kid["/Obj"] not in self.objects, "ISO 32000-1, 14.7.4.3", f"an annotation is in two elements, the second a {e.kind}")
            self.objects[kid["/Obj"]] = (e, page)
            return
        key = (page, kid.get("/MCID") if isinstance(kid, dict) else kid)
        self.demand(key not in self.owners, "ISO 32000-1, 14.7.4.2", f"content {key} belongs to two elements, the second a {e.kind}")
        self.owners[key] = e

    @staticmethod
    def lineage(e):
        while e:
            yield e
            e = e.parent

    def syntax(self):
        for e in self.elements:
            names = "".join(kid.kind + " " for kid in e.kids)
            if e.kind in SYNTAX:
                rule, wanted = SYNTAX[e.kind]
                self.demand(re.fullmatch(wanted, names), rule, f"{e.kind} {e.ref} holds {names or 'nothing'}")
                self.demand(not e.has_content, rule, f"{e.kind} {e.ref} holds content itself")
            parent = e.parent.kind if e.parent else "the root"
            if e.kind in PARENTS:
                rule, wanted = PARENTS[e.kind]
                self.demand(parent in wanted.split(), rule, f"{e.kind} {e.ref} is in {parent}")
            if e.kind in HEADINGS or e.kind in INLINE | {"P"} and e.kind != "Figure":
                self.demand(all(kid.kind in INLINE for kid in e.kids), "ISO 32000-1, 14.8.4", f"{e.kind} {e.ref} holds {names}")
            if e.kind in INLINE | {"P", "LBody"} or e.kind in HEADINGS:
                self.demand(e.kids or e.has_content, "ISO 32000-1, 14.8.4", f"{e.kind} {e.ref} is empty")
            if e.kind in ("H", "Note", "Formula", "Form"):
                self.say("pmkit", f"there is a {e.kind}, which pmkit does not write")

    def headings(self):
        levels = [HEADINGS[e.kind] for e in self.elements if e.kind in HEADINGS]
        self.demand(levels[:1] == [1], "14-002", f"the first heading is {levels[:1]}, not 1")
        for before, level in zip(levels, levels[1:]):
            self.demand(level <= before + 1, "14-003", f"H{level} follows H{before}")

    def attribute(self, e, owner, name):
        for entry in self.pdf.array(e.entries.get("/A")):
            entry = self.pdf.dictionary(entry)
            if entry.get("/O") == owner and name in entry:
                return self.pdf.get(entry[name])
        return None

    def tables(self):
        for table in (e for e in self.elements if e.kind == "Table"):
            rows = [row for e in table.kids for row in ([e] if e.kind == "TR" else e.kids)]
            cells = [[cell for cell in row.kids if cell.kind in ("TH", "TD")] for row in rows]
            columns = {sum(self.attribute(cell, "/Table", "/ColSpan") or 1 for cell in row) for row in cells}
            self.demand(len(columns) == 1, "ISO 14289-1, 7.5", f"the rows of table {table.ref} have {sorted(columns)} columns")
            heads = [cell for row in cells for cell in row if cell.kind == "TH"]
            self.demand(heads, "ISO 14289-1, 7.5", f"table {table.ref} has no header")
            for cell in heads:
                self.demand(self.attribute(cell, "/Table", "/Scope") in ("/Row", "/Column", "/Both"), "15-003",
                            f"a TH of table {table.ref} has no Scope")
            self.demand(not any(self.attribute(cell, "/Table", "/RowSpan") for row in cells for cell in row), "pmkit",
                        f"table {table.ref} has a RowSpan, which pmkit does not write")

    def figures(self):
        for e in (e for e in self.elements if e.kind == "Figure"):
            self.demand(self.pdf.text(e.entries.get("/Alt")), "13-004", f"Figure {e.ref} has no Alt")
            box = self.attribute(e, "/Layout", "/BBox") or []
            page = self.pdf.dictionary(e.entries.get("/Pg"))
            paper = self.pdf.array(page.get("/MediaBox"))
            inside = len(box) == 4 and len(paper) == 4 and paper[0] <= box[0] < box[2] <= paper[2] and paper[1] <= box[1] < box[3] <= paper[3]
            self.demand(inside, "ISO 32000-1, 14.8.5.4.3", f"Figure {e.ref} has the BBox {box}, which is no part of its page")

    # ---- pages ----

    def content(self, name, ref, page):
        resources = self.pdf.dictionary(page.get("/Resources"))
        fonts, pictures = self.pdf.dictionary(resources.get("/Font")), self.pdf.dictionary(resources.get("/XObject"))
        self.marked[ref] = set()
        marks, saved, font, in_text = [], [], None, False
        for operator, operands in pdfread.operations(self.pdf.content(page)):
            if operator in ("BMC", "BDC"):
                marks.append((self.mark(name, ref, operands, [kind for kind, _ in marks]), in_text))
            elif operator == "EMC":
                if self.demand(marks, "ISO 32000-1, 14.6.1", f"{name}: EMC without a beginning"):
                    self.demand(marks.pop()[1] == in_text, "ISO 32000-1, 14.6.1", f"{name}: marked content and text object overlap")
            elif operator in ("BT", "ET"):
                self.demand(in_text == (operator == "ET"), "ISO 32000-1, 9.4.1", f"{name}: {operator} in the wrong place")
                in_text = operator == "BT"
            elif operator == "q":
                saved.append(font)
            elif operator == "Q":
                if self.demand(saved, "ISO 32000-1, 8.4.2", f"{name}: Q without q"):
                    font = saved.pop()
            elif operator == "Tf":
                font = fonts.get(operands[0])
            elif operator in PAINTING:
                self.demand(any(kind is not None for kind, _ in marks), "01-005", f"{name}: {operator} paints outside of tags and artifacts")
            elif operator in ("BI", "Tr"):
                self.say("pmkit", f"{name}: there is {operator}, which pmkit does not write")
            if operator == "Do":
                picture = self.pdf.dictionary(pictures.get(operands[0]))
                self.demand(picture.get("/Subtype") == "/Image", "pmkit", f"{name}: Do of {operands[0]}, which is no image")
            elif operator in SHOWING and self.demand(font, "ISO 32000-1, 9.3.1", f"{name}: text without a font"):
                self.show(name, font, operands[-1])
        self.demand(not marks, "ISO 32000-1, 14.6.1", f"{name}: marked content does not end")
        self.demand(not in_text and not saved, "ISO 32000-1, 8.2", f"{name}: BT or q does not end")

    def show(self, name, font, operand):
        for string in (s for s in (operand if isinstance(operand, list) else [operand]) if isinstance(s, bytes)):
            self.demand(len(string) % 2 == 0, "ISO 32000-1, 9.7.6.2", f"{name}: half a code is shown")
            self.shown.setdefault(font, set()).update(code for code, in struct.iter_unpack(">H", string[:len(string) & ~1]))

    def mark(self, name, ref, operands, around):
        """What the marked content is: "artifact", an MCID, or None."""
        entries = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
        if operands[0] == "/Artifact":
            self.demand(not any(isinstance(kind, int) for kind in around), "01-003", f"{name}: an artifact is in tagged content")
            return "artifact"
        if "/MCID" not in entries:
            return None
        mcid = int(entries["/MCID"])
        self.demand("artifact" not in around, "01-004", f"{name}: tagged content is in an artifact")
        self.demand(mcid not in self.marked[ref], "ISO 32000-1, 14.7.4.2", f"{name}: MCID {mcid} is there twice")
        self.marked[ref].add(mcid)
        return mcid

    def ownership(self, name, ref, page):
        key = page.get("/StructParents")
        listed = self.pdf.array(self.parents.get(key))
        for mcid in sorted(self.marked.get(ref, ())):
            owner = self.owners.get((ref, mcid))
            if self.demand(owner, "01-005", f"{name}: MCID {mcid} is in no element"):
                self.demand(listed[mcid:mcid + 1] == [owner.ref], "ISO 32000-1, 14.7.4.4",
                            f"{name}: the parent tree does not have {owner.kind} {owner.ref} for MCID {mcid}")
        self.demand(not listed or len(listed) == max(self.marked.get(ref, ()), default=-1) + 1, "ISO 32000-1, 14.7.4.4",
                    f"{name}: the parent tree has {len(listed)} entries for it")

    def annotations(self, name, ref, page):
        annotations = self.pdf.array(page.get("/Annots"))
        if annotations:
            self.demand("/Tabs" in page, "28-008", f"{name}: there are links, but no Tabs")
            self.demand(page.get("/Tabs", "/S") == "/S", "28-009", f"{name}: Tabs is not S")
        for one in annotations:
            link, where = self.pdf.dictionary(one), f"{name}: link {one}"
            self.demand(link.get("/Subtype") == "/Link", "28-002", f"{name}: {one} is a {link.get('/Subtype')}, which pmkit does not write")
            self.demand(self.pdf.text(link.get("/Contents")), "28-012", f"{where} has no Contents")
            owner, home = self.objects.get(one, (None, None))
            if self.demand(owner and owner.kind == "Link", "28-011", f"{where} is not in a Link"):
                self.demand(home == ref, "ISO 32000-1, 14.7.4.3", f"{where} is on another page than its element says")
                self.demand(self.parents.get(link.get("/StructParent")) == owner.ref, "ISO 32000-1, 14.7.4.4",
                            f"{where}: the parent tree does not lead from its StructParent to its element")
            self.destination(link, where)

    def stray(self):
        """What the structure names and no page has."""
        pages = dict(self.pages)
        for (page, mcid), e in self.owners.items():
            self.demand(mcid in self.marked.get(page, ()), "ISO 32000-1, 14.7.4.2", f"{e.kind} {e.ref} has MCID {mcid}, which its page lacks")
        for one, (e, page) in self.objects.items():
            self.demand(one in self.pdf.array(pages.get(page, {}).get("/Annots")), "ISO 32000-1, 14.7.4.3", f"{e.kind} {e.ref} has a link of no page")
        for e in (e for e in self.elements if e.kind == "Link"):
            self.demand(any(owner is e for owner, _ in self.objects.values()), "ISO 32000-1, 14.8.4.4.2", f"Link {e.ref} has no annotation")
        keys = [page["/StructParents"] for page in pages.values() if "/StructParents" in page]
        keys += [self.pdf.dictionary(one).get("/StructParent", -1) for one in self.objects]
        self.demand(sorted(keys) == sorted(self.parents), "ISO 32000-1, 14.7.4.4", "the keys of the parent tree are not those of pages and links")

    # ---- fonts ----

    def font(self, ref, codes):
        font = self.pdf.dictionary(ref)
        name = font.get("/BaseFont")
        if not self.demand((font.get("/Subtype"), font.get("/Encoding")) == ("/Type0", "/Identity-H"), "pmkit", f"{name} is not Type0, Identity-H"):
            return
        below = self.pdf.dictionary(self.pdf.array(font.get("/DescendantFonts"))[0])
        descriptor = self.pdf.dictionary(below.get("/FontDescriptor"))
        self.demand(below.get("/BaseFont") == name == descriptor.get("/FontName"), "ISO 32000-1, 9.7.6.2", f"{name} has another name below")
        self.demand(0 not in codes, "31-030", f"{name} shows .notdef")
        unicode = self.pdf.stream(font.get("/ToUnicode"))
        if self.demand(unicode, "31-027", f"{name} has no ToUnicode"):
            texts = pdfread.to_unicode(unicode)
            silent = sorted(code for code in codes if not texts.get(code))
            self.demand(not silent, "10-001", f"{name}: ToUnicode has nothing for the codes {silent[:8]}")
            self.demand(not any("\0" in text for text in texts.values()), "31-028", f"{name}: ToUnicode has U+0000")
            self.demand(not any(set("\uFEFF\uFFFE") & set(text) for text in texts.values()), "31-029", f"{name}: ToUnicode has U+FEFF or U+FFFE")
        if below.get("/Subtype") == "/CIDFontType2":
            self.truetype(name, below, descriptor, codes)
        else:
            self.demand(self.pdf.stream(descriptor.get("/FontFile3")), "31-009", f"{name} is not embedded")

    def truetype(self, name, font, descriptor, codes):
        program = self.pdf.stream(descriptor.get("/FontFile2"))
        if not self.demand(program, "31-009", f"{name} is not embedded"):
            return
        table = self.pdf.stream(font.get("/CIDToGIDMap"))
        if not self.demand(table, "31-004", f"{name}: CIDToGIDMap is no stream"):
            return
        glyphs = [glyph for glyph, in struct.iter_unpack(">H", table)]
        advances, widths = pdfread.advances(program), pdfread.widths(self.pdf.array(font.get("/W")))
        for code in sorted(codes - {0}):
            glyph = glyphs[code] if code < len(glyphs) else 0
            self.demand(glyph, "31-030", f"{name}: code {code} shows .notdef")
            if self.demand(glyph < len(advances), "31-011", f"{name}: the program lacks glyph {glyph}"):
                width = widths.get(code, font.get("/DW", 1000))
                self.demand(abs(width - advances[glyph]) <= 1, "31-016", f"{name}: code {code} is {width} wide, its glyph {advances[glyph]:.2f}")


def complaints_of(text, change=None):
    """Of a file as JSON, after `change` was made to it."""
    pdf = pdfread.Pdf(text)
    if change:
        change(pdf)
    return list(Checker(pdf).complaints)
