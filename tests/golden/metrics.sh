#!/bin/sh
# What pmmetrics writes of metrics/cases.yaml is in metrics/CASE.out, with the options that stand here; PM_REGEN=1 rewrites those files.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
need pmmetrics
scratch
unset SOURCE_DATE_EPOCH
cases=$source_dir/tests/golden/metrics
new=${PM_REGEN:+$cases}

# totals CASE STATUS OPTION...
totals() {
    name=$1
    wanted=$2
    shift 2
    code "$build/filters/pmmetrics" "$@" "$cases/cases.yaml" >"$work/out" 2>"$work/err"
    is "$name: exit status" "$got" "$wanted"
    [ -z "$new" ] || cp "$work/out" "$cases/$name.out"
    same "$name" "$work/out" "$cases/$name.out"
}

totals severity.text 0
totals month.text 0 --by month --ttr-from detected --as-of 2026-03-31
totals team.text 0 --by team --as-of 2026-03-31
totals owner.json 0 --by owner --format json --as-of 2026-03-31
totals service.csv 0 --by service --format csv --as-of 2026-03-31
totals overdue.text 1 --fail-on overdue --as-of 2026-03-31
totals due.text 0 --fail-on overdue --as-of 2026-03-01
totals attention.json 1 --fail-on overdue,blocked --format json --as-of 2026-03-02
totals attention.csv 1 --fail-on blocked,overdue --format csv --as-of 2026-03-31

SOURCE_DATE_EPOCH=1774915200 "$build/filters/pmmetrics" --by team "$cases/cases.yaml" >"$work/out" 2>/dev/null
same "the day of SOURCE_DATE_EPOCH" "$work/out" "$cases/team.text.out"
TZ=Asia/Tokyo "$build/filters/pmmetrics" --by month --ttr-from detected --as-of 2026-03-31 <"$cases/cases.yaml" >"$work/out" 2>/dev/null
same "any time zone, standard input" "$work/out" "$cases/month.text.out"

# A broken incident leaves nothing.
printf 'pm: 1\n' >"$work/broken.yaml"
code "$build/filters/pmmetrics" "$cases/cases.yaml" "$work/broken.yaml" >"$work/out" 2>"$work/err"
is "a broken incident: exit status" "$got" 1
is "a broken incident: no output" "$(wc -c <"$work/out")" 0
code "$build/filters/pmmetrics" --by nothing "$cases/cases.yaml" >"$work/out" 2>"$work/err"
is "--by nothing" "$got" 2
"$build/filters/pmmetrics" -o "$work/{id}.json" --format json "$cases/cases.yaml" 2>/dev/null
is "an output each" "$(cd "$work" && echo A-*.json)" "A-1.json A-2.json A-3.json"
finish
