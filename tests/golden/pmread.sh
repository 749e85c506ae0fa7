#!/bin/sh
# Every artefact gives back what it was made from: each example, by each template, in each format; several at once; after other programs have
# saved it again.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck disable=SC2086
need pmread $renderers
scratch
unset SOURCE_DATE_EPOCH
pmread=$build/filters/pmread
python=${PYTHON:-python3}

# back NAME FILE WANTED [RULES]: the file gives back these bytes, and nothing is said but warnings of these rules
back() {
    code "$pmread" "$2" >"$work/back" 2>"$work/err"
    is "$1: exit status" "$got" 0
    is "$1: messages" "$(sed 's/.*: warning: .*\(\[[a-z-]*\]\)$/\1/' "$work/err" | head -n 3)" "${4-}"
    same "$1" "$work/back" "$3"
}

for input in "$source_dir"/examples/*.yaml; do
    name=$(basename "$input" .yaml)
    for template in full executive; do
        for program in $renderers; do
            "$build/filters/$program" --template "$template" <"$input" >"$work/artefact" || bad "$name" "$program fails"
            back "$name, $template, $program" "$work/artefact" "$input"
        done
    done
    "$build/filters/pm2xlsx" <"$input" >"$work/artefact" || bad "$name" "pm2xlsx fails"
    back "$name, pm2xlsx" "$work/artefact" "$input"
    back "$name, as it is" "$input" "$input"
done

# Streams, with a first document that begins with a marker and one that does not, and what XML, HTML and Markdown would change.
for input in "$source_dir"/examples/*.yaml; do echo "---"; cat "$input"; done >"$work/stream.yaml"
sed 1d "$work/stream.yaml" >"$work/bare.yaml"
sed 's/$/\r/' "$source_dir/examples/template.yaml" >"$work/returns.yaml"
printf '%s\n' 'id: a' 'title: "]]> --> --! </script> _x0041_ \u0007 é"' 'severity: sev2' 'started_at: 2026-01-01' 'summary: x' '' '' >"$work/odd.yaml"
printf '\357\273\277' | cat - "$source_dir/examples/template.yaml" | sed '$s/$/ # no line feed behind/' | tr -d '\000' >"$work/mark.yaml"
for case in stream bare returns odd mark; do
    for program in $renderers; do
        "$build/filters/$program" <"$work/$case.yaml" >"$work/$case.$program" 2>"$work/err"
        if [ -s "$work/$case.$program" ]; then
            back "$case, $program" "$work/$case.$program" "$work/$case.yaml"
        else
            ok "$case, $program: refused, as any program would"
        fi
    done
done

# Several inputs are one stream.
"$build/filters/pm2html" "$source_dir/examples/template.yaml" >"$work/one.html"
code "$pmread" "$work/one.html" "$source_dir/examples/gitlab-2017-database.yaml" "$work/one.html" >"$work/three.yaml"
is "three inputs" "$got" 0
is "three inputs are three documents" "$("$pmfmt" "$work/three.yaml" | grep -c '^id: ')" 3

# -o, and the exit status.
code "$pmread" -o "$work/out.yaml" "$work/one.html"
is "-o" "$got" 0
same "-o" "$work/out.yaml" "$source_dir/examples/template.yaml"
sed 's/^title: /title:  /' "$work/one.html" >"$work/changed.html"
code "$pmread" "$work/changed.html" >"$work/out" 2>"$work/err"
is "a changed source" "$got" 1
is "a changed source gives nothing" "$(wc -c <"$work/out" | tr -d ' ')" 0
check "a changed source is told" "$(cat "$work/err")" grep -q 'error: source\.1: the source has changed.*\[source-hash\]' "$work/err"
code "$pmread" --force "$work/changed.html" >"$work/out" 2>"$work/err"
is "--force" "$got" 0
check "--force warns" "$(cat "$work/err")" grep -q 'warning: .*\[source-hash\]' "$work/err"
check "--force gives it" "$(head -n 5 "$work/out")" grep -q '^title:  ' "$work/out"
code "$pmread" --force --strict "$work/changed.html" >"$work/out" 2>/dev/null
is "--force --strict" "$got" 1
printf '<!doctype html><p>none' >"$work/none.html"
code "$pmread" "$work/none.html" "$work/one.html" >"$work/out" 2>"$work/err"
is "no source" "$got" 1
is "no source: nothing comes out" "$(wc -c <"$work/out" | tr -d ' ')" 0
check "no source is told" "$(cat "$work/err")" grep -q 'none\.html: error: the HTML page holds no incident.*\[no-source\]' "$work/err"
code "$pmread" "$work/is-not-there" >"$work/out" 2>/dev/null
is "no file" "$got" 3

# The JSON of Confluence, and a page with the line ends of Windows.
"$python" - "$work" <<'END'
import json, sys
page = open(sys.argv[1] + "/stream.pm2confluence", encoding="utf-8", newline="").read()
body = {"id": "1", "title": "A page", "body": {"storage": {"value": page, "representation": "storage"}}}
json.dump(body, open(sys.argv[1] + "/v2.json", "w"))
json.dump({"results": [body], "_links": {}}, open(sys.argv[1] + "/v1.json", "w"), ensure_ascii=False, indent=1)
for name in ("md", "html"):
    text = open(sys.argv[1] + "/bare.pm2" + name, "rb").read()
    open(sys.argv[1] + "/returns." + name, "wb").write(text.replace(b"\n", b"\r\n"))
END
back "REST, version 1" "$work/v1.json" "$work/stream.yaml"
back "REST, version 2" "$work/v2.json" "$work/stream.yaml"
back "Markdown of Windows" "$work/returns.md" "$work/bare.yaml"
back "HTML of Windows" "$work/returns.html" "$work/bare.yaml"

# What other programs make of it.
if command -v qpdf >/dev/null; then
    qpdf --object-streams=generate --linearize "$work/stream.pm2pdf" "$work/linear.pdf"
    back "PDF by qpdf" "$work/linear.pdf" "$work/stream.yaml"
    qpdf --stream-data=uncompress "$work/stream.pm2pdf" "$work/plain.pdf"
    back "PDF without compression" "$work/plain.pdf" "$work/stream.yaml"
    qpdf --encrypt user owner 256 -- "$work/stream.pm2pdf" "$work/locked.pdf"
    code "$pmread" "$work/locked.pdf" >/dev/null 2>"$work/err"
    is "a locked PDF" "$got" 1
    check "a locked PDF is told" "$(cat "$work/err")" grep -q "wants a password" "$work/err"
fi
if /usr/bin/python3 -c 'import docx, openpyxl' 2>/dev/null; then
    cp "$work/stream.pm2docx" "$work/saved.docx"
    cp "$work/stream.pm2xlsx" "$work/saved.xlsx"
    /usr/bin/python3 -c '
import docx, openpyxl, sys
docx.Document(sys.argv[1] + ".docx").save(sys.argv[1] + ".docx")
openpyxl.load_workbook(sys.argv[1] + ".xlsx").save(sys.argv[1] + ".xlsx")' "$work/saved" 2>/dev/null
    back "DOCX by python-docx" "$work/saved.docx" "$work/stream.yaml"
    back "XLSX by openpyxl" "$work/saved.xlsx" "$work/stream.yaml" "[unread-edits]"
fi
if command -v soffice >/dev/null; then
    for kind in docx xlsx; do
        cp "$work/bare.pm2$kind" "$work/office.$kind"
        HOME=$work timeout 120 soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to "$kind" \
            --outdir "$work/saved" "$work/office.$kind" >"$work/log" 2>&1
        if [ -s "$work/saved/office.$kind" ]; then
            unread=
            [ $kind = docx ] || unread="[unread-edits]"
            back "$kind by LibreOffice" "$work/saved/office.$kind" "$work/bare.yaml" "$unread"
        else
            echo "skipped: LibreOffice does not run here"
        fi
    done
fi
# What is edited in formats whose edits are not read is not lost without a word.
for program in pm2html pm2md pm2confluence; do
    sed '1,/Summary/s/Summary/Summary, edited/' "$work/stream.$program" >"$work/edited.$program"
    back "$program, edited" "$work/edited.$program" "$work/stream.yaml" "[unread-edits]"
done
finish
