#!/usr/bin/python3
"""Reports against pdfua.py, and files that it must refuse.

usage: tagged.py [FILE.pdf ...]   with files: what it has to say of them
"""
import os
import re
import shutil
import struct
import sys
import tempfile
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True
import lib as t  # noqa: E402
import pdf as judged  # noqa: E402
import pdfread  # noqa: E402
from pdfua import complaints_of  # noqa: E402

# ---- the self-test ----

def found(pdf, holds):
    """Objects that are dictionaries and hold the condition."""
    bodies = (thing["stream"]["dict"] if "stream" in thing else thing.get("value") for thing in pdf.objects.values())
    return [body for body in bodies if isinstance(body, dict) and holds(body)]


def alter(kind, change, which=0):
    """Changes an element of the kind."""
    return lambda pdf: change(found(pdf, lambda body: body.get("/S") == "/" + kind and "/P" in body)[which])


def of_type(kind, change):
    return lambda pdf: change(found(pdf, lambda body: body.get("/Type") == "/" + kind)[0])


def rewrite(stream, old, new):
    """Replaces bytes of the stream that `stream` finds."""
    def change(pdf):
        ref = stream(pdf)
        before = pdf.stream(ref)
        after = re.sub(old, new, before, count=1)
        if before == after:
            raise ValueError("the self-test changes nothing")
        pdf.set_stream(ref, after)
    return change


def first_font(pdf):
    return found(pdf, lambda body: body.get("/Subtype") == "/Type0")[0]


def first_cid_font(pdf):
    return pdf.dictionary(first_font(pdf)["/DescendantFonts"][0])


def first_text(pdf):
    return pdf.array(pdf.pages()[0][1]["/Contents"])[0]


def swap_parents(pdf):
    tree = pdf.dictionary(pdf.dictionary(pdf.root["/StructTreeRoot"])["/ParentTree"])
    while "/Nums" not in tree:
        tree = pdf.dictionary(tree["/Kids"][0])
    listed = next(pdf.get(value) for value in tree["/Nums"][1::2] if isinstance(pdf.get(value), list))
    listed[0], listed[-1] = listed[-1], listed[0]


def drop(key):
    return lambda body: body.pop(key)


def put(key, value):
    return lambda body: body.__setitem__(key, value)


BROKEN = {   # what is wrong, the complaint that must be among those made, the change
    "no language": ("11-006", of_type("Catalog", drop("/Lang"))),
    "not marked": ("ISO 14289-1, 7.1", of_type("Catalog", drop("/MarkInfo"))),
    "no structure": ("01-005", of_type("Catalog", drop("/StructTreeRoot"))),
    "title not shown": ("07-002", of_type("Catalog", put("/ViewerPreferences", {"/DisplayDocTitle": False}))),
    "no word on the title": ("07-001", of_type("Catalog", drop("/ViewerPreferences"))),
    "encrypted": ("26-001", lambda pdf: put("/Encrypt", {})(pdf.trailer)),
    "no outline": ("pmkit", of_type("Catalog", drop("/Outlines"))),
    "outline with a gap": ("ISO 32000-1, 12.3.3", of_type("Outlines", lambda body: body.update({"/First": body["/Last"]}))),
    "no metadata": ("06-001", of_type("Catalog", drop("/Metadata"))),
    "PDF/UA-2": ("06-002", rewrite(lambda pdf: pdf.root["/Metadata"], b"part>1<", b"part>2<")),
    "XMP without title": ("06-003", rewrite(lambda pdf: pdf.root["/Metadata"], b"(?s)<dc:title>.*</dc:title>", b"")),
    "attachment without UF": ("21-001", of_type("Filespec", drop("/UF"))),
    "attachment of no kind": ("pmkit", of_type("Filespec", drop("/AFRelationship"))),
    "own type": ("02-001", alter("P", put("/S", "/Text"))),
    "language of no kind": ("11-001", alter("P", put("/Lang", "u:??"))),
    "child of another": ("ISO 32000-1, 14.7.2", alter("P", put("/P", "1 0 R"))),
    "heading in a heading": ("ISO 32000-1, 14.8.4", alter("Link", put("/S", "/H2"))),
    "row of paragraphs": ("09-004", alter("TD", put("/S", "/P"))),
    "item without body": ("09-005", alter("LBody", put("/S", "/P"))),
    "contents of paragraphs": ("09-006", alter("TOCI", put("/S", "/P"))),
    "first heading is H2": ("14-002", alter("H1", put("/S", "/H2"))),
    "heading skipped": ("14-003", alter("H2", put("/S", "/H4"))),
    "row without a cell": ("ISO 14289-1, 7.5", alter("TR", lambda body: body["/K"].pop(), 1)),
    "TH without Scope": ("15-003", alter("TH", lambda body: body["/A"].pop("/Scope"))),
    "figure without Alt": ("13-004", alter("Figure", drop("/Alt"))),
    "figure without BBox": ("ISO 32000-1, 14.8.5.4.3", alter("Figure", drop("/A"))),
    "content of nobody": ("01-005", alter("H1", put("/K", []))),
    "content of two": ("ISO 32000-1, 14.7.4.2", alter("P", put("/K", [0]))),
    "content that is not there": ("ISO 32000-1, 14.7.4.2", alter("P", lambda body: body["/K"].append(9999))),
    "parent tree in disorder": ("ISO 32000-1, 14.7.4.4", swap_parents),
    "content without tag": ("01-005", rewrite(first_text, rb"/Artifact BMC", b"/Span BMC")),
    "artifact in content": ("01-003", rewrite(first_text, rb"(/\w+<</MCID 0>>BDC)(?s:(.*?))EMC", rb"\1 /Artifact BMC \2 EMC EMC")),
    "content in artifact": ("01-004", rewrite(first_text, rb"(/\w+<</MCID 0>>BDC)(?s:(.*?))EMC", rb"/Artifact BMC \1 \2 EMC EMC")),
    "content without end": ("ISO 32000-1, 14.6.1", rewrite(first_text, rb"\bEMC\b", b"")),
    "no Tabs": ("28-008", of_type("Page", drop("/Tabs"))),
    "Tabs by rows": ("28-009", of_type("Page", put("/Tabs", "/R"))),
    "link outside of Link": ("28-011", alter("Link", put("/S", "/Span"))),
    "link without Contents": ("28-012", of_type("Annot", drop("/Contents"))),
    "link without StructParent": ("ISO 32000-1, 14.7.4.4", of_type("Annot", drop("/StructParent"))),
    "link to nowhere": ("ISO 32000-1, 12.3.2", of_type("Annot", put("/Dest", []))),
    "font not embedded": ("31-009", of_type("FontDescriptor", drop("/FontFile2"))),
    "no ToUnicode": ("31-027", lambda pdf: first_font(pdf).pop("/ToUnicode")),
    "U+FEFF": ("31-029", rewrite(lambda pdf: first_font(pdf)["/ToUnicode"], rb"<0001> ?<[^>]*>", b"<0001><FEFF>")),
    "code without text": ("10-001", rewrite(lambda pdf: first_font(pdf)["/ToUnicode"], rb"<0001> ?<[^>]*>", b"<0001><>")),
    "U+0000": ("31-028", rewrite(lambda pdf: first_font(pdf)["/ToUnicode"], rb"<0001> ?<[^>]*>", b"<0001><0000>")),
    "wrong width": ("31-016", lambda pdf: put(1, 1234)(first_cid_font(pdf)["/W"][1])),
    "no map to glyphs": ("31-004", lambda pdf: put("/CIDToGIDMap", "/Identity")(first_cid_font(pdf))),
    "glyph that is not there": ("31-011", rewrite(lambda pdf: first_cid_font(pdf)["/CIDToGIDMap"], rb"(?s)\A(..)..", b"\\1\xFF\xFF")),
    "map to .notdef": ("31-030", rewrite(lambda pdf: first_cid_font(pdf)["/CIDToGIDMap"], rb"(?s)\A(..)..", b"\\1\0\0")),
    ".notdef": ("31-030", rewrite(first_text, rb"\[\(", b"[<0000>(")),
}


def self_test(text):
    for name, (rule, change) in BROKEN.items():
        complaints = complaints_of(text, change)
        t.check(f"refused: {name}", "" if any(c.startswith(rule + ":") for c in complaints) else f"no {rule} in {complaints[:3]}")


def self_test_of_bytes(path):
    """Through qpdf, too: one name of the file is another one."""
    with open(path, "rb") as f:
        good = f.read()
    for old, new, rule in ((b"/Scope/", b"/Scale/", "15-003"), (b"/Marked true", b"/Larked true", "ISO 14289-1, 7.1"),
                           (b"/S/LBody", b"/S/LBoat", "02-001")):
        with open(path + ".broken", "wb") as f:
            f.write(good.replace(old, new, 1))
        complaints = complaints_of(pdfread.as_json(path + ".broken"))
        t.check(f"refused: {new.decode()} in the file", "" if any(c.startswith(rule + ":") for c in complaints) else f"no {rule} in {complaints[:3]}")


# ---- the reports ----

def theme_with_logo(folder):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    with open(os.path.join(folder, "logo.png"), "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 2, 8, 2, 0, 0, 0))
                  + chunk(b"IDAT", zlib.compress((b"\0" + b"\x20\x40\x80" * 4) * 2)) + chunk(b"IEND", b""))
    path = os.path.join(folder, "logo.yaml")
    with open(path, "w", encoding="utf-8") as out:
        out.write("name: logo\nlogo: {file: logo.png, height: 14mm, alt: A blue field}\n")
    return path


def judge(name, pdf, *arguments):
    r = t.run([t.PM2PDF, "-o", pdf, *arguments])
    if not t.check(f"{name}: is made", "" if r.returncode == 0 else f"exit status {r.returncode}: {t.text_of(r.stderr)}"):
        return None
    try:
        text = pdfread.as_json(pdf)
        complaints = complaints_of(text)
    except (ValueError, LookupError, TypeError, AttributeError, struct.error) as e:
        text, complaints = None, [f"cannot be read: {e!r}"]
    more = f", and {len(complaints) - 8} more" if len(complaints) > 8 else ""
    t.check(f"{name}: no complaint", "; ".join(complaints[:8]) + more)
    return text


def main():
    for pdf in sys.argv[1:]:
        complaints = complaints_of(pdfread.as_json(pdf))
        t.check(pdf, "; ".join(complaints))
    if sys.argv[1:]:
        t.finish()
    t.need(t.PM2PDF)
    if not shutil.which("qpdf"):
        t.skip("qpdf is not there")
    with tempfile.TemporaryDirectory() as folder:
        sources = t.examples() + t.golden()
        for make in (judged.long_timeline, judged.deep_lists, judged.smallest):
            sources.append(os.path.join(folder, make.__name__ + ".yaml"))
            make(sources[-1])
        pdf = os.path.join(folder, "report.pdf")
        for source in sources:
            for template in ("full", "executive"):
                judge(f"{os.path.basename(source)[:-5]}, {template}", pdf, "--template", template, source)
        judge("several incidents", pdf, *t.examples())
        text = judge("with a logo", pdf, "--theme", theme_with_logo(folder), t.examples()[0])
        if text:
            self_test(text)
            self_test_of_bytes(pdf)
    t.finish()


if __name__ == "__main__":
    main()
