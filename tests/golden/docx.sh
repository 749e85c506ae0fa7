#!/bin/sh
# The main parts of the documents that pm2docx makes of the examples.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
need pm2docx
scratch
unset SOURCE_DATE_EPOCH
parts=$source_dir/tests/golden/docx
for input in "$source_dir"/examples/*.yaml; do
    check "$(basename "$input" .yaml) has a case" "there is none (see regen.sh)" [ -f "$parts/$(basename "$input" .yaml).full.xml" ]
done
for wanted in "$parts"/*.xml; do
    case_of=$(basename "$wanted" .xml)
    name=${case_of%.*}
    input=$source_dir/examples/$name.yaml
    [ -f "$input" ] || input=$source_dir/tests/golden/$name.yaml
    set -- "$input"
    [ "$name" != several ] || set -- "$source_dir/examples/gitlab-2017-database.yaml" "$source_dir/examples/template.yaml"
    code "$build/filters/pm2docx" --template "${case_of##*.}" -o "$work/out.docx" "$@" 2>"$work/err"
    if [ "$got" -ne 0 ]; then
        bad "$case_of" "exit status $got: $(head -n 3 "$work/err")"
        continue
    fi
    "${PYTHON:-python3}" "$source_dir/tests/golden/docx_xml.py" "$work/out.docx" >"$work/new"
    same "$case_of" "$work/new" "$wanted"
done
finish
