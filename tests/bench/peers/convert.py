#!/usr/bin/python3
"""An incident in YAML to what other tools read. usage: convert.py ms|md INPUT OUTPUT"""
import sys

import yaml


def roff(value):
    text = str(value).replace("\\", "\\e")
    return "\\&" + text if text[:1] in (".", "'") else text


class Ms:
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


class Markdown:
    def __init__(self):
        self.lines = []

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
    out = {"ms": Ms, "md": Markdown}[kind]()
    report(incident, out)
    with open(target, "w", encoding="utf-8") as f:
        f.write("\n".join(out.lines) + "\n")


main()
