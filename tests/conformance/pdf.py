#!/usr/bin/python3
"""Reports as other people's programs see them: qpdf, Poppler, MuPDF, Ghostscript, and veraPDF where it is installed."""
import html
import os
import re
import shutil
import sys
import tempfile
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../bench"))
sys.dont_write_bytecode = True
import lib as t  # noqa: E402
import generate  # noqa: E402

# ---- what the input says in words ----

MARKDOWN = {"summary", "background", "trigger", "response", "resolution", "recurrence", "backlog_check", "advice_to_customers", "root_cause",
            "description", "improvement", "business", "infrastructure", "productivity", "body", "internal", "external", "event", "note", "text",
            "question", "answer", "went_well", "went_wrong", "lucky", "learned", "item", "done_when"}
# Shown in another form (instants, words of enumerations, names for keys of `people`, labels as the document's keywords), or not meant for the page.
UNSEEN = {"pm", "status", "severity", "incident_status", "visibility", "kind", "lang", "tz", "currency", "method", "rank", "category", "type",
          "priority", "confidence", "relation", "pseudonym", "accounts", "media_type", "sha256", "data_loss", "data_exposed", "sla_breached",
          "at", "until", "from", "to", "due", "created", "completed", "taken_at", "started_at", "ended_at", "detected_at", "acknowledged_at",
          "identified_at", "mitigated_at", "resolved_at", "closed_at", "meeting_at", "approved_at", "window", "after", "url", "file", "recording",
          "alt", "open", "id", "email",
          "labels", "system", "important"}


def without_markup(text):
    text = re.sub(r"(?m)^(\s*(?:>\s*)*)(```|~~~)[^\n]*$", r"\1", text)   # fences and their info
    text = re.sub(r"(?m)^\s*\[[^\]]*\]:.*$", " ", text)                  # definitions of links
    text = re.sub(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)", r"\1 ", text)
    return html.unescape(text)


def strings(node, key="", people=()):
    """The texts of a value as (key, text)."""
    if isinstance(node, dict):
        for name, value in node.items():
            if str(name).startswith("x-") or name in UNSEEN:
                continue
            if key in ("glossary",):
                yield key, str(name)
            if key == "" and name == "people":
                for person in value.values():
                    yield from strings({"name": person.get("name", "")}, "people")
                continue
            yield from strings(value, name if key != "glossary" else key, people)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value, key, people)
    elif isinstance(node, str) and node not in people:
        yield key, without_markup(node) if key in MARKDOWN else node


def letters(text):
    """Letters and digits alone, compatibility forms resolved: how lines break and which spaces there are does not count."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c)[0] in "LN")


def words(text):
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c if unicodedata.category(c)[0] in "LN" else "" if unicodedata.category(c)[0] == "M" else " " for c in text)
    return [w for w in text.split() if len(w) >= 2]


# ---- the judges ----

def silent(program, args, name, pdf, ignore=()):
    """The judge must succeed and say nothing."""
    if not shutil.which(program):
        return
    r = t.run([program, *[a.replace("@", pdf) for a in args]])
    said = [line for line in (r.stderr + (b"" if program == "qpdf" else r.stdout)).decode("utf-8", "replace").splitlines()
            if line.strip() and not any(i in line for i in ignore)]
    t.check(f"{name}: {program}", "" if r.returncode == 0 and not said else f"exit status {r.returncode}: {' / '.join(said[:3])}")


def information(name, pdf, incident, template):
    r = t.run(["pdfinfo", "-enc", "UTF-8", pdf])
    info = dict(line.split(":", 1) for line in r.stdout.decode("utf-8").splitlines() if ":" in line)
    info = {key: value.strip() for key, value in info.items()}
    wanted = {"Tagged": "yes", "PDF version": "1.7", "JavaScript": "no", "Encrypted": "no"}
    if template == "executive":
        wanted["Pages"] = "1"
    for key, value in wanted.items():
        t.check(f"{name}: {key} is {value}", "" if info.get(key) == value else f"it is {info.get(key)}")
    title = letters(incident["title"]) in letters(info.get("Title", ""))
    t.check(f"{name}: Title", "" if title else f"\"{info.get('Title')}\" lacks \"{incident['title']}\"")
    keywords = letters(info.get("Keywords", ""))
    missing = [label for label in incident.get("labels", []) if letters(label) not in keywords]
    t.check(f"{name}: labels are keywords", ", ".join(missing))
    t.check(f"{name}: pdfinfo", t.text_of(r.stderr))


def text(name, pdf, incident, template):
    found = ""
    for mode in ([], ["-raw"], ["-layout"]):
        r = t.run(["pdftotext", "-enc", "UTF-8", *mode, pdf, "-"])
        if r.stderr:
            t.check(f"{name}: pdftotext {' '.join(mode)}", t.text_of(r.stderr))
        found += letters(r.stdout.decode("utf-8")) + "|"
    if template != "full":
        wanted = [("title", incident["title"])]
    else:
        wanted = list(strings(incident, people=set(incident.get("people", {}))))
    total, missing = 0, []
    for key, value in wanted:
        for word in words(value):
            total += 1
            if word not in found:
                missing.append(f"{key}: {word}")
    t.check(f"{name}: all {total} words are in its text",
            "" if not missing and total else f"{len(missing)} are missing: " + ", ".join(missing[:12]))


def attachment(name, pdf, source, folder):
    out = os.path.join(folder, "attached")
    shutil.rmtree(out, ignore_errors=True)
    os.mkdir(out)
    r = t.run(["pdfdetach", "-saveall", "-o", out, pdf])
    path = os.path.join(out, "incident.yaml")
    why = t.text_of(r.stderr)
    if not why and os.listdir(out) != ["incident.yaml"]:
        why = f"attached: {os.listdir(out)}"
    if not why:
        with open(path, "rb") as a, open(source, "rb") as b:
            why = "" if a.read() == b.read() else "not the bytes of the input"
    t.check(f"{name}: the source is attached", why)


def judge(source, template, folder, theme="default"):
    name = f"{os.path.basename(source)[:-5]}, {template}" + ("" if theme == "default" else f", {theme}")
    pdf = os.path.join(folder, "report.pdf")
    r = t.run([t.PM2PDF, "--template", template, "--theme", theme, "-o", pdf, source])
    if not t.check(f"{name}: is made", "" if r.returncode == 0 else f"exit status {r.returncode}: {t.text_of(r.stderr)}"):
        return
    with open(source, encoding="utf-8") as f:
        incident = t.load_yaml(f.read())
    silent("qpdf", ["--check", "@"], name, pdf)
    information(name, pdf, incident, template)
    text(name, pdf, incident, template)
    attachment(name, pdf, source, folder)
    silent("mutool", ["draw", "-q", "-F", "txt", "-o", "/dev/null", "@"], name, pdf, ignore=("ICC support is not available",))
    silent("gs", ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=nullpage", "@"], name, pdf)
    silent("verapdf", ["--flavour", "ua1", "--format", "text", "@"], name, pdf, ignore=("PASS",))


# ---- inputs of our own ----

def long_timeline(path):
    with open(path, "w", encoding="utf-8") as out:
        generate.write(out, 1, 400, 60, 7)


def deep_lists(path):
    text_lines = []
    for depth in range(12):
        text_lines.append("  " * depth + ("- " if depth % 2 else "* ") + f"level {depth} of the bullets")
    text_lines.append("")
    indent = ""
    for depth in range(8):
        text_lines.append(indent + "1. " + f"step {depth} of the numbers")
        indent += "   "
    text_lines += ["", "> " * 6 + "quoted six deep", "", "- a list", "", "  with two paragraphs", "", "  ```", "  code in it", "  ```",
                   "- [ ] open task", "- [x] closed task"]
    with open(path, "w", encoding="utf-8") as out:
        out.write("id: DEEP-1\ntitle: Lists in lists in lists\nseverity: sev3\nstarted_at: 2026-01-01T00:00:00Z\nsummary: |\n")
        out.writelines("  " + line + "\n" for line in text_lines)


def smallest(path):
    with open(path, "w", encoding="utf-8") as out:
        out.write("id: S-1\ntitle: Nothing but what is required\nseverity: sev5\nstarted_at: 2026-01-01T00:00:00Z\nsummary: Little.\n")


def main():
    t.need(t.PM2PDF)
    for program in ("qpdf", "pdfinfo", "pdftotext", "pdfdetach"):
        if not shutil.which(program):
            t.skip(f"{program} is not there")
    with tempfile.TemporaryDirectory() as folder:
        sources = t.examples() + t.golden()
        for make in (long_timeline, deep_lists, smallest):
            path = os.path.join(folder, make.__name__ + ".yaml")
            make(path)
            sources.append(path)
        for source in sources:
            for template in ("full", "executive"):
                judge(source, template, folder)
        judge(t.examples()[0], "full", folder, "letter")
    t.finish()


if __name__ == "__main__":
    main()
