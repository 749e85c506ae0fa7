#!/bin/sh
# Post-mortems in Markdown give the incidents that are kept beside them; no word is lost, and every renderer takes what comes out.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
need md2pm pmfmt pm2md
scratch
md2pm=$build/filters/md2pm
texts=$source_dir/tests/golden/md2pm

# words FILE: each run of letters, digits and underscores with how often it is there
words() {
    tr -c 'A-Za-z0-9_' '\n' <"$1" | sed '/^$/d' | sort | uniq -c
}

cd "$texts" || exit 1
for text in *.md; do
    name=${text%.md}
    code "$md2pm" --colour never "$text" >"$work/$name.yaml" 2>"$work/$name.err"
    is "$name: exit status" "$got" 0
    same "$name" "$work/$name.yaml" "$name.yaml"
    same "$name: messages" "$work/$name.err" "$name.err"
    check "$name is canonical" "pmfmt --check" "$pmfmt" --check "$work/$name.yaml"
    check "$name can be rendered" "pm2md" "$build/filters/pm2md" -o "$work/$name.md" "$work/$name.yaml"
    words "$text" >"$work/in"
    words "$work/$name.yaml" >"$work/out"
    awk 'NR == FNR { have[$2] = $1; next } have[$2] < $1 { print $2 }' "$work/out" "$work/in" >"$work/lost"
    case $name in
    latin1) ;;   # other bytes
    *) if [ -s "$work/lost" ]; then bad "$name: words" "lost: $(tr '\n' ' ' <"$work/lost")"; else ok "$name: words"; fi ;;
    esac
done

# Several files are one stream; standard input has no name.
"$md2pm" sre-book.md pagerduty.md >"$work/stream.yaml" 2>/dev/null
{ cat sre-book.yaml; echo ---; cat pagerduty.yaml; } >"$work/wanted"
same "several files" "$work/stream.yaml" "$work/wanted"
"$md2pm" <sre-book.md >"$work/stdin.yaml" 2>/dev/null
same "standard input" "$work/stdin.yaml" sre-book.yaml

# Zones, the report, and what is refused.
"$md2pm" --tz Asia/Tokyo windows-bom.md 2>/dev/null | grep '^tz:' >"$work/zone"
is "--tz" "$(cat "$work/zone")" "tz: Asia/Tokyo"
code "$md2pm" --tz Nowhere/Town windows-bom.md >/dev/null 2>&1
is "an unknown zone" "$got" 2
"$md2pm" --report pagerduty.md 2>"$work/report" >/dev/null
check "--report has lines" "no timeline" grep -q '^pagerduty.md:[0-9]*: heading "Timeline": timeline$' "$work/report"
code "$md2pm" --strict sre-book.md >/dev/null 2>&1
is "--strict" "$got" 1
code "$md2pm" /dev/null >/dev/null 2>&1
is "an empty input" "$got" 1
code "$md2pm" "$work/none.md" >/dev/null 2>&1
is "a file that is not there" "$got" 3

# Sizes.
awk 'BEGIN { for (i = 0; i < 400000; i++) print "- 14:02 x" }' >"$work/long.md"
code "$md2pm" "$work/long.md" -o "$work/long.yaml" 2>"$work/err"
is "too many lines are kept as text" "$got" 0
check "and said so" "no message" grep -q '\[imported\]' "$work/err"
head -c 17000000 /dev/zero | tr '\0' 'a' >"$work/large.md"
code "$md2pm" "$work/large.md" >/dev/null 2>"$work/err"
is "more than 16 MiB" "$got" 1
finish
