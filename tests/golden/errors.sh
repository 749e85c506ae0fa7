#!/bin/sh
# Each tests/golden/errors/CASE.yaml must give the messages in CASE.err and nothing else.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
need pmfmt pm2pdf
scratch
cd "$source_dir/tests/golden/errors" || exit 1
for input in *.yaml; do
    [ -f "$input" ] || { bad errors "no cases in $PWD"; break; }
    name=${input%.yaml}
    code "$pmfmt" --colour never "$input" >"$work/out" 2>"$work/err"
    if [ "$got" -ne 1 ]; then
        bad "$name" "pmfmt exits $got, want 1"
    elif [ -s "$work/out" ]; then
        bad "$name" "pmfmt writes to standard output"
    elif [ ! -f "$name.err" ]; then
        bad "$name" "there is no $name.err (see regen.sh)"
    elif ! cmp -s "$work/err" "$name.err"; then
        bad "$name" "other messages than expected (-) appear (+)"
        diff -a -u "$name.err" "$work/err" | sed 1,2d | head -n 20
    else
        ok "$name"
    fi
    code "$pm2pdf" --colour never "$input" >"$work/out" 2>/dev/null
    if [ "$got" -ne 1 ] || [ -s "$work/out" ]; then
        bad "$name, pm2pdf" "exit status $got, $(wc -c <"$work/out") bytes; want 1 and none"
    else
        ok "$name, pm2pdf"
    fi
done

# Every rule about the input has a case; those that need large inputs are in hostile.py, those of other inputs in the tests of their parts.
elsewhere='document-size scalar-size nodes template variable library output not-canonical expression'
sed -n 's/^ *X(PM_D_[A-Z0-9_]*, PM_ERROR, "\([a-z0-9-]*\)",.*/\1/p' "$source_dir/src/base/diag.h" | sort -u >"$work/rules"
while read -r rule; do
    case " $elsewhere " in
    *" $rule "*) ;;
    *) check "rule $rule has a case" "no .err has [$rule]" grep -qF "[$rule]" ./*.err ;;
    esac
done <"$work/rules"
finish
