#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Output of a container through its monitor into the log, and back by `logs`, beside podman's. Each line has a number,
# and what is read is compared with what was written byte by byte, so none is lost, doubled or out of order. Target:
# 500 MB a minute with the limits that a container has when nobody sets any. bench_log.sh [MEGABYTES [ROUNDS]]
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

megabytes=${1:-200}
rounds=${2:-3}
peer=()
import_for_podman && podman_works && peer=("${podman_cli[@]}")

# rate NAME COMMAND...: MB/min that the lines take through the command; its output goes to $bench/out.
rate() {
    local name=$1 began took
    shift
    began=$(date +%s%N)
    "$@" >"$bench/out" || stop "$name failed"
    took=$((($(date +%s%N) - began) / 1000))
    rate=$((bytes * 60 / took))
    printf '%-46s %6d MB/min\n' "$name" "$rate"
}
# waited CLI WORD...: run a detached container "all", to its end.
waited() {
    local cli
    read -ra cli <<<"$1"
    shift
    "${cli[@]}" "$@" >/dev/null && "${cli[@]}" wait all
}
# against OURS: by how much the last rate is less than it.
against() { awk -v ours="$1" -v theirs="$rate" 'BEGIN {printf "%-46s %9.1f\n", "  ratio", ours / theirs}'; }

for width in 100 1000; do
    awk -v width="$width" -v lines=$((megabytes * 1000000 / width)) 'BEGIN {
        for (i = 0; i < width - 10; i++) text = text "x"
        for (i = 0; i < lines; i++) printf "%08d %s\n", i, text
    }' >"$bench/lines"
    bytes=$(stat -c %s "$bench/lines")
    run=(run -v "$bench/lines:/lines:ro" --network none)
    echo "$megabytes MB in lines of $width"
    for ((round = 0; round < rounds; round++)); do
        rate "into the log, rotated as by default" "${cli[@]}" "${run[@]}" --name default welcome cat /lines
        "${cli[@]}" logs default >"$bench/kept"
        kept=$(stat -c %s "$bench/kept")
        [ "$kept" -gt 1000000 ] || stop "the log keeps $kept bytes"
        tail -c "$kept" "$bench/lines" | cmp - "$bench/kept" || stop "what the log keeps is not the end of it"
        cmp "$bench/out" "$bench/lines" || stop "who was attached got something else"
        rate "into the log, detached, without a limit" waited "${cli[*]}" "${run[@]}" -d --name all \
            --log-opt max-size=-1 welcome cat /lines
        ours=$rate
        if [ ${#peer[@]} != 0 ]; then
            rate "podman, k8s-file" waited "${peer[*]}" "${run[@]}" -d --name all \
                --log-driver k8s-file localhost/busybox cat /lines
            against "$ours"
        fi
        rate "logs" "${cli[@]}" logs all
        ours=$rate
        cmp "$bench/out" "$bench/lines" || stop "the log is not what was written"
        "${cli[@]}" rm default all >/dev/null
        if [ ${#peer[@]} != 0 ]; then
            rate "podman logs" "${peer[@]}" logs all
            against "$ours"
            cmp "$bench/out" "$bench/lines" || echo "  podman's log is not what was written"
            "${peer[@]}" rm all >/dev/null
        fi
    done
done
