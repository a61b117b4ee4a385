#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Listing many containers: `ps -a` in the forms that scripts use, beside podman's. Target: below 60 ms for 1,000.
# bench_list.sh [COUNT [ROUNDS [alone]]]: "alone" leaves podman out, which takes minutes to make so many.
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

count=${1:-1000}
rounds=${2:-11}
"${cli[@]}" create --name one --network none -l role=bench welcome true >/dev/null || stop "create failed"
for ((i = 1; i < count; i++)); do
    "${cli[@]}" create --network none -l role=bench -l "number=$i" welcome true >/dev/null || stop "create failed"
done
[ "$("${cli[@]}" ps -aq | wc -l)" = "$count" ] || stop "there are not $count containers"
echo "$count containers"

commands=("ps -a" "${cli[*]} ps -a"
    "ps -aq" "${cli[*]} ps -aq"
    "with a template" "${cli[*]} ps -a --format {{.ID}}:{{.Names}}:{{.Status}}"
    "with filters" "${cli[*]} ps -a --filter label=role=bench --filter name=one -q"
    "as json" "${cli[*]} ps -a --format json")
if [ "${3:-}" != alone ] && import_for_podman && podman_works; then
    for ((i = 0; i < count; i++)); do
        "${podman_cli[@]}" create --network none localhost/busybox true >/dev/null || stop "podman create failed"
    done
    commands+=("podman ps -a" "${podman_cli[*]} ps -a")
fi
alternate "$rounds" "${commands[@]}"
