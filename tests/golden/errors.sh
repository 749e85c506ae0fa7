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
finish
