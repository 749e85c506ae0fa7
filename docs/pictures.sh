#!/bin/sh
# Makes the pictures of README.md from real outputs; run from the top folder after ./bootstrap demo.
# Needs poppler-utils, pngquant, libreoffice-writer, libreoffice-calc, chromium, imagemagick, pandoc.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

shrink() {   # PNG NAME
    pngquant --force --speed 1 --output "docs/$2.png" 48 "$1"
}
page() {     # PDF PAGE NAME
    pdftoppm -r 70 -f "$2" -l "$2" -png -singlefile "$1" "$work/$3"
    shrink "$work/$3.png" "$3"
}
screen() {   # FILE WIDTH HEIGHT OUTPUT OPTION...
    file=$1 size=$2,$3 output=$4
    shift 4
    chromium --headless --no-sandbox --hide-scrollbars --screenshot="$output" --window-size="$size" "$@" "file://$file" >/dev/null 2>&1
}

page out/gitlab-2017-database.pdf 1 report-page-1
page out/gitlab-2017-database.pdf 3 report-page-3
page out/cloudflare-2019-waf-rule-executive.pdf 1 executive

soffice --headless "-env:UserInstallation=file://$work/office" --convert-to pdf --outdir "$work" out/gitlab-2017-database.docx >/dev/null
page "$work/gitlab-2017-database.pdf" 1 docx-page-1

screen "$PWD/out/gitlab-2017-database.html" 1180 1600 "$work/light.png"
screen "$PWD/out/gitlab-2017-database.html" 1180 1600 "$work/dark.png" --blink-settings=preferredColorScheme=0
convert \( "$work/light.png" -crop 590x1600+0+0 +repage \) \( "$work/dark.png" -crop 590x1600+590+0 +repage \) +append -resize 580x "$work/html.png"
shrink "$work/html.png" html

# The sheets of the tracker, as pages of a PDF: action items are on the first, charts on the last.
soffice --headless "-env:UserInstallation=file://$work/office" --convert-to pdf --outdir "$work" out/tracker.xlsx >/dev/null
last=$(pdfinfo "$work/tracker.pdf" | awk '/^Pages:/ { print $2 }')
sheet() {   # PAGE NAME CROP
    pdftoppm -r 110 -f "$1" -l "$1" -png -singlefile "$work/tracker.pdf" "$work/$2"
    convert "$work/$2.png" -crop "$3" +repage -trim -bordercolor white -border 8 -resize 860x "$work/$2-small.png"
    shrink "$work/$2-small.png" "$2"
}
sheet 1 tracker 100%x55%+0+0
sheet "$last" charts 100%x100%+0+0

# As GitHub shows it, near enough.
{ printf '<meta charset="utf-8"><style>body{font:16px/1.5 sans-serif;max-width:900px;margin:32px auto}table{border-collapse:collapse}'
  printf 'th,td{border:1px solid #d0d7de;padding:6px 13px}code{background:#f0f1f3}</style>'
  pandoc -f gfm -t html out/gitlab-2017-database.md; } >"$work/md.html"
screen "$work/md.html" 980 1330 "$work/md.png"
convert "$work/md.png" -resize 580x "$work/md-small.png"
shrink "$work/md-small.png" markdown
