#!/usr/bin/python3
"""Artefacts that are meant to hurt: what would swell is refused in a tenth of a second of processor time and 32 MiB; what is damaged is
refused, or gives back the source all the same."""
import json
import os
import random
import struct
import sys
import tempfile
import zipfile
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True
import lib as t  # noqa: E402

PMREAD = t.program("pmread")
KINDS = ("pdf", "docx", "xlsx", "confluence", "html", "md")
t.need(PMREAD, *(t.program("pm2" + kind) for kind in KINDS))
SANITIZED = t.sanitized(PMREAD)
# Sanitizers do without the limits of memory that end the largest ones early.
SECONDS, MEMORY = (20.0, None) if SANITIZED else (0.1, 32 << 20)


def put(make, folder):
    """By a process of its own: what is measured of a program is never less than what the one had that started it."""
    child = os.fork()
    if child == 0:
        with open(os.path.join(folder, "artefact"), "wb") as f:
            f.write(make())
        os._exit(0)
    os.waitpid(child, 0)


def run(folder):
    """Exit status, seconds of processor time, largest resident memory, messages."""
    path = os.path.join(folder, "artefact")
    with open(path + ".err", "wb") as err, open(path + ".out", "wb") as out:
        pid = os.posix_spawn(PMREAD, [PMREAD, path], os.environ,
                             file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, err.fileno(), 2)])
        _, status, usage = os.wait4(pid, 0)
    with open(path + ".err", "rb") as f:
        said = f.read()
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, said


# ---- what swells ----

def blanks(mebibytes, before=b""):
    """Deflated."""
    packer = zlib.compressobj(9)
    out = packer.compress(before)
    for _ in range(mebibytes):
        out += packer.compress(b" " * (1 << 20))
    return out + packer.flush()


def stream(data, entries=b""):
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(data), entries, data)


def pdf(*objects):
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))


CATALOG = b"<</Type/Catalog/Pages 2 0 R/AF[%s]>>"
PAGES = b"<</Type/Pages/Kids[]/Count 0>>"
SPEC = b"<</Type/Filespec/AFRelationship/Source/UF(i.yaml)/EF<</F 4 0 R>>>>"


def object_stream():
    data = blanks(1024, b"1 0 <</Type/Catalog/AF[3 0 R]>>")
    out = b"%PDF-1.7\n5 0 obj\n" + stream(data, b"/Type/ObjStm/N 1/First 4") + b"\nendobj\n"
    rows = struct.pack(">BIH", 0, 0, 65535) + b"".join(struct.pack(">BIH", 2, 5, i) for i in range(4))
    rows += struct.pack(">BIH", 1, 9, 0) + struct.pack(">BIH", 1, len(out), 0)
    table = stream(zlib.compress(rows), b"/Type/XRef/Size 7/W[1 4 2]/Root 1 0 R")
    return out + b"6 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(out)


def table_stream():
    out = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
    table = stream(blanks(1024), b"/Type/XRef/Size 150000000/W[1 4 2]/Root 1 0 R")
    return out + b"6 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(out)


def package(*entries):
    with tempfile.TemporaryFile() as f:
        with zipfile.ZipFile(f, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
            for name, data in entries:
                z.writestr(name, data)
        f.seek(0)
        return f.read()


def item(content):
    return b'<pm:incident xmlns:pm="urn:pm:1" sha256="00"><pm:yaml>' + content + b"</pm:yaml></pm:incident>"


def laughs():
    entities = b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 10))
    return b'<!DOCTYPE p [<!ENTITY a0 "ha">' + entities + b"]><p><ac:x>&a9;</ac:x></p>"


BOOK = (("xl/workbook.xml", b'<workbook xmlns:r="r"><sheets><sheet name="_pm" r:id="x"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", b'<R><Relationship Id="x" Target="s.xml"/></R>'))
CELLS = b'<row><c r="B3" t="inlineStr"><is><t>' + b"0" * 64 + b"</t></is></c>" + b'<c r="D3" t="s"><v>0</v></c>' * 1000 + b"</row>"
BOMBS = {
    "a PDF's attachment": lambda: pdf(CATALOG % b"3 0 R", PAGES, SPEC, stream(blanks(1024))),
    "a PDF's attachment, many times": lambda: pdf(CATALOG % (b"3 0 R " * 5000), PAGES, SPEC, stream(zlib.compress(b"id: x\n" * 100000))),
    "a PDF's objects": object_stream,
    "a PDF's table": table_stream,
    "a PDF's depth": lambda: b"%PDF-1.7\n1 0 obj\n" + b"[" * 3000000,
    "objects without end": lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 200000,
    "a part": lambda: package(("word/document.xml", b"<a/>"), ("customXml/item1.xml", item(b" " * (256 << 20)))),
    "a part that nobody needs": lambda: package(("word/document.xml", b" " * (256 << 20))),
    "many parts": lambda: package(*[(f"customXml/item{i}.xml", item(b" " * 4000000)) for i in range(50)]),
    "many elements": lambda: package(("customXml/item1.xml", item(b"<a/>" * 1000000))),
    "many attributes": lambda: package(("customXml/item1.xml", item(b"<a " + b" ".join(b'a%d=""' % i for i in range(100000)) + b"/>"))),
    "many entries": lambda: package(*[(f"customXml/item{i}.xml", b"") for i in range(20000)]),
    "many rows": lambda: package(*BOOK, ("xl/s.xml", b"<w>" + b'<row><c t="s"><v>0</v></c></row>' * 200000 + b"</w>")),
    "one string in many cells": lambda: package(*BOOK, ("xl/s.xml", b"<w>" + CELLS * 5 + b"</w>"),
                                                ("xl/sharedStrings.xml", b"<sst><si><t>" + b"a" * 1000000 + b"</t></si></sst>")),
    "entities": laughs,
    "deep XML": lambda: b"<ac:a>" * 200000,
    "deep JSON": lambda: b'{"body":{"storage":{"a":' + b"[" * 1000000,
    "script without end": lambda: b"<!doctype html>" + b"<script " * 300000,
    "scripts without ends": lambda: b"<!doctype html>" + b"<script></scrip" * 200000,
    "comments without end": lambda: b"# a\n" + b"<!-- pmkit-source \n" * 200000,
}


def check_bombs(folder):
    for name, make in BOMBS.items():
        put(make, folder)
        status, seconds, memory, said = run(folder)
        why = ""
        if status != 1:
            why = f"exit status {status}: {said[:300]!r}"
        elif seconds > SECONDS:
            why = f"{seconds:.2f} s of processor time"
        elif MEMORY and memory > MEMORY:
            why = f"{memory >> 20} MiB"
        t.check(name, why)


# ---- what is damaged ----

def damaged(data, chance):
    """Cut, changed, doubled or with something else in it."""
    at, way = chance.randrange(len(data)), chance.randrange(4)
    n = chance.randrange(1, 64)
    if way == 0:
        return data[:at]
    if way == 1:
        return data[:at] + bytes(chance.randrange(256) for _ in range(n)) + data[at + n:]
    if way == 2:
        return data[:at] + data[at + n:]
    return data[:at] + data[at:at + 4096] + data[at:]


def check_damaged(folder):
    chance = random.Random(1)
    source = next(path for path in t.examples() if path.endswith("template.yaml"))
    with open(source, "rb") as f:
        wanted = f.read()
    for kind in KINDS:
        path = os.path.join(folder, "sound")
        made = t.run([t.program("pm2" + kind), "-o", path, source])
        t.check(f"{kind} is made", "" if made.returncode == 0 else f"exit status {made.returncode}")
        with open(path, "rb") as f:
            sound = f.read()
        why = ""
        for i in range(40):
            with open(os.path.join(folder, "artefact"), "wb") as f:
                f.write(damaged(sound, chance))
            status, seconds, _, said = run(folder)
            with open(os.path.join(folder, "artefact.out"), "rb") as f:
                got = f.read()
            if status not in (0, 1) or seconds > 10 * SECONDS:
                why = f"damage {i}: exit status {status}, {seconds:.2f} s: {said[:200]!r}"
            elif status == 1 and (got or not said):
                why = f"damage {i}: output or no message with exit status 1"
            elif status == 0 and got != wanted and kind not in ("md", "confluence"):
                why = f"damage {i}: other bytes than the source's"
            if why:
                break
        t.check(f"damaged {kind}", why)


def main():
    with tempfile.TemporaryDirectory() as folder:
        check_bombs(folder)
        check_damaged(folder)
        put(lambda: json.dumps({"body": {"storage": {"value": "<p>&nbsp;</p>"}}}).encode(), folder)
        status, _, _, said = run(folder)
        t.check("a page without a source", "" if status == 1 and b"no-source" in said else f"exit status {status}: {said!r}")
    t.finish()


if __name__ == "__main__":
    main()
