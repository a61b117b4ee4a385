#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Private memory of what stays alive for a running container. Target: the monitor below 1 MB.
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

"${cli[@]}" run -d --name one --network none welcome tail -f /dev/null >/dev/null || stop "coracle does not run"
process=$("${cli[@]}" inspect -f '{{.State.Pid}}' one)
monitor=$(ps -o ppid= -p "$process" | tr -d ' ')
sleep 2 # UNAVOIDABLE: it gives back the memory of its code when the container has run for a second
keeper=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$bench_run/userns/keeper.json" 2>/dev/null)
for pair in "monitor $monitor" "keeper $keeper"; do
    read -r name number <<<"$pair"
    [ -n "$number" ] || continue
    awk -v name="$name" '/^(Private_Clean|Private_Dirty):/ {sum += $2} /^Pss:/ {pss = $2}
        END {printf "%-8s private %5d kB, PSS %5d kB\n", name, sum, pss}' "/proc/$number/smaps_rollup"
done
