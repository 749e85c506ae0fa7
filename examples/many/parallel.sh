#!/bin/sh
# Many incidents on all cores of this machine, or of several, by GNU parallel.
# usage: parallel.sh FOLDER <incidents.yaml
#
# The stream is cut where a document begins; each piece of some 4 MB goes to a process of its own. FOLDER gets a PDF an incident and the
# action items of all as CSV. Everything is "as of" one day, which must be given: else each piece would take that of its own last instant.
#
# On several machines that have the programs: parallel --sshlogin alpha,beta,: ... for the CSV; for the files, --workdir on a shared disk.
set -eu
folder=${1:?the folder for the results}
as_of=${AS_OF:-$(date -u +%Y-%m-%d)}
mkdir -p "$folder"
tee "$folder/incidents.yaml" |
    parallel --pipe --recend '\n' --recstart '---\n' --block 4M --halt now,fail=1 \
        pm2pdf --as-of "$as_of" -o "$folder/'{id}'.pdf"

# --keep-order: the rows come as from one process. Each piece begins with the headings, of which the first stay.
parallel --pipe --recend '\n' --recstart '---\n' --block 4M --halt now,fail=1 --keep-order \
    pm2xlsx --as-of "$as_of" --csv action-items <"$folder/incidents.yaml" |
    awk 'NR == 1 { headings = $0 } NR == 1 || $0 != headings' >"$folder/action-items.csv"
