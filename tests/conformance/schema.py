#!/usr/bin/python3
"""The JSON Schema and the canonical form, by other people's YAML reader and validator."""
import copy
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True
import lib as t  # noqa: E402

try:
    from jsonschema import Draft202012Validator
except ImportError:
    t.skip("jsonschema is not there; on Debian: apt-get install python3-jsonschema")

ENUMERATIONS = {"status", "severity", "incident_status", "visibility", "kind", "method", "rank", "category", "type", "priority", "confidence",
                "relation", "data_loss", "data_exposed", "sla_breached", "currency", "open", "important"}


def word(value):
    if isinstance(value, bool):
        value = "yes" if value else "no"
    value = str(value).lower().replace("-", "_").replace(" ", "_")
    return {"true": "yes", "false": "no"}.get(value, value)


def difference(a, b, path="", key=""):
    """The path of the first difference, or None. Enumerations may be spelt in another way."""
    if isinstance(a, dict) and isinstance(b, dict):
        if set(a) != set(b):
            return f"{path}: other keys ({sorted(map(str, set(a) ^ set(b)))})"
        for name in a:
            found = difference(a[name], b[name], f"{path}.{name}", name)
            if found:
                return found
        return None
    if isinstance(a, list) and isinstance(b, list):
        if len(a) != len(b):
            return f"{path}: {len(a)} and {len(b)} entries"
        for i, (x, y) in enumerate(zip(a, b)):
            found = difference(x, y, f"{path}[{i}]", key)
            if found:
                return found
        return None
    if a == b and isinstance(a, bool) == isinstance(b, bool) or key in ENUMERATIONS and word(a) == word(b):
        return None
    return f"{path}: {a!r} and {b!r}"


def errors_of(validator, data):
    return [f"{'.'.join(map(str, e.absolute_path))}: {e.message[:160]}" for e in validator.iter_errors(data)]


# What must be refused, by the schema and by the programs alike: a name, and what is done to a good incident.
BROKEN = {
    "no id": lambda d: d.pop("id"),
    "no title": lambda d: d.pop("title"),
    "no severity": lambda d: d.pop("severity"),
    "no started_at": lambda d: d.pop("started_at"),
    "no summary": lambda d: d.pop("summary"),
    "unknown key": lambda d: d.update(sumary="x"),
    "unknown key, deep": lambda d: d["action_items"][0].update(ownr="x"),
    "severity of no kind": lambda d: d.update(severity="sev9"),
    "status of no kind": lambda d: d["action_items"][0].update(status="almost"),
    "event kind of no kind": lambda d: d["timeline"][0].update(kind="explosion"),
    "timeline is text": lambda d: d.update(timeline="later"),
    "impact is a list": lambda d: d.update(impact=["bad"]),
    "event without at": lambda d: d["timeline"][0].pop("at"),
    "event without event": lambda d: d["timeline"][0].pop("event"),
    "action without item": lambda d: d["action_items"][0].pop("item"),
    "cause without text": lambda d: d["causes"][0].pop("text"),
    "negative customers": lambda d: d["impact"].update(customers_affected=-1),
    "more than all": lambda d: d["impact"].update(customers_affected_pct=101),
    "customers in words": lambda d: d["impact"].update(customers_affected="many"),
    "id with a space": lambda d: d.update(id="INC 1"),
    "id too long": lambda d: d.update(id="I" * 40),
    "due is no date": lambda d: d["action_items"][0].update(due="next week"),
    "another version": lambda d: d.update(pm=2),
    "title is a list": lambda d: d.update(title=["a"]),
    "currency of no kind": lambda d: d["impact"].update(revenue={"amount": 1, "currency": "euros"}),
}


def test_schema(committed):
    r = t.run([t.PMFMT, "--schema"])
    t.check("pmfmt --schema is templates/incident.schema.json",
            "" if r.returncode == 0 and r.stdout == committed else f"exit status {r.returncode}, {len(r.stdout)} and {len(committed)} bytes")
    schema = json.loads(committed)
    try:
        Draft202012Validator.check_schema(schema)
        why = ""
    except Exception as error:  # noqa: BLE001  the validator has several kinds
        why = str(error)[:300]
    t.check("it is a schema of draft 2020-12", why)
    names = set(re.findall(r'"([a-z_]+)":', committed.decode("utf-8")))
    t.check("it describes its fields", "" if committed.count(b'"description"') > 60 and "timeline" in names else "few descriptions")
    return Draft202012Validator(schema)


def test_good(validator, path):
    name = os.path.basename(path)
    with open(path, encoding="utf-8") as f:
        data = t.load_yaml(f.read())
    t.check(f"{name} is valid by the schema", "; ".join(errors_of(validator, data)[:3]))
    r = t.run([t.PMFMT, path])
    if not t.check(f"{name} is taken by pmfmt", "" if r.returncode == 0 else t.text_of(r.stderr)):
        return
    formatted = t.load_yaml(r.stdout.decode("utf-8"))
    t.check(f"{name}, canonical, is valid by the schema", "; ".join(errors_of(validator, formatted)[:3]))
    t.check(f"{name}, canonical, holds the same", difference(data, formatted) or "")


def test_broken(validator):
    with open(os.path.join(t.SOURCE, "examples/template.yaml"), encoding="utf-8") as f:
        good = t.load_yaml(f.read())
    r = t.run([t.PMFMT], json.dumps(good, ensure_ascii=False).encode("utf-8"))
    t.check("JSON is taken as the YAML that it is", "" if r.returncode == 0 else t.text_of(r.stderr))
    for name, harm in BROKEN.items():
        data = copy.deepcopy(good)
        harm(data)
        t.check(f"{name}: refused by the schema", "" if errors_of(validator, data) else "it is taken")
        r = t.run([t.PMFMT], json.dumps(data, ensure_ascii=False).encode("utf-8"))
        t.check(f"{name}: refused by pmfmt", "" if r.returncode == 1 and not r.stdout else f"exit status {r.returncode}")


def main():
    t.need(t.PMFMT)
    with open(os.path.join(t.SOURCE, "templates/incident.schema.json"), "rb") as f:
        validator = test_schema(f.read())
    for path in t.examples() + t.golden():
        test_good(validator, path)
    test_broken(validator)
    t.finish()


if __name__ == "__main__":
    main()
