#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Volumes, bind mounts and tmpfs.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

mkdir "$work/shared"
echo outside >"$work/shared/file"
check "a bind mount shows the folder" coracle run --rm -v "$work/shared:/data" welcome cat /data/file
is "with its content" "$out" outside
check "root inside writes into it" coracle run --rm -v "$work/shared:/data" welcome sh -c 'echo new >/data/new'
is "and the file belongs to the user outside" "$(stat -c %u "$work/shared/new")" "$(id -u)"
exits 1 "a read-only bind mount refuses" coracle run --rm -v "$work/shared:/data:ro" welcome touch /data/file
like "because it is read only" "$err" 'Read-only'
refused 125 "a source that is missing" "$work/nothing" coracle run --rm -v "$work/nothing:/data" welcome true
refused 125 "a target that is relative" 'data' coracle run --rm -v "$work/shared:data" welcome true
check "a single file can be mounted" coracle run --rm -v "$work/shared/file:/etc/one:ro" welcome cat /etc/one
is "and read" "$out" outside

check "volume create" coracle volume create site
is "prints the name" "$out" site
check "a new volume is filled from the image" coracle run --rm -v site:/etc welcome sh -c 'echo kept >/etc/kept'
check "another container sees both" coracle run --rm -v site:/data welcome cat /data/kept /data/os-release
like "the file" "$out" '^kept'
like "and what was copied from the image" "$out" 'coracle-welcome'
check "volume ls" coracle volume ls
like "lists it" "$out" 'site'
check "volume inspect" coracle volume inspect site
mountpoint=$(python3 -c 'import json, sys; print(json.loads(sys.argv[1])[0]["Mountpoint"])' "$out")
is "names its folder, which the user can read" "$(cat "$mountpoint/kept")" kept
check "a volume that does not exist is made" coracle run -d --name user -v fresh:/data welcome tail -f /dev/null
refused 1 "volume rm refuses one in use" 'user|use' coracle volume rm fresh
check "rm -f" coracle rm -f user
check "then it goes" coracle volume rm fresh
check "volume rm" coracle volume rm site
refused 1 "volume rm of what is gone" 'site' coracle volume rm site

check "an anonymous volume" coracle run --name anonymous -v /data welcome touch /data/file
check "is listed" coracle volume ls -q
like "under an id" "$out" '^[0-9a-f]{64}$'
check "rm -v takes it along" coracle rm -v anonymous
check "volume ls" coracle volume ls -q
is "is empty" "$out" ""
check "run --rm with an anonymous volume" coracle run --rm -v /data welcome true
check "volume ls" coracle volume ls -q
is "is empty again" "$out" ""

check "--tmpfs with a size" coracle run --rm --tmpfs /scratch:size=64k welcome sh -c 'df -k /scratch | tail -n 1'
like "has it" "$out" ' 64 '
finish
