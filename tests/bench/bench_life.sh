#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A day's commands against podman's: 50 containers started in a row and removed at once, exec, and what watching them
# costs. Targets: five times as fast each; `stats` of 50 below 2 % of a core. bench_life.sh [COUNT [ROUNDS]]
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

count=${1:-50}
rounds=${2:-3}
seconds=20
"${cli[@]}" run --rm --network none welcome true || stop "coracle does not run"
import_for_podman
ours_only=
podman_works || ours_only=yes

# series NAME WORDS... -- IMAGE: start so many one after another, then remove all; $started and $removed in ms.
series() {
    local began number ids=() words=("$@")
    began=$(date +%s%N)
    for ((number = 0; number < count; number++)); do
        ids+=("$("${words[@]:1}" tail -f /dev/null)") || stop "${words[1]} does not start"
    done
    started=$((($(date +%s%N) - began) / 1000000))
    began=$(date +%s%N)
    if [ "$1" = coracle ]; then "${cli[@]}" rm -f "${ids[@]}" >/dev/null
    else "${podman_cli[@]}" rm -f -t 0 "${ids[@]}" >/dev/null; fi || stop "rm of $1 failed"
    removed=$((($(date +%s%N) - began) / 1000000))
    printf '%-8s run -d of %d: %6d ms, rm -f of all: %6d ms\n' "$1" "$count" "$started" "$removed"
}

for ((round = 0; round < rounds; round++)); do
    series coracle "${cli[@]}" run -d --network none welcome
    ours=$started ours_removed=$removed
    [ -n "$ours_only" ] && continue
    series podman "${podman_cli[@]}" run -d --network none localhost/busybox
    awk -v a="$ours" -v b="$started" -v c="$ours_removed" -v d="$removed" \
        'BEGIN {printf "ratio    run -d %.1f, rm -f %.1f\n", b / a, d / c}'
done

"${cli[@]}" run -d --name target --network none welcome tail -f /dev/null >/dev/null || stop "coracle does not run"
commands=(coracle "${cli[*]} exec target true")
if [ -z "$ours_only" ]; then
    "${podman_cli[@]}" run -d --name target --network none localhost/busybox tail -f /dev/null >/dev/null
    commands+=(podman "${podman_cli[*]} exec target true")
fi
echo "exec true"
alternate 15 "${commands[@]}"
[ -n "$ours_only" ] || "${podman_cli[@]}" rm -f -t 0 target >/dev/null

for ((number = 1; number < count; number++)); do
    "${cli[@]}" run -d --network none welcome tail -f /dev/null >/dev/null || stop "coracle does not start"
done
TIMEFORMAT='%U %S'
spent=$({ time timeout $seconds "${cli[@]}" stats >/dev/null; } 2>&1)
awk -v count="$count" -v seconds=$seconds -v spent="$spent" \
    'BEGIN {split(spent, t, " "); printf "stats of %d: %.2f %% of a core\n", count, (t[1] + t[2]) * 100 / seconds}'
