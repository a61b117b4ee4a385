#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The user was handed memory and pids, not cpu and io (run by limits_uml.sh in a second kernel).
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/../lib.sh"

net=(--network none)
check "what was handed on is held" coracle run --rm "${net[@]}" -m 32m welcome cat /sys/fs/cgroup/memory.max
is "by the kernel" "$out" 33554432
refused 125 "what was not is an error that names it" "limit 'cpu.max' cannot be held: controller 'cpu'" \
    coracle run --rm "${net[@]}" --cpus 0.5 welcome true
like "with a hint" "$err" '^hint: '
is "and leaves no container" "$(coracle ps -aq)" ""
check "limits of disks are left out" coracle run --rm "${net[@]}" --blkio-weight 500 welcome true
like "with a warning that says why" "$err" "warning: .*controller 'io' is not handed on"
check "info" coracle info
like "shows both" "$out" '^ Limits: memory, pids; not cpu'
check "doctor" coracle doctor
like "shows both" "$out" 'can be held: memory, pids; cannot: cpu'
check "stats of a container" coracle run -d --name one "${net[@]}" welcome tail -f /dev/null
check "do not need the cpu controller" coracle stats --no-stream one
check "rm" coracle rm -f one
finish
