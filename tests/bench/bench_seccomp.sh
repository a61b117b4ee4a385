#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the filter costs each system call: ours, podman's default, none. Target: at most podman's + 5 ns.
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

rounds=${1:-5}
mkdir -p "$bench/tool"
cc -O2 -static -o "$bench/tool/call_cost" "$here/call_cost.c" || stop "no C compiler"
volume=(-v "$bench/tool:/tool:ro")
measure() { printf '%s' "$("$@" /tool/call_cost)"; }
ours=("${cli[@]}" run --rm --network none "${volume[@]}" welcome)
open=("${cli[@]}" run --rm --network none --security-opt seccomp=unconfined "${volume[@]}" welcome)
"${ours[@]}" true || stop "coracle does not run"
podman=()
import_for_podman
podman_works && podman=("${podman_cli[@]}" run --rm --network none "${volume[@]}" localhost/busybox)
for _ in $(seq "$rounds"); do
    printf 'coracle %s ns' "$(measure "${ours[@]}")"
    [ ${#podman[@]} = 0 ] || printf ', podman %s ns' "$(measure "${podman[@]}")"
    printf ', without the profile %s ns, on the host %s ns\n' "$(measure "${open[@]}")" "$("$bench/tool/call_cost")"
done
