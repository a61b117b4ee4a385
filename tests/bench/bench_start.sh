#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Start, run `true`, remove: ours against bwrap and podman. Targets: 20x faster than podman and 8x with slirp4netns,
# within 1.5x of bwrap.
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

rounds=${1:-30}
ours="${cli[*]} run --rm --network none welcome true"
$ours || stop "coracle does not run"
commands=(coracle "$ours")

# bwrap has no image: a plain root folder with the same busybox.
if has bwrap; then
    mkdir -p "$bench/root/bin" "$bench/root/proc" "$bench/root/dev"
    cp "$(command -v busybox)" "$bench/root/bin/true"
    commands+=(bwrap "bwrap --unshare-all --bind $bench/root / --proc /proc --dev /dev /bin/true")
fi
import_for_podman
if podman_works; then
    commands+=(podman "${podman_cli[*]} run --rm --network none localhost/busybox true")
fi
alternate --in-a-row 5 "$rounds" "${commands[@]}"

echo
echo "with the default network (slirp4netns)"
commands=(coracle "${cli[*]} run --rm welcome true")
if podman_works; then
    commands+=(podman "${podman_cli[*]} run --rm --network slirp4netns localhost/busybox true")
fi
alternate --in-a-row 5 $((rounds / 3 + 1)) "${commands[@]}"

echo
echo "listing one container"
"${cli[@]}" create --name one welcome true >/dev/null || stop "create failed"
commands=(coracle "${cli[*]} ps -a")
podman_works && commands+=(podman "${podman_cli[*]} ps -a")
alternate --in-a-row 5 $((rounds / 3 + 1)) "${commands[@]}"

if command -v strace >/dev/null; then
    echo
    strace -f -c -qq -o "$bench/calls" "${cli[@]}" run --rm --network none welcome true
    strace -f -qq -e trace=execve -o "$bench/execs" "${cli[@]}" run --rm --network none welcome true
    echo "system calls of one start: $(awk '$NF == "total" {print $(NF - 2)}' "$bench/calls"), programs executed:" \
        "$(grep -c ' = 0$' "$bench/execs")"
fi
