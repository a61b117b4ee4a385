#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Many containers alive at once, and many short ones at the same time. CORACLE_MANY and CORACLE_AT_ONCE change how many:
# 300 and 200 are what the product is held to.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

many=${CORACLE_MANY:-60}
at_once=${CORACLE_AT_ONCE:-60}
keys() { awk -v user="$(id -u):" '$1 == user {count = $2} END {print count + 0}' /proc/key-users; }
running() { coracle ps -q | wc -l; }

check "the image is there" coracle run --rm --network none welcome true
keys_before=$(keys)
began=$(date +%s%N)
seq "$many" | xargs -P 4 -I{} "${cli[@]}" run -d --name "c{}" --network none welcome tail -f /dev/null \
    >"$work/ids" 2>"$work/errors"
took=$((($(date +%s%N) - began) / 1000000))
is "no start fails" "$(cat "$work/errors")" ""
is "$many containers run" "$(running)" "$many"
diagnose "$took ms to start them"
# Fewer than before is no fault: keys of earlier sessions end meanwhile.
check "none uses a kernel key" test "$(keys)" -le "$keys_before"

private=0 pss=0
for lock in "$run_dir"/containers/*/lock; do
    monitor=$(sed -n 's/^pid \([0-9]*\) .*/\1/p' "$lock")
    read -r p s < <(awk '/^Private_Dirty:/ {p = $2} /^Pss:/ {s = $2} END {print p, s}' \
        "/proc/$monitor/smaps_rollup")
    private=$((private + p)) pss=$((pss + s))
done
diagnose "a monitor: $((private / many)) kB of its own, $((pss / many)) kB of PSS"
if [ $((pss / many)) -lt 1024 ]; then ok "a monitor costs less than 1 MB"; else
    not_ok "a monitor costs less than 1 MB" "$pss kB in all"; fi
is "exec works in the last one" "$(coracle exec "c$many" echo here)" here
check "all can be removed by one command" bash -c "${cli[*]} ps -aq | xargs ${cli[*]} rm -f >/dev/null"
is "none is left" "$(coracle ps -aq)" ""

began=$(date +%s%N)
for n in $(seq "$at_once"); do
    "${cli[@]}" run --rm --network none welcome echo "$n" >"$work/out.$n" 2>"$work/err.$n" &
    pids[n]=$!
done
failed=0
for n in $(seq "$at_once"); do
    wait "${pids[n]}" || failed=$((failed + 1))
done
took=$((($(date +%s%N) - began) / 1000000))
is "$at_once runs at the same time: none fails" "$failed $(cat "$work"/err.* | sort | uniq -c)" "0 "
is "each has its output" "$(cat "$work"/out.* | sort -n | md5sum)" "$(seq "$at_once" | md5sum)"
diagnose "$took ms"
check "nothing is left of them" eventually 60 bash -c "[ -z \"\$(${cli[*]} ps -aq)\" ]"

finish
