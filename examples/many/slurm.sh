#!/bin/sh
# Many incidents on a cluster, as an array of Slurm jobs.
# usage: sbatch --array=0-15 slurm.sh incidents.yaml FOLDER
#
# Each task takes every n-th incident of the stream, n being the number of tasks, and writes a PDF of each and the rows of their action
# items. When all are done: head -n 1 FOLDER/action-items-0.csv && tail -q -n +2 FOLDER/action-items-*.csv
#SBATCH --job-name=postmortems
#SBATCH --cpus-per-task=1
#SBATCH --mem=256M
#SBATCH --time=00:30:00
set -eu
stream=${1:?the stream of incidents}
folder=${2:?the folder for the results, on a disk that all nodes see}
task=${SLURM_ARRAY_TASK_ID:?run it by sbatch --array}
tasks=$((SLURM_ARRAY_TASK_MAX + 1))
as_of=${AS_OF:-$(date -u +%Y-%m-%d)}   # of all tasks: set AS_OF when they may run past midnight
mkdir -p "$folder"
share=$(mktemp)
trap 'rm -f "$share"' EXIT

# A document begins at a line "---"; what stands before the first belongs to it.
awk -v task="$task" -v tasks="$tasks" '
    /^---([ \t\r]|$)/ { if (content) document++; content = 1 }
    !/^([ \t]*#|[ \t\r]*$|%)/ { content = 1 }
    document % tasks == task' "$stream" >"$share"
[ -s "$share" ] || exit 0   # more tasks than incidents
pm2pdf --as-of "$as_of" -o "$folder/{id}.pdf" "$share"
pm2xlsx --as-of "$as_of" --csv action-items -o "$folder/action-items-$task.csv" "$share"
