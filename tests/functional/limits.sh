#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Limits on this computer, whatever it hands to the user: what can be held is held, what cannot be is an error that says
# why, and everything else works all the same. limits_uml.sh meets the limits themselves.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns seccomp

net=(--network none)
check "info" coracle info
like "says which limits can be held" "$out" '^ Limits: (none|cpu|memory|pids|io)'
memory=$(coracle info -f '{{.MemoryLimit}}')
check "doctor" coracle doctor --json
like "says it, too" "$out" '"id": "delegation"'

if [ "$memory" = true ]; then
    check "a memory limit" coracle run --rm "${net[@]}" -m 32m welcome cat /sys/fs/cgroup/memory.max
    is "is held" "$out" 33554432
else
    like "and why not" "$(coracle info)" '^ Limits: .*not .*memory.*: (is|could)'
    refused 125 "a memory limit is an error" "limit 'memory.max' cannot be held: controller 'memory' (is|could)" \
        coracle run --rm "${net[@]}" -m 32m welcome true
    like "with a hint" "$err" '^hint: '
    is "and no container is left" "$(coracle ps -aq)" ""
fi
check "no limit needs nothing" coracle run --rm "${net[@]}" --pids-limit -1 welcome true
check "what version 2 does not know has a warning" coracle run --rm "${net[@]}" --memory-swappiness 10 \
    --oom-kill-disable --kernel-memory 1g welcome true
like "for each" "$err" 'oom-kill-disable'
refused 125 "a size that is none" "'much'" coracle run --rm -m much welcome true
refused 125 "a disk that is none" "not a block device" coracle run --rm --device-read-bps /dev/null:1m welcome true
refused 125 "a parent that leads out" "leads out" coracle run --rm "${net[@]}" --cgroup-parent ../x welcome true
refused 125 "update without anything" "nothing to change" coracle update one
for option in --device-read-iops=/dev/null:9 --device-write-bps=/dev/null:1m --blkio-weight-device=/dev/null:300; do
    refused 125 "no device for ${option%%=*}" "not a block device" coracle run --rm "${net[@]}" "$option" welcome true
done

check "limits of processes need no control group" coracle run --rm "${net[@]}" --ulimit nofile=100:200 \
    --shm-size 1m --oom-score-adj 500 welcome \
    sh -c 'ulimit -n; ulimit -Hn; df -k /dev/shm | tail -n 1 | awk "{print \$2}"; cat /proc/self/oom_score_adj'
is "nofile, shm, oom score" "$out" $'100\n200\n1024\n500'

check "a container" coracle run -d --name one "${net[@]}" welcome tail -f /dev/null
check "stats" coracle stats --no-stream --format '{{.Name}} {{.PIDs}} {{.CPUPerc}} {{.MemUsage}}' one
like "measure it" "$out" '^one 1 [0-9.]+% [0-9.]+[KMG]iB / '
coracle create --name idle "${net[@]}" welcome true >/dev/null
is "stats shows what runs" "$(coracle stats --no-stream --format '{{.Name}}')" one
is "or all" "$(coracle stats --all --no-stream --format '{{.Name}}' | sort | xargs)" "idle one"
like "short ids" "$(coracle stats --no-stream one)" '^[0-9a-f]{12} '
like "or whole ones" "$(coracle stats --no-stream --no-trunc one)" '^[0-9a-f]{64} '
check "an exec" coracle exec one sh -c 'tail -f /dev/null & exit 0'
check "stats" coracle stats --no-stream --format '{{.PIDs}}' one
is "count what exec left in it" "$out" 2
check "rm -f" coracle rm -f one idle
finish
