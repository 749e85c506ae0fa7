#!/bin/sh
# Rewrites the golden files from what the programs say now. Shows each change and asks; -y takes all.
# usage: cd BUILD && SOURCE/tests/golden/regen.sh [-y] [errors|trees]
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
