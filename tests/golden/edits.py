#!/usr/bin/python3
"""Edits that python-docx makes in documents come back by pmread, and nothing else changes; also after LibreOffice has saved the document."""
import copy
import difflib
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True
import lib as t  # noqa: E402

try:
    import docx
except ImportError:
    t.skip("python-docx is not there; on Debian: apt-get install python3-docx")

PMREAD, PM2DOCX = t.program("pmread"), t.program("pm2docx")
t.need(PMREAD, PM2DOCX)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATE = next(path for path in t.examples() if path.endswith("template.yaml"))


def actions(document):
    return next(table for table in document.tables if table.rows[0].cells[0].text.strip() == "ID")


def put(cell, text):
    """Into the text that is there, as somebody does who types."""
    texts = list(cell._tc.iter(W + "t"))
    texts[0].text = text
    for other in texts[1:]:
        other.text = ""


def replace(document, old, new):
    for element in document.element.body.iter(W + "t"):
        if old in (element.text or ""):
            element.text = element.text.replace(old, new, 1)
            return


def cells(document):
    row = actions(document).rows[1]
    row.cells[4].text, row.cells[3].text, row.cells[2].text = "Done", "2026-12-24", "Ana Lind"


def typed(document):
    row = actions(document).rows[2]
    put(row.cells[4], "In progress")
    put(row.cells[3], "5 Jan 2027")
    put(row.cells[2], "Bea")


def new_row(document):
    row = actions(document).add_row()
    for cell, text in zip(row.cells[1:], ("Write a runbook", "Cem", "2027-01-15", "Open")):
        cell.text = text


def copied_row(document):
    table = actions(document)
    table._tbl.append(copy.deepcopy(table.rows[-1]._tr))
    put(table.rows[-1].cells[0], "")
    put(table.rows[-1].cells[1], "Copied item")


def moved_row(document):
    table = actions(document)
    row = table.rows[1]._tr
    table._tbl.remove(row)
    table._tbl.append(row)


def struck_row(document):
    table = actions(document)
    table._tbl.remove(table.rows[1]._tr)


def words(document):
    replace(document, "customers noticed", "clients saw")


def paragraph(document):
    after = next(i for i, p in enumerate(document.paragraphs) if p.text == "Summary" and p.style.name.startswith("Heading"))
    document.paragraphs[after + 1].text = document.paragraphs[after + 1].text.replace("Two or three", "Three")


def ticked(document):
    replace(document, "\u2610", "\u2611")


def title(document):
    document.paragraphs[0].runs[0].text = "Another title"


def bullet(document):
    old = next(p for p in document.paragraphs if "What helped" in p.text)
    new = copy.deepcopy(old._p)
    for mark in [e for e in new if "bookmark" in e.tag]:
        new.remove(mark)
    next(new.iter(W + "t")).text = "A second good thing"
    old._p.addnext(new)


def stranger(document):
    document.add_paragraph("Nobody knows where this belongs.")


def no_marks(document):
    for name in ("bookmarkStart", "bookmarkEnd", "tag"):
        for mark in list(document.element.body.iter(W + name)):
            mark.getparent().remove(mark)


def tracked(document):
    """A word struck and another put in its place, both tracked."""
    text = next(e for e in document.element.body.iter(W + "t") if "customers" in (e.text or ""))
    run = text.getparent()
    before, after = text.text.split("customers", 1)
    parts = []
    for kind, text in ((None, before), ("del", "customers"), ("ins", "clients"), (None, after)):
        part = copy.deepcopy(run)
        for old in part.iter(W + "t"):
            old.text = text
        if kind == "del":
            for old in part.iter(W + "t"):
                old.tag = W + "delText"
        if kind:
            around = run.makeelement(W + kind, {W + "id": "1", W + "author": "A", W + "date": "2026-11-24T00:00:00Z"})
            around.append(part)
            part = around
        parts.append(part)
    for part in parts:
        run.addprevious(part)
    run.getparent().remove(run)


ITEM = "  - {item: Improve database monitoring, owner: Platform Engineer, due: 2026-03-24, type: detect}"
SAY = "  Two or three sentences for a reader who was not there. Say what customers noticed, for how long,"
# Edit, lines that go, lines that come, lines of the report. A report that is None is not looked at.
CASES = [
    (cells, [ITEM], ["  - {item: Improve database monitoring, owner: Ana Lind, due: 2026-12-24, status: done, type: detect}"],
     ["action_items[AI-1].due: 2026-03-24 \u2192 2026-12-24", "action_items[AI-1].owner: Platform Engineer \u2192 Ana Lind",
      "action_items[AI-1].status: (nothing) \u2192 done"]),
    (typed, ["  - {item: Add rollback functionality, owner: Dev Team, due: 2026-04-07, type: mitigate}"],
     ["  - {item: Add rollback functionality, owner: Bea, due: 2027-01-05, status: in_progress, type: mitigate}"], None),
    (new_row, [], ["  - {item: Write a runbook, owner: Cem, due: 2027-01-15, status: open}"], ["action_items[AI-4]: new: Write a runbook"]),
    (copied_row, [], ["  - {item: Copied item, owner: Incident Manager, due: 2026-04-14, status: open}"], ["action_items[AI-4]: new: Copied item"]),
    (moved_row, [], [], []),
    (struck_row, [], [], ["action_items[AI-1]: is gone, and was kept: Improve database monitoring"]),
    (words, [SAY], [SAY.replace("customers noticed", "clients saw")], None),
    (paragraph, [SAY], [SAY.replace("Two or three", "Three")], None),
    (ticked, [ITEM], [ITEM.replace("type: detect", "status: done, type: detect")], ["action_items[AI-1].status: (nothing) \u2192 done"]),
    (title, ["title: Customers could not sign in to the portal"], ["title: Another title"], None),
    (bullet, ['  went_well: ["What helped, and is worth keeping"]'], ['  went_well: ["What helped, and is worth keeping", A second good thing]'], None),
    (stranger, [], ["x-unplaced:", "    text: Nobody knows where this belongs."], None),
    (no_marks, [], [], []),
    (tracked, [SAY], [SAY.replace("customers", "clients")], None),
]


def changes(made):
    """Lines that went and that came, but for empty ones and places."""
    with open(TEMPLATE, encoding="utf-8") as f:
        old = f.read().splitlines()
    lines = [line for line in difflib.ndiff(old, made.decode().splitlines()) if line[:2] in ("- ", "+ ") and line[2:].strip()]
    return ([line[2:] for line in lines if line[0] == "-"],
            [line[2:] for line in lines if line[0] == "+" and not line.startswith("+   - place: ")])


def check(name, path, gone, new, report):
    done = t.run([PMREAD, path])
    told = sorted(line.split(": ", 1)[1] for line in done.stderr.decode().splitlines())
    why = ""
    if done.returncode != 0:
        why = f"exit status {done.returncode}: {t.text_of(done.stderr)}"
    elif changes(done.stdout) != (gone, new):
        why = f"lines {changes(done.stdout)}; want {(gone, new)}"
    elif report is not None and told != report:
        why = f"report {told}; want {report}"
    t.check(name, why)


def save_by_office(path, folder):
    """The document as LibreOffice saves it, or None where it does not run."""
    if not shutil.which("soffice"):
        return None
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "docx", "--outdir",
                    os.path.join(folder, "saved"), path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120, check=False,
                   env=dict(os.environ, HOME=folder))
    saved = os.path.join(folder, "saved", os.path.basename(path))
    return saved if os.path.exists(saved) else None


def check_onto(path, folder):
    """Edits in a newer incident: both stay, and what both changed is a conflict."""
    newer = os.path.join(folder, "newer.yaml")
    with open(TEMPLATE, encoding="utf-8") as f:
        source = f.read()
    with open(newer, "w", encoding="utf-8") as f:
        f.write(source.replace("title: Customers", "title: Newer: customers".replace(": c", " c")))
    done = t.run([PMREAD, "--onto", newer, path])
    t.check("--onto", "" if done.returncode == 0 and b"title: Newer customers" in done.stdout and b"owner: Ana Lind" in done.stdout
            else t.text_of(done.stderr))
    with open(newer, "w", encoding="utf-8") as f:
        f.write(source.replace("Platform Engineer", "Dora"))
    done = t.run([PMREAD, "--onto", newer, path])
    t.check("--onto, a conflict", "" if done.returncode == 1 and not done.stdout and b"[conflict]" in done.stderr else t.text_of(done.stderr))


def check_as_of(folder):
    """What another day shows is no edit, and an edit beside it is one."""
    path = os.path.join(folder, "day.docx")
    t.run([PM2DOCX, "--as-of", "2026-11-24", "-o", path, TEMPLATE])
    check("another day", path, [], [], [])
    document = docx.Document(path)
    title(document)
    document.save(path)
    check("another day, and a title", path, ["title: Customers could not sign in to the portal"], ["title: Another title"], None)


def check_other_template(folder):
    """A report that shows little of the source gives back the source, with a warning; by its template, with its edits."""
    template, path = os.path.join(folder, "own.yaml"), os.path.join(folder, "own.docx")
    with open(template, "w", encoding="utf-8") as f:
        f.write("lang: en\nblocks:\n  - section: Words\n    id: x\n    blocks:\n      - markdown: summary\n")
    t.run([PM2DOCX, "--template", template, "-o", path, TEMPLATE])
    done = t.run([PMREAD, path])
    t.check("another template", "" if changes(done.stdout) == ([], []) and b"[other-template]" in done.stderr else t.text_of(done.stderr))
    document = docx.Document(path)
    words(document)
    document.save(path)
    done = t.run([PMREAD, "--template", template, path])
    t.check("--template", "" if changes(done.stdout) == ([SAY], [SAY.replace("customers noticed", "clients saw")]) else t.text_of(done.stderr))


def main():
    with tempfile.TemporaryDirectory() as folder:
        sound = os.path.join(folder, "sound.docx")
        t.run([PM2DOCX, "-o", sound, TEMPLATE])
        for edit, gone, new, report in CASES:
            document = docx.Document(sound)
            edit(document)
            path = os.path.join(folder, edit.__name__ + ".docx")
            document.save(path)
            check(edit.__name__, path, gone, new, report)
            saved = save_by_office(path, folder)
            if saved:
                check(edit.__name__ + ", saved by LibreOffice", saved, gone, new, report)
        path = os.path.join(folder, "cells.docx")
        done = t.run([PMREAD, "--dry-run", "--json", path])
        t.check("--dry-run --json", "" if done.returncode == 0 and done.stdout.startswith(b"[") and b'"Ana Lind"' in done.stdout else "no list")
        done = t.run([PMREAD, "--deletions", os.path.join(folder, "struck_row.docx")])
        t.check("--deletions", "" if done.returncode == 0 and b"database monitoring" not in done.stdout else "the entry is still there")
        check_onto(path, folder)
        check_as_of(folder)
        check_other_template(folder)
        for example in t.examples():
            for template in ("full", "executive"):
                name = f"{os.path.basename(example)[:-5]}-{template}"
                path = os.path.join(folder, name + ".docx")
                t.run([PM2DOCX, "--template", template, "-o", path, example])
                saved = save_by_office(path, folder)
                if saved:
                    done = t.run([PMREAD, saved])
                    with open(example, "rb") as f:
                        t.check(f"{name}, saved by LibreOffice", "" if done.stdout == f.read() and not done.stderr else t.text_of(done.stderr))
    t.finish()


if __name__ == "__main__":
    main()
