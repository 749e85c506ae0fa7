#!/bin/sh
# The documents that are composed from the examples, as trees.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
need pm2pdf
scratch
unset SOURCE_DATE_EPOCH
for input in "$source_dir"/examples/*.yaml "$source_dir"/tests/golden/*.yaml; do
    name=$(basename "$input" .yaml)
    for template in full executive; do
        wanted=$source_dir/tests/golden/trees/$name.$template.tree
        # The golden inputs have a tree where it tells something; each example has both.
        case $input in
        */golden/*) [ -f "$wanted" ] || continue ;;
        esac
        code "$pm2pdf" --tree --template "$template" "$input" >"$work/tree" 2>"$work/err"
        if [ "$got" -ne 0 ]; then
            bad "$name.$template" "exit status $got: $(head -n 3 "$work/err")"
        elif [ ! -f "$wanted" ]; then
            bad "$name.$template" "there is no $wanted (see regen.sh)"
        else
            same "$name.$template" "$work/tree" "$wanted"
        fi
    done
done
finish
