#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Attacks on the way into a container: leaked descriptors, replaced devices and mount points, looks at a process that is
# on its way in, an environment that leaks.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns registry

tools=$(cd "$CORACLE_BIN/../tests/bin" && pwd)
mkdir "$work/victim"
echo good >"$work/victim/file"
victim_is() { (cd "$work/victim" && find . -printf '%p %m %s %y\n' | sort); }
before=$(victim_is)
"$CORACLE_SOURCE/tests/support/make_hostile" "$work/images" "$work/victim"
start_registry "$work/registry"
for name in devicelinks runlink; do
    push_from "$work/images:$name" "$name"
    coracle pull -q "$registry_address/$name" >/dev/null || bail "pull of $name"
done

# --- C2: a descriptor of the computer's as the working directory (CVE-2024-21626)
entered=""
for number in 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    capture coracle run --rm --network none -w "/proc/self/fd/$number" welcome sh -c 'pwd; ls -A ..; ls -A ../../..'
    [ "$status" != 0 ] || entered="$entered $number:$out"
done
is "no descriptor can be entered" "$entered" ""
check "exec, too" coracle run -d --name target --network none welcome tail -f /dev/null
for number in 3 4 5 6 7 8 9 10 11 12; do
    capture coracle exec -w "/proc/self/fd/$number" target sh -c 'ls -A ..'
    [ "$status" != 0 ] || entered="$entered $number:$out"
done
is "enters none" "$entered" ""
is "and inherits none" "$(coracle exec target sh -c 'ls /proc/self/fd | tr "\n" " "')" "0 1 2 3 "
check "rm" coracle rm -f target

# --- C3, C4: the image's own null, console, pts (CVE-2025-31133, CVE-2025-52565)
pattern=$(cat /proc/sys/kernel/core_pattern)
image=$registry_address/devicelinks
devices=("${cli[@]}" run --rm --network none "$image" /bin/busybox)
check "an image with links for devices" "${devices[@]}" stat -c %t:%T /proc/kallsyms
is "hidden files are the null device" "$out" 1:3
check "a hidden file" "${devices[@]}" sh -c \
    'echo evil >/proc/kallsyms; /bin/busybox cat /proc/kallsyms'
is "takes what is written and gives nothing" "$out" ""
is "the computer's core_pattern is as it was" "$(cat /proc/sys/kernel/core_pattern)" "$pattern"
look='/bin/busybox stat -c %t /dev/console; /bin/busybox tty'
out=$(script -qec "${cli[*]} run --rm -t --network none $image /bin/busybox sh -c '$look'" /dev/null </dev/null |
    tr -d '\r')
is "the console is a terminal of the container's own" "$out" $'88\n/dev/pts/0'
capture coracle run --rm --network none -v "$work/home:/run/x" "$registry_address/runlink" /bin/busybox ls -A /run/x
is "nothing reached the link's target" "$(victim_is)" "$before"

# --- C5: what the runtime writes to proc goes to the kernel's proc or nowhere (CVE-2025-52881)
capture coracle run --rm --network none --tmpfs /proc welcome true
like "a tmpfs in place of /proc is refused, or shows none of it ($status)" "$status" '^(0|125|126|127)$'
capture coracle run --rm --network none -v "$work/victim:/proc" welcome true
is "a folder in place of /proc is not written to" "$(victim_is)" "$before"

# --- C6: with the user unmapped the same image meets a second wall
check "nomap" coracle run --rm --userns nomap --network none -v "$work/victim:/v" welcome \
    sh -c 'touch /v/x 2>/dev/null; ls /v'
is "leaves the folder alone" "$(victim_is)" "$before"

# --- C7, C8: a container exchanges a folder with a link while others mount into it (CVE-2021-30465, CVE-2024-45310)
coracle volume create racy >/dev/null
coracle run --rm --network none -v racy:/r welcome sh -c \
    "mkdir -p /r/a/b && ln -s $work/victim /r/link && ln -s ../../../../../../../..$work/victim /r/up"
check "a racer" coracle run -d --name racer --network none -v racy:/r -v "$tools:/t:ro,exec" welcome \
    sh -c '/t/probe exchange /r/a /r/link 1000000000000 & /t/probe exchange /r/a /r/up 1000000000000'
for round in $(seq 25); do
    capture coracle run --rm --network none -v racy:/r -v "$work/home:/r/a/b" welcome true
    capture coracle run --rm --network none -v racy:/r -v "$work/home:/r/a/new$round/deep" welcome true
done
is "the racer raced to the end" "$(coracle inspect -f '{{.State.Status}}' racer)" running
is "nothing outside was made, mounted or changed" "$(victim_is)" "$before"
unlike "no mount is there" "$(cat /proc/self/mountinfo)" "$work/victim"
check "rm" coracle rm -f racer
check "volume rm" coracle volume rm racy

# --- C9: looking into a process that joins (CVE-2016-9962)
check "a spy" coracle run -d --name spy --network none --cap-add SYS_PTRACE -v "$tools:/t:ro,exec" welcome \
    sh -c '/t/probe snoop 1000; exec tail -f /dev/null'
for round in $(seq 300); do
    coracle exec spy true
    [ -z "$(coracle logs spy)" ] || break
done
is "looks a thousand times at processes on their way in, and sees none" "$(coracle logs spy)" "seen 0"
check "rm" coracle rm -f spy

# --- C15: the environment of who starts it
export SECRET_CANARY=canary HTTP_PROXY=http://canary:1 https_proxy=http://canary:2
check "run" coracle run -d --name clean --network none welcome tail -f /dev/null
unlike "does not pass the environment on" "$(coracle exec clean cat /proc/1/environ | tr '\0' '\n')" 'canary'
unlike "nor does exec" "$(coracle exec clean env)" 'canary'
check "rm" coracle rm -f clean
unset SECRET_CANARY HTTP_PROXY https_proxy

# --- D7: no core dump of a container reaches the handler of the computer
check "core files" coracle run --rm --network none welcome sh -c 'ulimit -c; ulimit -H -c'
is "are limited to nothing" "$out" $'0\n0'
finish
