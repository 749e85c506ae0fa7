#!/bin/sh
# Web pages as html/NAME.TEMPLATE.html has them, and Markdown as md/NAME.TEMPLATE.md; each example has at least a full one.
# "several" is of two examples.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
need pm2html pm2md
scratch
unset SOURCE_DATE_EPOCH
for format in html md; do
    pages=$source_dir/tests/golden/$format
    for input in "$source_dir"/examples/*.yaml; do
        name=$(basename "$input" .yaml)
        check "$name has a page, $format" "there is no $pages/$name.full.$format (see regen.sh)" [ -f "$pages/$name.full.$format" ]
    done
    for wanted in "$pages"/*."$format"; do
        case_of=$(basename "$wanted" ".$format")
        template=${case_of##*.}
        name=${case_of%.*}
        input=$source_dir/examples/$name.yaml
        [ -f "$input" ] || input=$source_dir/tests/golden/$name.yaml
        set -- "$input"
        [ "$name" != several ] || set -- "$source_dir/examples/gitlab-2017-database.yaml" "$source_dir/examples/template.yaml"
        code "$build/filters/pm2$format" --template "$template" "$@" >"$work/page" 2>"$work/err"
        is "$name, $template, $format: exit status" "$got" 0
        sed -f "${pages}_strip.sed" "$work/page" >"$work/stripped"
        same "$name, $template, $format" "$work/stripped" "$wanted"
    done
done
finish
