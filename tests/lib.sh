# Shared by the shell tests: counting, places, a scratch folder. Sourced, not run.
# shellcheck shell=sh

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
build=$(pwd)

# $srcdir comes from make, and may be relative; by hand it is the tree that the script stands in.
source_dir=$(CDPATH='' cd -- "${srcdir:-$here}" && pwd)
while [ ! -f "$source_dir/src/incident/incident.h" ] && [ "$source_dir" != / ]; do
    source_dir=$(dirname -- "$source_dir")
done

# A sanitizer's own exit status would look like that of a bad input.
ASAN_OPTIONS=${ASAN_OPTIONS-abort_on_error=1}
UBSAN_OPTIONS=${UBSAN_OPTIONS-abort_on_error=1:print_stacktrace=1}
export ASAN_OPTIONS UBSAN_OPTIONS

# Every program that makes something of a document.
# shellcheck disable=SC2034
renderers='pm2pdf pm2docx pm2confluence pm2html pm2md pm2xlsx'

passed=0
failed=0

ok() {
    passed=$((passed + 1))
    echo "ok $1"
}

# bad NAME WHY
bad() {
    failed=$((failed + 1))
    echo "FAILED $1: $2"
}

# check NAME WHY COMMAND...: passes when the command succeeds.
check() {
    check_name=$1
    check_why=$2
    shift 2
    if "$@"; then ok "$check_name"; else bad "$check_name" "$check_why"; fi
}

# is NAME GOT WANTED
is() {
    if [ "$2" = "$3" ]; then ok "$1"; else bad "$1" "got \"$2\", want \"$3\""; fi
}

# same NAME FILE FILE
same() {
    if cmp -s -- "$2" "$3"; then
        ok "$1"
    else
        bad "$1" "$2 and $3 differ"
        diff -a -u -- "$3" "$2" | head -n "${diff_lines:-20}"
    fi
}

# code COMMAND...: runs it and sets $got to its exit status.
# shellcheck disable=SC2034
code() {
    got=0
    "$@" || got=$?
}

skip() {
    echo "SKIPPED: $1"
    exit 77
}

# finish: the closing line and the exit status. (`done` is a word of the shell.)
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

scratch() {
    work=$(mktemp -d)
    trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
    trap 'exit 1' HUP INT TERM
}

# need PROGRAM...: those of the build.
need() {
    for need_name in "$@"; do
        [ -x "$build/filters/$need_name" ] || { echo "FAILED: no $build/filters/$need_name; run from the build folder"; exit 1; }
    done
}

# shellcheck disable=SC2034
{
    pmfmt=$build/filters/pmfmt
    pm2pdf=$build/filters/pm2pdf
}
