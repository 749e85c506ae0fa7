#!/bin/sh
# Outputs that cannot be written, inputs that cannot be read, readers that leave, and what the command line may say.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck disable=SC2086
need pmfmt $renderers
scratch
unset SOURCE_DATE_EPOCH
input=$source_dir/examples/template.yaml
cd "$work" || exit 1
mkdir folder

printf 'id: A\ntitle: One\nseverity: sev2\nstarted_at: 2026-01-02T03:04:05Z\nsummary: S\n' >one.yaml
printf 'id: A\ntitle: \n' >broken.yaml
sed 's/^id:/idd: x\nid:/' one.yaml >odd.yaml
# About 600 KB in a stream.
i=0
while [ $i -lt 400 ]; do
    echo ---
    sed "s/^id: .*/id: INC-$i/" "$input"
    i=$((i + 1))
done >many.yaml

# exits NAME STATUS: of the run before, whose status is in $got and whose messages are in err
exits() {
    if [ "$got" -eq "$2" ]; then ok "$1"; else bad "$1" "exit status $got, want $2: $(head -n 2 err)"; fi
}

one_message() {
    lines=$(wc -l <err)
    if [ "$lines" -eq 1 ]; then ok "$1, one message"; else bad "$1, one message" "$lines lines: $(head -n 3 err)"; fi
}

nothing_in() {
    left=$(ls -A "$2")
    if [ -z "$left" ]; then ok "$1, nothing left"; else bad "$1, nothing left" "$left"; rm -rf "${2:?}"/*; fi
}

for program in pmfmt $renderers; do
    run=$build/filters/$program

    code "$run" "$input" >/dev/full 2>err
    exits "$program >/dev/full" 3
    one_message "$program >/dev/full"
    code "$run" "$input" >&- 2>err
    exits "$program with closed output" 3
    one_message "$program with closed output"
    code "$run" -o /dev/full "$input" >out 2>err
    exits "$program -o /dev/full" 3
    code "$run" --help >/dev/full 2>err
    exits "$program --help >/dev/full" 3
    code "$run" --version >/dev/full 2>err
    exits "$program --version >/dev/full" 3

    # A reader that leaves: SIGPIPE (141), or 3 where it is ignored.
    (code timeout 60 "$run" many.yaml 2>err; echo "$got" >code) | head -c 1 >/dev/null
    got=$(cat code)
    case $got in
    141 | 3) ok "$program, reader leaves" ;;
    *) bad "$program, reader leaves" "exit status $got: $(head -n 2 err)" ;;
    esac

    code "$run" -o missing/out "$input" >out 2>err
    exits "$program -o into a missing folder" 3
    one_message "$program -o into a missing folder"
    check "$program -o into a missing folder, nothing made" "missing/ is there" [ ! -e missing ]

    if [ "$(id -u)" -ne 0 ]; then
        mkdir closed
        chmod 555 closed
        code "$run" -o closed/out "$input" >out 2>err
        exits "$program -o into a closed folder" 3
        nothing_in "$program -o into a closed folder" closed
        rmdir closed
    fi

    mkdir folder/out
    code "$run" -o folder/out "$input" >out 2>err
    exits "$program -o onto a folder" 3
    rmdir folder/out
    nothing_in "$program -o onto a folder" folder

    # A disk that is full in the middle of a file; with XFSZ ignored, write() says EFBIG.
    code sh -c 'trap "" XFSZ; ulimit -f 1; exec "$@"' sh "$run" -o folder/out many.yaml 2>err >out
    exits "$program, file too large" 3
    nothing_in "$program, file too large" folder

    echo precious >folder/out
    code "$run" -o folder/out broken.yaml >out 2>err
    exits "$program -o, bad input" 1
    is "$program -o, bad input, the file before stays" "$(cat folder/out)" precious
    rm folder/out
    code "$run" -o folder/new broken.yaml >out 2>err
    nothing_in "$program -o, bad input" folder
    code "$run" one.yaml broken.yaml >out 2>err
    exits "$program, good and bad input" 1
    check "$program, good and bad input, no output" "$(wc -c <out) bytes" [ ! -s out ]

    (umask 027 && "$run" -o folder/out one.yaml)
    is "$program -o, umask" "$(find folder/out -perm 640)" folder/out
    "$run" one.yaml >out
    same "$program -o, bytes as on standard output" folder/out out
    rm -f folder/out
    nothing_in "$program -o" folder
    "$run" -o /dev/stdout one.yaml 2>err | cat >out2
    same "$program -o /dev/stdout" out2 out
    "$run" -o - one.yaml >out2
    same "$program -o -" out2 out
    "$run" - <one.yaml >out2
    same "$program -" out2 out
    code "$run" -o folder/out --lenient odd.yaml 2>&- >out2
    exits "$program, messages closed" 0
    "$run" --lenient odd.yaml >out2 2>err
    same "$program, messages closed, no message in the output" folder/out out2
    rm -f folder/out

    code "$run" <&- >out 2>err
    exits "$program with closed input" 3
    one_message "$program with closed input"
    code "$run" <folder >out 2>err
    exits "$program, standard input is a folder" 3
    code "$run" folder >out 2>err
    exits "$program, input is a folder" 3
    code "$run" missing.yaml >out 2>err
    exits "$program, input is missing" 3
    one_message "$program, input is missing"
    check "$program, input is missing, its name is said" "$(cat err)" grep -q missing.yaml err
    code "$run" </dev/null >out 2>err
    exits "$program, input is empty" 1
    check "$program, input is empty, no output" "$(wc -c <out) bytes" [ ! -s out ]

    # {id}
    code "$run" -o 'folder/{id}.out' many.yaml >out 2>err
    exits "$program {id}" 0
    is "$program {id}, files" "$(find folder -type f | wc -l)" "$(grep -c '^id:' many.yaml)"
    rm -f folder/*
    cat one.yaml >twice.yaml
    echo --- >>twice.yaml
    cat one.yaml >>twice.yaml
    code "$run" -o 'folder/{id}.out' twice.yaml >out 2>err
    exits "$program {id} twice" 1
    check "$program {id} twice, message" "$(cat err)" grep -q '^twice.yaml:7:.*\[output\]' err
    "$run" one.yaml >out
    same "$program {id} twice, the first is written" folder/A.out out
    rm -f folder/*
    code "$run" -o 'folder/{id}.out' one.yaml broken.yaml >out 2>err
    exits "$program {id}, good and bad input" 1
    is "$program {id}, good and bad input, files" "$(ls folder)" A.out
    rm -f folder/*

    # usage
    for option in --nonsense -x -o --output '--colour=purple' --colour '-o='; do
        case $option in
        -o=) code "$run" -o '' one.yaml >out 2>err ;;
        -o | --output | --colour) code "$run" "$option" >out 2>err ;;
        *) code "$run" "$option" one.yaml >out 2>err ;;
        esac
        exits "$program $option" 2
        check "$program $option, usage" "$(cat err)" grep -q '^usage: ' err
        check "$program $option, no output" "$(wc -c <out) bytes" [ ! -s out ]
    done
    code "$run" --help >out 2>err
    exits "$program --help" 0
    check "$program --help, text" "$(head -n 1 out)" grep -q "^usage: $program " out
    code "$run" --version >out 2>err
    exits "$program --version" 0
    check "$program --version, text" "$(cat out)" grep -q "^$program (pmkit) [0-9]" out
    code "$run" --strict --lenient odd.yaml >out 2>err
    exits "$program --strict" 1
    code "$run" --colour=always broken.yaml >out 2>err
    check "$program --colour=always" "$(cat err)" grep -q "$(printf '\033')" err
done

for option in --template=full --theme=letter --as-of=2026-01-01 --tree; do
    code "$pmfmt" "$option" one.yaml >out 2>err
    exits "pmfmt $option" 2
done
for option in --check --schema --as-of=yesterday --as-of=2026-02-30; do
    code "$pm2pdf" "$option" one.yaml >out 2>err
    exits "pm2pdf $option" 2
done
code "$pm2pdf" --template missing.yaml one.yaml >out 2>err
exits "pm2pdf, template is missing" 3
code "$pm2pdf" --theme missing.yaml one.yaml >out 2>err
exits "pm2pdf, theme is missing" 3
"$pmfmt" "$input" >canonical.yaml
code "$pmfmt" --check canonical.yaml >out 2>err
exits "pmfmt --check, canonical" 0
check "pmfmt --check, no output" "$(wc -c <out) bytes" [ ! -s out ]
printf 'title: One\nid: A\nseverity: sev2\nstarted_at: 2026-01-02T03:04:05Z\nsummary: S\n' >swapped.yaml
code "$pmfmt" --check swapped.yaml >out 2>err
exits "pmfmt --check, not canonical" 1
check "pmfmt --check, place" "$(cat err)" grep -q '^swapped.yaml:1:1: error: .*\[not-canonical\]' err
finish
