#!/bin/sh
# The same input, options and version give the same bytes: in any time zone, locale and folder, with any umask, at any time.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck disable=SC2086
need pmfmt $renderers
scratch
unset SOURCE_DATE_EPOCH TZ LC_ALL
cd "$work" || exit 1
mkdir elsewhere first second
parts="pmfmt $renderers executive"

# render FOLDER INPUT: all outputs of one input
render() {
    for program in pmfmt $renderers; do
        "$build/filters/$program" "$2" >"$1/$program" 2>"$1/$program.err"
    done
    "$pm2pdf" --template executive "$2" >"$1/executive" 2>"$1/executive.err"
}

# compare NAME: what is in second/ with first/
compare() {
    for part in $parts; do
        if [ ! -s "first/$part" ]; then
            bad "$1, $part" "no output: $(head -n 2 "first/$part.err")"
        elif ! cmp -s "first/$part" "second/$part"; then
            bad "$1, $part" "other bytes ($(cmp "first/$part" "second/$part" 2>&1))"
        elif ! cmp -s "first/$part.err" "second/$part.err"; then
            bad "$1, $part" "other messages"
        else
            ok "$1, $part"
        fi
    done
}

de=$(locale -a 2>/dev/null | grep -i '^de_DE.utf-\{0,1\}8$' | head -n 1)
for input in "$source_dir"/examples/gitlab-2017-database.yaml "$source_dir"/examples/template.yaml "$source_dir"/tests/golden/scripts.yaml; do
    name=$(basename "$input" .yaml)
    render first "$input"
    for zone in UTC Asia/Tokyo America/St_Johns; do
        (TZ=$zone && export TZ && render second "$input")
        compare "$name, TZ=$zone"
    done
    for locale in C C.UTF-8 ${de:+"$de"}; do
        (LC_ALL=$locale && export LC_ALL && render second "$input")
        compare "$name, LC_ALL=$locale"
    done
    cp "$input" elsewhere/input.yaml
    (cd elsewhere && render ../second input.yaml)
    for part in $parts; do
        sed "s|^input.yaml:|$input:|" "second/$part.err" >err && mv err "second/$part.err"
    done
    compare "$name, another folder and name"
    (umask 077 && render second "$input")
    compare "$name, umask"
    (unset HOME && render second "$input")
    compare "$name, without HOME"
    sleep 1.1
    (HOME=$work/elsewhere && export HOME && TERM=dumb COLUMNS=20 render second "$input")
    compare "$name, a second later, another HOME"
    for program in pmfmt $renderers; do
        "$build/filters/$program" - <"$input" >second/out 2>/dev/null
        same "$name, standard input, $program" second/out "first/$program"
        "$build/filters/$program" -o second/file "$input" 2>/dev/null
        same "$name, -o, $program" second/file "first/$program"
    done
done

for input in "$source_dir"/examples/*.yaml "$source_dir"/tests/golden/*.yaml; do
    name=$(basename "$input" .yaml)
    "$pmfmt" "$input" >once 2>err || cat err
    "$pmfmt" <once >twice 2>err || cat err
    same "$name, pmfmt of its own output" twice once
    code "$pmfmt" --check once 2>err
    is "$name, pmfmt --check of its own output" "$got" 0
    "$pm2pdf" --tree "$input" >tree 2>/dev/null
    "$pm2pdf" --tree once >tree2 2>/dev/null
    same "$name, the same document from the canonical form" tree2 tree
done
SOURCE_DATE_EPOCH=1000000000 "$pm2pdf" --tree "$source_dir/examples/template.yaml" >once
"$pm2pdf" --tree --as-of 2001-09-09 "$source_dir/examples/template.yaml" >twice
same "SOURCE_DATE_EPOCH is --as-of" once twice
finish
