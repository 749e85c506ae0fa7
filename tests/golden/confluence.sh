#!/bin/sh
# Pages for Confluence as confluence/NAME.TEMPLATE.FLAVOUR.xml has them; each example has at least a full one for Cloud.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
need pm2confluence
scratch
unset SOURCE_DATE_EPOCH
pages=$source_dir/tests/golden/confluence
for input in "$source_dir"/examples/*.yaml; do
    name=$(basename "$input" .yaml)
    check "$name has a page" "there is no $pages/$name.full.cloud.xml (see regen.sh)" [ -f "$pages/$name.full.cloud.xml" ]
done
for wanted in "$pages"/*.xml; do
    case_of=$(basename "$wanted" .xml)
    flavour=${case_of##*.}
    case_of=${case_of%.*}
    template=${case_of##*.}
    name=${case_of%.*}
    input=$source_dir/examples/$name.yaml
    [ -f "$input" ] || input=$source_dir/tests/golden/$name.yaml
    code "$build/filters/pm2confluence" --flavour "$flavour" --template "$template" "$input" >"$work/page" 2>"$work/err"
    is "$name, $template, $flavour: exit status" "$got" 0
    same "$name, $template, $flavour" "$work/page" "$wanted"
done
finish
