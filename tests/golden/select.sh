#!/bin/sh
# What pmselect chooses from select/cases.yaml, by select/CASE.out with the options that stand here, and how it refuses what it cannot read.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
need pmselect pmfmt
scratch
unset SOURCE_DATE_EPOCH
cases=$source_dir/tests/golden/select
new=${PM_REGEN:+$cases}
pmselect=$build/filters/pmselect

# chooses CASE OPTION...
chooses() {
    name=$1
    shift
    code "$pmselect" --as-of 2026-11-24 "$@" "$cases/cases.yaml" >"$work/out" 2>"$work/err"
    is "$name: exit status" "$got" 0
    [ -z "$new" ] || cp "$work/out" "$cases/$name.out"
    same "$name" "$work/out" "$cases/$name.out"
}

chooses where --where 'severity <= sev2 and started_at >= 2026-01-01'
chooses items --where 'service = payments' --items 'status != done'
chooses no-items --where overdue --items 'owner = nobody'
chooses order --where 'has owner' --order 'severity desc, -started_at' --items 'overdue'
chooses count --count --items overdue

# Each line of mistakes.txt is an expression; mistakes.err has what is said of all.
number=0
: >"$work/err"
while IFS= read -r expression; do
    number=$((number + 1))
    code "$pmselect" --colour never --where "$expression" "$cases/cases.yaml" >"$work/out" 2>>"$work/err"
    is "mistake $number: exit status" "$got" 2
    is "mistake $number: output" "$(wc -c <"$work/out" | tr -d ' ')" 0
done <"$cases/mistakes.txt"
code "$pmselect" --colour never --order 'severity down, ownr' --items 'due < x' --first none "$cases/cases.yaml" >"$work/out" 2>>"$work/err"
is "mistakes in all options: exit status" "$got" 2
code "$pmselect" --colour never --count -o "$work/{id}.yaml" "$cases/cases.yaml" 2>>"$work/err"
is "a count and a file each: exit status" "$got" 2
[ -z "$new" ] || cp "$work/err" "$cases/mistakes.err"
same "mistakes" "$work/err" "$cases/mistakes.err"

# All of them are what pmfmt writes, in any order of reading, and what is written is chosen again.
"$pmfmt" "$cases/cases.yaml" >"$work/formatted.yaml"
"$pmselect" "$cases/cases.yaml" >"$work/out"
same "all, as pmfmt has them" "$work/out" "$work/formatted.yaml"
"$pmselect" --where 'severity <= sev2' "$cases/cases.yaml" | "$pmselect" --where 'severity <= sev2' >"$work/twice"
"$pmselect" --where 'severity <= sev2' "$cases/cases.yaml" >"$work/out"
same "the chosen are chosen again" "$work/twice" "$work/out"
"$pmselect" --order id "$cases/cases.yaml" | "$pmselect" --order -id | "$pmselect" --order id >"$work/twice"
"$pmselect" --order id "$cases/cases.yaml" >"$work/out"
same "an order and back" "$work/twice" "$work/out"

# Nothing chosen, and nothing read, are no errors.
code "$pmselect" --where 'severity = 5' "$cases/cases.yaml" >"$work/none" 2>&1
is "nothing chosen: exit status" "$got" 0
is "nothing chosen: output" "$(wc -c <"$work/none" | tr -d ' ')" 0
is "nothing read, counted" "$("$pmselect" --count <"$work/none")" 0

# --first leaves the rest unread, though there be mistakes in it.
{ cat "$cases/cases.yaml"; echo '---'; echo 'id: ['; } >"$work/broken.yaml"
code "$pmselect" --first 1 "$work/broken.yaml" >"$work/out" 2>/dev/null
is "the first, before a broken one: exit status" "$got" 0
is "the first" "$(grep -c '^id:' "$work/out")" 1
code "$pmselect" -o "$work/kept.yaml" "$work/broken.yaml" 2>/dev/null
is "a broken one: exit status" "$got" 1
check "a broken one leaves no file" "there is one" test ! -e "$work/kept.yaml"

# What is nested too deep or too long is refused; a long one that is not is read.
deep=$(printf '%10000s' '' | tr ' ' '(')
code "$pmselect" --where "$deep" "$cases/cases.yaml" 2>"$work/err"
is "10,000 parentheses: exit status" "$got" 2
check "10,000 parentheses" "no message of its own" grep -q 'deeper than 100 levels' "$work/err"
is "10,000 parentheses: messages" "$(wc -l <"$work/err" | tr -d ' ')" 1
long=$(printf '%10000s' '' | sed 's/ / or id=a/g')
is "10,000 alternatives" "$("$pmselect" --count --where "id = INC-3$long" "$cases/cases.yaml")" 1

# A file each, of those that are chosen.
"$pmselect" --where 'severity <= sev2' -o "$work/each-{id}.yaml" "$cases/cases.yaml"
is "files, one each" "$(cd "$work" && echo each-*)" "each-INC-1.yaml each-INC-2.yaml"

# A long stream.
i=0
while [ "$i" -lt 200 ]; do
    i=$((i + 1))
    cat "$cases/cases.yaml"
    echo '---'
done >"$work/many.yaml"
is "many are counted" "$("$pmselect" --count --where 'severity = 2' "$work/many.yaml")" 200
is "many are written" "$("$pmselect" --where 'severity = 2' "$work/many.yaml" | grep -c '^id: INC-1$')" 200
is "the first of many in order" "$("$pmselect" --order -severity --first 3 "$work/many.yaml" | grep -c '^id: INC-3$')" 3

# What cannot be written is said.
if [ -w /dev/full ]; then
    code "$pmselect" "$cases/cases.yaml" >/dev/full 2>"$work/err"
    is "a full disk: exit status" "$got" 3
    code "$pmselect" "$work/many.yaml" >/dev/full 2>"$work/err"
    is "a full disk, many: exit status" "$got" 3
    is "a full disk, many: messages" "$(wc -l <"$work/err" | tr -d ' ')" 1
fi
finish
