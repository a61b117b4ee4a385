#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Limits that hold, in a control group handed to the user (run by limits_uml.sh in a second kernel). Each limit is met,
# and each number is compared with the kernel's own file.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/../lib.sh"

root=/sys/fs/cgroup
handed=$root/user
net=(--network none)

group_of() { sed -n 's/^0:://p' "/proc/$(coracle inspect -f '{{.State.Pid}}' "$1")/cgroup"; }
file_of() { cat "$root$(group_of "$1")/$2"; }
key_of() { sed -n "s/^$3 //p" "$root$(group_of "$1")/$2"; }
groups_left() { find "$handed" -mindepth 1 -type d ! -name session | wc -l; }
no_group_left() { [ "$(groups_left)" = 0 ]; }

"${cli[@]}" events --since 1h >"$work/events" 2>/dev/null &
helpers+=($!)

# --- where a container is
check "a container without limits has a group of its own" coracle run -d --name plain "${net[@]}" welcome \
    tail -f /dev/null
like "below what was handed to the user" "$(group_of plain)" '^/user/coracle-[0-9a-f]{64}$'
is "and sees it as the root" "$(coracle exec plain cat /proc/self/cgroup)" "0::/"
like "its view is the group itself" "$(coracle exec plain cat /sys/fs/cgroup/cgroup.procs)" '(^|[^0-9])1$'
exits 1 "which is read-only" coracle exec plain sh -c 'echo max >/sys/fs/cgroup/memory.max'
is "a fork bomb is bounded by default" "$(file_of plain pids.max)" 2048
total=$(awk '/^MemTotal:/ {print $2 * 1024}' /proc/meminfo)
is "memory, too: a quarter is kept for the desktop" "$(file_of plain memory.high)" \
    $(((total - total / 4) / 4096 * 4096))
is "which kills nobody" "$(file_of plain memory.max)" max
check "update -m" coracle update -m 600m plain
is "lifts it" "$(file_of plain memory.high)/$(file_of plain memory.max)" max/$((600 << 20))
is "a limit that was asked for is the only one" \
    "$(coracle run --rm "${net[@]}" -m 64m welcome cat /sys/fs/cgroup/memory.high)" max
is "as is none" "$(coracle run --rm "${net[@]}" -m -1 welcome cat /sys/fs/cgroup/memory.high)" max
# Who was in it before may be there until its parent has looked.
two_processes() { [ "$(coracle exec plain cat /sys/fs/cgroup/pids.current)" = 2 ]; }
check "an exec is in the same group" eventually 60 two_processes
check "rm -f" coracle rm -f plain
check "removes the group" eventually 60 no_group_left

# --- memory
exits 137 "what takes more memory than --memory is killed" \
    coracle run --name hungry "${net[@]}" -m 32m --memory-swap 32m welcome tail /dev/zero
is "inspect says why" "$(coracle inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}}' hungry)" "true 137"
is "and what was asked" \
    "$(coracle inspect -f '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}' hungry)" "33554432 33554432"
check "there is an event oom" eventually 60 grep -q 'container oom .*name=hungry' "$work/events"
check "rm" coracle rm hungry
check "a kill that the container outlives is told, too" coracle run --name survivor "${net[@]}" -m 32m welcome \
    sh -c 'tail /dev/zero; exit 0'
is "by inspect" "$(coracle inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}}' survivor)" "true 0"
check "rm" coracle rm survivor
# The user has no inotify instance left, as with more than 128 programs that watch files.
python3 -c '
import ctypes, signal
libc = ctypes.CDLL(None)
while libc.inotify_init() >= 0:
    pass
print("full", flush=True)
signal.pause()' >"$work/full" &
full=$!
check "no inotify instance is left" eventually 60 grep -q full "$work/full"
check "a container starts all the same" coracle run -d --name crowded "${net[@]}" -m 32m welcome \
    sh -c 'tail /dev/zero; exec tail -f /dev/null'
check "and its kill is told when it happens" eventually 60 grep -q 'container oom .*name=crowded' "$work/events"
kill "$full"
check "rm" coracle rm -f crowded
check "a container below its limit is left alone" coracle run --name modest "${net[@]}" -m 64m welcome \
    sh -c 'head -c 8000000 /dev/zero | tail -c 8000000 >/dev/null'
is "and was not killed" "$(coracle inspect -f '{{.State.OOMKilled}}' modest)" false
check "rm" coracle rm modest

# --- processes
check "a fork bomb" coracle run -d --name bomb "${net[@]}" --pids-limit 20 welcome \
    sh -c '(while :; do tail -f /dev/null & done) 2>/dev/null; exec tail -f /dev/null'
bomb_refused() { [ "$(key_of bomb pids.events max)" -ge 1 ]; }
check "is refused by the kernel" eventually 60 bomb_refused
like "at --pids-limit" "$(file_of bomb pids.current)" '^(19|20)$'
is "which is what the kernel has" "$(file_of bomb pids.max)" 20
check "rm" coracle rm -f bomb

# --- processor
check "a busy container" coracle run -d --name busy "${net[@]}" --cpus 0.25 --cpu-shares 512 welcome \
    sh -c 'while :; do :; done'
is "has its quota in the kernel's file" "$(file_of busy cpu.max)" "25000 100000"
is "and its shares as a weight" "$(file_of busy cpu.weight)" 59
# A quarter of the time of the periods that have passed, whatever clock the host has: both are the kernel's counts.
periods_passed() { [ "$(key_of busy cpu.stat nr_periods)" -ge 40 ]; }
check "is throttled" eventually 60 periods_passed
file_of busy cpu.stat >"$work/cpu.stat" # all of one moment
read -r usage periods throttled < <(awk '{ of[$1] = $2 } END { print of["usage_usec"], of["nr_periods"],
    of["nr_throttled"] }' "$work/cpu.stat")
share=$((usage / periods)) # microseconds in each 100,000
if [ "$share" -ge 15000 ] && [ "$share" -le 32000 ] && [ "$throttled" -ge $((periods / 2)) ]; then
    ok "and stays at a quarter of a processor"
else
    not_ok "and stays at a quarter of a processor" "$share of 100000, throttled in $throttled of $periods periods"
fi

# --- a disk
check "a container on a slow disk" coracle run -d --name slow "${net[@]}" --device /dev/ubda \
    --device-read-bps /dev/ubda:1mb --device-write-iops /dev/ubda:100 welcome tail -f /dev/null
is "has its rates in the kernel's file" "$(file_of slow io.max)" "98:0 rbps=1048576 wbps=max riops=max wiops=100"
begin=$(date +%s%N)
check "reading from it" coracle exec slow dd if=/dev/ubda of=/dev/null bs=64k count=48 iflag=direct
took=$((($(date +%s%N) - begin) / 1000000))
if [ "$took" -ge 2000 ]; then
    ok "is as slow as asked"
else
    not_ok "is as slow as asked" "3 MB in $took ms"
fi
like "and counted" "$(file_of slow io.stat)" '^98:0 rbytes=3145728 '
# The host may have halted this kernel meanwhile: then once more.
faster() {
    local begin
    begin=$(date +%s%N)
    coracle run --rm "${net[@]}" --device /dev/ubda welcome dd if=/dev/ubda of=/dev/null bs=64k count=48 iflag=direct &&
        [ $((($(date +%s%N) - begin) / 1000000)) -lt "$took" ]
}
check "without a limit it is faster" eventually 60 faster
refused 125 "what is no disk has no rate" 'is not a block device' \
    coracle run --rm "${net[@]}" --device-read-bps /dev/null:1mb welcome true
check "rm" coracle rm -f slow

# --- stats agree with the kernel's files
check "stats" coracle stats --no-stream --format '{{.PIDs}} {{.CPUPerc}} {{.MemUsage}}' busy
is "counts the same processes" "${out%% *}" "$(file_of busy pids.current)"
# It looks twice, a second apart by the clock: what halts it at one of the two moments changes the share.
a_quarter() { coracle stats --no-stream --format '{{.CPUPerc}}' busy | grep -qE '^(1[5-9]|2[0-9]|3[0-5])\.'; }
check "and a quarter of a processor" eventually 60 a_quarter
coracle stats --no-stream --format json >"$work/stats.json"
like "as documents, too" "$(cat "$work/stats.json")" '"Name":"busy"'
before=$(key_of busy cpu.stat usage_usec)
capture "$CORACLE_BIN/coracle-runtime" --root "$run_dir/runtime" events --stats \
    "$(coracle inspect -f '{{.Id}}' busy)"
after=$(key_of busy cpu.stat usage_usec)
total=$(python3 -c 'import json, sys; print(json.load(sys.stdin)["data"]["cpu"]["usage"]["total"] // 1000)' <<<"$out")
if [ "$before" -le "$total" ] && [ "$total" -le "$after" ]; then
    ok "the runtime's events --stats agree with cpu.stat"
else
    not_ok "the runtime's events --stats agree with cpu.stat" "$before $total $after"
fi

# --- pause
check "pause" coracle pause busy
is "is shown" "$(coracle inspect -f '{{.State.Status}} {{.State.Paused}} {{.State.Running}}' busy)" "paused true true"
is "as the kernel has it" "$(key_of busy cgroup.events frozen)" 1
usage=$(key_of busy cpu.stat usage_usec)
coracle ps >/dev/null # work for somebody else
is "nothing runs meanwhile" "$(key_of busy cpu.stat usage_usec)" "$usage"
refused 1 "a paused container is not paused again" 'paused already' coracle pause busy
refused 1 "and nothing is started in it" 'paused' coracle exec busy true
check "unpause" coracle unpause busy
more_usage() { [ "$(key_of busy cpu.stat usage_usec)" -gt "$usage" ]; }
check "lets it go on" eventually 60 more_usage
refused 1 "only once" 'not paused' coracle unpause busy
names_of() { coracle ps --filter "status=$1" --format '{{.Names}}' | sort | xargs; }
frozen() { echo "$(key_of busy cgroup.events frozen)$(key_of calm cgroup.events frozen)"; }
check "a second container" coracle run -d --name calm "${net[@]}" welcome tail -f /dev/null
check "pause --all" coracle pause --all
is "holds every one" "$(names_of paused)" "busy calm"
is "by the kernel" "$(frozen)" 11
check "unpause --all" coracle unpause --all
is "lets all go on" "$(names_of paused)/$(names_of running)" "/busy calm"
is "by the kernel" "$(frozen)" 00
check "rm" coracle rm -f calm
check "pause" coracle pause busy
check "a paused container can be stopped" coracle stop -t 1 busy
check "rm" coracle rm busy

# --- update
check "a container with limits" coracle run -d --name changing "${net[@]}" -m 64m --pids-limit 50 welcome \
    tail -f /dev/null
is "memory" "$(file_of changing memory.max)" $((64 << 20))
check "update" coracle update -m 128m --pids-limit 70 --cpus 0.5 changing
is "changes memory of the running container" "$(file_of changing memory.max)" $((128 << 20))
is "processes" "$(file_of changing pids.max)" 70
is "processor time" "$(file_of changing cpu.max)" "50000 100000"
is "and what inspect says" \
    "$(coracle inspect -f '{{.HostConfig.Memory}} {{.HostConfig.PidsLimit}} {{.HostConfig.NanoCpus}}' changing)" \
    "134217728 70 500000000"
refused 1 "what cannot be is refused" 'below' coracle update --memory-swap 64m changing
is "and changes nothing" "$(file_of changing memory.max)" $((128 << 20))
check "update of the other limits" coracle update --memory-reservation 32m --cpu-shares 512 changing
is "reservation" "$(file_of changing memory.low)" $((32 << 20))
is "shares are a weight" "$(file_of changing cpu.weight)" 59
check "update of the quota" coracle update --cpu-period 50000 --cpu-quota 10000 changing
is "which replaces --cpus" "$(file_of changing cpu.max)" "10000 50000"
refused 1 "update of what this kernel does not have" "cpuset" coracle update --cpuset-cpus 0 changing
refused 1 "nor memory nodes" "cpuset" coracle update --cpuset-mems 0 changing
check "weight of disks" coracle update --blkio-weight 500 changing
like "is the kernel's, or told to have no effect" "$(file_of changing io.weight 2>/dev/null)$err" \
    '4950|weights of disks have no effect'
check "restart" coracle restart -t 0 changing
is "keeps the new limit" "$(file_of changing memory.max)" $((128 << 20))
check "a limit is lifted" coracle update -m -1 --memory-swap -1 --memory-reservation -1 --pids-limit -1 changing
is "no memory is limited" "$(file_of changing memory.max)" max
is "nor are processes" "$(file_of changing pids.max)" max
is "and nothing is kept of it" \
    "$(coracle inspect -f '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}' changing)" "0 0"
check "update of a stopped container" coracle stop -t 0 changing
check "is for the next start" coracle update --pids-limit 33 changing
check "start" coracle start changing
is "which has it" "$(file_of changing pids.max)" 33
check "rm -f" coracle rm -f changing

# --- the rest of the flags
check "--pids-limit -1" coracle run --rm "${net[@]}" --pids-limit -1 welcome cat /sys/fs/cgroup/pids.max
is "is no limit" "$out" max
check "reservation, oom score, ulimit, shm" coracle run --rm "${net[@]}" --memory-reservation 16m --oom-score-adj 200 \
    --ulimit nofile=100:200 --shm-size 1m --sysctl net.ipv4.ip_forward=1 welcome sh -c \
    'cat /sys/fs/cgroup/memory.low /proc/self/oom_score_adj; ulimit -n; df -k /dev/shm | tail -n 1 | awk "{print \$2}"
     cat /proc/sys/net/ipv4/ip_forward'
is "all reach the container" "$out" $'16777216\n200\n100\n1024\n1'
check "weight of disks" coracle run --rm "${net[@]}" --blkio-weight 500 welcome \
    sh -c 'cat /sys/fs/cgroup/io.weight /sys/fs/cgroup/io.bfq.weight 2>/dev/null; exit 0'
like "is the kernel's, or told to have no effect" "$out$err" '4950|500|weights of disks have no effect'
refused 125 "cpuset, which this kernel does not have" "cpuset.*(switched off|not built)" \
    coracle run --rm "${net[@]}" --cpuset-cpus 0 welcome true
refused 125 "nor memory nodes" "cpuset.*(switched off|not built)" \
    coracle run --rm "${net[@]}" --cpuset-mems 0 welcome true
is "a quota beside a period" "$(coracle run --rm "${net[@]}" --cpu-period 50000 --cpu-quota 20000 welcome \
    cat /sys/fs/cgroup/cpu.max)" "20000 50000"
mkdir -p "$work/huge/rootfs"
check "a bundle" "$CORACLE_BIN/coracle-runtime" spec --bundle "$work/huge"
python3 - "$work/huge/config.json" <<'END'
import json, sys
with open(sys.argv[1], "r+", encoding="utf-8") as file:
    config = json.load(file)
    config["process"]["terminal"] = False
    config["linux"].setdefault("resources", {})["hugepageLimits"] = [{"pageSize": "2MB", "limit": 0}]
    file.seek(0)
    file.truncate()
    json.dump(config, file)
END
refused 1 "huge pages, which this kernel does not have" \
    "limit 'hugetlb.2MB.max' cannot be held: controller 'hugetlb'.*(switched off|not built)" \
    "$CORACLE_BIN/coracle-runtime" --root "$run_dir/runtime" run --bundle "$work/huge" huge
check "what version 2 does not have is told" coracle run --rm "${net[@]}" --memory-swappiness 10 welcome true
like "in a warning" "$err" 'memory-swappiness.*no effect'
check "--cgroup-parent" coracle run --rm "${net[@]}" --cgroup-parent team/a -m 32m welcome true
refused 125 "which cannot lead out" 'leads out' coracle run --rm "${net[@]}" --cgroup-parent ../../x -m 32m welcome true
check "--cgroupns host" coracle run --rm "${net[@]}" --cgroupns host welcome cat /proc/self/cgroup
like "shows the whole path" "$out" '^0::/user/coracle-'

# --- a container that divides its own group
check "a writable group" coracle run --rm "${net[@]}" -m 64m --security-opt writable-cgroups=true welcome sh -c \
    'mkdir /sys/fs/cgroup/a && echo 0 >/sys/fs/cgroup/a/cgroup.procs && cat /proc/self/cgroup'
is "has groups below it" "$out" "0::/a"
exits 1 "its own limit stays out of reach" coracle run --rm "${net[@]}" -m 64m \
    --security-opt writable-cgroups=true welcome sh -c 'echo 64000000000 >/sys/fs/cgroup/../memory.max'

# --- what the doctor says
check "doctor" coracle doctor --json
like "knows what can be held" "$out" 'can be held: cpu, io, memory, pids'
check "info" coracle info -f '{{.MemoryLimit}} {{.PidsLimit}} {{.CPUSet}}'
is "too" "$out" "true true false"
stop_helpers
check "no control group is left" eventually 60 no_group_left
finish
