#!/bin/sh
# The recipes of examples/many: in pieces, by GNU parallel or as tasks of Slurm, the same rows and files as from one process.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
need pm2pdf pm2xlsx pmfmt
scratch
PATH=$build/filters:$PATH
AS_OF=2026-11-24
export AS_OF
recipes=$source_dir/examples/many
cd "$work" || exit 1

# Incidents of many sizes: the examples again and again, each with an id of its own.
n=0
while [ $n -lt 60 ]; do
    for file in "$source_dir"/examples/*.yaml; do
        n=$((n + 1))
        echo "--- # incident $n"
        sed -e '/^---/d' -e "s/^id: .*/id: I-$n/" "$file"
    done
done >stream.yaml
pm2xlsx --as-of "$AS_OF" --csv action-items stream.yaml >whole.csv
mkdir whole
pm2pdf --as-of "$AS_OF" -o 'whole/{id}.pdf' stream.yaml

# files FOLDER: names and sums of the PDFs
files() {
    (cd "$1" && cksum I-*.pdf)
}
files whole >whole.sums

if command -v parallel >/dev/null; then
    code "$recipes/parallel.sh" parallel <stream.yaml
    is "GNU parallel: exit status" "$got" 0
    same "GNU parallel: rows" parallel/action-items.csv whole.csv
    files parallel >parallel.sums
    same "GNU parallel: files" parallel.sums whole.sums
else
    echo "SKIPPED: GNU parallel is not there"
fi

# Four tasks, as sbatch --array=0-3 would start them.
task=0
while [ $task -lt 4 ]; do
    code env SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_TASK_MAX=3 "$recipes/slurm.sh" stream.yaml slurm
    is "Slurm, task $task: exit status" "$got" 0
    task=$((task + 1))
done
{ head -n 1 slurm/action-items-0.csv && tail -q -n +2 slurm/action-items-?.csv; } | sort >slurm.rows
sort whole.csv >whole.rows
same "Slurm: rows" slurm.rows whole.rows
files slurm >slurm.sums
same "Slurm: files" slurm.sums whole.sums
finish
