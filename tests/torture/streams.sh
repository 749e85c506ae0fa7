#!/bin/sh
# A long stream gives the same bytes, messages and exit status whether threads read it ahead or not.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
need pmfmt pm2md pm2pdf
scratch
cd "$work" || exit 1

# stream WHAT COUNT: good incidents in many zones, comments and documents without content in between; with "bad" also errors and ids
# that were there, with "odd" keys that nobody knows.
stream() {
    awk -v what="$1" -v count="$2" 'BEGIN {
        zones = split("Europe/Berlin America/New_York Asia/Tokyo Asia/Kolkata Australia/Sydney America/Sao_Paulo Etc/UTC Europe/Dublin", zone, " ")
        print "# The first comment"
        for (i = 1; i <= count; i++) {
            print "---"
            if (i % 7 == 0) { printf "# Number %d is empty\n\n---\n", i; if (i % 14 == 0) print "..." }
            if (i % 14 == 0) print "---"
            printf "id: INC-%d # the id\ntitle: \"Number %d\"\nseverity: sev%d\n", i, i, i % 5 + 1
            print "tz: " (what == "bad" && i % 11 == 0 ? "Europe/Nowhere" : zone[i % zones + 1])
            if (what == "bad" && i % 9 == 0) print "started_at: yesterday"
            else printf "started_at: 2024-%02d-%02d 01:%02d\n", i % 12 + 1, i % 28 + 1, i % 60
            print "resolved_at: 2024-12-31 10:00"
            if (what == "bad" && i % 13 == 0) print "title: [open"
            if (what == "odd" && i % 9 == 0) print "detected_at: 2023-01-01 00:00"
            if (what == "odd" && i % 12 == 0) print "titel: Odd"
            print "summary: |"
            for (n = i * 37 % 60; n >= 0; n--) print "  It was **slow**, then it was not; see [the page](https://example.org/" n ")."
            print "timeline:"
            for (n = i % 20; n >= 0; n--) printf "  # before %d\n  - {at: 2024-12-31 0%d:10, event: Event %d, kind: note}\n", n, 9 - n % 9, n
            if (what == "bad" && i == 201) { print "---\nid: INC-3\ntitle: Again\nseverity: sev1\nsummary: S\nstarted_at: 2024-01-01T00:00:00Z" }
        }
        print "---\n# The last comment"
    }'
}

too_large() {
    echo ---
    echo 'id: LARGE'
    awk 'BEGIN { for (i = 0; i < 70000; i++) printf "# %0250d\n", i }'
}

stream good 400 >good.yaml
stream odd 300 >odd.yaml
{ stream bad 250; too_large; stream bad 60; } >bad.yaml
printf -- '---\n# Nothing\n---\n---\n' >empty.yaml
i=0
while [ $i -lt 300 ]; do
    printf -- '---\n# Still nothing, %d\n' $i
    i=$((i + 1))
done >>empty.yaml

# run THREADS COMMAND...: into the folder of that number
run() {
    threads=$1
    shift
    rm -rf "$threads"
    mkdir "$threads"
    (cd "$threads" && PM_THREADS=$threads "$@" >out 2>err; echo "$?" >code)
}

# alike NAME COMMAND...
alike() {
    name=$1
    shift
    run 0 "$@"
    run 1 "$@"
    run 3 "$@"
    check "$name, status" "$(cat 0/code), $(cat 1/code), $(cat 3/code)" grep -qx '[01]' 0/code
    for threads in 1 3; do
        if diff -r 0 $threads >difference; then
            ok "$name, $threads threads"
        else
            bad "$name, $threads threads" "$(head -n 5 difference)"
        fi
    done
}

filters=$build/filters
for file in good odd bad empty; do
    for program in pmfmt pm2md; do
        alike "$program $file" "$filters/$program" "../$file.yaml"
        alike "$program --strict $file" "$filters/$program" --strict "../$file.yaml"
    done
    alike "pmfmt --check --lenient $file" "$filters/pmfmt" --check --lenient "../$file.yaml"
    alike "pm2md --lenient $file" "$filters/pm2md" --lenient "../$file.yaml"
done
alike "pm2pdf" "$filters/pm2pdf" ../odd.yaml --lenient
alike "pm2pdf {id}" "$filters/pm2pdf" -o '{id}.pdf' ../bad.yaml
check "pm2pdf {id}, files" "$(find 3 -name '*.pdf' | wc -l) of them" [ "$(find 3 -name '*.pdf' | wc -l)" -gt 150 ]
check "pm2pdf {id}, an id again" "$(tail -n 3 3/err)" grep -q '\[output\]' 3/err
alike "pm2md, several files" "$filters/pm2md" ../good.yaml ../odd.yaml --lenient ../empty.yaml ../good.yaml

# What the runs above were about.
run 3 "$filters/pm2md" ../bad.yaml
for rule in yaml value zone document-size; do
    check "bad, [$rule]" "$(tail -n 3 3/err)" grep -q "\[$rule\]" 3/err
done
run 3 "$filters/pm2md" --lenient ../odd.yaml
for rule in unknown-key instant-order; do
    check "odd, [$rule]" "$(tail -n 3 3/err)" grep -q "warning.*\[$rule\]" 3/err
done
is "odd, status" "$(cat 3/code)" 0

# A failure in the middle of a stream: no message, and no output, of what comes after it.
for threads in 0 3; do
    rm -rf "$threads"
    mkdir "$threads" "$threads/INC-50.md"
    (cd "$threads" && PM_THREADS=$threads "$filters/pm2md" -o '{id}.md' ../good.yaml >out 2>err; echo "$?" >code)
done
is "no output in the middle, status" "$(cat 3/code)" 3
is "no output in the middle, messages" "$(wc -l <3/err)" 1
is "no output in the middle, files" "$(find 3 -name '*.md' -type f | wc -l)" 49
check "no output in the middle, alike" "$(diff -r 0 3 | head -n 5)" diff -r 0 3
finish
