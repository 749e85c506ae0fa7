#!/bin/sh
# The manual pages: sound mdoc(7), every message, every option, the field list as the schema has it, and examples that work.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck disable=SC2086
need md2pm pmfmt $renderers
scratch
cd "$source_dir" || exit 1
command -v mandoc >/dev/null || skip "mandoc is not there"

for page in filters/*.[1-8]; do
    mandoc -Tlint -Wwarning "$page" >"$work/lint" 2>&1
    if [ -s "$work/lint" ]; then
        bad "$page" "mandoc -Tlint -Wwarning"
        head -n 20 "$work/lint"
    else
        ok "$page"
    fi
done

# plain PAGE: its text on one line, without overstrikes
plain() {
    mandoc -Tutf8 -O width=400 "$1" | LC_ALL=C.UTF-8 sed "s/.$(printf '\b')//g" | tr '\n' ' ' | tr -s ' '
}

for page in filters/*.[1-8]; do
    if [ -f "$page" ]; then plain "$page" >"$work/$(basename "$page")"; else bad "$page" "is missing"; fi
done

# What is in DIAGNOSTICS is a list whose items are the rules.
sed -n 's/^ *X(PM_D_[A-Z0-9_]*, PM_[A-Z]*, "\([a-z0-9-]*\)",.*/\1/p' src/base/diag.h | sort -u >"$work/rules"
[ -s "$work/rules" ] || bad "rules" "none found in src/base/diag.h"
cat filters/*.[1-8] >"$work/pages"
while read -r rule; do
    check "rule $rule is in a page" "no .It of it" grep -qE "^\.It (Li|Cm|Sy|Ql|Em)? ?\"?$rule\"?( |$)" "$work/pages"
done <"$work/rules"

for program in md2pm pmfmt pmmetrics pmread pmselect $renderers; do
    "$build/filters/$program" --help >"$work/help"
    grep -oE -- '--[a-z-]+' "$work/help" | sort -u >"$work/options"
    [ -s "$work/options" ] || bad "$program --help" "names no option"
    while read -r option; do
        check "$program $option is in its page" "not found" grep -q -- "$option" "$work/$program.1"
    done <"$work/options"
    # And the other way: options of the page that the program does not know.
    grep -oE '^\.It Fl (o Ar file , Fl )?-[a-z-]+' "filters/$program.1" | grep -oE -- '-[a-z-]+$' >"$work/options"
    while read -r option; do
        check "$program -$option of the page is in --help" "not found" grep -q -- "-$option" "$work/help"
    done <"$work/options"
done

# The limits are as limits.h has them.
for number in 16 64 1,000,000; do
    check "limit $number is in pm-incident(5)" "not found" grep -qF "$number" "$work/pm-incident.5"
done

# Every field of the format is in pm-incident(5).
"$pmfmt" --schema >"$work/schema.json"
python=$(command -v /usr/bin/python3 || command -v python3)
if [ -n "$python" ]; then
    "$python" -c '
import json, sys
names = set()
def walk(node):
    if isinstance(node, dict):
        names.update(node.get("properties", {}))
        for value in node.values():
            walk(value)
    elif isinstance(node, list):
        for value in node:
            walk(value)
walk(json.load(open(sys.argv[1])))
print("\n".join(sorted(names)))' "$work/schema.json" >"$work/fields"
    while read -r field; do
        check "field $field is in pm-incident(5)" "not found" grep -qE "(^|[^a-z_])$field([^a-z_]|$)" "$work/pm-incident.5"
    done <"$work/fields"
fi

# The form that the page shows is one that the programs take.
sed -n '/^\.Sh EXAMPLES/,/^\.Sh [^E]/p' filters/pm-incident.5 | sed -n '/^\.Bd -literal/,/^\.Ed/p' |
    sed '/^\./d; s/\\&//g; s/\\e/\\/g; s/\\(aq/'"'"'/g; s/\\-/-/g' >"$work/example.yaml"
if [ -s "$work/example.yaml" ]; then
    check "the example of pm-incident(5)" "pmfmt refuses it" "$pmfmt" -o "$work/formatted.yaml" "$work/example.yaml"
fi
finish
