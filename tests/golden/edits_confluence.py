#!/usr/bin/python3
"""Edits of a page of Confluence come back by pmread, and nothing else changes; what Confluence itself changes when it saves is none."""
import difflib
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True
import lib as t  # noqa: E402

PMREAD, PM2CONFLUENCE = t.program("pmread"), t.program("pm2confluence")
t.need(PMREAD, PM2CONFLUENCE)
TEMPLATE = next(path for path in t.examples() if path.endswith("template.yaml"))
ITEM = "  - {item: Improve database monitoring, owner: Platform Engineer, due: 2026-03-24, type: detect}"
SAY = "  Two or three sentences for a reader who was not there. Say what customers noticed, for how long,"


def row(page):
    return next(r for r in re.findall(r"<tr>.*?</tr>", page, re.S) if "AI-1" in r)


def in_row(old, new):
    return lambda page: page.replace(row(page), row(page).replace(old, new, 1))


def as_saved(page):
    """Ids of its own, named references, another spelling of white space and empty elements."""
    page = re.sub(r' ac:macro-id="[^"]*"', ' ac:macro-id="0"', page)
    page = page.replace("<p>", '<p local-id="x">').replace("<table ", '<table ac:local-id="y" ')
    head, source = page.split("incident-source", 1)
    return head.replace("\u2013", "&ndash;").replace(" who", "&nbsp;who").replace(" />", "/>") + "incident-source" + source


# Name, edit, lines that go, lines that come.
CASES = [
    ("as saved", as_saved, [], []),
    ("words", lambda p: p.replace("customers noticed", "clients saw", 1), [SAY], [SAY.replace("customers noticed", "clients saw")]),
    ("a ticked task", lambda p: p.replace("<ac:task-status>incomplete", "<ac:task-status>complete", 1), [ITEM],
     [ITEM.replace("type: detect", "status: done, type: detect")]),
    ("an owner", in_row("Platform Engineer", "Ana Lind"), [ITEM], [ITEM.replace("Platform Engineer", "Ana Lind")]),
    ("a due date", in_row("2026-03-24", "2026-12-24"), [ITEM], [ITEM.replace("2026-03-24", "2026-12-24")]),
    ("a status", in_row(">Open<", ">Done<"), [ITEM], [ITEM.replace("type: detect", "status: done, type: detect")]),
    ("a fact", lambda p: p.replace("Incident Manager", "Head of IT", 1), ["owner: Incident Manager"], ["owner: Head of IT"]),
    ("a row that is gone", lambda p: p.replace(row(p), ""), [], []),
    ("a stranger", lambda p: p.replace("<h2>Impact</h2>", "<p>A paragraph of somebody.</p><h2>Impact</h2>"), [],
     ["x-unplaced:", "    text: A paragraph of somebody."]),
    ("words of a task", lambda p: p.replace("Improve database monitoring", "Improve all monitoring", 1), [],
     ["x-unplaced:", "    text: \u2610 AI-1 \u00b7 Improve all monitoring \u00b7 Platform Engineer 2026-03-24"]),
]


def changes(made):
    with open(TEMPLATE, encoding="utf-8") as f:
        old = f.read().splitlines()
    lines = [line for line in difflib.ndiff(old, made.decode().splitlines()) if line[:2] in ("- ", "+ ") and line[2:].strip()]
    return ([line[2:] for line in lines if line[0] == "-"],
            [line[2:] for line in lines if line[0] == "+" and not line.startswith("+   - place: ")])


def check(name, data, gone, new):
    done = t.run([PMREAD], data)
    why = ""
    if done.returncode != 0:
        why = f"exit status {done.returncode}: {t.text_of(done.stderr)}"
    elif changes(done.stdout) != (gone, new):
        why = f"lines {changes(done.stdout)}; want {(gone, new)}"
    t.check(name, why)


def main():
    page = t.run([PM2CONFLUENCE, TEMPLATE]).stdout.decode()
    for name, edit, gone, new in CASES:
        edited = edit(page)
        check(name, edited.encode(), gone, new)
        check(name + ", by REST", json.dumps({"title": "T", "body": {"storage": {"value": edited}}}).encode(), gone, new)
    for example in t.examples():
        for template in ("full", "executive"):
            page = t.run([PM2CONFLUENCE, "--template", template, example]).stdout.decode()
            done = t.run([PMREAD], as_saved(page).encode())
            with open(example, "rb") as f:
                t.check(f"{os.path.basename(example)}, {template}, as saved",
                        "" if done.stdout == f.read() and not done.stderr else t.text_of(done.stderr))
    t.finish()


if __name__ == "__main__":
    main()
