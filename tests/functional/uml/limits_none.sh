#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Nothing was handed to the user (run by limits_uml.sh in a second kernel).
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/../lib.sh"

net=(--network none)
check "containers run all the same" coracle run --rm "${net[@]}" welcome true
for limit in "-m 32m" "--cpus 1" "--pids-limit 10"; do
    # shellcheck disable=SC2086 # two words
    refused 125 "a limit is an error: $limit" "cannot be held: controller '.*' is not handed to this user" \
        coracle run --rm "${net[@]}" $limit welcome true
    like "with a hint" "$err" '^hint: '
done
check "no limit is no limit" coracle run --rm "${net[@]}" --pids-limit -1 welcome true
check "a container" coracle run -d --name one "${net[@]}" welcome tail -f /dev/null
check "stats" coracle stats --no-stream --format '{{.PIDs}} {{.MemUsage}}' one
like "are added up over its processes" "$out" '^1 [0-9]'
refused 1 "pause" 'no control group of its own' coracle pause one
like "says what is missing" "$err" '^hint: '
refused 1 "update" 'cannot be held' coracle update -m 64m one
check "rm" coracle rm -f one
check "doctor" coracle doctor
like "shows each controller" "$out" "each of cpu, io, memory, pids is not handed to this user"
finish
