#!/bin/sh
# Runs macrosift and its neighbours over the same files, one after the other, on one thread.
# usage: benches/compare/run.sh [FOLDER]
# Needs cargo, python3 with venv, and a network for the first run. clamscan is used if it is there.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=${1:-}
if [ -z "$folder" ]; then
    folder=$root/../shared/samples
    [ -d "$folder" ] || folder=$root/corpus/documents
fi
[ -d "$folder" ] || { echo "no such folder: $folder" >&2; exit 2; }
folder=$(cd "$folder" && pwd)

work=$here/target
venv=$work/venv
mkdir -p "$work"
list=$work/files.txt
find "$folder" -type f | LC_ALL=C sort >"$list"
count=$(wc -l <"$list")

(cd "$root" && cargo build --release --quiet -p macrosift-cli)
(cd "$here" && cargo build --release --quiet --locked)

# cpu COUNT COMMAND...: processor seconds of the command and its children, the middle one of so
# many runs. Not the clock: others may use the machine. Exit codes are verdicts, not failures.
cpu() {
    python3 - "$@" <<'END'
import os, statistics, subprocess, sys
count, command = int(sys.argv[1]), sys.argv[2:]
def run():
    before = os.times()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])
print(f"{statistics.median(run() for _ in range(count)):.4f}")
END
}
rate() { awk -v n="$1" -v s="$2" 'BEGIN { printf "%.1f", n / s }'; }
line() { # name, files, seconds, our rate, remark
    awk -v name="$1" -v n="$2" -v s="$3" -v ours="$4" -v remark="$5" 'BEGIN {
        printf "| %s | %d | %.2f | %.1f | %.1f | %s |\n", name, n, s, n / s, ours * s / n, remark }'
}

echo "load $(cut -d' ' -f1-3 /proc/loadavg), $(rustc -V), $(date -u +%Y-%m-%d)"
echo
echo "## Whole files, from the disk cache, one thread, processor time"
echo
echo "| program | files | CPU s | files/s | ratio | |"
echo "|---|---|---|---|---|---|"
macrosift=$root/target/release/macrosift
seconds=$(cpu 5 "$macrosift" scan --format ndjson --hash none --jobs 1 "$folder")
ours=$(rate "$count" "$seconds")
line "macrosift scan" "$count" "$seconds" "$ours" "middle of five runs, start-up included"

if [ ! -x "$venv/bin/olevba" ]; then
    python3 -m venv "$venv" && "$venv/bin/pip" install --quiet oletools || rm -rf "$venv"
fi
if [ -x "$venv/bin/olevba" ]; then
    version=$("$venv/bin/pip" show oletools | awk '/^Version/ { print $2 }')
    result=$("$venv/bin/python" "$here/peer.py" <"$list")
    seconds=$(echo "$result" | sed 's/.*"seconds": \([0-9.]*\).*/\1/')
    remark=$(echo "$result" | tr -d '{}"' | cut -d, -f3-)
    line "olevba $version, VBA_Parser in one process" "$count" "$seconds" "$ours" "$remark"

    # A process a file, as a mail filter calls it: every so many-th file, about forty.
    step=$(((count + 39) / 40))
    awk -v step="$step" 'NR % step == 1 || step == 1' "$list" >"$work/some.txt"
    some=$(wc -l <"$work/some.txt")
    # shellcheck disable=SC2016
    each='list=$1; shift; while IFS= read -r file; do "$@" "$file"; done <"$list"'
    seconds=$(cpu 1 sh -c "$each" sh "$work/some.txt" "$venv/bin/olevba" -j)
    seconds_ours=$(cpu 5 sh -c "$each" sh "$work/some.txt" \
        "$macrosift" scan --format ndjson --hash none --jobs 1)
    line "olevba -j, a process a file" "$some" "$seconds" "$(rate "$some" "$seconds_ours")" \
        "against macrosift, a process a file: $(rate "$some" "$seconds_ours") files/s"
else
    echo "skipped olevba: oletools could not be installed"
fi

if command -v clamscan >/dev/null; then
    # One pattern that nothing holds: this times the engine, not the signatures.
    printf 'Inert.Test:0:*:%s\n' "$(printf 'macrosift inert pattern' | od -An -tx1 | tr -d ' \n')" \
        >"$work/inert.ndb"
    seconds=$(cpu 1 clamscan --database="$work/inert.ndb" --recursive --infected "$folder")
    line "$(clamscan --version | cut -d/ -f1), one signature" "$count" "$seconds" "$ours" \
        "looks into every format it knows"
else
    echo "skipped clamscan: not installed"
fi

echo
echo "## Readers, bytes in memory, one thread"
echo
"$here/target/release/macrosift-compare" "$folder"
