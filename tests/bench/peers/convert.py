#!/usr/bin/python3
"""An incident in YAML to what other tools read, or by other libraries to the document itself. usage: convert.py ms|md|docx|html INPUT OUTPUT"""
import sys

import yaml


def roff(value):
    text = str(value).replace("\\", "\\e")
    return "\\&" + text if text[:1] in (".", "'") else text


class Lines:
    """Text, line by line."""

    def __init__(self):
        self.lines = []

    def save(self, target):
        with open(target, "w", encoding="utf-8") as f:
            f.write("\n".join(self.lines) + "\n")


class Ms(Lines):
    """groff's ms macros with tbl."""

    def __init__(self):
        self.lines = [".nr PS 10", ".nr VS 13"]

    def title(self, text, below):
        self.lines += [".TL", roff(text), ".AU", roff(below)]

    def heading(self, text):
        self.lines += [".SH", roff(text)]

    def text(self, text):
        for paragraph in str(text).replace("**", "").split("\n\n"):
            self.lines += [".PP"] + [roff(line) for line in paragraph.splitlines()]

    def items(self, items):
        for item in items:
            self.lines += [".IP \\[bu] 2", roff(item)]

    def table(self, names, rows):
        self.lines += [".TS H", "allbox tab(\t);", " ".join("lb" for _ in names), " ".join("lx" if i == len(names) - 1 else "l" for i in range(len(names))) + ".",
                       "\t".join(names), ".TH"]
        for row in rows:
            self.lines.append("\t".join("T{\n" + roff(cell) + "\nT}" for cell in row))
        self.lines.append(".TE")


class Markdown(Lines):
    def title(self, text, below):
        self.lines += ["---", "title: >-", "  " + text, "author: >-", "  " + below, "---", ""]

    def heading(self, text):
        self.lines += ["# " + text, ""]

    def text(self, text):
        self.lines += [str(text), ""]

    def items(self, items):
        self.lines += ["- " + str(item) for item in items] + [""]

    def table(self, names, rows):
        self.lines += ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
        self.lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows] + [""]


class Docx:
    """python-docx."""

    def __init__(self):
        import docx
        self.doc = docx.Document()

    def title(self, text, below):
        self.doc.core_properties.title = text
        self.doc.add_heading(text, 0)
        self.doc.add_paragraph(below)

    def heading(self, text):
        self.doc.add_heading(text, 1)

    def text(self, text):
        for paragraph in str(text).split("\n\n"):
            self.doc.add_paragraph(paragraph.replace("\n", " "))

    def items(self, items):
        for item in items:
            self.doc.add_paragraph(str(item), style="List Bullet")

    def table(self, names, rows):
        table = self.doc.add_table(rows=1, cols=len(names))
        table.style = "Table Grid"
        for cell, name in zip(table.rows[0].cells, names):
            cell.text = name
        for row in rows:
            for cell, value in zip(table.add_row().cells, row):
                cell.text = str(value)

    def save(self, target):
        self.doc.save(target)


class Html(Markdown):
    """Python-Markdown."""

    def title(self, text, below):
        self.lines += ["# " + text, "", below, ""]

    def save(self, target):
        import markdown
        body = markdown.markdown("\n".join(self.lines), extensions=["tables"])
        with open(target, "w", encoding="utf-8") as f:
            f.write('<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Report</title>' + body + "</html>\n")


def report(incident, out):
    out.title(incident["title"], f"{incident['id']}, {incident['severity']}, {incident['owner']}")
    for key, name in (("summary", "Summary"), ("background", "Background")):
        out.heading(name)
        out.text(incident[key])
    impact = incident["impact"]
    out.heading("Impact")
    out.text(impact["description"])
    out.items([f"Customers affected: {impact['customers_affected']}", impact["business"]])
    out.heading("Timeline")
    out.table(["Time", "Team", "By", "Event"], [[e["at"], e["team"], e["by"], e["event"]] for e in incident.get("timeline", [])])
    out.heading("Root cause")
    out.text(incident["root_cause"])
    out.items([f"{c['rank']}: {c['text']}" for c in incident["causes"]])
    out.heading("Lessons learned")
    for key in ("went_well", "went_wrong", "lucky"):
        out.items(incident["lessons"][key])
    out.heading("Action items")
    out.table(["Id", "Owner", "Due", "Item"], [[a["id"], a["owner"], a["due"], a["item"]] for a in incident.get("action_items", [])])


def main():
    kind, source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as f:
        incident = yaml.load(f, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    out = {"ms": Ms, "md": Markdown, "docx": Docx, "html": Html}[kind]()
    report(incident, out)
    out.save(target)


main()
