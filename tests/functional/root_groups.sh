#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A folder that the user may enter through a supplementary group alone is the source of a foreign bundle's mount, both
# where newuidmap makes the container's user namespace and where the kept mirror of the ids does.
# shellcheck source=tests/functional/root_lib.sh
. "$(dirname "$0")/root_lib.sh"
require userns subids overlay seccomp

folder=$work/group
group=$(getent group audio users nogroup | head -n 1 | cut -d: -f3)
install -d -m 0750 -g "$group" "$folder"
install -d -m 0755 "$folder/below"
echo "only for a group" >"$folder/below/file"
with_group=(setpriv --reuid "$CORACLE_TEST_USER" --regid "$(id -g "$CORACLE_TEST_USER")" --groups "$group")

check "without the group" "${as_user[@]}" test ! -e "$folder/below"
check "with the group" "${with_group[@]}" test -e "$folder/below"
check "a foreign bundle has the mount in both ways" \
    "${with_group[@]}" env CORACLE_TEST_GROUP_FOLDER="$folder" TMPDIR="$work" \
    python3 "$here/runtime_mirror.py" Mirror.test_what_a_group_lets_the_user_read_is_mounted
like "and is looked at" "$err" '^OK$'
finish
