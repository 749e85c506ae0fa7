#!/usr/bin/python3
"""Everything that pmmetrics computes, and what the sheet Metrics of a workbook has of it, computed again from the YAML: 1,000 incidents of
chance, read by PyYAML.

With a name, the incidents are written there, for other tests."""
import csv
import datetime
import fractions
import io
import json
import os
import random
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lib

try:
    import yaml
except ImportError:
    lib.skip("PyYAML is not there; on Debian: apt-get install python3-yaml")

PMMETRICS = lib.program("pmmetrics")
PM2XLSX = lib.program("pm2xlsx")
STATES = ["proposed", "open", "in_progress", "blocked", "done", "wont_do"]
CLOSED = ("done", "wont_do")
PEOPLE = {"ana": ("Ana Lind", "Payments"), "bo": ("Bo Ek", "Search"), "chidi": ("Chidi Eze", None)}
NAMES = ["ana", "bo", "chidi", "Žofie Nová", "山田太郎", "=cmd", "O'Neil, \"Al\""]
TEAMS = ["Payments", "Search", "検索チーム", "*", "SRE"]
SERVICES = ["web", "db", "dns", "mail", "search, old"]
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
LIMITS = (7, 30, 90)


# ---- incidents of chance ----

def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def instant(seconds):
    return (EPOCH + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(n):
    return (EPOCH + datetime.timedelta(days=n)).strftime("%Y-%m-%d")


def write_item(rnd, start):
    first = start // 86400
    fields = [("item", quoted(f"Do thing {rnd.randrange(1000)}"))]
    if rnd.random() < 0.7:
        fields.append(("type", rnd.choice(["prevent", "mitigate", "detect", "process", "repair", "other"])))
    if rnd.random() < 0.9:
        fields.append(("owner", quoted(rnd.choice(NAMES))))
    if rnd.random() < 0.4:
        fields.append(("team", quoted(rnd.choice(TEAMS))))
    if rnd.random() < 0.8:
        fields.append(("due", day(first + rnd.randrange(200))))
    if rnd.random() < 0.8:
        fields.append(("priority", rnd.choice(["p1", "p2", "p3", "p4", "p5"])))
    status = rnd.choice(STATES + [None])
    if status:
        fields.append(("status", status))
    if rnd.random() < 0.6:
        fields.append(("created", day(first + rnd.randrange(20))))
    if status == "done" and rnd.random() < 0.8:
        fields.append(("completed", day(first + rnd.randrange(200))))
    return "  - {" + ", ".join(f"{k}: {v}" for k, v in fields) + "}"


def write_incident(rnd, number):
    start = 1700000000 + rnd.randrange(80000000)
    lines = ["pm: 1", f"id: I-{number}", "title: Of chance", "summary: Of chance.", f"severity: sev{rnd.choice([1, 2, 2, 3, 3, 3, 4, 5])}",
             f"started_at: {instant(start)}"]
    at = start
    resolved = False
    for name, most in (("detected", 3600), ("acknowledged", 900), ("identified", 20000), ("mitigated", 9000), ("resolved", 40000),
                       ("closed", 2000000)):
        at += rnd.randrange(most) - (most // 2 if rnd.random() < 0.03 else 0)
        if rnd.random() < 0.85:
            lines.append(f"{name}_at: {instant(at)}")
            resolved = resolved or name == "resolved"
    if not resolved and rnd.random() < 0.3:
        lines.append("incident_status: resolved")
    if rnd.random() < 0.9:
        lines.append(f"owner: {quoted(rnd.choice(NAMES))}")
    services = [rnd.choice(SERVICES) for _ in range(rnd.randrange(4))]
    lines.append(f"services: [{', '.join(quoted(s) for s in services)}]")
    lines.append("people: {" + ", ".join(
        f"{k}: {{name: {n}" + (f", team: {t}" if t else "") + "}" for k, (n, t) in PEOPLE.items()) + "}")
    if rnd.random() < 0.5:
        lines.append(f"impact: {{started_at: {instant(start + rnd.randrange(600))}, ended_at: {instant(start + rnd.randrange(30000))}}}")
    lines.append("timeline:")
    lines += [f"  - {{at: {instant(start + rnd.randrange(9000))}, event: e, team: {quoted(rnd.choice(TEAMS))}}}" for _ in range(rnd.randrange(1, 4))]
    lines.append("updates:")
    lines += [f"  - {{at: {instant(start + rnd.randrange(20000))}, body: b, visibility: {rnd.choice(['public', 'internal'])}}}"
              for _ in range(rnd.randrange(1, 3))]
    if rnd.random() < 0.9:
        lines.append("action_items:")
        lines += [write_item(rnd, start) for _ in range(rnd.randrange(1, 16))]
    return "\n".join(lines) + "\n"


def generate(count):
    rnd = random.Random(20261124)
    return "---\n".join(write_incident(rnd, i) for i in range(count))


# ---- the other computation ----

def seconds(value):
    return None if value is None else int((value.astimezone(datetime.timezone.utc) - EPOCH).total_seconds())


def name_of(key):
    return PEOPLE[key][0] if key in PEOPLE else key


def team_of(key):
    return PEOPLE[key][1] if key in PEOPLE else None


class Incident:
    def __init__(self, data, from_detection):
        get = lambda name: seconds(data.get(name))
        self.data = data
        self.start = get("started_at")
        self.severity = data["severity"]
        self.month = (EPOCH + datetime.timedelta(seconds=self.start)).strftime("%Y-%m")
        self.services = set(data.get("services") or []) or {None}
        self.owner = name_of(data.get("owner"))
        self.teams = ({e["team"] for e in data["timeline"]} | {team_of(data.get("owner"))}) - {None}
        impact = data.get("impact", {})
        notices = [seconds(u["at"]) for u in data["updates"] if u["visibility"] == "public"]
        end = seconds(impact.get("ended_at")) or get("mitigated_at") or get("resolved_at")
        self.spans = {
            "ttd": (self.start, get("detected_at")), "tta": (get("detected_at"), get("acknowledged_at")),
            "tti": (get("detected_at"), get("identified_at")), "ttm": (self.start, get("mitigated_at")),
            "ttr": (get("detected_at") if from_detection else self.start, get("resolved_at")),
            "impact": (seconds(impact.get("started_at")) or self.start, end),
            "ttp": (get("detected_at"), min(notices, default=None)), "ttc": (get("resolved_at"), get("closed_at"))}
        self.open = get("resolved_at") is None and data.get("incident_status") != "resolved"
        self.items = [Item(item) for item in data.get("action_items", [])]

    def keys(self, by):
        return {"severity": [self.severity], "month": [self.month], "service": self.services, "team": self.teams or {None},
                "owner": [self.owner], None: ["all"]}[by]


class Item:
    def __init__(self, data):
        self.status = data.get("status", "open")
        self.owner = name_of(data.get("owner"))
        self.team = data.get("team") or team_of(data.get("owner"))
        self.type, self.priority = data.get("type"), data.get("priority")
        self.due, self.created, self.completed = data.get("due"), data.get("created"), data.get("completed")

    def keys(self, by, incident):
        return [getattr(self, by)] if by in ("team", "owner", "type", "priority") else incident.keys(by)


def percentile(values, part):
    place = fractions.Fraction(part, 100) * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def whole(value):
    return int(value + fractions.Fraction(1, 2))


def duration_total(incidents, key):
    values, missing, reversed_, still = [], 0, 0, 0
    for incident in incidents:
        start, end = incident.spans[key]
        if start is not None and end is not None:
            if end >= start:
                values.append(end - start)
            else:
                reversed_ += 1
        elif end is None and incident.open:
            still += 1
        else:
            missing += 1
    values.sort()
    numbers = {"median": None, "mean": None, "p90": None, "max": None}
    if values:
        numbers = {"median": whole(percentile(values, 50)), "mean": whole(fractions.Fraction(sum(values), len(values))),
                   "p90": whole(percentile(values, 90)), "max": values[-1]}
    return {"n": len(values), "missing": missing, "out_of_order": reversed_, "open": still, **numbers}


def rate(part, all_):
    return round(part / all_, 4) if all_ else None


def action_total(items, as_of):
    left = [i for i in items if i.status not in CLOSED]
    timed = [i for i in items if i.status == "done" and i.due and i.completed]
    ages = sorted((as_of - i.created).days for i in left if i.created)
    classes = [sum(low < a <= high for a in ages) for low, high in zip((-10**9,) + LIMITS, LIMITS + (10**9,))]
    return {"count": len(items), "by_status": {s: sum(i.status == s for i in items) for s in STATES}, "open": len(left),
            "overdue": sum(bool(i.due) and i.due < as_of for i in left),
            "due_soon": sum(bool(i.due) and 0 <= (i.due - as_of).days <= 14 for i in left), "no_due": sum(not i.due for i in left),
            "closed": len(items) - len(left), "closure_rate": rate(len(items) - len(left), len(items)),
            "on_time_rate": rate(sum(i.completed <= i.due for i in timed), len(timed)),
            "age": {"median": float(percentile(ages, 50)) if ages else None, "to_7": classes[0], "to_30": classes[1], "to_90": classes[2],
                    "more": classes[3], "unknown": len(left) - len(ages)}}


def total(incidents, items, as_of):
    starts = sorted(i.start for i in incidents)
    gap = whole(fractions.Fraction(starts[-1] - starts[0], len(starts) - 1)) if len(starts) > 1 else None
    return {"incidents": len(incidents), "between_starts": gap,
            "durations": {key: duration_total(incidents, key) for key in ("ttd", "tta", "tti", "ttm", "ttr", "impact", "ttp", "ttc")},
            "actions": action_total(items, as_of)}


def grouped(incidents, by, as_of):
    groups = {}
    for incident in incidents:
        for key in incident.keys(by) if by not in ("type", "priority") else []:
            groups.setdefault(key, ([], []))[0].append(incident)
        for item in incident.items:
            for key in item.keys(by, incident):
                groups.setdefault(key, ([], []))[1].append(item)
    return {key: total(own, items, as_of) for key, (own, items) in groups.items()}


# ---- comparing ----

def differences(got, wanted, path=""):
    if isinstance(wanted, dict):
        if set(got) != set(wanted):
            return [f"{path}: has {sorted(map(str, got))}, want {sorted(map(str, wanted))}"]
        return [d for key in wanted for d in differences(got[key], wanted[key], f"{path}.{key}")]
    if got is not None and wanted is not None and abs(got - wanted) < 1.01e-4:   # rates have four digits
        return []
    return [] if got == wanted else [f"{path}: {got}, want {wanted}"]


def compare(name, got, wanted):
    found = differences(got, wanted)
    lib.check(name, f"{len(found)} differ: " + "; ".join(found[:3]) if found else "")


def pmmetrics(text, *options):
    done = lib.run([PMMETRICS, "--as-of", "2025-06-30", *options], text.encode())
    return done.stdout.decode() if lib.check(f"pmmetrics {' '.join(options)} runs", "" if done.returncode == 0 else lib.text_of(done.stderr)) else None


def by_name(groups, by):
    return {g.pop(by): g for g in groups}


def check_order(report, by):
    names = [g[by] for g in report["groups"]]
    given = [n for n in names if n is not None]
    if by in ("service", "team", "owner"):
        wanted = sorted(given, key=lambda n: next((-g["actions"]["open"], -g["incidents"], n.encode()) for g in report["groups"] if g[by] == n))
    else:
        wanted = sorted(given)
    lib.check(f"order by {by}", "" if names == wanted + [None] * (len(names) - len(given)) else f"is {names}")


def check_csv(text, by, report):
    rows = list(csv.DictReader(io.StringIO(pmmetrics(text, "--by", by, "--format", "csv"), newline="")))
    groups = {None: report["total"], **{g[by]: g for g in report["groups"]}}
    problem = "" if len(rows) == len(report["groups"]) + 1 else "rows"
    for i, row in enumerate(rows):
        wanted = report["total"] if i == 0 else report["groups"][i - 1]
        name = "all" if i == 0 else wanted[by] or ""
        cell = "'" + name if name[:1] in tuple("=+-@") else name
        cells = {"incidents": wanted["incidents"], "ttr_median": wanted["durations"]["ttr"]["median"], "ttp_open": wanted["durations"]["ttp"]["open"],
                 "actions_in_progress": wanted["actions"]["by_status"]["in_progress"], "actions_unclosed": wanted["actions"]["open"],
                 "actions_age_unknown": wanted["actions"]["age"]["unknown"]}
        if row[by] != cell or any(row[k] != ("" if v is None else str(v)) for k, v in cells.items()):
            problem = f"row {i} is {row}"
    lib.check(f"csv by {by}", problem)


# ---- the sheet Metrics of a workbook ----

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_rows(path, name):
    """Rows of a sheet as dictionaries from column letters to values: cached ones, where there is a formula."""
    with zipfile.ZipFile(path) as z:
        names = [s.get("name") for s in ElementTree.fromstring(z.read("xl/workbook.xml")).find(MAIN + "sheets")]
        shared = []
        if "xl/sharedStrings.xml" in z.namelist():
            shared = ["".join(t.text or "" for t in si.iter(MAIN + "t")) for si in ElementTree.fromstring(z.read("xl/sharedStrings.xml"))]
        root = ElementTree.fromstring(z.read(f"xl/worksheets/sheet{names.index(name) + 1}.xml"))
    rows = []
    for row in root.iter(MAIN + "row"):
        cells = {}
        for cell in row.iter(MAIN + "c"):
            value = cell.find(MAIN + "v")
            if value is not None and value.text is not None:
                text = value.text
                cells[cell.get("r").rstrip("0123456789")] = (
                    shared[int(text)] if cell.get("t") == "s" else text if cell.get("t") == "str" else float(text))
        rows.append(cells)
    return rows


def near(seconds, cell):
    """Whole seconds, and days of a workbook."""
    return cell == "\u2013" if seconds is None else isinstance(cell, float) and abs(cell * 86400 - seconds) < 0.51


def check_durations(rows, incidents):
    """Rows of a duration: its title, a severity or "All", median, mean, 90th percentile, longest, known and left out."""
    titles = {"Time to detect (from start)": "ttd", "Time to acknowledge (from detection)": "tta", "Time to identify (from detection)": "tti",
              "Time to mitigate (from start)": "ttm", "Time to resolve (from start)": "ttr", "Duration of harm (start to end)": "impact",
              "Time to public notice (from detection)": "ttp", "Time to close the review (from resolution)": "ttc"}
    key, seen, wrong = None, 0, []
    for row in rows:
        key = titles.get(row.get("A"), key if "A" not in row else None)
        group = row.get("B")
        if not key or (group != "All" and not str(group).startswith("sev")):
            continue
        wanted = duration_total([i for i in incidents if group in ("All", i.severity)], key)
        seen += 1
        if not all(near(wanted[n], row.get(c)) for n, c in (("median", "C"), ("mean", "D"), ("p90", "E"), ("max", "F"))) or \
                [row.get(c) for c in "GHIJ"] != [wanted[n] for n in ("n", "missing", "out_of_order", "open")]:
            wrong.append(f"{key} {group}: {row}")
    lib.check("durations of the sheet", f"{seen} rows, want 48" if seen != 48 else "; ".join(wrong[:3]))


def check_people(rows, incidents, as_of):
    owners = grouped(incidents, "owner", as_of)
    begin = next(i for i, row in enumerate(rows) if row.get("A") == "Action items by owner")
    table = {}
    for row in rows[begin + 3:]:
        if "B" not in row:
            break
        table[row["A"]] = [row[c] for c in "BCDEFGHIJ"]
    wanted = {}
    for name, group in owners.items():
        a = group["actions"]
        if a["count"]:
            wanted[name or "no owner"] = [a["count"], *(a["by_status"][s] for s in STATES), a["overdue"], a["due_soon"]]
    lib.check("owners of the sheet", "" if table == wanted else f"{table}, want {wanted}")


def check_workbook(text, incidents, as_of):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "book.xlsx")
        done = lib.run([PM2XLSX, "--as-of", as_of.isoformat(), "-o", path], text.encode())
        if lib.check("pm2xlsx runs", "" if done.returncode == 0 else lib.text_of(done.stderr)):
            rows = sheet_rows(path, "Metrics")
            check_durations(rows, incidents)
            check_people(rows, incidents, as_of)
            facts = {row["A"]: row["B"] for row in rows if "A" in row and "B" in row and "C" not in row}
            wanted = action_total([item for incident in incidents for item in incident.items], as_of)
            got = [facts.get(n) for n in ("Incidents", "Action items", "Open action items", "Overdue action items", "Due within 14 days")]
            lib.check("head of the sheet", "" if got == [len(incidents), wanted["count"], wanted["open"], wanted["overdue"],
                                                         wanted["due_soon"]] else f"{got}")


def main():
    text = generate(1000)
    if len(sys.argv) > 1:
        with open(sys.argv[1], "w", encoding="utf-8") as out:
            out.write(text)
        return
    lib.need(PMMETRICS, PM2XLSX)
    documents = list(yaml.load_all(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    as_of = datetime.date(2025, 6, 30)
    for base in ("started", "detected"):
        incidents = [Incident(d, base == "detected") for d in documents]
        items = [item for incident in incidents for item in incident.items]
        for by in ("severity", "month", "service", "team", "owner"):
            report = json.loads(pmmetrics(text, "--by", by, "--ttr-from", base, "--format", "json"))
            check_order(report, by)
            if base == "started":
                check_csv(text, by, report)
            compare(f"total, from {base}", report["total"], total(incidents, items, as_of))
            compare(f"by {by}, from {base}", by_name(report["groups"], by), grouped(incidents, by, as_of))
        for by in ("type", "priority"):
            wanted = {key: {"actions": g["actions"]} for key, g in grouped(incidents, by, as_of).items()}
            compare(f"action items by {by}", by_name(report[f"actions_by_{by}"], by), wanted)
    check_workbook(text, [Incident(d, False) for d in documents], as_of)
    lib.finish()


main()
