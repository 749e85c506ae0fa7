#!/usr/bin/env python3
"""The sources of web pages and Markdown come back byte for byte, read as pm2html(1) and pm2md(1) say."""
import base64
import hashlib
import html.parser
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lib  # noqa: E402

PLAIN = b"pm: 1\nid: H-1\ntitle: A title\nstatus: draft\nseverity: sev2\nstarted_at: 2026-05-04 09:00\nsummary: |\n  Words.\n"
HOSTILE = {
    "closing script": PLAIN + b"background: '</script><script>alert(1)</script>'\n",
    "capital script": PLAIN + b"background: '</SCRIPT >'\n",
    "half a script": PLAIN + b"background: '</scrip </s <script'\n",
    "comment": PLAIN + b"background: '<!-- a --> <!-- b --!> c'\n",
    "comment's end": PLAIN + b"# -->\n",
    "half a comment": PLAIN + b"# -- > -> --\n",
    "CDATA": PLAIN + b"background: '<![CDATA[ x ]]>'\n",
    "entities": PLAIN + b"background: 'a &amp; &lt; &#13; & b'\n",
    "other scripts": PLAIN + "background: 'é 日本 \U0001F525 עברית e\u0301'\n".encode(),
    "line ends of Windows": PLAIN.replace(b"\n", b"\r\n"),
    "byte order mark": b"\xef\xbb\xbf" + PLAIN,
    "no line feed at the end": PLAIN.rstrip(b"\n"),
    "line feeds at the ends": b"\n\n" + PLAIN + b"\n\n",
    "tabs and a noncharacter": PLAIN + b"background: \"a\\tb\tc\"  # \xef\xb7\x90\n",
}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.sources, self.open = [], None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.open = None
        if tag == "script" and attributes.get("type") == "application/yaml":
            self.open = [attributes, ""]
            self.sources.append(self.open)

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, data):
        if self.open:
            self.open[1] += data


def from_html(page):
    parser = Page()
    parser.feed(page.decode())
    parser.close()
    for attributes, text in parser.sources:
        data = base64.b64decode(text) if attributes.get("data-encoding") == "base64" else text.encode()
        yield attributes["data-id"], attributes["data-sha256"], data


def from_md(page):
    form = rb'^<!-- pmkit-source id="([^"]*)" sha256="([^"]*)" encoding="(\w+)"\n(.*?)\n-->$'
    for name, digest, encoding, data in re.findall(form, page, re.S | re.M):
        yield name.decode(), digest.decode(), base64.b64decode(data) if encoding == b"base64" else data


def fault(run, read, sources):
    if run.returncode != 0:
        return lib.text_of(run.stderr)
    found = list(read(run.stdout))
    if [data for _, _, data in found] != sources:
        return f"{[data for _, _, data in found]!r:.300} instead of {sources!r:.300}"
    wrong = [name for name, digest, data in found if hashlib.sha256(data).hexdigest() != digest]
    return f"other hashes: {wrong}" if wrong else ""


def main():
    cases = {}
    for path in lib.examples() + lib.golden():
        with open(path, "rb") as f:
            cases[os.path.basename(path)] = [f.read()]
    cases.update((name, [source]) for name, source in HOSTILE.items())
    cases["several"] = [b"---\n" * (n > 1) + PLAIN.replace(b"H-1", b"H-%d" % n) + b"# --> </script>\n" * (n % 2) for n in range(1, 4)]
    for name, read in (("pm2html", from_html), ("pm2md", from_md)):
        program = lib.program(name)
        lib.need(program)
        for case, sources in cases.items():
            lib.check(f"{name}, {case}", fault(lib.run([program], b"".join(sources)), read, sources))
    lib.finish()


main()
