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

now() { date +%s.%N; }
# best COMMAND...: the shortest of five runs, in seconds; exit codes are verdicts, not failures.
best() {
    shortest=
    for _ in 1 2 3 4 5; do
        from=$(now)
        "$@" >/dev/null 2>&1 || true
        shortest=$(awk -v a="$from" -v b="$(now)" -v s="${shortest:-1e9}" \
            'BEGIN { d = b - a; printf "%.4f", (d < s) ? d : s }')
    done
    echo "$shortest"
}
rate() { awk -v n="$1" -v s="$2" 'BEGIN { printf "%.1f", n / s }'; }
line() { # name, files, seconds, our rate, remark
    awk -v name="$1" -v n="$2" -v s="$3" -v ours="$4" -v remark="$5" 'BEGIN {
        printf "| %s | %d | %.2f | %.1f | %.1f | %s |\n", name, n, s, n / s, ours * s / n, remark }'
}

echo "load $(cut -d' ' -f1-3 /proc/loadavg), $(rustc -V), $(date -u +%Y-%m-%d)"
echo
echo "## Whole files, from the disk cache, one thread"
echo
echo "| program | files | s | files/s | macrosift is faster by | |"
echo "|---|---|---|---|---|---|"
macrosift=$root/target/release/macrosift
seconds=$(best "$macrosift" scan --format ndjson --hash none --jobs 1 "$folder")
ours=$(rate "$count" "$seconds")
line "macrosift scan" "$count" "$seconds" "$ours" "best of five"

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
    each() { while IFS= read -r file; do "$@" "$file" >/dev/null 2>&1 || true; done <"$work/some.txt"; }
    from=$(now)
    each "$venv/bin/olevba" -j
    seconds=$(awk -v a="$from" -v b="$(now)" 'BEGIN { print b - a }')
    seconds_ours=$(best each "$macrosift" scan --format ndjson --hash none --jobs 1)
    line "olevba -j, a process a file" "$some" "$seconds" "$(rate "$some" "$seconds_ours")" \
        "against macrosift, a process a file: $(rate "$some" "$seconds_ours") files/s"
else
    echo "skipped olevba: oletools could not be installed"
fi

if command -v clamscan >/dev/null; then
    # One pattern that nothing holds: this times the engine, not the signatures.
    printf 'Inert.Test:0:*:%s\n' "$(printf 'macrosift inert pattern' | od -An -tx1 | tr -d ' \n')" \
        >"$work/inert.ndb"
    from=$(now)
    clamscan --database="$work/inert.ndb" --recursive --infected "$folder" >/dev/null 2>&1 || true
    seconds=$(awk -v a="$from" -v b="$(now)" 'BEGIN { print b - a }')
    line "$(clamscan --version | cut -d/ -f1), one signature" "$count" "$seconds" "$ours" \
        "looks into every format it knows"
else
    echo "skipped clamscan: not installed"
fi

echo
echo "## Readers, bytes in memory, one thread"
echo
"$here/target/release/macrosift-compare" "$folder"
