#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A user manager of systemd: it is asked for a delegated scope, and starts containers at the log-in (run by
# limits_uml.sh in a second kernel).
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/../lib.sh"

net=(--network none)
group_of() { sed -n 's/^0:://p' "/proc/$(coracle inspect -f '{{.State.Pid}}' "$1")/cgroup"; }
scopes() { systemctl --user --no-legend --plain list-units 'coracle-*.scope' | awk '{print $1}'; }
no_scope() { [ -z "$(scopes)" ]; }

check "a container without limits" coracle run -d --name plain "${net[@]}" welcome tail -f /dev/null
check "can be paused" coracle pause plain
check "and go on" coracle unpause plain
check "rm -f" coracle rm -f plain
check "a container with a limit" coracle run -d --name one "${net[@]}" -m 32m welcome tail -f /dev/null
like "is in a scope of the user manager" "$(group_of one)" \
    '/user@[0-9]+\.service/app\.slice/coracle-[0-9]+\.scope/coracle-[0-9a-f]{64}$'
is "which holds the limit" "$(cat "/sys/fs/cgroup$(group_of one)/memory.max")" 33554432
scope=$(scopes)
like "systemd knows it" "$scope" '^coracle-[0-9]+\.scope$'
is "as delegated" "$(systemctl --user show -P Delegate "$scope")" yes
check "a second one, without limits" coracle run -d --name two "${net[@]}" welcome tail -f /dev/null
is "shares the scope" "$(dirname "$(group_of two)")" "$(dirname "$(group_of one)")"
is "and there is still one" "$(scopes)" "$scope"
check "pause" coracle pause two
check "unpause" coracle unpause two
check "exec" coracle exec one cat /proc/self/cgroup
is "is in the container's group" "$out" "0::/"
exits 137 "too much memory" coracle run --name hungry "${net[@]}" -m 32m --memory-swap 32m welcome tail /dev/zero
is "is told" "$(coracle inspect -f '{{.State.OOMKilled}}' hungry)" true
check "rm -f" coracle rm -f one two hungry
folder=/sys/fs/cgroup$(systemctl --user show -P ControlGroup "$scope")
keeper_alone() { [ "$(cd "$folder" && echo coracle-*)" = coracle-keeper ]; }
check "leaves nothing but the keeper" eventually 60 keeper_alone
check "the scope ends with the keeper" stop_keeper
check "and systemd forgets it" eventually 60 no_scope
check "the next container gets another" coracle run --rm "${net[@]}" -m 32m welcome true

# --- another engine's way: a scope by name
bundle=$work/bundle
mkdir -p "$bundle/rootfs/bin"
cp /bin/busybox "$bundle/rootfs/bin/tail"
(cd "$bundle" && "$CORACLE_BIN/coracle-runtime" spec)
python3 - "$bundle/config.json" <<'PYTHON'
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    config = json.load(file)
config["process"].update(terminal=False, args=["/bin/tail", "-f", "/dev/null"])
config["linux"].update(resources={"pids": {"limit": 9}}, cgroupsPath="user.slice:other:one")
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(config, file)
PYTHON
runtime=("$CORACLE_BIN/coracle-runtime" --root "$work/runtime" --systemd-cgroup)
check "run --systemd-cgroup" "${runtime[@]}" run --detach --bundle "$bundle" one
like "makes the scope that the bundle names" "$(systemctl --user list-units --no-legend --plain)" 'other-one\.scope'
is "with the limit" "$(cat "/sys/fs/cgroup/$(head -n 1 "$work/runtime/one/cgroup")/pids.max")" 9
check "delete" "${runtime[@]}" delete --force one
other_gone() { [ -z "$(systemctl --user list-units --no-legend --plain 'other-*.scope')" ]; }
check "removes it" eventually 60 other_gone

# --- containers that come back with the manager, which starts at the first log-in and ends with the last log-out
manager_group=/sys/fs/cgroup$(sed -n 's,^0::\(.*\)/app\.slice/.*,\1,p' /proc/self/cgroup)
unit=coracle-restart.service
log_in() {
    (mkdir -p "$manager_group/init.scope" && echo "$BASHPID" >"$manager_group/init.scope/cgroup.procs" &&
        exec /lib/systemd/systemd --user --log-target=null) &
    manager=$!
    helpers+=("$manager")
    eventually 60 systemctl --user --quiet is-active default.target
}
log_out() {
    systemctl --user exit
    wait "$manager"
}
running() { [ "$(coracle inspect -f '{{.State.Running}}' "$1")" = true ]; }
asked='trap "echo asked to end; exit 3" TERM; while :; do usleep 20000; done'

check "enable-restart" coracle system enable-restart
for policy in always unless-stopped no; do
    coracle run -d --name "$policy" --restart "$policy" "${net[@]}" welcome sh -c "$asked" >/dev/null
done
coracle run -d --name rests --restart unless-stopped "${net[@]}" welcome sh -c "$asked" >/dev/null
check "one is stopped by hand" coracle stop rests
pids=()
for name in always unless-stopped no; do
    pids+=("$(coracle inspect -f '{{.State.Pid}}' "$name")")
    pids+=("$(cut -d' ' -f4 "/proc/${pids[-1]}/stat")")
done
kill -KILL "${pids[@]}" 2>/dev/null
check "the computer goes down" eventually 60 bash -c "! kill -0 ${pids[*]} 2>/dev/null"
rm -rf "$run_dir/containers" "$run_dir/runtime"
systemctl --user exit
manager_gone() { ! systemctl --user --quiet is-active default.target 2>/dev/null; }
check "with its user manager" eventually 60 manager_gone
check "log in" log_in
check "the unit starts" eventually 60 systemctl --user --quiet is-active $unit
check "what ran runs again" running always
check "with each policy" running unless-stopped
exits 1 "but what has none" running no
exits 1 "and what was stopped" running rests
check "their monitors belong to the unit" grep -q "/$unit\$" "/proc/$(cut -d' ' -f4 \
    "/proc/$(coracle inspect -f '{{.State.Pid}}' always)/stat")/cgroup"
check "log out" log_out
exits 1 "ends them" running always
like "in peace" "$(coracle logs always)" 'asked to end'
is "with their exit code" "$(coracle inspect -f '{{.State.ExitCode}}' always)" 3
check "log in again" log_in
check "the unit starts" eventually 60 systemctl --user --quiet is-active $unit
check "they are back" running always
check "disable-restart" coracle system disable-restart
check "leaves running what runs" running always
check "enable-restart" coracle system enable-restart
check "log out" log_out
check "disable-restart, with no manager there" coracle system disable-restart
check "log in" log_in
exits 1 "nothing comes back" running always
check "rm -f" coracle rm -f always unless-stopped no rests
check "log out" log_out
finish
