#!/usr/bin/python3
"""Confluence pages by an XML parser that is not ours: well-formed, with the elements that storage format knows in the places where they may
stand, ids once each, columns that fit, tasks and page properties as reports read them, and the source back to the byte."""
import base64
import hashlib
import os
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True
import lib as t  # noqa: E402

PM2CONFLUENCE = t.program("pm2confluence")
AC = "{ac}"
RI = "{ri}"
BLOCKS = {"p", "ul", "ol", "table", "blockquote", "hr", AC + "task-list", AC + "layout"}
INLINES = {"strong", "em", "code", "span", "small", "a", "br", "time"}
# Children that an element may have; None: any blocks and inlines, where the walk below looks closer.
CHILDREN = {
    "ul": {"li"}, "ol": {"li"}, "table": {"tbody"}, "tbody": {"tr"}, "tr": {"th", "td"},
    AC + "task-list": {AC + "task"}, AC + "task": {AC + "task-id", AC + "task-uuid", AC + "task-status", AC + "task-body"},
    AC + "layout": {AC + "layout-section"}, AC + "layout-section": {AC + "layout-cell"},
    AC + "structured-macro": {AC + "parameter", AC + "rich-text-body", AC + "plain-text-body"},
    AC + "link": {RI + "user", AC + "link-body", AC + "plain-text-link-body"}, AC + "image": {RI + "attachment", AC + "caption"},
    "br": set(), "hr": set(), "time": set(), AC + "plain-text-body": set(), AC + "plain-text-link-body": set(),
    AC + "parameter": set(), RI + "user": set(), RI + "attachment": set(), AC + "task-id": set(), AC + "task-uuid": set(),
    AC + "task-status": set(),
}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
HOLDS_TEXT = HEADINGS | {
    "p", "strong", "em", "code", "span", "small", "a", AC + "parameter", AC + "plain-text-body", AC + "plain-text-link-body",
    AC + "link-body", AC + "task-id", AC + "task-uuid", AC + "task-status",
}
INLINE_MACROS = {"status", "jira", "anchor"}
COLUMNS = {"single": 1, "fixed-width": 1, "two_equal": 2, "three_equal": 3}
COLOURS = {"Grey", "Blue", "Green", "Yellow", "Red", "Purple"}


def parse(page):
    # ElementTree reads by expat. Without an internal subset a named entity that XML does not have is an error.
    return ElementTree.fromstring(b'<page xmlns:ac="ac" xmlns:ri="ri">' + page + b"</page>")


def macros(root, name):
    return [m for m in root.iter(AC + "structured-macro") if m.get(AC + "name") == name]


def parameter(macro, name):
    return next((p.text or "" for p in macro.findall(AC + "parameter") if p.get(AC + "name") == name), None)


def faults_of_element(element, inside):
    """inside: names of what it stands in, outermost first."""
    tag = element.tag
    allowed = CHILDREN.get(tag)
    for child in element:
        if allowed is not None and child.tag not in allowed:
            yield f"<{child.tag}> directly in <{tag}>"
        if tag in INLINES | HEADINGS | {"p"}:
            if child.tag in BLOCKS | HEADINGS or child.tag == AC + "structured-macro" and child.get(AC + "name") not in INLINE_MACROS:
                yield f"block <{child.tag}> in <{tag}>"
    texts = [element.text or ""] + [child.tail or "" for child in element]
    if tag not in HOLDS_TEXT and any(text.strip() for text in texts):
        yield f"text directly in <{tag}>: {''.join(texts).strip()[:40]!r}"
    if tag == "time" and not re.fullmatch(r"\d{4}-\d\d-\d\d", element.get("datetime", "")):
        yield "a <time> without a date"
    if tag == "a" and not re.match(r"(https?://|mailto:)", element.get("href", "")):
        yield f"a link to {element.get('href')!r}"
    if tag == AC + "image" and not element.get(AC + "alt"):
        yield "a picture without an alternative text"
    if tag in (AC + "layout", AC + "layout-section") and any(name.endswith("structured-macro") for name in inside):
        yield "a layout in a macro"
    if tag == AC + "structured-macro" and inside.count("expand") > 1:
        yield "an expand macro in another"


def walk(element, inside=()):
    yield from faults_of_element(element, inside)
    below = inside + (element.tag,) + ((element.get(AC + "name"),) if element.tag == AC + "structured-macro" else ())
    for child in element:
        yield from walk(child, below)


def twice(values):
    seen = set()
    return {v for v in values if v in seen or seen.add(v)}


def faults_of_ids(root):
    for name, values in (("ac:macro-id", [m.get(AC + "macro-id") for m in root.iter(AC + "structured-macro") if m.get(AC + "macro-id")]),
                         ("ac:task-id", [e.text for e in root.iter(AC + "task-id")]),
                         ("ac:task-uuid", [e.text for e in root.iter(AC + "task-uuid")]),
                         ("anchor", [parameter(m, "") for m in macros(root, "anchor")])):
        for value in twice(values):
            yield f"{name} {value} is there twice"
    anchors = {parameter(m, "") for m in macros(root, "anchor")}
    for link in root.iter(AC + "link"):
        anchor = link.get(AC + "anchor")
        if anchor is not None and anchor not in anchors:
            yield f"a link to the anchor {anchor}, which is nowhere"


def faults_of_tables(root):
    for table in root.iter("table"):
        columns = [sum(int(cell.get("colspan", 1)) for cell in row) for row in table.find("tbody")]
        if len(set(columns)) != 1:
            yield f"rows of {sorted(set(columns))} columns"
        if not any(cell.tag == "th" and cell.get("scope") for cell in table.iter("th")):
            yield "a table without head cells"


def faults_of_layout(root):
    layouts = list(root.iter(AC + "layout"))
    if layouts and (len(layouts) > 1 or len(root) > 1):
        yield "a layout beside other elements"
    for section in root.iter(AC + "layout-section"):
        if COLUMNS.get(section.get(AC + "type")) != len(section):
            yield f"a layout of type {section.get(AC + 'type')} with {len(section)} cells"
        if any(len(cell) == 0 for cell in section):
            yield "an empty column"


def faults_of_tasks(root):
    for task in root.iter(AC + "task"):
        if task.findtext(AC + "task-status") not in ("complete", "incomplete"):
            yield f"a task that is {task.findtext(AC + 'task-status')}"
        number = task.findtext(AC + "task-id")
        if not number.isdigit() or not 0 < int(number) < 1 << 31:
            yield f"task id {number}"
    for status in macros(root, "status"):
        if not parameter(status, "title") or parameter(status, "colour") not in COLOURS:
            yield "a status without its words or its colour"


def properties(root):
    """Of each incident, as a report reads them."""
    found = []
    for macro in macros(root, "details"):
        if parameter(macro, "id") == "incident":
            rows = macro.iter("tr")
            found.append({"".join(row[0].itertext()): row[1] for row in rows})
    return found


def faults_of_properties(root, count):
    found = properties(root)
    if len(found) != count:
        yield f"{len(found)} page properties of {count} incidents"
    for rows in found:
        for key in ("Incident", "Severity"):
            if key not in rows or not "".join(rows[key].itertext()).strip():
                yield f"no {key} among {sorted(rows)}"


def sources(root):
    """The sources that the page carries, and what is wrong with them."""
    for macro in macros(root, "details"):
        if parameter(macro, "id") != "incident-source":
            continue
        body = macro.find(AC + "rich-text-body")
        said = dict("".join(p.itertext()).split(": ", 1) for p in body.findall("p"))
        text = macros(body, "code")[0].findtext(AC + "plain-text-body")
        data = base64.b64decode(text) if said["encoding"] == "base64" else text.encode()
        why = ""
        if parameter(macro, "hidden") != "true":
            why = "it is not hidden"
        elif len(data) != int(said["bytes"]):
            why = f"{len(data)} bytes, not {said['bytes']}"
        elif hashlib.sha256(data).hexdigest() != said["sha256"]:
            why = "another hash"
        # What an editor may trim is made good by the number of bytes.
        elif said["encoding"] == "text" and text.strip().encode().ljust(len(data), b"\n") != data:
            why = "an editor would lose more than line feeds at the end"
        yield data, why


def render(args, data=None):
    done = t.run([PM2CONFLUENCE, "--colour", "never"] + args, data)
    return done.stdout if done.returncode == 0 else None, t.text_of(done.stderr)


def judge(name, rendered, wanted):
    """wanted: the sources that must come back."""
    page, why = rendered
    if not t.check(f"{name}: made", "" if page else why or "no output"):
        return None
    try:
        root = parse(page)
    except ElementTree.ParseError as e:
        t.check(f"{name}: well-formed", str(e))
        return None
    faults = list(walk(root))
    for find in (faults_of_ids, faults_of_tables, faults_of_layout, faults_of_tasks):
        faults += find(root)
    faults += faults_of_properties(root, len(wanted))
    t.check(f"{name}: structure", "; ".join(sorted(set(faults))[:4]))
    found = list(sources(root))
    t.check(f"{name}: source", next((w for _, w in found if w), "" if [d for d, _ in found] == wanted else "other bytes"))
    return root


MINIMAL = b"id: A-1\ntitle: T\nseverity: 1\nstarted_at: 2026-11-20T10:00Z\nsummary: S\n"


def long_timeline(rows):
    head = b"id: LONG-1\ntitle: Long\nseverity: 2\ntz: UTC\nstarted_at: 2026-01-01 00:00\nsummary: S\ntimeline:\n"
    entry = b"  - {at: 2026-01-%02d %02d:%02d, event: Event %d}\n"
    return head + b"".join(entry % (1 + i // 100, i % 100 // 10, i % 10, i) for i in range(rows))


ACTIONS = b"""id: ACT-1
title: Actions
severity: 2
started_at: 2026-11-20T10:00Z
summary: Before.
people:
  ada: {name: Ada, accounts: {atlassian: '557058:"x"'}}
action_items:
  - {id: AI-1, item: "One `]]>` <b>", owner: ada, due: 2026-12-01, tracker: {system: jira, key: OPS-17}}
  - {id: AI-2, item: Two, status: done, owner: Somebody}
  - {id: AI-3, item: Three, status: wont_do}
"""


def check_actions():
    for flavour in ("cloud", "dc"):
        root = judge(f"actions, {flavour}", render(["--flavour", flavour], ACTIONS), [ACTIONS])
        if root is None:
            continue
        tasks = list(root.iter(AC + "task"))
        states = [task.findtext(AC + "task-status") for task in tasks]
        t.check(f"actions, {flavour}: states", "" if states == ["incomplete", "complete", "complete"] else f"{states}")
        body = tasks[0].find(AC + "task-body")
        user = [u.get(RI + "account-id") for u in body.iter(RI + "user")]
        t.check(f"actions, {flavour}: mention", "" if user == (['557058:"x"'] if flavour == "cloud" else []) else f"{user}")
        t.check(f"actions, {flavour}: due", "" if [d.get("datetime") for d in body.iter("time")] == ["2026-12-01"] else "not there")
        t.check(f"actions, {flavour}: text", "" if "One ]]> <b>" in "".join(body.itertext()) else "".join(body.itertext()))
        t.check(f"actions, {flavour}: ticket", "" if [parameter(m, "key") for m in macros(root, "jira")] == ["OPS-17"] else "no macro")
        t.check(f"actions, {flavour}: given up", "" if macros(tasks[2], "status") else "its state is not told")


def check_edits():
    """An edit in one place leaves the ids of other places alone."""
    before = parse(render([], ACTIONS)[0])
    after = parse(render([], ACTIONS.replace(b"  - {id: AI-2", b"  - {id: AI-9, item: New}\n  - {id: AI-2")
                          .replace(b"Before.", b"|\n  After.\n\n  ```\n  code\n  ```\n"))[0])
    ids = [{e.text for e in root.iter(AC + "task-uuid")} for root in (before, after)]
    t.check("edits leave the ids of tasks", "" if len(ids[0]) == 3 and ids[0] < ids[1] else f"{ids}")
    ids = [{m.get(AC + "macro-id") for m in macros(root, "details")} for root in (before, after)]
    t.check("edits leave the ids of macros", "" if len(ids[0]) == 2 and ids[0] == ids[1] else f"{ids}")


def check_attachments():
    with tempfile.TemporaryDirectory() as folder:
        inputs = t.examples()[:2]
        page, why = render(["--attachments", folder] + inputs)
        plain, _ = render(inputs)
        t.check("attachments: the page is the same", "" if page and page == plain else why or "another page")
        names = {a.get(RI + "filename") for a in parse(page or b"").iter(RI + "attachment")}
        found = set(os.listdir(folder))
        t.check("attachments: the names are those of the page", "" if names and names == found else f"{found}")
        for name in sorted(os.listdir(folder)):
            root = ElementTree.parse(os.path.join(folder, name)).getroot()
            title = root.find("{http://www.w3.org/2000/svg}title")
            t.check(f"attachments: {name}", "" if title is not None and title.text else "a picture without a title")
    done = t.run([PM2CONFLUENCE, "--attachments", "/nowhere/at/all"] + t.examples()[:1])
    t.check("attachments: no folder", "" if done.returncode == 3 and not done.stdout and b"/nowhere/at/all" in done.stderr
            else f"exit status {done.returncode}")


def main():
    t.need(PM2CONFLUENCE)
    for path in t.examples() + t.golden():
        with open(path, "rb") as f:
            data = f.read()
        for flavour in ("cloud", "dc"):
            for template in ("full", "executive"):
                name = f"{os.path.basename(path)}, {flavour}, {template}"
                judge(name, render(["--flavour", flavour, "--template", template, path]), [data])
    several = [MINIMAL, ACTIONS, MINIMAL.replace(b"A-1", b"A-2")]
    stream = b"---\n".join(several)
    judge("several in one page", render([], stream), [several[0], b"---\n" + several[1], b"---\n" + several[2]])
    judge("only what is required", render([], MINIMAL), [MINIMAL])
    judge("a long timeline", render([], long_timeline(400)), [long_timeline(400)])
    for name, data in (("CR LF", MINIMAL.replace(b"\n", b"\r\n")), ("white space at the end", MINIMAL + b"# x  \t\n"),
                       ("blank lines", MINIMAL + b"\n\n\n"), ("no line feed", MINIMAL.rstrip()),
                       ("the end of a section", MINIMAL + b"# ]]> ]]&gt;\n"),
                       ("white space before", b"\n\n " + MINIMAL.replace(b"\n", b"\n ").rstrip(b" "))):
        judge(f"source with {name}", render([], data), [data])
    check_actions()
    check_edits()
    check_attachments()
    t.finish()


main()
