#!/usr/bin/python3
"""DOCX files of the examples, by a reader that is not ours: packages, relations, ids, bookmarks, tables, and the source, byte for byte.

usage: docx.py [FILE.docx ...]   with files: what it has to say of them
"""
import base64
import hashlib
import os
import posixpath
import re
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True
import lib as t  # noqa: E402

PM2DOCX = t.program("pm2docx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PM = "{urn:pm:1}"


class Package:
    """The parts of a file, and the complaints about them."""

    def __init__(self, path):
        self.complaints = []
        self.zip = zipfile.ZipFile(path)
        self.names = self.zip.namelist()
        self.xml = {}
        for name in self.names:
            if name.endswith((".xml", ".rels")):
                try:
                    self.xml[name] = ET.fromstring(self.zip.read(name))
                except ET.ParseError as error:
                    self.say(f"{name}: {error}")

    def say(self, text):
        if text not in self.complaints:
            self.complaints.append(text)

    def complain(self):
        if self.zip.testzip():
            self.say(f"the checksum of {self.zip.testzip()} is wrong")
        if len({name.lower() for name in self.names}) != len(self.names):
            self.say("a part is there twice")
        self.content_types()
        for name in self.names:
            if name.endswith(".rels"):
                self.relations(name)
        document = self.xml.get("word/document.xml")
        if document is None:
            self.say("there is no word/document.xml")
            return self.complaints
        self.names_of_things(document)
        self.bookmarks(document)
        self.tables(document)
        self.texts(document)
        self.controls(document)
        self.sections(document)
        self.numberings()
        self.prefixes()
        self.fields()
        self.custom_xml()
        return self.complaints

    def content_types(self):
        if self.names[0] != "[Content_Types].xml":
            self.say("[Content_Types].xml is not the first part")
        types = self.xml["[Content_Types].xml"]
        defaults = {e.get("Extension").lower() for e in types if e.tag.endswith("Default")}
        overrides = {e.get("PartName") for e in types if e.tag.endswith("Override")}
        for name in self.names[1:]:
            if "/" + name not in overrides and name.rsplit(".", 1)[-1].lower() not in defaults:
                self.say(f"{name} has no content type")
        for name in overrides:
            if name[1:] not in self.names:
                self.say(f"{name} has a content type and is not there")

    def relations(self, name):
        folder = posixpath.dirname(posixpath.dirname(name))
        source = posixpath.join(folder, posixpath.basename(name)[:-5])
        ids = [e.get("Id") for e in self.xml[name]]
        if len(set(ids)) != len(ids):
            self.say(f"{name}: an id is there twice")
        for e in self.xml[name]:
            target = e.get("Target")
            if e.get("TargetMode") == "External":
                if not re.fullmatch(r"(?:https?://[^/?#\s]+|mailto:)[!-~]*", target, re.I) or re.search(r'[<>"{}|\\^`]', target):
                    self.say(f"{name}: {target!r} is no address")
            elif posixpath.normpath(posixpath.join(folder, target)) not in self.names:
                self.say(f"{name}: {target} is not there")
        for e in self.xml[source].iter() if source in self.xml else ():
            for key in ("id", "embed", "link"):
                if e.get(R + key) is not None and e.get(R + key) not in ids:
                    self.say(f"{source}: the relation {e.get(R + key)} is not there")

    def names_of_things(self, document):
        """Styles, numberings, controls and drawings are there, and once."""
        styles = [s.get(W + "styleId") for s in self.xml["word/styles.xml"].iter(W + "style")]
        if len(set(styles)) != len(styles):
            self.say("a style is there twice")
        for kind in ("pStyle", "rStyle", "tblStyle"):
            for e in document.iter(W + kind):
                if e.get(W + "val") not in styles:
                    self.say(f"the style {e.get(W + 'val')} is not there")
        numberings = {n.get(W + "numId") for n in self.xml["word/numbering.xml"].iter(W + "num")}
        for e in document.iter(W + "numId"):
            if e.get(W + "val") not in numberings:
                self.say(f"the numbering {e.get(W + 'val')} is not there")
        controls = [e.find(W + "id").get(W + "val") for e in document.iter(W + "sdtPr")]
        if len(set(controls)) != len(controls) or not all(0 < int(i) < 2 ** 31 for i in controls):
            self.say("ids of content controls are not unique, or no numbers")
        for e in document.iter(W + "tag"):
            if len(e.get(W + "val")) > 64:
                self.say(f"the tag {e.get(W + 'val')} is too long")
        drawings = [e for e in document.iter() if e.tag.endswith("}docPr")]
        if len({e.get("id") for e in drawings}) != len(drawings):
            self.say("ids of drawings are not unique")
        for e in drawings:
            if not (e.get("descr") or "").strip():
                self.say("a drawing has no alternative text")

    def bookmarks(self, document):
        open_ones, names = set(), set()
        for e in document.iter():
            if e.tag == W + "bookmarkStart":
                name = e.get(W + "name")
                if not re.fullmatch(r"[A-Za-z_]\w{0,39}", name, re.A) or name.lower() in names:
                    self.say(f"the bookmark {name} is no good name, or there twice")
                names.add(name.lower())
                open_ones.add(e.get(W + "id"))
            elif e.tag == W + "bookmarkEnd" and e.get(W + "id") not in open_ones:
                self.say("a bookmark ends before it begins")
            elif e.tag == W + "bookmarkEnd":
                open_ones.remove(e.get(W + "id"))
        if open_ones:
            self.say("a bookmark does not end")
        inside = {e for p in document.iter(W + "p") for e in p.iter() if e.tag in (W + "bookmarkStart", W + "bookmarkEnd")}
        if any(e.tag in (W + "bookmarkStart", W + "bookmarkEnd") and e not in inside for e in document.iter()):
            self.say("a bookmark begins or ends outside of a paragraph")
        for e in document.iter(W + "hyperlink"):
            if e.get(W + "anchor") is not None and e.get(W + "anchor").lower() not in names:
                self.say(f"a link goes to {e.get(W + 'anchor')}, which is not there")

    def tables(self, document):
        for table in document.iter(W + "tbl"):
            widths = [int(c.get(W + "w")) for c in table.find(W + "tblGrid")]
            if sum(widths) != int(table.find(W + "tblPr").find(W + "tblW").get(W + "w")):
                self.say("the columns of a table do not sum to its width")
            for row in table.findall(W + "tr"):
                spans = [c.find(f"{W}tcPr/{W}gridSpan") for c in row.findall(W + "tc")]
                if sum(1 if s is None else int(s.get(W + "val")) for s in spans) != len(widths):
                    self.say("a row does not have the columns of its table")
                if sum(int(c.find(f"{W}tcPr/{W}tcW").get(W + "w")) for c in row.findall(W + "tc")) != sum(widths):
                    self.say("the cells of a row do not sum to the width of its table")
            if len(widths) > 63:
                self.say("a table has more columns than Word can open")
        for cell in document.iter(W + "tc"):
            if cell[-1].tag != W + "p":
                self.say("a cell does not end with a paragraph")
        blocks = [e.tag for e in document[0]]
        if (W + "tbl", W + "tbl") in zip(blocks, blocks[1:]):
            self.say("two tables follow each other")
        if blocks[-1] != W + "sectPr" or blocks[-2:-1] == [W + "tbl"]:
            self.say("the body does not end with a paragraph and the section's properties")

    # What Word is strict about, and a schema is not.

    def controls(self, document):
        for control in document.iter(W + "sdt"):
            properties, content = control.find(W + "sdtPr"), control.find(W + "sdtContent")
            text = "".join(e.text or "" for e in content.iter(W + "t"))
            if len(content) == 0:
                self.say("a control has no content")
            for choices in properties.iter(W + "dropDownList"):
                shown = [e.get(W + "displayText") for e in choices]
                values = [e.get(W + "value") for e in choices]
                if not shown or len(set(shown)) != len(shown) or len(set(values)) != len(values):
                    self.say("a list of choices is empty, or has one twice")
                if properties.find(W + "showingPlcHdr") is None and text not in shown:
                    self.say(f"{text!r} is shown and is no choice")
                if choices.get(W + "lastValue") is not None and choices.get(W + "lastValue") not in values:
                    self.say(f"{choices.get(W + 'lastValue')!r} was chosen and is no choice")
            for date in properties.iter(W + "date"):
                if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", date.get(W + "fullDate") or "2000-01-01T00:00:00Z"):
                    self.say(f"{date.get(W + 'fullDate')} is no date")
        for link in document.iter(W + "hyperlink"):
            if sum(1 for _ in link.iter(W + "hyperlink")) > 1:
                self.say("a link is inside of another")

    def sections(self, document):
        for section in document.iter(W + "sectPr"):
            for kind in ("headerReference", "footerReference"):
                types = [e.get(W + "type") for e in section.findall(W + kind)]
                if len(set(types)) != len(types):
                    self.say(f"a section has two of a {kind}")
        ids = [e.get("id") for name, root in self.xml.items() if re.match(r"word/(document|header|footer)", name)
               for e in root.iter() if e.tag.endswith("}cNvPr") and e.get("id") not in (None, "0")]
        if len(set(ids)) != len(ids):
            self.say("ids of shapes are not unique")

    def numberings(self):
        numbering, styles = self.xml["word/numbering.xml"], self.xml["word/styles.xml"]
        order = [e.tag for e in numbering if e.tag in (W + "abstractNum", W + "num")]
        if order != sorted(order, key=lambda tag: tag == W + "num"):
            self.say("an instance of a numbering is in front of a definition")
        abstract = [e.get(W + "abstractNumId") for e in numbering.iter(W + "abstractNum")]
        instances = [e.get(W + "numId") for e in numbering.iter(W + "num")]
        if len(set(abstract)) != len(abstract) or len(set(instances)) != len(instances):
            self.say("a numbering is there twice")
        if any(e.find(W + "abstractNumId").get(W + "val") not in abstract for e in numbering.iter(W + "num")):
            self.say("a numbering has no definition")
        if any(e.get(W + "val") not in instances for e in styles.iter(W + "numId")):
            self.say("the numbering of a style is not there")
        ids = {s.get(W + "styleId") for s in styles.iter(W + "style")}
        for kind in ("basedOn", "next", "link"):
            if any(e.get(W + "val") not in ids for e in styles.iter(W + kind)):
                self.say(f"a style is {kind} one that is not there")
        names = [s.find(W + "name").get(W + "val").lower() for s in styles.iter(W + "style")]
        if len(set(names)) != len(names):
            self.say("two styles have one name")

    def prefixes(self):
        for name in self.xml:
            text = self.zip.read(name).decode("utf-8-sig", "replace")
            bound = set(re.findall(r"""xmlns:([\w.-]+)\s*=""", text))
            for prefix in " ".join(re.findall(r'(?:mc:Ignorable|\bRequires)="([^"]*)"', text)).split():
                if prefix not in bound:
                    self.say(f"{name}: the prefix {prefix} is not bound")

    def fields(self):
        for name, root in self.xml.items():
            depth = 0
            for e in root.iter(W + "fldChar"):
                depth += {"begin": 1, "end": -1}.get(e.get(W + "fldCharType"), 0)
                if depth < 0:
                    self.say(f"{name}: a field ends before it begins")
                if e.get(W + "dirty") is not None:
                    self.say(f"{name}: Word will ask whether to update fields")
            if depth:
                self.say(f"{name}: a field does not end")
            if root.find(W + "updateFields") is not None:
                self.say(f"{name}: Word will ask whether to update fields")

    def custom_xml(self):
        ids = []
        for name in self.names:
            if not re.fullmatch(r"customXml/item\d+\.xml", name):
                continue
            relations = self.xml.get(f"customXml/_rels/{posixpath.basename(name)}.rels")
            targets = [e.get("Target") for e in relations] if relations is not None else []
            properties = self.xml.get(posixpath.normpath(posixpath.join("customXml", targets[0]))) if len(targets) == 1 else None
            if properties is None:
                self.say(f"{name} has no properties")
                continue
            ids.append(next((value for key, value in properties.items() if key.endswith("}itemID")), ""))
        if len(set(ids)) != len(ids) or not all(re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", i, re.I) for i in ids):
            self.say("ids of custom XML are not unique, or no GUIDs")
        custom = self.xml.get("docProps/custom.xml")
        if custom is not None:
            for key in ("name", "pid"):
                values = [e.get(key).lower() for e in custom]
                if len(set(values)) != len(values):
                    self.say(f"a property's {key} is there twice")
            if any(int(e.get("pid")) < 2 for e in custom):
                self.say("a property has a number below 2")

    def claims(self):
        """What pm2docx promises where no reference document has its own way."""
        styles = self.xml["word/styles.xml"]
        names = {s.find(W + "name").get(W + "val").lower() for s in styles.iter(W + "style")}
        wanted = {"title", "heading 1", "heading 2", "heading 3", "list bullet", "list number", "code", "caption", "toc 1", "header", "footer"}
        missing = [f"no style {name}" for name in sorted(wanted - names)]
        document = self.xml["word/document.xml"]
        for table in document.iter(W + "tbl"):
            if table.find(f"{W}tblPr/{W}tblCaption") is not None and table.find(f"{W}tr/{W}trPr/{W}tblHeader") is None:
                missing.append("a table has no head that is repeated")
            if any(row.find(f"{W}trPr/{W}cantSplit") is None for row in table.findall(W + "tr")
                   if table.find(f"{W}tblPr/{W}tblStyle").get(W + "val") != "PmPanel"):
                missing.append("a row may be split")
        footers = [root for name, root in self.xml.items() if re.fullmatch(r"word/footer\w*\.xml", name)]
        for field in ("PAGE", "NUMPAGES"):
            if not footers or not all(field in [(e.text or "").strip() for e in root.iter(W + "instrText")] for root in footers):
                missing.append(f"a footer has no field {field}")
        if styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang") is None:
            missing.append("no language")
        if len({info.date_time for info in self.zip.infolist()}) != 1:
            missing.append("parts have dates")
        return "; ".join(sorted(set(missing)))

    def texts(self, document):
        for e in document.iter(W + "t"):
            if e.text != (e.text or "").strip() and e.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
                self.say(f"{e.text!r} would lose its spaces")
        for e in document.iter(W14 + "checkbox"):
            if e.find(W14 + "checked").get(W14 + "val") not in ("0", "1"):
                self.say("a box is neither checked nor not")

    def sources(self):
        """The sources that the file carries, each with its hash as it says."""
        found = []
        for name in sorted((n for n in self.names if re.fullmatch(r"customXml/item\d+\.xml", n)), key=lambda n: int(re.sub(r"\D", "", n))):
            yaml = self.xml[name].find(PM + "yaml")
            text = yaml.text or ""
            found.append((base64.b64decode(text) if yaml.get("encoding") == "base64" else text.encode("utf-8"), self.xml[name].get("sha256")))
        return found

    def text(self):
        return "".join(e.text or "" for e in self.xml["word/document.xml"].iter(W + "t"))


def judge(name, args, data=None, sources=None, words=()):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.docx")
        result = t.run([PM2DOCX, *args, "-o", path, "-"] if data is not None else [PM2DOCX, "-o", path, *args], data)
        if result.returncode:
            t.check(name, f"exit status {result.returncode}: {t.text_of(result.stderr)}")
            return
        package = Package(path)
        t.check(name, "; ".join(package.complain()[:5]))
        t.check(name + ": promises", package.claims())
        carried = package.sources()
        if sources is not None:
            t.check(name + ": sources", "" if [c[0] for c in carried] == sources else "other bytes than went in")
        t.check(name + ": hashes", "" if all(hashlib.sha256(b).hexdigest() == h for b, h in carried) else "a hash is wrong")
        missing = [word for word in words if word not in package.text()]
        t.check(name + ": words", f"{missing} missing" if missing else "")


def read(path):
    with open(path, "rb") as f:
        return f.read()


SMALL = b"id: INC-1\ntitle: Small\nseverity: SEV-2\nstarted_at: 2026-03-01T10:00:00Z\nsummary: |\n  Text with ]]> and &amp;.\n"


def long_timeline():
    events = b"".join(b"  - {id: T%d, at: '2026-03-01 %02d:%02d', event: 'Event <%d>'}\n" % (i, 10 + i // 60, i % 60, i) for i in range(400))
    return SMALL + b"timeline:\n" + events


def wide_table():
    rows = [b"  |" + b"|".join(cell % i for i in range(100)) + b"|\n" for cell in (b"head %d", b"---%.0d", b"cell %d")]
    return SMALL + b"\n" + b"".join(rows)


def main():
    if sys.argv[1:]:
        for path in sys.argv[1:]:
            for complaint in Package(path).complain():
                print(f"{path}: {complaint}")
        return
    t.need(PM2DOCX)
    for path in t.examples():
        for template in ("full", "executive"):
            judge(f"{os.path.basename(path)}, {template}", ["--template", template, path], sources=[read(path)])
    for path in t.golden():
        judge(os.path.basename(path), [path], sources=[read(path)])
    judge("all examples in one", t.examples(), sources=[read(path) for path in t.examples()])
    judge("a small incident", [], SMALL, [SMALL], ["Text with ]]> and &."])
    crlf = SMALL.replace(b"\n", b"\r\n")
    judge("line ends of DOS", [], crlf, [crlf])
    data = long_timeline()
    judge("a timeline of 400 events", [], data, [data], ["Event <0>", "Event <399>"])
    judge("a table of 100 columns", [], wide_table(), words=["head 99", "cell 99"])
    same = SMALL + b"---\n" + SMALL.replace(b"INC-1", b"INC-2")
    judge("two of the same", [], same, words=["INC-1", "INC-2"])
    t.finish()


if __name__ == "__main__":
    main()
