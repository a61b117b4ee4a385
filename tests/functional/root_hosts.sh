#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Hosts that lack something: one clear line with a hint, or the poorer mode that works.
# shellcheck source=tests/functional/root_lib.sh
. "$(dirname "$0")/root_lib.sh"
require userns subids

# --- no subordinate ids: one id is enough for most images
for file in /etc/subuid /etc/subgid; do
    : >"$work/empty"
    mount --bind "$work/empty" "$file"
done
check "without subordinate ids a container runs" \
    coracle run --rm --network none welcome sh -c 'id -u; cat /proc/self/uid_map'
like "as root inside" "$out" '^0$'
like "with a map of one id" "$out" '^ +0 +[0-9]+ +1$'
refused 125 "another user cannot be had" 'subordinate|id|map' coracle run --rm --network none -u 33 welcome true
like "the hint says how to get ids" "$err" '^hint: .*(usermod|subuid|subordinate)'
capture coracle doctor
like "the doctor names what is missing" "$out" '[Ss]ubordinate'
show /etc/subuid
show /etc/subgid
check "a fresh start" coracle run --rm --network none welcome true
stop_keeper

# --- no newuidmap
hide /usr/bin/newuidmap
hide /usr/bin/newgidmap
check "without newuidmap a container runs" coracle run --rm --network none welcome id -u
is "as root inside" "$out" 0
capture coracle doctor
like "the doctor names the package" "$out$err" 'uidmap'
show /usr/bin/newuidmap
show /usr/bin/newgidmap
stop_keeper

# --- no /dev/fuse: kernel overlay does it
hide /dev/fuse
check "without /dev/fuse a container runs" coracle run --rm --network none welcome true
capture coracle doctor
like "the doctor says what it is missing for" "$out" '/dev/fuse'
show /dev/fuse

# --- no slirp4netns
hide /usr/bin/slirp4netns
refused 125 "without slirp4netns the default network is refused" 'slirp4netns' coracle run --rm welcome true
like "with a hint" "$err" '^hint: .*slirp4netns'
check "no container is left" coracle ps -aq
is "none" "$out" ""
check "no network needs none" coracle run --rm --network none welcome true
show /usr/bin/slirp4netns
stop_keeper

# --- no user namespaces: a namespace of root's own in which the limit is zero
unshare --user -- tail -f /dev/null &
holder=$!
helpers+=("$holder")
own_namespace() { [ "$(readlink "/proc/$holder/ns/user")" != "$(readlink /proc/self/ns/user)" ]; }
eventually 20 own_namespace || bail "no user namespace for root"
echo '0 0 4294967295' >"/proc/$holder/uid_map"
echo '0 0 4294967295' >"/proc/$holder/gid_map"
nsenter --user --target "$holder" -- sh -c 'echo 0 >/proc/sys/user/max_user_namespaces' ||
    bail "the limit cannot be set"
without_userns() { nsenter --user --target "$holder" -- "${cli[@]}" "$@"; }
refused 125 "without user namespaces nothing can run" 'user namespace' \
    without_userns run --rm --network none welcome true
like "the hint names the setting" "$err" '^hint: .*(max_user_namespaces|sysctl|user namespace)'
capture without_userns doctor
like "the doctor says it" "$out" '[Uu]ser namespace'
check "afterwards all is well" coracle run --rm --network none welcome true
finish
