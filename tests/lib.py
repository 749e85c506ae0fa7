"""Shared by the Python tests: counting, places, running programs."""
import glob
import os
import subprocess
import sys

passed = 0
failed = 0
BUILD = os.getcwd()


def _source():
    folder = os.path.abspath(os.environ.get("srcdir") or os.path.dirname(__file__))
    while not os.path.isfile(os.path.join(folder, "src/incident/incident.h")) and folder != "/":
        folder = os.path.dirname(folder)
    return folder


SOURCE = _source()


def program(name):
    return os.path.join(BUILD, "filters", name)


PMFMT = program("pmfmt")
PM2PDF = program("pm2pdf")
os.environ.pop("SOURCE_DATE_EPOCH", None)
# A sanitizer's own exit status would look like that of a bad input.
os.environ.setdefault("ASAN_OPTIONS", "abort_on_error=1")
os.environ.setdefault("UBSAN_OPTIONS", "abort_on_error=1:print_stacktrace=1")


def need(*programs):
    for program in programs:
        if not os.access(program, os.X_OK):
            print(f"FAILED: no {program}; run from the build folder")
            sys.exit(1)


def sanitized(program):
    with open(program, "rb") as f:
        return b"__asan_init" in f.read()


def examples():
    return sorted(glob.glob(os.path.join(SOURCE, "examples/*.yaml")))


def golden():
    return sorted(glob.glob(os.path.join(SOURCE, "tests/golden/*.yaml")))


def check(name, why=""):
    """An empty `why` is a pass."""
    global passed, failed
    if why:
        failed += 1
        print(f"FAILED {name}: {why}", flush=True)
    else:
        passed += 1
        print(f"ok {name}", flush=True)
    return not why


def run(args, data=None, **options):
    return subprocess.run(args, input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **options)


def text_of(stderr, lines=3):
    return " / ".join(stderr.decode("utf-8", "replace").splitlines()[:lines])


def finish():
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(77)


def load_yaml(text):
    """YAML 1.2 by ruamel.yaml, where timestamps stay text."""
    try:
        from ruamel.yaml import YAML
        from ruamel.yaml.constructor import SafeConstructor
    except ImportError:
        skip("ruamel.yaml is not there; on Debian: apt-get install python3-ruamel.yaml")

    class Plain(SafeConstructor):
        pass

    Plain.add_constructor("tag:yaml.org,2002:timestamp", lambda constructor, node: node.value)
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = Plain
    return yaml.load(text)
