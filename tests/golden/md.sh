#!/bin/sh
# Markdown as md/NAME.TEMPLATE.md has it; each example has at least a full one. "several" is of two examples.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
need pm2md
scratch
unset SOURCE_DATE_EPOCH
pages=$source_dir/tests/golden/md
for input in "$source_dir"/examples/*.yaml; do
    name=$(basename "$input" .yaml)
    check "$name has a page" "there is no $pages/$name.full.md (see regen.sh)" [ -f "$pages/$name.full.md" ]
done
for wanted in "$pages"/*.md; do
    case_of=$(basename "$wanted" .md)
    template=${case_of##*.}
    name=${case_of%.*}
    input=$source_dir/examples/$name.yaml
    [ -f "$input" ] || input=$source_dir/tests/golden/$name.yaml
    set -- "$input"
    [ "$name" != several ] || set -- "$source_dir/examples/gitlab-2017-database.yaml" "$source_dir/examples/template.yaml"
    code "$build/filters/pm2md" --template "$template" "$@" >"$work/page" 2>"$work/err"
    is "$name, $template: exit status" "$got" 0
    sed -f "${pages}_strip.sed" "$work/page" >"$work/stripped"
    same "$name, $template" "$work/stripped" "$wanted"
done
finish
