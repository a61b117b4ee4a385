#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What a monitor costs. Target: below 1 MB of PSS each with many alive. What it carries: bench_log.sh.
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

many=${CORACLE_MANY:-20}
monitor_of() { sed -n 's/^pid \([0-9]*\) .*/\1/p' "$bench_run/containers/$1/lock"; }
memory() { awk '/^Private_Dirty:/ {p = $2} /^Pss:/ {s = $2} END {print p, s}' "/proc/$1/smaps_rollup"; }

private=0 pss=0 ids=()
while [ "${#ids[@]}" -lt "$many" ]; do
    id=$("${cli[@]}" run -d --network none welcome tail -f /dev/null) || stop "coracle does not run"
    ids+=("$id")
done
sleep 2 # UNAVOIDABLE: it gives back the memory of its code when the container has run for a second
for id in "${ids[@]}"; do
    read -r p s < <(memory "$(monitor_of "$id")")
    private=$((private + p)) pss=$((pss + s))
done
printf 'monitor, %d alive: private %d kB, PSS %d kB each\n' "$many" $((private / many)) $((pss / many))
keeper=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$bench_run/userns/keeper.json" 2>/dev/null)
if [ -n "$keeper" ]; then
    read -r p s < <(memory "$keeper")
    printf 'keeper: private %d kB, PSS %d kB\n' "$p" "$s"
fi
"${cli[@]}" rm -f "${ids[@]}" >/dev/null
