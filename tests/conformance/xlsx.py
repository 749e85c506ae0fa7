#!/usr/bin/python3
"""Workbooks, by readers that are not ours: packages and cells by openpyxl, values against the YAML, formulas computed again by LibreOffice.

usage: xlsx.py [FILE.xlsx ...]   with files: what it has to say of them
"""
import base64
import datetime
import glob
import hashlib
import os
import re
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True
import lib as t  # noqa: E402

PM2XLSX = t.program("pm2xlsx")
M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MOST_LINKS = 65530
HOSTILE = """id: INC-1
title: "=HYPERLINK(\\"http://evil\\",\\"x\\") & <b> ]]> 'q'"
severity: sev1
owner: "@SUM(1+1)"
started_at: 2026-01-01T00:00:00Z
summary: "_x0041_ end"
timeline:
  - {at: 2026-01-01T00:10:00Z, event: "+1", team: "-2+3 _x0041_ _X0042_ _x004_ x_x000D_"}
  - {at: 2026-01-01T00:20:00Z, event: "LONG"}
action_items:
  - {item: "=1+1", owner: "\\tTab", due: 2026-01-02, done_when: "a\\tb\\nc"}
"""


def number_of(cell):
    """("AB", 12) of "AB12"; columns as numbers."""
    letters, row = re.fullmatch(r"([A-Z]+)([0-9]+)", cell).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column, int(row)


class Package:
    """The parts of a file, and the complaints about them."""

    def __init__(self, path):
        self.complaints = []
        self.zip = zipfile.ZipFile(path)
        self.xml = {}
        for name in self.zip.namelist():
            if self.zip.getinfo(name).date_time != (1980, 1, 1, 0, 0, 0):
                self.say(f"{name} has a date")
            try:
                self.xml[name] = ET.fromstring(self.zip.read(name))
            except ET.ParseError as error:
                self.say(f"{name}: {error}")

    def say(self, text):
        if text not in self.complaints and len(self.complaints) < 9:
            self.complaints.append(text)

    def complain(self):
        if self.zip.testzip():
            self.say(f"the checksum of {self.zip.testzip()} is wrong")
        self.styles = len(self.xml["xl/styles.xml"].find(M + "cellXfs"))
        self.strings = len(self.xml["xl/sharedStrings.xml"]) if "xl/sharedStrings.xml" in self.xml else 0
        for name, root in self.xml.items():
            if name.startswith("xl/worksheets/sheet"):
                self.sheet(name, root)
        return self.complaints

    def sheet(self, name, root):
        last, last_cell, cells = 0, (0, 0), {}
        for row in root.find(M + "sheetData"):
            if int(row.get("r")) <= last:
                self.say(f"{name}: row {row.get('r')} after {last}")
            last = int(row.get("r"))
            last_cell = (0, last)
            for cell in row:
                column, number = number_of(cell.get("r"))
                if number != last or column <= last_cell[0]:
                    self.say(f"{name}: cell {cell.get('r')} is out of order")
                last_cell = (column, last)
                self.cell(name, cell)
                if last == 1:
                    cells[column] = self.text(cell)
        self.table(name, root, cells, last)
        self.links(name, root)

    def cell(self, name, cell):
        if not 0 <= int(cell.get("s", 0)) < self.styles:
            self.say(f"{name}: cell {cell.get('r')} has no such style")
        if cell.get("t") == "s" and not 0 <= int(cell.find(M + "v").text) < self.strings:
            self.say(f"{name}: cell {cell.get('r')} has no such string")
        if len(self.text(cell).encode("utf-16-le")) > 2 * 32767:
            self.say(f"{name}: cell {cell.get('r')} is too long")

    def text(self, cell):
        if cell.get("t") == "s":
            string = self.xml["xl/sharedStrings.xml"][int(cell.find(M + "v").text)]
            return "".join(e.text or "" for e in string.iter(M + "t"))
        return "".join(e.text or "" for e in cell.iter() if e.tag in (M + "t", M + "v"))

    def relations(self, name):
        root = self.xml.get(name.replace("worksheets/", "worksheets/_rels/") + ".rels")
        return {r.get("Id"): r for r in root} if root is not None else {}

    def table(self, name, root, headings, last):
        part = root.find(f"{M}tableParts/{M}tablePart")
        if part is None:
            return
        target = self.relations(name)[part.get(REL)].get("Target")
        table = self.xml["xl/" + target.replace("../", "")]
        names = [c.get("name") for c in table.find(M + "tableColumns")]
        if names != [headings.get(i + 1) for i in range(len(names))]:
            self.say(f"{name}: the headings are not those of the table")
        if len({n.lower() for n in names}) != len(names):
            self.say(f"{name}: a heading is there twice")
        end = number_of(table.get("ref").split(":")[1])
        if end != (len(names), max(last, 2)):
            self.say(f"{name}: the table ends at {end}, the rows at {last}")

    def links(self, name, root):
        links = root.find(M + "hyperlinks")
        relations = self.relations(name)
        for link in links if links is not None else []:
            if link.get(REL) is None and not link.get("location"):
                self.say(f"{name}: a link without an end at {link.get('ref')}")
            if link.get(REL) is not None and link.get(REL) not in relations:
                self.say(f"{name}: no relation {link.get(REL)}")
        if links is not None and len(links) > MOST_LINKS:
            self.say(f"{name}: {len(links)} links")


def sources(book):
    """Those of the hidden sheet, by id."""
    found = {}
    for row in book["_pm"].iter_rows(min_row=3, values_only=True):
        if row[0] is None:
            continue
        text = "".join(cell[1:-1] if row[2] == "text" else cell for cell in row[3:] if cell)
        data = text.encode() if row[2] == "text" else base64.b64decode(text)
        if hashlib.sha256(data).hexdigest() != row[1]:
            return {}
        found[row[0]] = data
    return found


def rows_of(sheet):
    headings = [cell.value for cell in sheet[1]]
    return [dict(zip(headings, row)) for row in sheet.iter_rows(min_row=2, values_only=True)]


def word(text):
    return str(text).replace("_", " ").replace("wont", "won't").capitalize()


def compare(book, incidents):
    """What the rows say against what the YAML says; a complaint or ""."""
    items, events = rows_of(book["Action items"]), rows_of(book["Timeline"])
    wanted = [(i["id"], a) for i in incidents for a in i.get("action_items", [])]
    if len(items) != len(wanted) and wanted:
        return f"{len(items)} action items, want {len(wanted)}"
    for row, (incident, action) in zip(items, wanted):
        due = datetime.datetime.fromisoformat(action["due"]) if action.get("due") else None
        got = (row["Incident"], row["Action item"], row["Due"], row["Status"])
        want = (incident, str(action["item"]), due, word(action.get("status", "open")))
        if got != want:
            return f"action item {got}, want {want}"
    count = sum(len(i.get("timeline", [])) for i in incidents)
    if count and len(events) != count:
        return f"{len(events)} events, want {count}"
    if any(not isinstance(row["Time (UTC)"], datetime.datetime) for row in events if row["Incident"]):
        return "a time that is text"
    ids = [row["ID"] for row in rows_of(book["Incidents"])]
    return "" if ids == [i["id"] for i in incidents] else f"incidents {ids}"


def make(folder, name, *arguments, data=None):
    path = os.path.join(folder, name + ".xlsx")
    done = t.run([PM2XLSX, *arguments, "-o", path], data)
    t.check(f"{name}: made", "" if done.returncode == 0 else t.text_of(done.stderr))
    return path if done.returncode == 0 else None


def check_book(folder, name, files):
    path = make(folder, name, *files)
    if not path:
        return
    t.check(f"{name}: the package is sound", "; ".join(Package(path).complain()))
    book = openpyxl.load_workbook(path)
    given, wanted = sources(book), {}
    incidents = []
    for file in files:
        with open(file, "rb") as f:
            data = f.read()
        incidents.append(t.load_yaml(data))
        wanted[incidents[-1]["id"]] = data
    t.check(f"{name}: the sources come back", "" if given == wanted else f"{sorted(given)}, want {sorted(wanted)}")
    t.check(f"{name}: rows say what the YAML says", compare(book, incidents))


def check_hostile(folder):
    data = HOSTILE.replace("LONG", "x" * 40000).encode()
    path = make(folder, "hostile", "-", data=data)
    if not path:
        return
    t.check("hostile: the package is sound", "; ".join(Package(path).complain()))
    book = openpyxl.load_workbook(path)
    formulas = [c.coordinate for s in ("Timeline", "Action items") for row in book[s].iter_rows() for c in row
                if c.data_type == "f" and ("1+1" in str(c.value) or "evil" in str(c.value))]
    t.check("hostile: text that looks like a formula stays text", " ".join(formulas))
    events = rows_of(book["Timeline"])
    # openpyxl leaves escapes as they are
    team = re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), events[0]["Team"])
    t.check("hostile: what looks like an escape stays text", "" if team == "-2+3 _x0041_ _X0042_ _x004_ x_x000D_" else repr(events[0]["Team"]))
    t.check("hostile: a long cell is cut", "" if len(events[1]["Event"]) == 32767 else str(len(events[1]["Event"])))
    t.check("hostile: the source is whole", "" if sources(book).get("INC-1") == data else "it is not")
    said = t.run([PM2XLSX, "-"], data).stderr
    t.check("hostile: and said", "" if b":9:" in said and b"[cell]" in said else t.text_of(said))


def values(path):
    book = openpyxl.load_workbook(path, data_only=True)
    return {(s.title, c.coordinate): c.value for s in book for row in s.iter_rows() for c in row if c.value is not None}


def close(a, b):
    if isinstance(a, datetime.timedelta) or isinstance(b, datetime.timedelta):
        a, b = (x / datetime.timedelta(days=1) if isinstance(x, datetime.timedelta) else x for x in (a, b))
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) <= 1e-6 * max(1, abs(a), abs(b))
    return a == b or (a in (None, "") and b in (None, ""))


def check_formulas(folder):
    """LibreOffice computes all formulas when the file is converted; its values must be those that were written."""
    if not shutil.which("soffice"):
        print("SKIPPED: formulas (there is no soffice)")
        return
    path = make(folder, "formulas", *t.examples())
    without = os.path.join(folder, "without.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(without, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            new.writestr(name, data)
    out = os.path.join(folder, "recomputed")
    t.run(["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "xlsx", "--outdir", out, without], timeout=180)
    ours, theirs = values(path), values(os.path.join(out, "without.xlsx"))
    wrong = [f"{k[0]}!{k[1]}: {ours[k]!r}, LibreOffice {theirs.get(k)!r}" for k in ours if k[0] != "_pm" and not close(ours[k], theirs.get(k))]
    t.check("cached values are those of LibreOffice", "; ".join(wrong[:5]))


def main():
    t.need(PM2XLSX)
    if len(sys.argv) > 1:
        for file in sys.argv[1:]:
            t.check(file, "; ".join(Package(file).complain()))
        t.finish()
    with tempfile.TemporaryDirectory() as folder:
        for file in t.examples() + glob.glob(os.path.join(t.SOURCE, "tests/golden/s*.yaml")):
            check_book(folder, os.path.basename(file)[:-5], [file])
        check_book(folder, "all", t.examples())
        check_hostile(folder)
        check_formulas(folder)
    t.finish()


try:
    import openpyxl
except ImportError:
    t.skip("openpyxl is not there; on Debian: apt-get install python3-openpyxl")
main()
