#!/usr/bin/python3
"""Inputs that are meant to hurt: each at n and at 4n. Nothing may crash, run for long, use much memory, or take more than about six times
as long for four times the input."""
import os
import resource
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True
import lib as t  # noqa: E402

OTHERS = [[t.program("pm2" + name)] for name in ("docx", "confluence", "html", "md")]
t.need(t.PMFMT, t.PM2PDF, *(command[0] for command in OTHERS))
SANITIZED = t.sanitized(t.PM2PDF)   # these map terabytes of address space
FORMAT, FULL, EXECUTIVE = [t.PMFMT], [t.PM2PDF], [t.PM2PDF, "--template", "executive"]
SECONDS = 60
MEMORY = 4 << 30
GROWTH = 6.0
TOO_SHORT = 0.05    # seconds: below, the noise of the machine is larger than the run
HEAD = "id: H-1\ntitle: Hostile\nseverity: sev2\nstarted_at: 2026-01-01T00:00:00Z\nsummary: Short.\n"
GOOD, BAD = 0, 1
BEGINS = {"pm2pdf": b"%PDF-1.7", "pm2docx": b"PK\x03\x04", "pm2confluence": b"<", "pm2html": b"<!", "pm2md": (b"---", b"#"), "pm2xlsx": b"PK\x03\x04", "pmfmt": b""}


def block(key, text):
    """A literal block of Markdown."""
    return HEAD + f"{key}: |\n" + "".join("  " + line + "\n" for line in text.split("\n"))


def alias_bomb(n):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, n)]
    return HEAD + "\n".join(lines) + "\n"


def anchors(n):
    return HEAD + "x-a:\n" + "".join(f"  - &a{i} v\n" for i in range(n))


def timeline(n):
    return HEAD + "timeline:\n" + "".join(
        f"  - {{at: 2026-01-{1 + i // 86400:02}T{i // 3600 % 24:02}:{i // 60 % 60:02}:{i % 60:02}Z, event: Event number {i} of many, team: SRE}}\n"
        for i in range(n))


def actions(n):
    return HEAD + "action_items:\n" + "".join(
        f"  - {{item: Task number {i}, owner: Owner {i % 50}, due: 2026-0{1 + i % 9}-15, status: open}}\n" for i in range(n))


def unknown_keys(n):
    return HEAD + "".join(f"key{i}: v\n" for i in range(n))


def extra_keys(n):
    return HEAD + "x-free:\n" + "".join(f"  key{i}: v\n" for i in range(n))


def colliding_ids(n):
    return HEAD + "causes:\n" + "".join(f"  - {{id: C1, text: t{i}}}\n" for i in range(n))


def table(rows, columns):
    head = "|" + "h|" * columns + "\n|" + "-|" * columns
    return block("background", head + ("\n|" + "c|" * columns) * rows)


def tiny_stream(n):
    return "---\n".join(f"id: I-{i}\ntitle: t\nseverity: 3\nstarted_at: 2026-01-01T00:00:00Z\nsummary: s\n" for i in range(n))


def glossary(n):
    return HEAD + "glossary:\n" + "".join(f"  term {i}: meaning {i}\n" for i in range(n))


def roles(n):
    return HEAD + "roles:\n  responder: [" + ", ".join(f"Person {i}" for i in range(n)) + "]\n"


def mixed_bidi(n):
    return block("background", "abc \u05d0\u05d1 12 (\u0627\u0644) \u202e " * n)


# Name, what makes it, n (the larger run is 4n), exit status of pmfmt at n and 4n, exit status of pm2pdf (None: not run, as it would be the same).
GROWING = [
    ("aliases of aliases", alias_bomb, 8, (BAD, BAD), BAD),
    ("[ within [", lambda n: HEAD + "x-a: " + "[" * n, 50000, (BAD, BAD), BAD),
    ("{a: within {a:", lambda n: HEAD + "x-a: " + "{a: " * n, 50000, (BAD, BAD), BAD),
    ("- within -", lambda n: HEAD + "x-a:\n  " + "- " * n + "x\n", 20000, (BAD, BAD), None),
    ("? within ?", lambda n: HEAD + "x-a:\n  " + "? " * n + "x\n", 20000, (BAD, BAD), None),
    ("anchors", anchors, 15000, (BAD, BAD), BAD),
    ("one scalar", lambda n: block("background", "word " * (n // 5)), 240000, (GOOD, GOOD), GOOD),
    ("one scalar, quoted", lambda n: HEAD + 'background: "' + "\\u00e9 " * (n // 3) + '"\n', 240000, (GOOD, GOOD), None),
    ("timeline", timeline, 25000, (GOOD, GOOD), GOOD),
    ("action items", actions, 25000, (GOOD, GOOD), GOOD),
    ("one word", lambda n: HEAD + "background: " + "a" * n + "\n", 250000, (GOOD, GOOD), GOOD),
    ("one word of wide letters", lambda n: HEAD + "background: " + "\u6f22" * n + "\n", 80000, (GOOD, GOOD), GOOD),
    ("unknown keys", unknown_keys, 50000, (BAD, BAD), BAD),
    ("keys of x-", extra_keys, 50000, (GOOD, GOOD), GOOD),
    ("a key given often", lambda n: HEAD + "owner: a\n" * n, 25000, (BAD, BAD), None),
    ("an id given often", colliding_ids, 12500, (BAD, BAD), None),
    ("quotes in quotes", lambda n: block("background", "> " * n + "x"), 10000, (GOOD, GOOD), GOOD),
    ("lists in lists", lambda n: block("background", "\n".join("  " * i + "- x" for i in range(n))), 250, (GOOD, GOOD), GOOD),
    ("list markers in a line", lambda n: block("background", "- " * n + "x"), 10000, (GOOD, GOOD), GOOD),
    ("stars", lambda n: block("background", "*a **a " * n), 10000, (GOOD, GOOD), GOOD),
    ("brackets", lambda n: block("background", "[" * n), 50000, (GOOD, GOOD), GOOD),
    ("links in links", lambda n: block("background", "[a](" * n), 20000, (GOOD, GOOD), GOOD),
    ("pictures", lambda n: block("background", "![[]()" * n), 10000, (GOOD, GOOD), GOOD),
    ("backticks", lambda n: block("background", "".join("e" + "`" * i for i in range(1, int((2 * n) ** 0.5)))), 100000, (GOOD, GOOD), GOOD),
    ("entities", lambda n: block("background", "&amp;&#128293; " * n), 10000, (GOOD, GOOD), GOOD),
    ("lines", lambda n: block("background", "a\\\n" * n), 20000, (GOOD, GOOD), GOOD),
    ("paragraphs", lambda n: block("background", "a\n\n" * n), 20000, (GOOD, GOOD), GOOD),
    ("table, long", lambda n: table(n, 4), 5000, (GOOD, GOOD), GOOD),
    ("table, wide", lambda n: table(4, n), 250, (GOOD, GOOD), GOOD),
    ("table, 1000 columns", lambda n: table(n, 1000), 60, (GOOD, GOOD), GOOD),
    ("combining marks", lambda n: HEAD + "background: a" + "\u0301\u0328" * n + "\n", 25000, (GOOD, GOOD), GOOD),
    ("combining marks in the title", lambda n: HEAD.replace("Hostile", "a" + "\u0301" * n), 5000, (GOOD, GOOD), GOOD),
    ("joined emoji", lambda n: HEAD + "background: " + "\U0001f469\u200d" * n + "\n", 5000, (GOOD, GOOD), GOOD),
    ("directions", mixed_bidi, 5000, (GOOD, GOOD), GOOD),
    ("embeddings", lambda n: block("background", "\u202a" * n + "a" + "\u202c" * n), 5000, (GOOD, GOOD), GOOD),
    ("control characters", lambda n: HEAD + 'background: "' + "\\x01" * n + '"\n', 25000, (BAD, BAD), None),
    ("tags", lambda n: HEAD + "x-a:\n" + "  - !!python/object:os.system v\n" * n, 25000, (BAD, BAD), None),
    ("comments", lambda n: "# comment\n" * n + HEAD, 50000, (GOOD, GOOD), GOOD),
    ("blank lines", lambda n: HEAD + "\n" * n + "owner: a\n", 250000, (GOOD, GOOD), None),
    ("markers", lambda n: HEAD + "---\n" * n, 50000, None, None),
    ("documents", tiny_stream, 25000, (GOOD, GOOD), None),
    ("documents, as PDF", tiny_stream, 400, (GOOD, GOOD), GOOD),
    ("addresses", lambda n: block("background", "\n".join(f"[a](https://e.org/{i})" for i in range(n))), 2000, (GOOD, GOOD), GOOD),
    ("tables below a long heading", lambda n: block("background", "# " + "x" * n + "\n\n" + "| a |\n|---|\n| b |\n\n" * (n // 20)),
     40000, (GOOD, GOOD), GOOD),
    ("glossary", glossary, 10000, (GOOD, GOOD), GOOD),
    ("roles", roles, 10000, (GOOD, GOOD), GOOD),
    ("a long title", lambda n: HEAD.replace("Hostile", "word " * n), 5000, (GOOD, GOOD), GOOD),
    ("CRLF", lambda n: timeline(n).replace("\n", "\r\n"), 2000, (GOOD, GOOD), GOOD),
]

HEAD_BYTES = HEAD.encode()

# Name, bytes, exit status, a rule that standard error must name (or None).
SINGLE = [
    ("scalar above 1 MiB", (HEAD + "background: " + "a b " * 270000 + "\n").encode(), BAD, "scalar-size"),
    ("document of 17 MiB", (HEAD + "x-a:\n" + ("  - " + "v" * 1000 + "\n") * 17900).encode(), BAD, "document-size"),
    ("more than 1,000,000 values", (HEAD + "x-a: [" + "1," * 1000100 + "1]\n").encode(), BAD, "nodes"),
    ("byte order mark", b"\xef\xbb\xbf" + HEAD_BYTES, GOOD, None),
    ("byte order mark alone", b"\xef\xbb\xbf", BAD, "no-document"),
    ("UTF-16, little-endian", "\ufeff".encode("utf-16-le") + HEAD.encode("utf-16-le"), BAD, "yaml"),
    ("UTF-16, big-endian", "\ufeff".encode("utf-16-be") + HEAD.encode("utf-16-be"), BAD, "yaml"),
    ("UTF-16 without mark", HEAD.encode("utf-16-le"), BAD, None),
    ("surrogate in UTF-8", HEAD_BYTES + b"background: \xed\xa0\x80\n", BAD, "utf8"),
    ("surrogate as an escape", HEAD_BYTES + b'background: "\\ud800"\n', BAD, None),
    ("overlong form", HEAD_BYTES + b"background: \xc0\xaf\n", BAD, "utf8"),
    ("beyond Unicode", HEAD_BYTES + b"background: \xf4\x90\x80\x80\n", BAD, "utf8"),
    ("half a character at the end", HEAD_BYTES + b"background: \xc3", BAD, "utf8"),
    ("0xff in a comment", b"# \xff\n" + HEAD_BYTES, BAD, "utf8"),
    ("NUL byte", HEAD_BYTES + b"background: a\0b\n", BAD, None),
    ("NUL bytes alone", b"\0" * 100000, BAD, None),
    ("NUL as an escape", HEAD_BYTES + b'background: "a\\0b"\n', BAD, "control"),
    ("escape sequence", HEAD_BYTES + b'background: "\\e[31m"\n', BAD, "control"),
    ("escape sequence as a key", HEAD_BYTES + b'"\\e[31m": 1\n', BAD, "control"),
    ("U+FFFF", HEAD_BYTES + b'background: "\\uFFFF"\n', BAD, "control"),
    ("U+FFFE, raw", HEAD_BYTES + b"background: \xef\xbf\xbe\n", BAD, None),
    ("C1 control", HEAD_BYTES + b'background: "\\x9b"\n', BAD, "control"),
    ("tag", HEAD_BYTES + b"background: !!binary aGVsbG8=\n", BAD, "anchor"),
    ("tag, own", HEAD_BYTES + b"x-a: !run 1\n", BAD, "anchor"),
    ("merge key", HEAD_BYTES + b"<<: {owner: a}\n", BAD, "unknown-key"),
    ("alias without anchor", HEAD_BYTES + b"background: *nothing\n", BAD, "anchor"),
    ("directive", b"%YAML 1.2\n---\n" + HEAD_BYTES, GOOD, None),
    ("unknown directive", b"%FOO bar\n---\n" + HEAD_BYTES, None, None),
    ("YAML 9", b"%YAML 9.9\n---\n" + HEAD_BYTES, None, None),
    ("scalar alone", b"incident\n", BAD, "type"),
    ("sequence alone", b"- a\n", BAD, "type"),
    ("key is a sequence", HEAD_BYTES + b"? [a, b]\n: c\n", BAD, None),
    ("key is empty", HEAD_BYTES + b"? \n: c\n", BAD, None),
    ("key of 100 KB", HEAD_BYTES + b'? "' + b"k" * 100000 + b'"\n: c\n', BAD, None),
    ("tab as indentation", HEAD_BYTES + b"impact:\n\tbusiness: a\n", BAD, "yaml"),
    ("number of 100,000 digits", HEAD_BYTES + b"impact: {customers_affected: " + b"9" * 100000 + b"}\n", BAD, None),
    ("number beyond 64 bits", HEAD_BYTES + b"impact: {customers_affected: 9223372036854775808}\n", BAD, None),
    ("infinite number", HEAD_BYTES + b"impact: {customers_affected_pct: .inf}\n", BAD, None),
    ("no number", HEAD_BYTES + b"impact: {customers_affected_pct: .nan}\n", BAD, None),
    ("year 9999", HEAD_BYTES.replace(b"2026-01-01", b"9999-12-31"), GOOD, None),
    ("year 0", HEAD_BYTES.replace(b"2026-01-01", b"0000-01-01"), BAD, "value"),
    ("30 February", HEAD_BYTES.replace(b"2026-01-01", b"2026-02-30"), BAD, "value"),
    ("zone outside of its folder", HEAD_BYTES + b"tz: ../../../etc/passwd\n", BAD, "zone"),
    ("zone is a folder", HEAD_BYTES + b"tz: Europe\n", BAD, "zone"),
    ("zone of 100 KB", HEAD_BYTES + b"tz: " + b"A" * 100000 + b"\n", BAD, "zone"),
    ("duplicate key", HEAD_BYTES + b"id: b\n", BAD, "duplicate-key"),
    ("a broken one among 1,000", (tiny_stream(500) + "---\nid: [\n---\n" + tiny_stream(500)).encode(), BAD, "yaml"),
]


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def timed(command, data, folder):
    """Exit status (None: out of time), seconds, bytes on standard output, what standard error says first."""
    path = os.path.join(folder, "input.yaml")
    with open(path, "wb") as f:
        f.write(data)
    out_path, err_path = os.path.join(folder, "out"), os.path.join(folder, "err")
    with open(out_path, "wb") as out, open(err_path, "wb") as err:
        began = time.monotonic()
        try:
            status = subprocess.run([*command, path], stdin=subprocess.DEVNULL, stdout=out, stderr=err, timeout=SECONDS, check=False,
                                    preexec_fn=None if SANITIZED else limit).returncode
        except subprocess.TimeoutExpired:
            status = None
        seconds = time.monotonic() - began
    with open(out_path, "rb") as out, open(err_path, "rb") as err:
        start = out.read(8)
        said = err.read(4096).decode("utf-8", "replace")
    return status, seconds, os.path.getsize(out_path), start, said


def verdict(status, size, start, said, wanted, command):
    """Why a run is not as it should be, or nothing."""
    if status is None:
        return f"still running after {SECONDS} s"
    if status < 0:
        return f"died by signal {-status}"
    if wanted is not None and status != wanted:
        return f"exit status {status}, want {wanted}: {said[:160]}"
    if status not in (GOOD, BAD):
        return f"exit status {status}: {said[:160]}"
    if status == BAD and (size or not said):
        return f"{size} bytes of output, {len(said)} of messages"
    if status == GOOD and (not size or not start.startswith(BEGINS[os.path.basename(command[0])])):
        return "no output"
    if any(ord(c) < 32 and c != "\n" or 0x7F <= ord(c) < 0xA0 for c in said):
        return "control characters in the messages"
    return ""


def label_of(name, command):
    return " ".join([f"{name},", os.path.basename(command[0]), *command[1:]])


def growing(name, data, wanted, command, folder):
    """Runs n and 4n, up to three times: a busy machine may make one of them slow."""
    label = label_of(name, command)
    for _ in range(3):
        seconds = []
        for i in (0, 1):
            status, took, size, start, said = timed(command, data[i], folder)
            seconds.append(took)
            why = verdict(status, size, start, said, wanted[i], command)
            if why:
                t.check(label, f"{('n', '4n')[i]}: {why}")
                return
        if seconds[1] < TOO_SHORT or seconds[1] <= GROWTH * max(seconds[0], TOO_SHORT / 4):
            break
    else:
        t.check(label, f"n: {seconds[0]:.2f} s, 4n: {seconds[1]:.2f} s")
        return
    t.check(f"{label} ({seconds[0]:.2f} s, {seconds[1]:.2f} s)")


def main():
    step = 8 if int(os.environ.get("PM_TEST_STEP") or "1") > 1 else 1   # slow builds take smaller inputs
    chosen = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for name, make, n, wanted, pdf in GROWING:
            if chosen and name not in chosen:
                continue
            size = max(n // step, 8)
            data = [make(count).encode() for count in (size, 4 * size)]
            growing(name, data, wanted or (None, None), FORMAT, folder)
            if pdf is not None:
                growing(name, data, (pdf, pdf), FULL, folder)
            for command in (EXECUTIVE, *OTHERS) if pdf == GOOD else ():
                growing(name, data, (pdf, pdf), command, folder)
        for name, data, wanted, rule in SINGLE:
            if chosen and name not in chosen:
                continue
            for command in (FORMAT, FULL):
                status, _, size, start, said = timed(command, data, folder)
                why = verdict(status, size, start, said, wanted, command)
                if not why and rule and f"[{rule}]" not in said:
                    why = f"does not name [{rule}]: {said[:160]}"
                t.check(label_of(name, command), why)
    t.finish()


if __name__ == "__main__":
    main()
