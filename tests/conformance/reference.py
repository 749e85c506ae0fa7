"""pm2docx --reference-doc: documents of the house, as Word, LibreOffice and others make them, and reports in them.

With a folder as argument the references and the reports stay there, to be looked at."""
import io
import os
import struct
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile
import zlib

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lib

PM2DOCX = lib.program("pm2docx")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BODY = "<w:p><w:r><w:t>{{body}}</w:t></w:r></w:p>"


# ---- making references ----

def png(width=120, height=40, rgb=(200, 30, 60)):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    row = b"\0" + bytes(rgb) * width
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b""))


def p(text, style=None):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def section(width, height, margin, references="", columns="", landscape=False):
    turn = ' w:orient="landscape"' if landscape else ""
    return (f'<w:sectPr>{references}<w:pgSz w:w="{width}" w:h="{height}"{turn}/><w:pgMar w:top="{margin}" w:right="{margin}" '
            f'w:bottom="{margin}" w:left="{margin}" w:header="500" w:footer="500" w:gutter="0"/>{columns}</w:sectPr>')


REFERENCES = '<w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'

LOGO = ('<w:hdr xmlns:w="%s" xmlns:r="%s"><w:p><w:r><w:drawing><wp:inline '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="1143000" cy="381000"/>'
        '<wp:docPr id="1" name="Logo" descr="The house"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="logo.png"/><pic:cNvPicPr/>'
        '</pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="1143000" cy="381000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        '</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:hdr>') % (W, R)
FOOTER = (f'<w:ftr xmlns:w="{W}"><w:p><w:r><w:t xml:space="preserve">House footer, page </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r>'
          '<w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>')


def style(kind, ident, name, run="", paragraph="", default=False, based=None, next_=None):
    return (f'<w:style w:type="{kind}"{" w:default=%s1%s" % (chr(34), chr(34)) if default else ""} w:styleId="{ident}"><w:name w:val="{name}"/>' +
            (f'<w:basedOn w:val="{based}"/>' if based else "") + (f'<w:next w:val="{next_}"/>' if next_ else "") + "<w:qFormat/>" +
            (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "") + (f"<w:rPr>{run}</w:rPr>" if run else "") + "</w:style>")


def styles(normal="Normal", heading="Heading1", title="Title", strong="Strong"):
    big = '<w:rFonts w:ascii="DejaVu Serif" w:hAnsi="DejaVu Serif"/><w:b/><w:color w:val="B01030"/><w:sz w:val="36"/>'
    return (f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="DejaVu Serif" w:hAnsi="DejaVu Serif"/>'
            '<w:sz w:val="20"/></w:rPr></w:rPrDefault></w:docDefaults>' +
            style("paragraph", normal, "Normal", paragraph='<w:spacing w:after="120"/>', default=True) +
            style("paragraph", heading, "heading 1", big, '<w:keepNext/><w:spacing w:before="360"/><w:outlineLvl w:val="0"/>', based=normal,
                  next_=normal) +
            style("paragraph", title, "Title", '<w:color w:val="B01030"/><w:sz w:val="60"/>', based=normal) +
            style("character", strong, "Strong", "<w:b/>") + "</w:styles>")


NUMBERING = (f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0">'
             '<w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
             '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>')
SETTINGS = f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/></w:settings>'


def document(body, last, root=""):
    return f'<w:document xmlns:w="{W}" xmlns:r="{R}"{root}><w:body>{body}{last}</w:body></w:document>'


def write(path, body, styles_xml=None, numbering=None, main="document.main+xml", extra=(), streamed=False, content_type=None):
    """A package as Word's, with header, footer, logo, settings; `extra`: (name, type, relation of the document, bytes)."""
    parts = [("word/styles.xml", MAIN + "styles+xml", "styles", styles_xml or styles()),
             ("word/settings.xml", MAIN + "settings+xml", "settings", SETTINGS),
             ("word/numbering.xml", MAIN + "numbering+xml", "numbering", numbering or NUMBERING),
             ("word/header1.xml", MAIN + "header+xml", "header", LOGO), ("word/footer1.xml", MAIN + "footer+xml", "footer", FOOTER)]
    parts += extra
    overrides = "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t, _, _ in parts)
    relations = "".join(f'<Relationship Id="rId{i}" Type="{r if ":" in r else R + "/" + r}" Target="{n[5:]}"/>'
                        for i, (n, _, r, _) in enumerate(parts, 1))
    entries = [("[Content_Types].xml", f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType='
                '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
                f'<Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType='
                f'"{content_type or MAIN + main}"/>{overrides}</Types>'),
               ("_rels/.rels", f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{R}/officeDocument" '
                'Target="word/document.xml"/></Relationships>'),
               ("word/document.xml", body),
               ("word/_rels/document.xml.rels", f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'),
               ("word/_rels/header1.xml.rels", f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{R}/image" '
                'Target="media/image1.png"/></Relationships>')]
    entries += [(n, x) for n, _, _, x in parts]
    buffer = io.BytesIO()
    with zipfile.ZipFile(Unseekable(buffer) if streamed else buffer, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in entries:
            z.writestr(name, data if isinstance(data, bytes) else HEAD + data)
        z.writestr("word/media/image1.png", png())
    with open(path, "wb") as f:
        f.write(buffer.getvalue())


class Unseekable(io.RawIOBase):
    """As a pipe: sizes come after the data, as in Google's exports."""

    def __init__(self, buffer):
        super().__init__()
        self.buffer = buffer

    def writable(self):
        return True

    def write(self, data):
        return self.buffer.write(data)


def split(text):
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{t}</w:t></w:r>' for t in text) + "</w:p>"


A4, A5, LETTER = (11906, 16838), (8391, 11906), (12240, 15840)


def references(folder):
    """Path of each reference, with what is particular about it: (path, text width in twips, before, after, id of the style of headings)"""
    made = []

    def add(name, body, width, heading="Heading1", before="Cover of the house", after="Disclaimer of the house", **options):
        path = os.path.join(folder, name)
        write(path, body, **options)
        made.append((path, width, before, after, heading))

    cover, end = p("Cover of the house", "Title"), p("Disclaimer of the house")
    add("a5.docx", document(cover + BODY + end, section(*A5, 900, REFERENCES)), 8391 - 1800)
    add("letter-split-runs.dotx", document(cover + split(["{{", "bo", "dy", "}} "]) + end, section(*LETTER, 1440, REFERENCES)), 12240 - 2880,
        main="template.main+xml")
    german = styles("Standard", "berschrift1", "Titel", "Fett")
    add("german.docx", document(p("Cover of the house", "Titel") + BODY + end, section(*A4, 1134, REFERENCES)), 11906 - 2268, "berschrift1",
        styles_xml=german)
    control = ('<w:sdt><w:sdtPr><w:alias w:val="Body"/><w:id w:val="77"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>' + BODY +
               "</w:sdtContent></w:sdt>")
    add("control.docx", document(cover + control + end, section(*A4, 1134, REFERENCES)), 11906 - 2268)
    numbered = ('<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="9001"/></w:numPr></w:pPr><w:bookmarkStart w:id="9001" w:name="house"/>'
                '<w:r><w:t>Numbered of the house</w:t></w:r><w:bookmarkEnd w:id="9001"/></w:p>')
    taken = NUMBERING.replace('"0"><w:multi', '"9001"><w:multi').replace('numId="1"><w:abstractNumId w:val="0"', 'numId="9001"><w:abstractNumId w:val="9001"')
    add("numbers-in-use.docx", document(cover + numbered + BODY + end, section(*A4, 1134, REFERENCES)), 11906 - 2268, numbering=taken)
    add("no-place.docx", document(cover + "<w:p/>", section(*A4, 1134, REFERENCES)), 11906 - 2268, after=None)
    sections = document(f"<w:p><w:pPr>{section(*A4, 1134)}</w:pPr><w:r><w:t>Cover of the house</w:t></w:r></w:p>" + BODY +
                        f"<w:p><w:pPr>{section(16838, 11906, 1134, landscape=True)}</w:pPr></w:p>" + end, section(*A4, 1134, REFERENCES))
    add("sections.docx", sections, 16838 - 2268)
    add("columns.docx", document(cover + BODY + end, section(*A4, 1134, REFERENCES, '<w:cols w:num="2" w:space="400"/>')),
        (11906 - 2268 - 400) // 2)
    cell = ('<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="7000"/></w:tblGrid><w:tr>'
            '<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p/></w:tc><w:tc><w:tcPr><w:tcW w:w="7000" w:type="dxa"/></w:tcPr>' + BODY +
            "</w:tc></w:tr></w:tbl>")
    add("cell.docx", document(cover + cell + end, section(*A4, 1134, REFERENCES)), 7000 - 216)
    add("other-prefixes.docx", document(cover + BODY + end, section(*A4, 1134, REFERENCES), ' xmlns:wps="urn:other" xmlns:w14="urn:older" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="wps w14"'), 11906 - 2268)
    add("macros.docm", document(cover + BODY + end, section(*A4, 1134, REFERENCES)), 11906 - 2268,
        content_type="application/vnd.ms-word.document.macroEnabled.main+xml",
        extra=[("word/vbaProject.bin", "application/vnd.ms-office.vbaProject",
                "http://schemas.microsoft.com/office/2006/relationships/vbaProject", b"macros")])
    add("streamed.docx", document(cover + BODY + end, section(*A4, 1134, REFERENCES)), 11906 - 2268, streamed=True)
    return made


# ---- judging reports ----

def w(name):
    return f"{{{W}}}{name}"


def package_of(path):
    """The parts of a file by name; raises when it is none."""
    with zipfile.ZipFile(path) as z:
        if z.testzip():
            raise ValueError("damaged")
        names = z.namelist()
        if len(set(n.lower() for n in names)) != len(names) or names[0] != "[Content_Types].xml":
            raise ValueError("names of entries")
        return {n: z.read(n) for n in names}


def trees_of(parts):
    return {n: ET.fromstring(x) for n, x in parts.items() if n.endswith((".xml", ".rels"))}


def check_types(parts, trees):
    types = trees["[Content_Types].xml"]
    defaults = {d.get("Extension").lower() for d in types.findall(f"{{{TYPES}}}Default")}
    overrides = [o.get("PartName") for o in types.findall(f"{{{TYPES}}}Override")]
    if len(set(overrides)) != len(overrides):
        return "two content types of one part"
    for name in overrides:
        if name[1:] not in parts:
            return f"a content type of {name}, which is not there"
    for name in parts:
        if name != "[Content_Types].xml" and "/" + name not in overrides and name.rsplit(".", 1)[-1].lower() not in defaults:
            return f"no content type of {name}"
    return ""


def check_relations(parts, trees):
    reached = set()
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder, base = os.path.split(name)
        source = os.path.join(os.path.dirname(folder), base[:-5])
        ids = [r.get("Id") for r in tree]
        if len(set(ids)) != len(ids):
            return f"{name}: an id twice"
        for r in tree:
            target = r.get("Target")
            if r.get("TargetMode") == "External":
                continue
            path = target[1:] if target.startswith("/") else os.path.normpath(os.path.join(os.path.dirname(source), target))
            reached.add(path)
            if path not in parts:
                return f"{name}: {target} is not there"
        used = {v for e in (trees[source].iter() if source in trees else ()) for k, v in e.attrib.items() if k.startswith(f"{{{R}}}")}
        if not used <= set(ids):
            return f"{source}: relations {sorted(used - set(ids))} are not there"
    lost = [n for n in parts if n not in reached and not n.endswith(".rels") and n != "[Content_Types].xml"]
    return f"nothing leads to {lost}" if lost else ""


def check_names(trees):
    """Styles, numberings and bookmarks that are used are there, once."""
    document_tree, style_tree, numbering_tree = trees["word/document.xml"], trees["word/styles.xml"], trees["word/numbering.xml"]
    ids = [s.get(w("styleId")) for s in style_tree.findall(w("style"))]
    names = [s.find(w("name")).get(w("val")).lower() for s in style_tree.findall(w("style"))]
    if len(set(ids)) != len(ids) or len(set(names)) != len(names):
        return "a style twice"
    for tag in ("pStyle", "rStyle", "tblStyle"):
        for e in document_tree.iter(w(tag)):
            if e.get(w("val")) not in ids:
                return f"no style {e.get(w('val'))}"
    for tag in ("basedOn", "next", "link"):
        for e in style_tree.iter(w(tag)):
            if e.get(w("val")) not in ids:
                return f"styles: no style {e.get(w('val'))}"
    order = [e.tag for e in numbering_tree if e.tag in (w("abstractNum"), w("num"))]
    if order != sorted(order):
        return "definitions of numberings behind instances"
    abstracts = [a.get(w("abstractNumId")) for a in numbering_tree.findall(w("abstractNum"))]
    numbers = [n.get(w("numId")) for n in numbering_tree.findall(w("num"))]
    if len(set(abstracts)) != len(abstracts) or len(set(numbers)) != len(numbers):
        return "a numbering twice"
    if any(n.find(w("abstractNumId")).get(w("val")) not in abstracts for n in numbering_tree.findall(w("num"))):
        return "an instance of no numbering"
    used = {e.get(w("val")) for t in (document_tree, style_tree) for e in t.iter(w("numId"))} - {"0"}
    if not used <= set(numbers):
        return f"no numbering {sorted(used - set(numbers))}"
    starts, ends = ([b.get(w("id")) for b in document_tree.iter(w(tag))] for tag in ("bookmarkStart", "bookmarkEnd"))
    if len(set(starts)) != len(starts) or sorted(starts) != sorted(ends):
        return "bookmarks"
    return ""


def paragraphs_of(tree):
    return ["".join(t.text or "" for t in e.iter(w("t"))) for e in tree.iter(w("p"))]


def check_place(tree, title, before, after):
    texts = paragraphs_of(tree)
    if any("{{body}}" in t for t in texts):
        return "{{body}} is still there"
    if texts[0] != before:
        return f"begins with {texts[0]!r}"
    if not any(title in t for t in texts):
        return "no report"
    if after and texts[-1] != after:
        return f"ends with {texts[-1]!r}"
    return ""


def check_widths(tree, width):
    """No table of the report is wider than the room."""
    for table in tree.iter(w("tbl")):
        columns = [int(c.get(w("w"))) for c in table.find(w("tblGrid")).findall(w("gridCol"))]
        if sum(columns) > width + 20 and not any(t is not table for t in table.iter(w("tbl"))):
            return f"a table of {sum(columns)} in {width}"
    for extent in tree.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"):
        if int(extent.get("cx")) > width * 635 + 12700:
            return f"a figure of {int(extent.get('cx')) // 635} in {width}"
    return ""


def check_report(name, path, reference, title):
    ref, width, before, after, heading = reference
    try:
        parts = package_of(path)
        trees = trees_of(parts)
    except (ValueError, ET.ParseError, zipfile.BadZipFile) as error:
        lib.check(f"{name} is a package of XML", str(error))
        return
    theirs = package_of(ref)
    tree = trees["word/document.xml"]
    lib.check(f"{name}: content types", check_types(parts, trees))
    lib.check(f"{name}: relations", check_relations(parts, trees))
    lib.check(f"{name}: styles, numberings, bookmarks", check_names(trees))
    lib.check(f"{name}: place", check_place(tree, title, before, after))
    lib.check(f"{name}: widths", check_widths(tree, width))
    for part in ("word/header1.xml", "word/footer1.xml", "word/media/image1.png", "word/settings.xml"):
        lib.check(f"{name}: {part} is kept", "" if parts.get(part) == theirs[part] else "changed")
    used = {e.get(w("val")) for e in tree.iter(w("pStyle"))}
    lib.check(f"{name}: headings have the style {heading}", "" if heading in used else f"only {sorted(used)}")
    lib.check(f"{name}: no macros", "word/vbaProject.bin" if "word/vbaProject.bin" in parts else "")


def check_refused(name, path, data, code, message, example):
    if data is not None:
        with open(path, "wb") as f:
            f.write(data)
    out = path + ".out"
    result = lib.run([PM2DOCX, "--reference-doc", path, "-o", out, example])
    said = lib.text_of(result.stderr)
    why = "" if result.returncode == code and message in said and os.path.basename(path) in said else f"exit {result.returncode}: {said}"
    lib.check(f"{name} is refused", why or ("an output" if os.path.exists(out) else ""))


def check_bad(folder, example):
    good = os.path.join(folder, "a5.docx")
    with open(good, "rb") as f:
        data = f.read()
    at = os.path.join(folder, "bad.docx")
    check_refused("a text", at, b"hello", 1, "no ZIP file", example)
    check_refused("half a file", at, data[:len(data) // 2], 1, "no ZIP file, or cut off", example)
    check_refused("an old document", at, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 1, "Word 97-2003", example)
    write(at, document(BODY, "").replace("</w:body>", ""))
    check_refused("a damaged part", at, None, 1, "word/document.xml", example)
    write(at, '<!DOCTYPE d [<!ENTITY a "b">]>' + document(BODY, ""))
    check_refused("a DTD", at, None, 1, "word/document.xml", example)
    write(at, document(BODY, "").replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main"))
    check_refused("a strict document", at, None, 1, "Strict Open XML", example)
    write(at, "<x/>", content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
    check_refused("a workbook", at, None, 1, "not a Word document", example)
    check_refused("a folder", folder, None, 3, "", example)
    check_refused("what is not there", os.path.join(folder, "none.docx"), None, 3, "No such file", example)


def library_docx():
    """python-docx, which has the name of the test beside this one; None where it is not installed."""
    here, path = os.path.dirname(os.path.abspath(__file__)), sys.path
    sys.path = [p for p in path if os.path.abspath(p) != here]
    try:
        import docx
    except ImportError:
        return None
    finally:
        sys.path = path
    return docx


def python_docx(folder):
    docx = library_docx()
    if docx is None:
        return None
    path = os.path.join(folder, "python-docx.docx")
    d = docx.Document()
    d.add_heading("Cover of the house", 0)
    d.add_paragraph("{{body}}")
    d.add_paragraph("Disclaimer of the house", style="List Number")
    d.save(path)
    return path


def check_others(folder, example, title):
    """References made by other programs, and by this one."""
    path = python_docx(folder)
    own = os.path.join(folder, "own.docx")
    lib.run([PM2DOCX, "-o", own, example])
    for name, reference in (("python-docx", path), ("a report", own)):
        if not reference:
            continue
        out = os.path.join(folder, f"report-{name.replace(' ', '-')}.docx")
        result = lib.run([PM2DOCX, "--reference-doc", reference, "-o", out, example])
        if not lib.check(f"{name} as a reference", lib.text_of(result.stderr) or ("" if result.returncode == 0 else "failed")):
            continue
        parts = package_of(out)
        trees = trees_of(parts)
        lib.check(f"{name}: content types", check_types(parts, trees))
        lib.check(f"{name}: relations", check_relations(parts, trees))
        lib.check(f"{name}: styles, numberings, bookmarks", check_names(trees))
        lib.check(f"{name}: the report is there", "" if any(title in t for t in paragraphs_of(trees["word/document.xml"])) else "no")
        if path:
            library_docx().Document(out)


def main(folder):
    lib.need(PM2DOCX)
    example = os.path.join(lib.SOURCE, "examples/gitlab-2017-database.yaml")
    with open(example, encoding="utf-8") as f:
        title = lib.load_yaml(f.read())["title"]
    for reference in references(folder):
        name = os.path.basename(reference[0])
        out = os.path.join(folder, "report-" + name.rsplit(".", 1)[0] + ".docx")
        result = lib.run([PM2DOCX, "--reference-doc", reference[0], "-o", out, example])
        said, macros = lib.text_of(result.stderr), name == "macros.docm"
        if lib.check(f"{name} is taken", "" if result.returncode == 0 and ("macros" in said if macros else not said) else f"{result.returncode}: {said}"):
            check_report(name, out, reference, title)
    twice = [lib.run([PM2DOCX, "--reference-doc", os.path.join(folder, "german.docx"), example, os.path.join(lib.SOURCE, "examples/template.yaml")],
                     env={**os.environ, "TZ": zone}).stdout for zone in ("UTC", "Asia/Tokyo")]
    lib.check("the same bytes in any time zone", "" if twice[0] and twice[0] == twice[1] else "differ")
    check_others(folder, example, title)
    check_bad(folder, example)
    lib.finish()


if len(sys.argv) > 1:
    os.makedirs(sys.argv[1], exist_ok=True)
    main(sys.argv[1])
else:
    with tempfile.TemporaryDirectory() as scratch:
        main(scratch)
