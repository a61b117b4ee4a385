#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Hardening profiles and the single options that change them, seen from inside by the probe.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns seccomp

tools=$(cd "$CORACLE_BIN/../tests/bin" && pwd)
run=("${cli[@]}" run --rm --network none -v "$tools:/t:ro,exec")
# field NAME: a field of the probe's report in $out.
field() { python3 -c 'import json, sys; print(json.loads(sys.argv[1])[sys.argv[2]])' "$out" "$1"; }
# tried OPTIONS... -- NAME...: what forbidden calls answer, "name=answer;"
tried() {
    local options=()
    while [ "$1" != -- ]; do
        options+=("$1")
        shift
    done
    shift
    "${run[@]}" "${options[@]}" welcome /t/probe try "$@" 2>&1 | sed 's/ /=/' | tr '\n' ';'
}
denied="Operation not permitted"
absent="Function not implemented"
family="Address family not supported by protocol"

# --- capabilities and no-new-privileges
while read -r profile mask nnp; do
    check "profile $profile" "${run[@]}" --security-opt "profile=$profile" welcome /t/probe
    is "has its capabilities" "$(field CapBnd)" "$mask"
    is "effective for root" "$(field CapEff)" "$mask"
    is "inheritable and ambient: none" "$(field CapInh)$(field CapAmb)" "00000000000000000000000000000000"
    is "no-new-privileges" "$(field NoNewPrivs)" "$nnp"
    is "two filters" "$(field Seccomp)$(field Seccomp_filters)" 22
done <<'END'
default 00000000800405fb 0
docker 00000000a80425fb 0
hardened 00000000000000fb 1
nested 00000000800405fb 0
debug 00000040800c05fb 0
32bit 00000000800405fb 0
END
check "core dumps" "${run[@]}" welcome /t/probe
is "are off" "$(field core)" 0
check "a user that is not root" "${run[@]}" -u 1000:1000 welcome /t/probe
is "has none effective" "$(field CapEff)" 0000000000000000
check "--cap-drop ALL" "${run[@]}" --security-opt profile=docker --cap-drop ALL --cap-add KILL welcome /t/probe
is "works on a profile" "$(field CapBnd)" 0000000000000020
check "no-new-privileges alone" "${run[@]}" --security-opt no-new-privileges welcome /t/probe
is "is set" "$(field NoNewPrivs)" 1
check "and taken back" "${run[@]}" --security-opt profile=hardened \
    --security-opt no-new-privileges:false welcome /t/probe
is "by the single option" "$(field NoNewPrivs)" 0

# --- the default filter
is "default: namespaces" "$(tried -- unshare-user clone-user clone3 setns)" \
    "unshare-user=$denied;clone-user=$denied;clone3=$absent;setns=$denied;"
is "default: mounts, keys" "$(tried -- mount pivot-root keyctl add-key)" \
    "mount=$denied;pivot-root=$denied;keyctl=$denied;add-key=$denied;"
is "default: what kernels are attacked by" "$(tried -- userfaultfd bpf perf io-uring open-by-handle)" \
    "userfaultfd=$denied;bpf=$denied;perf=$denied;io-uring=$absent;open-by-handle=$denied;"
is "default: families of sockets, unknown calls" "$(tried -- vsock alg packet unknown)" \
    "vsock=$family;alg=$family;packet=$family;unknown=$absent;"
is "no capability reopens it" "$(tried --cap-add ALL -- unshare-user mount bpf perf packet)" \
    "unshare-user=$denied;mount=$denied;bpf=$denied;perf=$denied;packet=$family;"
is "default: what programs need" "$(tried -- netlink inet chroot)" \
    "netlink=allowed;inet=allowed;chroot=allowed;"
exits 159 "a 32-bit call ends the program" "${run[@]}" welcome /t/probe try int80

# --- docker
is "docker: packet sockets with its capability" \
    "$(tried --security-opt profile=docker -- packet vsock alg mount unshare-user)" \
    "packet=allowed;vsock=$family;alg=$family;mount=$denied;unshare-user=$denied;"
is "docker: SYS_ADMIN opens what it opens there" \
    "$(tried --security-opt profile=docker --cap-add SYS_ADMIN -- unshare-user bpf keyctl tiocsti)" \
    "unshare-user=allowed;bpf=Invalid argument;keyctl=$denied;tiocsti=$denied;"
for profile in docker 32bit; do
    is "$profile: the other ABI" "$(tried --security-opt profile=$profile -- int80)" "int80=allowed;"
done
is "debug: addresses can be fixed" "$(tried --security-opt profile=debug -- no-randomize mount)" \
    "no-randomize=allowed;mount=$denied;"
is "but not otherwise" "$(tried -- no-randomize)" "no-randomize=$absent;"

# --- nested: a namespace with mounts of its own inside
check "nested: unshare, mount, a proc of its own" "${run[@]}" --security-opt profile=nested welcome \
    unshare -r -m -p -f sh -c 'mount -t proc proc /proc && mount -t tmpfs none /mnt && echo $$ && ls /proc/1/exe'
like "works" "$out" '^1'
exits 1 "and not without it" "${run[@]}" welcome unshare -r true
if command -v bwrap >/dev/null; then
    # bwrap needs its libraries, so it brings the computer's /usr along.
    bwrapped=("${cli[@]}" run --rm --network none -v /usr:/usr:ro -v /lib:/lib:ro -v /lib64:/lib64:ro)
    check "nested: bwrap with everything unshared" "${bwrapped[@]}" --security-opt profile=nested welcome \
        /usr/bin/bwrap --unshare-all --ro-bind / / --proc /proc --dev /dev --tmpfs /tmp sh -c 'echo $$; touch /tmp/x'
    like "runs" "$out" '^[12]$'
fi

# --- --privileged
check "--privileged" "${run[@]}" --privileged welcome /t/probe
is "has all of the namespace" "$(field CapEff)" 000001ffffffffff
is "mounts, and still pushes nothing into the terminal" "$(tried --privileged -- mount tiocsti core-pattern)" \
    "mount=allowed;tiocsti=$denied;core-pattern=Permission denied;"
check "inspect" coracle create --name big --privileged welcome true
is "says so" "$(coracle inspect -f '{{.HostConfig.Privileged}}' big)" true
check "rm" coracle rm big

# --- seccomp=FILE
cat >"$work/profile.json" <<'JSON'
{"defaultAction": "SCMP_ACT_ALLOW",
 "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]}],
 "syscalls": [
  {"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errno": "EBADMSG",
   "excludes": {"caps": ["CAP_SYS_NICE"]}},
  {"names": ["chroot"], "action": "SCMP_ACT_ERRNO", "errnoRet": 28, "includes": {"minKernel": "4.0"}}]}
JSON
own=(--security-opt "seccomp=$work/profile.json")
check "seccomp=FILE" "${run[@]}" "${own[@]}" welcome sh -c 'mkdir /x 2>&1; /t/probe try chroot unshare-user tiocsti'
like "answers by name" "$out" '^mkdir: .*: Bad message$'
is "and by number; the first filter stays" "$(tail -n 3 <<<"$out" | tr '\n' ';')" \
    "chroot No space left on device;unshare-user allowed;tiocsti $denied;"
is "its conditions see the capabilities" \
    "$("${run[@]}" --cap-add SYS_NICE "${own[@]}" welcome sh -c 'mkdir /x && echo made')" made
check "its result is kept" ls "$run_dir"/runtime/.seccomp
like "for the next start" "$out" 'bpf'
(cd "$work" && "${run[@]}" --security-opt seccomp=profile.json welcome true)
is "a relative path is one of here" $? 0
refused 125 "a file that is not there" 'no such file' "${run[@]}" --security-opt seccomp=/no/file welcome true
echo '{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["execve"], "action": "SCMP_ACT_KILL_PROCESS"}]}' \
    >"$work/bad.json"
refused 126 "a profile that ends the start itself" "ended the container.s process .SIGSYS. before its program" \
    "${run[@]}" --security-opt "seccomp=$work/bad.json" welcome true
echo '{"defaultAction": "SCMP_ACT_MAYBE"}' >"$work/bad.json"
refused 125 "an unknown action" "SCMP_ACT_MAYBE" "${run[@]}" --security-opt "seccomp=$work/bad.json" welcome true
echo '{' >"$work/bad.json"
refused 125 "no JSON" "bad.json" "${run[@]}" --security-opt "seccomp=$work/bad.json" welcome true
is "seccomp=unconfined leaves the first filter" \
    "$(tried --security-opt seccomp=unconfined -- unshare-user keyctl tiocsti)" \
    "unshare-user=allowed;keyctl=$denied;tiocsti=$denied;"

# --- masks
check "everything hidden is empty or gone" "${run[@]}" welcome sh -c '
    for f in config.gz interrupts kallsyms kcore keys key-users latency_stats modules sched_debug slabinfo timer_list \
        vmallocinfo; do
        [ ! -e /proc/$f ] || [ "$(head -c 1 /proc/$f 2>/dev/null | wc -c)" = 0 ] || echo "/proc/$f"
    done
    for d in /proc/acpi /proc/scsi /sys/firmware /sys/kernel/debug /sys/kernel/security /sys/kernel/tracing \
        /sys/class/dmi /sys/dev/block /sys/devices/virtual/dmi /sys/devices/virtual/powercap \
        /sys/devices/system/cpu/cpu0/thermal_throttle; do
        [ -z "$(ls -A $d 2>/dev/null)" ] || echo "$d"
    done'
is "each of them" "$out" ""
check "what must not be written" "${run[@]}" --cap-add ALL welcome sh -c '
    for f in /proc/sys/kernel/hostname /proc/sysrq-trigger /proc/irq/default_smp_affinity /sys/class/net/lo/mtu; do
        [ ! -e $f ] || ! ( : >>$f ) 2>/dev/null || echo "$f"
    done'
is "is read-only" "$out" ""
check "mask=" "${run[@]}" --security-opt mask=/etc/passwd:/bin welcome /t/probe try netlink
check "unmask=" "${run[@]}" --security-opt 'unmask=/proc/inter*' welcome sh -c \
    'head -c 1 /proc/interrupts | wc -c; head -c 1 /proc/kallsyms | wc -c'
is "opens what it names" "$out" $'1\n0'
check "systempaths=unconfined" "${run[@]}" --security-opt systempaths=unconfined welcome sh -c \
    'grep -c " /proc/" /proc/self/mountinfo; true'
is "hides nothing" "$out" 0

# --- labels
check "apparmor= without AppArmor" "${run[@]}" \
    --security-opt apparmor=unconfined --security-opt label=disable welcome true
is "says nothing where nothing is asked for" "$err" ""
if [ "$(cat /sys/module/apparmor/parameters/enabled 2>/dev/null)" != Y ]; then
    check "apparmor=NAME without AppArmor" "${run[@]}" --security-opt apparmor=mine welcome true
    like "says that it does nothing" "$err" 'no effect: AppArmor is not active'
fi
refused 125 "an unknown profile" "'strict' is not known" "${run[@]}" --security-opt profile=strict welcome true
refused 125 "profiles that exclude each other" 'does not combine' \
    "${run[@]}" --security-opt profile=docker,nested welcome true

# --- devices and groups
check "--device" "${run[@]}" --device /dev/fuse welcome sh -c 'stat -c %t:%T /dev/fuse; : <>/dev/fuse && echo open'
is "can be opened" "$out" $'a:e5\nopen'
exits 1 "and is not there otherwise" "${run[@]}" welcome test -e /dev/fuse
refused 125 "a device that is not there" 'does not exist' "${run[@]}" --device /dev/nothing welcome true
refused 125 "what is no device" 'not a device' "${run[@]}" --device /etc/passwd welcome true
check "--device with permissions" "${run[@]}" --device /dev/null:/dev/other:r welcome test -c /dev/other
like "says what it cannot hold" "$err" 'cannot be held without root'
check "--group-add" "${run[@]}" --group-add 33 --group-add nogroup -u 5:5 welcome sh -c 'id -G'
like "adds by number and name" "$out" '(^| )33( |$)'
groups_of() { "${run[@]}" "$@" welcome sed -n 's/^Groups:[[:space:]]*//p' /proc/self/status | tr -d ' '; }
is "without keep-groups there is its own alone, and none of the user's" "$(groups_of)" 0
is "as with docker, also of another user" "$(groups_of -u 7:8)" 8
like "keep-groups keeps them, as the map shows them" "$(groups_of --group-add keep-groups)" '^(0|65534)+$'
finish
