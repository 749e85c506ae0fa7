#!/bin/sh
# What the source must keep to: includes point down, foreign headers stay where they belong, calls that are not made, functions that are not long.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
scratch
cd "$source_dir" || exit 1
sources=$(find src filters -name '*.[ch]' ! -name builtin.c ! -name builtin_fonts.c ! -name html_files.c | sort)

# expect_none NAME: the file "found" holds a line for each offence
expect_none() {
    if [ -s "$work/found" ]; then
        bad "$1" "$(wc -l <"$work/found") places"
        cat "$work/found"
    else
        ok "$1"
    fi
}

# without_comments FILE: line numbers stay
without_comments() {
    awk '{
        line = $0; out = ""
        while (line != "") {
            if (inside) {
                end = index(line, "*/")
                if (!end) { line = ""; break }
                line = substr(line, end + 2); inside = 0
            } else {
                start = index(line, "/*")
                if (!start) { out = out line; break }
                out = out substr(line, 1, start - 1); line = substr(line, start + 2); inside = 1
            }
        }
        print out
    }' "$1"
}

# calls PATTERN FILE...: where the functions are called, outside of comments and strings
calls() {
    pattern=$1
    shift
    for file in "$@"; do
        without_comments "$file" | sed 's/"\([^"\\]\|\\.\)*"/""/g' | grep -nE "(^|[^A-Za-z0-9_.>])($pattern)[[:space:]]*\(" | sed "s|^|$file:|"
    done
}

# except FILE... : the names on standard input without these
except() {
    for name in "$@"; do echo "$name"; done >"$work/except"
    grep -vxF -f "$work/except"
}

# ---- includes ----

for file in $sources; do
    case $file in
    src/base/*) above='incident|document|render|recover' ;;
    src/statistics/*) above='document|render|package|workbook' ;;
    src/incident/*) above='document|render|select|recover' ;;
    src/select/*) above='document|render|package|workbook|statistics' ;;
    src/import/*) above='document|render|package|workbook|recover|select|statistics' ;;
    src/package/*) above='incident|document|render|recover' ;;
    src/document/*) above='render|package|recover' ;;
    src/render/*) above='incident|workbook|recover' ;;
    src/workbook/*) above='render|select|recover' ;;
    src/recover/*) above='select|statistics|workbook' ;;
    *) continue ;;
    esac
    grep -nE "^[[:space:]]*#[[:space:]]*include[[:space:]]*\"($above)/" "$file" | sed "s|^|$file:|"
done >"$work/found"
expect_none "includes point down, and render/ knows no incident"

for file in $sources; do
    case $file in src/*) grep -nE '#[[:space:]]*include[[:space:]]*"(\.\.|filter|options|progress|config)' "$file" | sed "s|^|$file:|" ;; esac
done >"$work/found"
expect_none "src/ includes nothing of filters/, by no way around"

# stays NAME HEADERS FILES: the headers (a pattern) are included by these files (a pattern) alone
stays() {
    for file in $sources; do
        echo "$file" | grep -qE "^($3)$" || grep -nE "#[[:space:]]*include[[:space:]]*<($2)" "$file" | sed "s|^|$file:|"
    done >"$work/found"
    expect_none "$1 stays where it belongs"
}

stays libyaml 'yaml\.h' 'src/base/yaml\.c'
stays md4c 'md4c' 'src/document/markdown\.c'
stays HarfBuzz 'hb' 'src/render/pdf/(harfbuzz\.h|mkfonts\.c)'
stays FriBidi 'fribidi' 'src/render/pdf/.*'
stays libunistring 'uni(lbrk|type|case|norm|str|wbrk|gbrk|name|width|conv|stdio)' 'src/render/(pdf/.*|nfc\.c|columns\.c)'
stays libharu 'hpdf' 'src/render/pdf/.*'
stays libdeflate 'libdeflate' '(src/render/pdf/.*|src/package/zip_write\.c)'
stays libzip 'zip\.h' 'src/package/zip_(read|write)\.c'
stays libxlsxwriter 'xlsxwriter' 'src/workbook/workbook_internal\.h'
stays libxml2 'libxml' 'src/package/libxml\.h'
stays libqpdf 'qpdf' 'src/recover/qpdf\.h'
stays jansson 'jansson' 'src/recover/rest\.c'
stays zlib 'zlib\.h' 'src/(package/deflate|recover/inflate)\.c'
stays nettle 'nettle' 'src/base/(base64|sha256)\.c'
stays libpng 'png' 'src/render/pdf/.*'
stays 'the network' 'sys/socket|netdb|arpa/' 'none'

# ---- names ----

# A name of two archives would be that of whichever is linked first.
if command -v nm >/dev/null && [ -f "$build/libbase.a" ]; then
    nm -A --defined-only "$build"/lib*.a 2>/dev/null | awk '$2 ~ /^[TDBRC]$/ { print $3 }' | sort | uniq -d >"$work/found"
    expect_none "external names are given once"
fi

# ---- calls ----

library=$(echo "$sources" | grep '^src/' | except src/embed.c src/render/pdf/mkfonts.c)
# Those that allocate by themselves: the ground, where objects outlive an incident, and what libzip takes over.
allocating='^src/(base/(arena|buf|io)|render/pdf/[a-z_]*|package/zip_write|package/deflate|workbook/workbook)\.c:'

# shellcheck disable=SC2086
{
    calls 'sprintf|vsprintf|strcpy|stpcpy|strcat|atoi|atol|atof|strtok|gets|setlocale|system|popen|alloca|longjmp' $sources >"$work/found"
    expect_none "banned calls"
    calls 'exit|_exit|abort|printf|vprintf|puts|perror|assert' $library >"$work/found"
    expect_none "src/ does not end the program or talk"
    calls 'time|localtime|gmtime|mktime|clock_gettime|gettimeofday|rand|random|getrandom' $library >"$work/found"
    expect_none "no clock and no chance in src/"
    calls 'malloc|calloc|realloc|strdup|strndup' $library | grep -vE "$allocating" >"$work/found"
    expect_none "memory comes from arena and buf"
}
for file in $library; do
    without_comments "$file" | grep -nE '\<(stderr|stdout)\>' | sed "s|^|$file:|"
done | grep -v '^src/base/io\.c:' >"$work/found"
expect_none "src/ knows the standard streams in io.c alone"

# ---- functions ----

for file in $sources; do
    awk -v file="$file" -v most=60 '
        /^[{]$/ { start = FNR; name = before; next }
        /^[}]/ && start { if (FNR - start - 1 > most) printf "%s:%d: %d lines: %s\n", file, start, FNR - start - 1, name; start = 0 }
        /[^[:space:]]/ { before = $0 }' "$file"
done >"$work/found"
expect_none "functions have 60 lines at most"

for file in $sources; do
    awk -v file="$file" 'END { if (FNR > 700) printf "%s: %d lines\n", file, FNR }' "$file"
done >"$work/found"
expect_none "files have 700 lines at most"

# ---- marks of unfinished or machine-bound work ----

grep -rnwE 'TODO|FIXME|XXX' src filters tests --include='*.[ch]' --include='*.sh' --include='*.py' | grep -v '^tests/layers.sh' >"$work/found"
expect_none "nothing is marked as unfinished"
finish
