#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A full disk: clear errors, a store that is unchanged, and everything can be stopped and removed.
# shellcheck source=tests/functional/root_lib.sh
. "$(dirname "$0")/root_lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns registry images

start_registry "$work/registry"
push_image postgres
push_image busybox
make_disk small 200
store=$work/small/store
cli=("${as_user[@]}" "$CORACLE_BIN/coracle" --root "$store" --runroot "$run_dir")

refused 1 "an image that does not fit" 'space' coracle pull -q "$registry_address/postgres"
check "leaves no image" coracle images -q
is "none" "$out" ""
check "and no part of one" eventually 20 is_empty "$store/staging"
used=$(du -sm "$store" | cut -f 1)
is "at most the blobs that were complete ($used MB)" "$((used < 150))" 1
check "a small image fits" coracle pull -q "$registry_address/busybox"
check "a container runs" coracle run -d --name runner "$registry_address/busybox" tail -f /dev/null

# What is removed in the background makes room.
check "nothing is being removed any more" eventually 60 is_empty "$store/trash"
# Once more before each look at a full disk: commands that end give some kB back.
fill() {
    local size
    for size in 64k 1k 1; do
        "${as_user[@]}" dd if=/dev/zero of="$work/small/filler.$size" bs=$size oflag=append conv=notrunc >/dev/null 2>&1
    done
}
fill
capture "${as_user[@]}" dd if=/dev/zero of="$work/small/filler.more" bs=64k count=100
is "the disk is full" "$((status != 0))" 1
check "ps" coracle ps -a
like "shows it" "$out" runner
is "without taking from the room for removals" "$(ls "$store/ballast")" "$store/ballast"
check "inspect" coracle inspect runner
check "exec" coracle exec runner true
check "logs" coracle logs runner
fill
capture coracle exec runner sh -c 'dd if=/dev/zero of=/file bs=64k count=100'
is "the program sees the full disk" "$((status != 0))" 1
capture coracle pull -q "$registry_address/postgres"
is "a pull fails" "$status" 1
like "in words" "$err" 'space'
check "a restart, which finds its settings as they were" coracle restart -t 0 runner
fill
capture coracle create "$registry_address/busybox"
is "a new container is refused" "$status" 125
like "with what to do" "$err" '^hint: free some space'
check "stop" coracle stop -t 1 runner
check "rm" coracle rm -f runner
check "rmi" coracle rmi -f "$registry_address/busybox"
rm "$work"/small/filler.*
check "with space again, all works" coracle pull -q "$registry_address/busybox"
check "run" coracle run --rm "$registry_address/busybox" true
check_store_empty
umount -l "$work/small"
check_nothing_runs
finish keep
