#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Many starts at once: none may fail. Target: 200 at once with five times podman's throughput.
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

count=${1:-200}
rounds=${2:-3}
"${cli[@]}" run --rm --network none welcome true || stop "coracle does not run"
import_for_podman
peers=(coracle)
podman_works && peers+=(podman)

# all NAME: start all of them, wait for all; the failures and the time.
all() {
    local name=$1 failed=0 begin number pids=()
    begin=$(date +%s%N)
    for number in $(seq "$count"); do
        if [ "$name" = coracle ]; then
            "${cli[@]}" run --rm --network none welcome true 2>>"$bench/$name.log" &
        else
            "${podman_cli[@]}" run --rm --network none localhost/busybox true 2>>"$bench/$name.log" &
        fi
        pids[number]=$!
    done
    for number in $(seq "$count"); do
        wait "${pids[number]}" || failed=$((failed + 1))
    done
    spent=$((($(date +%s%N) - begin) / 1000000))
    printf '%-8s %d at once: %6d ms, %5d a second, %d failed\n' "$name" "$count" "$spent" \
        $((count * 1000 / spent)) "$failed"
    [ "$failed" = 0 ] || sort "$bench/$name.log" | uniq -c | sort -rn | head -n 5
}

for _ in $(seq "$rounds"); do
    all coracle
    ours=$spent
    if [ ${#peers[@]} = 2 ]; then
        all podman
        awk -v ours="$ours" -v theirs="$spent" 'BEGIN {printf "ratio %.1f\n", theirs / ours}'
    fi
done
