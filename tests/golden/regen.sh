#!/bin/sh
# Rewrites the golden files from what the programs say now. Shows each change and asks; -y takes all.
# usage: cd BUILD && SOURCE/tests/golden/regen.sh [-y] [errors|trees|confluence|html|md|docx|md2pm]
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
need pmfmt pm2pdf
scratch
unset SOURCE_DATE_EPOCH
take_all=no
if [ "${1-}" = -y ]; then
    take_all=yes
    shift
fi
what=${1-all}

# offer NEW OLD
offer() {
    cmp -s "$1" "$2" && return
    echo "== $2"
    if [ -f "$2" ]; then diff -a -u "$2" "$1" | sed 1,2d; else head -n 40 "$1"; fi
    answer=y
    if [ "$take_all" = no ]; then
        printf 'take it? [y/N] '
        read -r answer </dev/tty || answer=n
    fi
    case $answer in
    y | Y) cp "$1" "$2" ;;
    esac
}

if [ "$what" = all ] || [ "$what" = errors ]; then
    cd "$source_dir/tests/golden/errors" || exit 1
    for input in *.yaml; do
        code "$pmfmt" --colour never "$input" >/dev/null 2>"$work/new"
        if [ "$got" -eq 1 ]; then offer "$work/new" "${input%.yaml}.err"; else echo "$input: exit status $got, not taken"; fi
    done
fi
if [ "$what" = all ] || [ "$what" = trees ]; then
    for input in "$source_dir"/examples/*.yaml; do
        for template in full executive; do
            code "$pm2pdf" --tree --template "$template" "$input" >"$work/new"
            if [ "$got" -eq 0 ]; then
                offer "$work/new" "$source_dir/tests/golden/trees/$(basename "$input" .yaml).$template.tree"
            else
                echo "$input, $template: exit status $got, not taken"
            fi
        done
    done
fi
if [ "$what" = all ] || [ "$what" = confluence ]; then
    need pm2confluence
    pages=$source_dir/tests/golden/confluence
    for input in "$source_dir"/examples/*.yaml; do
        [ -f "$pages/$(basename "$input" .yaml).full.cloud.xml" ] || : >"$pages/$(basename "$input" .yaml).full.cloud.xml"
    done
    for wanted in "$pages"/*.xml; do
        case_of=$(basename "$wanted" .xml)
        flavour=${case_of##*.}
        case_of=${case_of%.*}
        input=$source_dir/examples/${case_of%.*}.yaml
        [ -f "$input" ] || input=$source_dir/tests/golden/${case_of%.*}.yaml
        code "$build/filters/pm2confluence" --flavour "$flavour" --template "${case_of##*.}" "$input" >"$work/new"
        if [ "$got" -eq 0 ]; then offer "$work/new" "$wanted"; else echo "$wanted: exit status $got, not taken"; fi
    done
fi
for kind in html md; do
    [ "$what" = all ] || [ "$what" = "$kind" ] || continue
    need "pm2$kind"
    pages=$source_dir/tests/golden/$kind
    for input in "$source_dir"/examples/*.yaml; do
        [ -f "$pages/$(basename "$input" .yaml).full.$kind" ] || : >"$pages/$(basename "$input" .yaml).full.$kind"
    done
    for wanted in "$pages"/*."$kind"; do
        case_of=$(basename "$wanted" ".$kind")
        name=${case_of%.*}
        input=$source_dir/examples/$name.yaml
        [ -f "$input" ] || input=$source_dir/tests/golden/$name.yaml
        set -- "$input"
        [ "$name" != several ] || set -- "$source_dir/examples/gitlab-2017-database.yaml" "$source_dir/examples/template.yaml"
        code "$build/filters/pm2$kind" --template "${case_of##*.}" "$@" >"$work/page"
        sed -f "${pages}_strip.sed" "$work/page" >"$work/new"
        if [ "$got" -eq 0 ]; then offer "$work/new" "$wanted"; else echo "$wanted: exit status $got, not taken"; fi
    done
done
if [ "$what" = all ] || [ "$what" = md2pm ]; then
    need md2pm
    cd "$source_dir/tests/golden/md2pm" || exit 1
    for input in *.md; do
        code "$build/filters/md2pm" --colour never "$input" >"$work/new" 2>"$work/err"
        if [ "$got" -eq 0 ]; then
            offer "$work/new" "${input%.md}.yaml"
            offer "$work/err" "${input%.md}.err"
        else
            echo "$input: exit status $got, not taken"
        fi
    done
    cd "$build" || exit 1
fi
if [ "$what" = all ] || [ "$what" = docx ]; then
    need pm2docx
    parts=$source_dir/tests/golden/docx
    for input in "$source_dir"/examples/*.yaml; do
        [ -f "$parts/$(basename "$input" .yaml).full.xml" ] || : >"$parts/$(basename "$input" .yaml).full.xml"
    done
    for wanted in "$parts"/*.xml; do
        case_of=$(basename "$wanted" .xml)
        name=${case_of%.*}
        input=$source_dir/examples/$name.yaml
        [ -f "$input" ] || input=$source_dir/tests/golden/$name.yaml
        set -- "$input"
        [ "$name" != several ] || set -- "$source_dir/examples/gitlab-2017-database.yaml" "$source_dir/examples/template.yaml"
        code "$build/filters/pm2docx" --template "${case_of##*.}" -o "$work/out.docx" "$@"
        "${PYTHON:-python3}" "$source_dir/tests/golden/docx_xml.py" "$work/out.docx" >"$work/new"
        if [ "$got" -eq 0 ]; then offer "$work/new" "$wanted"; else echo "$wanted: exit status $got, not taken"; fi
    done
fi
