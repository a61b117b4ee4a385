#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What a monitor costs and what it can carry. Targets: below 1 MB of PSS each with many alive; 500 MB of output a minute
# into the log, and the same for a reader of the log, without a byte lost.
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

many=${CORACLE_MANY:-20}
megabytes=${CORACLE_LOG_MB:-200}
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

# rate NAME BYTES COMMAND...: how much of BYTES a minute.
rate() {
    local name=$1 bytes=$2 began took
    shift 2
    began=$(date +%s%N)
    "$@" || stop "$name failed"
    took=$((($(date +%s%N) - began) / 1000))
    printf '%-44s %6d MB/min\n' "$name" $((bytes * 60 / took)) >&2  # the output of what is timed is thrown away
}

for width in 100 1000; do
    lines=$((megabytes * 1000000 / width))
    line=$(printf '%*s' $((width - 1)) '' | tr ' ' x)
    bytes=$((lines * width))
    # shellcheck disable=SC2016 # the shell in the container expands it
    rate "into the log, lines of $width" "$bytes" "${cli[@]}" run --name "w$width" --network none \
        --log-opt max-size=-1 welcome sh -c 'yes "$1" | head -n "$2"' - "$line" "$lines" >/dev/null
    got=$("${cli[@]}" logs "w$width" | wc -c)
    [ "$got" = "$bytes" ] || stop "$((bytes - got)) bytes are missing in the log"
    rate "logs, lines of $width" "$bytes" "${cli[@]}" logs "w$width" >/dev/null
    rate "rotated every 10 MB, lines of $width" "$bytes" "${cli[@]}" run --rm --network none welcome \
        sh -c 'yes "$1" | head -n "$2"' - "$line" "$lines" >/dev/null
    "${cli[@]}" rm "w$width" >/dev/null
done
