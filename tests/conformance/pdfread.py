"""Reads PDF for tagged.py: objects by qpdf's JSON, content streams, maps to Unicode, TrueType metrics."""
import base64
import json
import re
import struct

import lib as t

REFERENCE = re.compile(r"[0-9]+ [0-9]+ R")
TOKEN = re.compile(rb"%[^\r\n]*|<<|>>|<[0-9A-Fa-f\s]*>|[\[\](]|/[^\x00\s()<>\[\]{}/%]*|[^\x00\s()<>\[\]{}/%]+")
IN_STRING = re.compile(rb"[^()\\]+|\\[0-7]{1,3}|\\\r\n|\\.|[()]", re.S)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
SPACE = re.compile(rb"[\x00\s]*")


def as_json(path):
    """The text of qpdf's JSON; an error of qpdf's, or a warning, is a ValueError."""
    r = t.run(["qpdf", "--json=2", "--json-key=qpdf", "--json-stream-data=inline", "--decode-level=generalized", path])
    if r.returncode or r.stderr:
        raise ValueError(f"qpdf: {t.text_of(r.stderr)}")
    return r.stdout


class Pdf:
    def __init__(self, text):
        self.objects = json.loads(text)["qpdf"][1]
        self.trailer = self.objects["trailer"]["value"]
        self.root = self.get(self.trailer["/Root"])

    def get(self, value):
        """What a reference stands for; of a stream its dictionary."""
        for _ in range(32):
            if not (isinstance(value, str) and REFERENCE.fullmatch(value)):
                return value
            thing = self.objects.get("obj:" + value, {})
            value = thing["stream"]["dict"] if "stream" in thing else thing.get("value")
        return None

    def dictionary(self, value):
        value = self.get(value)
        return value if isinstance(value, dict) else {}

    def array(self, value):
        """A single value counts as an array of one, nothing as an empty one."""
        found = self.get(value)
        return found if isinstance(found, list) else [] if found is None else [value]

    def text(self, value):
        """A string without blanks around it; "" if it is none."""
        value = self.get(value)
        if not isinstance(value, str) or value[:2] not in ("u:", "b:"):
            return ""
        return (value[2:] if value[0] == "u" else bytes.fromhex(value[2:]).decode("latin-1")).strip()

    def stream(self, value):
        thing = self.objects.get(f"obj:{value}", {})
        return base64.b64decode(thing["stream"].get("data", "")) if "stream" in thing else None

    def set_stream(self, value, data):
        self.objects[f"obj:{value}"]["stream"]["data"] = base64.b64encode(data).decode("ascii")

    def pages(self):
        """(reference, dictionary) of each page, with the resources that it inherits."""
        def walk(ref, inherited, depth):
            node = dict(inherited, **self.dictionary(ref))
            if depth > 32:
                raise ValueError("the page tree does not end")
            if node.get("/Type") == "/Page":
                yield ref, node
                return
            down = {key: node[key] for key in ("/Resources", "/MediaBox") if key in node}
            for kid in self.array(self.dictionary(ref).get("/Kids")):
                yield from walk(kid, down, depth + 1)
        return list(walk(self.root["/Pages"], {}, 0))

    def number_tree(self, value, depth=0):
        node = self.dictionary(value)
        pairs = self.array(node.get("/Nums"))
        yield from zip(pairs[::2], pairs[1::2])
        for kid in self.array(node.get("/Kids")) if depth < 32 else []:
            yield from self.number_tree(kid, depth + 1)

    def content(self, page):
        """The page's content streams as one."""
        return b"\n".join(self.stream(part) or b"" for part in self.array(page.get("/Contents")))


# ---- content streams ----

def literal(data, at):
    """The literal string whose opening parenthesis ends at `at`, and where it ends."""
    parts, depth = [], 1
    for m in iter(lambda: IN_STRING.match(data, at), None):
        part, at = m.group(), m.end()
        depth += (part == b"(") - (part == b")")
        if depth == 0:
            return b"".join(parts), at
        if part[:1] == b"\\":
            part = bytes([int(part[1:], 8) & 255]) if part[1:2].isdigit() else ESCAPES.get(part[1:], part[1:])
        else:
            part = part.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        parts.append(part)
    raise ValueError("a string in the content does not end")


def atom(token):
    """A name, a string in hexadecimal, a number; None for an operator."""
    if token[:1] == b"/":
        return re.sub(rb"#(..)", lambda m: bytes.fromhex(m.group(1).decode()), token).decode("latin-1")
    if token[:1] == b"<":
        digits = b"".join(token[1:-1].split()).decode()
        return bytes.fromhex(digits + "0" * (len(digits) % 2))
    if token in (b"true", b"false", b"null"):
        return {b"true": True, b"false": False}.get(token, "null")
    try:
        return float(token)
    except ValueError:
        return None


def operations(data):
    """(operator, operands) one after the other. Strings are bytes, names are str with their slash."""
    at, operands, open_ones = 0, [], []
    while True:
        at = SPACE.match(data, at).end()
        if at == len(data):
            break
        m = TOKEN.match(data, at)
        if not m:
            raise ValueError(f"the content has {data[at:at + 1]!r} where no token starts")
        token, at = m.group(), m.end()
        if token == b"(":
            value, at = literal(data, at)
            operands.append(value)
        elif token in (b"[", b"<<"):
            open_ones.append(operands)
            operands = []
        elif token in (b"]", b">>"):
            inner, operands = operands, open_ones.pop()
            operands.append(inner if token == b"]" else dict(zip(inner[::2], inner[1::2])))
        elif token[:1] != b"%":
            value = atom(token)
            if value is not None:
                operands.append(value)
                continue
            if open_ones:
                raise ValueError(f"operator {token!r} in an array or dictionary")
            yield token.decode("latin-1"), operands
            operands = []
    if operands or open_ones:
        raise ValueError("the content ends within an operation")


# ---- fonts ----

def to_unicode(data):
    """Code to text of a ToUnicode map; text that is no UTF-16 becomes ""."""
    def text(digits):
        return bytes.fromhex("".join(digits.split())).decode("utf-16-be", "ignore")

    found, source = {}, data.decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.S):
        for code, digits in re.findall(r"<([^>]+)>\s*<([^>]*)>", block):
            found[int(code, 16)] = text(digits)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.S):
        for first, last, one, many in re.findall(r"<([^>]+)>\s*<([^>]+)>\s*(?:<([^>]*)>|\[([^\]]*)\])", block):
            each = re.findall(r"<([^>]*)>", many)
            for i in range(int(last, 16) - int(first, 16) + 1):
                digits = each[i] if i < len(each) else "" if many else f"{int(one, 16) + i:0{len(one)}x}"
                found[int(first, 16) + i] = text(digits)
    return found


def advances(program):
    """The advance of each glyph of a TrueType program in 1/1000 of the size."""
    count = struct.unpack_from(">H", program, 4)[0]
    tables = {}
    for i in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", program, 12 + 16 * i)
        tables[tag] = program[offset:offset + length]
    units = struct.unpack_from(">H", tables[b"head"], 18)[0]
    metrics = struct.unpack_from(">H", tables[b"hhea"], 34)[0]
    glyphs = struct.unpack_from(">H", tables[b"maxp"], 4)[0]
    return [struct.unpack_from(">H", tables[b"hmtx"], 4 * min(glyph, metrics - 1))[0] * 1000 / units for glyph in range(glyphs)]


def widths(array):
    """Code to width of a CID font's W."""
    found, rest = {}, list(array)
    while rest:
        first, second = rest[0], rest[1]
        if isinstance(second, list):
            found.update(enumerate(second, first))
            del rest[:2]
        else:
            found.update(dict.fromkeys(range(first, second + 1), rest[2]))
            del rest[:3]
    return found
