#!/bin/sh
# Makes the pictures of README.md from real outputs; run from the top folder after ./bootstrap demo. Needs poppler-utils and pngquant.
set -eu
render() {   # PDF PAGE NAME
    pdftoppm -r 70 -f "$2" -l "$2" -png -singlefile "$1" "docs/$3"
    pngquant --force --speed 1 --output "docs/$3.png" 48 "docs/$3.png"
}
render out/gitlab-2017-database.pdf 1 report-page-1
render out/gitlab-2017-database.pdf 3 report-page-3
render out/cloudflare-2019-waf-rule-executive.pdf 1 executive
