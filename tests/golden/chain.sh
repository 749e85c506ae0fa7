#!/bin/sh
# Every artefact is an input: programs in any order, and at the end the bytes of the source.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck disable=SC2086
need pmread pmselect $renderers
scratch
unset SOURCE_DATE_EPOCH

# chain NAME FILE PROGRAM...: each program reads what the one before it wrote
chain() {
    chain_name=$1
    chain_source=$2
    shift 2
    cp "$chain_source" "$work/now"
    for chain_program in "$@"; do
        code "$build/filters/$chain_program" <"$work/now" >"$work/next" 2>"$work/err"
        [ "$got" -eq 0 ] || bad "$chain_name, $chain_program" "exit status $got: $(head -n 3 "$work/err")"
        mv "$work/next" "$work/now"
    done
    "$build/filters/pmread" "$work/now" >"$work/back"
    same "$chain_name" "$work/back" "$chain_source"
}

for input in "$source_dir"/examples/*.yaml; do echo "---"; cat "$input"; done >"$work/stream.yaml"
for input in "$work/stream.yaml" "$source_dir"/examples/*.yaml; do
    name=$(basename "$input" .yaml)
    # shellcheck disable=SC2086
    chain "$name" "$input" $renderers
    chain "$name, the other way round" "$input" pm2xlsx pm2md pm2html pm2confluence pm2docx pm2pdf
    "$build/filters/pm2pdf" <"$input" >"$work/direct.pdf"
    for program in $renderers; do
        "$build/filters/$program" <"$input" >"$work/artefact"
        "$build/filters/pm2pdf" <"$work/artefact" >"$work/chained.pdf"
        check "$name: the PDF by $program" "it differs" cmp -s "$work/direct.pdf" "$work/chained.pdf"
    done
done

# Inputs of all kinds together, by name, from a pipe, from a FIFO.
"$build/filters/pm2docx" -o "$work/one.docx" "$source_dir/examples/template.yaml"
"$build/filters/pm2pdf" -o "$work/all.pdf" "$work/stream.yaml"
count=$(grep -c '^---' "$work/stream.yaml")
ids() { "$pmfmt" "$@" 2>"$work/err" | grep -c '^id: '; }
is "several inputs" "$(ids "$work/one.docx" "$source_dir/examples/gitlab-2017-database.yaml" "$work/all.pdf")" $((count + 2))
# shellcheck disable=SC2002
is "a pipe" "$(cat "$work/all.pdf" | ids)" "$count"
mkfifo "$work/fifo"
cat "$work/all.pdf" >"$work/fifo" &
is "a FIFO" "$(ids "$work/fifo")" "$count"
cp "$work/one.docx" "$work/-o"
is "a name like an option" "$(cd "$work" && ids -- -o)" 1

# An output of several inputs carries a stream that can be read.
"$build/filters/pm2pdf" -o "$work/two.pdf" "$source_dir/examples/template.yaml" "$source_dir/examples/gitlab-2017-database.yaml"
is "the source of two inputs" "$(ids "$work/two.pdf")" 2

# Who wants one incident of many closes early; nothing is said, and nothing hangs.
for i in $(seq 40); do sed "s/^id: /id: N$i-/" "$work/stream.yaml"; done >"$work/long.yaml"
"$build/filters/pm2md" -o "$work/long.md" "$work/long.yaml"
code "$build/filters/pmselect" --first 1 <"$work/long.md" >"$work/out" 2>"$work/err"
is "the first of many" "$got, $(grep -c '^id: ' "$work/out"), $(head -n 2 "$work/err")" "0, 1, "
"$build/filters/pm2html" "$work/long.md" | "$build/filters/pm2md" >"$work/again.md"
same "more than a pipe holds" "$work/again.md" "$work/long.md"

# Failures are pmread's own, and its exit status is passed on.
printf '%%PDF-1.7\n' >"$work/broken.pdf"
code "$build/filters/pm2html" "$work/broken.pdf" >"$work/out" 2>"$work/err"
is "a broken artefact" "$got" 1
is "a broken artefact gives nothing" "$(wc -c <"$work/out" | tr -d ' ')" 0
is "a broken artefact is named once" "$(grep -c . "$work/err")" 1
check "a broken artefact is named" "$(cat "$work/err")" grep -q '/broken\.pdf: error: the PDF file is damaged \[artefact\]' "$work/err"
code "$build/filters/pm2html" -o "$work/{id}.html" "$work/broken.pdf" "$work/one.docx" 2>"$work/err"
is "another input is rendered all the same" "$got, $(find "$work" -name 'INC-*.html' | wc -l | tr -d ' ')" "1, 1"
mkdir "$work/alone"
cp "$build/filters/pm2md" "$work/alone/pm2md"
code env PATH=/nowhere "$work/alone/pm2md" "$work/one.docx" 2>"$work/err"
is "without pmread" "$got" 3
check "without pmread: told" "$(cat "$work/err")" grep -q "cannot run pmread" "$work/err"
PATH=$build/filters:$PATH "$work/alone/pm2md" "$work/one.docx" >"$work/by-path.md"
"$build/filters/pm2md" "$work/one.docx" >"$work/beside.md"
same "pmread by PATH" "$work/by-path.md" "$work/beside.md"
finish
