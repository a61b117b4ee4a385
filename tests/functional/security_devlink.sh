#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# An image whose /dev (or /proc, /etc) is a link into a host folder: nothing may be made there (CVE-2026-47766,
# CVE-2026-41579).
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns registry

mkdir "$work/victim"
"$CORACLE_SOURCE/tests/support/make_hostile" "$work/images" "$work/victim"
start_registry "$work/registry"
for name in devlink proclink etclink; do
    push_from "$work/images:$name" "$name"
    check "pull the image '$name'" coracle pull -q "$registry_address/$name"
    # Refusing to start is as good as starting with an own folder in its place.
    capture timeout 100 "${cli[@]}" run --rm --network none "$registry_address/$name" /bin/busybox true
    like "it runs or is refused ($status)" "$status" '^(0|12[567])$'
    is "the host folder is empty" "$(ls -A "$work/victim")" ""
done
finish
