#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# An image whose /etc/passwd is a FIFO, a link to nowhere or huge: the start answers at once (CVE-2024-9676).
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns registry

mkdir "$work/victim"
"$CORACLE_SOURCE/tests/support/make_hostile" "$work/images" "$work/victim"
start_registry "$work/registry"
for name in fifopasswd looppasswd hugepasswd; do
    push_from "$work/images:$name" "$name"
    check "pull the image '$name'" coracle pull -q "$registry_address/$name"
    capture timeout 100 "${cli[@]}" run --rm --network none -u somebody "$registry_address/$name" /bin/busybox true
    is "a user by name is refused at once" "$status" 125
    like "in one line that names the file or the user" "$err" 'passwd|somebody'
    capture timeout 100 "${cli[@]}" run --rm --network none -u 1000:1000 "$registry_address/$name" /bin/busybox true
    is "a user by number needs no file" "$status" 0
done
finish
