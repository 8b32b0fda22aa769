#!/bin/sh
# Runs every fuzz target for SECONDS, or those that are named, from its seeds, its regressions and
# the documents of the corpus. What is found on the way goes to a folder that is removed; an input
# that breaks something stays in fuzz/artifacts, and the script fails.
#
# The same start for the same commit: the search for what is new is for longer runs, which set
# SEED to another number.
#
#   [SEED=NUMBER] fuzz/smoke.sh SECONDS [TARGET]...
set -eu

seconds=${1:?usage: smoke.sh SECONDS [TARGET]...}
shift
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- cfb zip ovba_decompress ovba_dir text source scan structured append encrypted flat forms mime \
    one_note presentation rtf visio

found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
trap 'exit 130' INT TERM
cargo +nightly fuzz build

status=0
for target; do
    mkdir "$found/$target"
    regressions=corpus/regressions/$target
    [ -d "$regressions" ] || regressions=
    dictionary=fuzz/dict/$target.dict
    [ ! -f "$dictionary" ] || dictionary=-dict=$dictionary
    [ "${dictionary#-}" != "$dictionary" ] || dictionary=
    log=$found/$target.log
    if cargo +nightly fuzz run "$target" "$found/$target" "corpus/seeds/$target" $regressions \
        corpus/documents -- -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -seed="${SEED:-1}" \
        -max_len=65536 -print_final_stats=1 $dictionary >"$log" 2>&1; then
        result=ok
    else
        result=FAILED
        status=1
        tail -n 60 "$log"
    fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    echo "$target: $result, ${runs:-?} executions"
done
exit $status
