#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The verbs of coracle-runtime that need a control group, on a bundle of another engine (run by limits_uml.sh in a
# second kernel): update, pause, resume, exec in a paused container, events, ps, and limits of the bundle itself.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/../lib.sh"

runtime=("$CORACLE_BIN/coracle-runtime" --root "$work/runtime")
bundle=$work/bundle
mkdir -p "$bundle/rootfs/bin"
cp /bin/busybox "$bundle/rootfs/bin/busybox"
for applet in sh sleep cat tail dd true; do
    ln -s busybox "$bundle/rootfs/bin/$applet"
done
check "spec" "${runtime[@]}" spec --bundle "$bundle"

# configure JSON: the resources and the words of the program.
configure() {
    python3 - "$bundle/config.json" "$1" "${@:2}" <<'PYTHON'
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    config = json.load(file)
config["process"].update(terminal=False, args=sys.argv[3:])
config["linux"]["resources"] = json.loads(sys.argv[2])
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(config, file)
PYTHON
}
file_of() { cat "/sys/fs/cgroup/$(head -n 1 "$work/runtime/one/cgroup")/$1"; }
status_of() { "${runtime[@]}" state one | sed -n 's/.*"status": "\(.*\)".*/\1/p'; }

# --- limits of the bundle
configure '{"memory": {"limit": 67108864}, "pids": {"limit": 20}, "cpu": {"quota": 50000, "period": 100000}}' \
    tail -f /dev/null
check "create" "${runtime[@]}" create --bundle "$bundle" one
check "start" "${runtime[@]}" start one
is "its limits are the bundle's" "$(file_of memory.max) $(file_of pids.max) $(file_of cpu.max)" \
    "67108864 20 50000 100000"

# --- update
check "update by options, sizes with a unit" "${runtime[@]}" update --memory 96m --pids-limit 30 one
is "is what the kernel has" "$(file_of memory.max) $(file_of pids.max) $(file_of cpu.max)" \
    "100663296 30 50000 100000"
echo '{"memory": {"limit": 134217728}, "cpu": {"quota": 20000}}' >"$work/resources.json"
check "update by a file" "${runtime[@]}" update --resources "$work/resources.json" one
is "changes what is in it" "$(file_of memory.max) $(file_of pids.max) $(file_of cpu.max)" \
    "134217728 30 20000 100000"
check "an option stands above the file" "${runtime[@]}" update -r "$work/resources.json" --memory 1g one
is "and is what counts" "$(file_of memory.max)" 1073741824
check "no limit" "${runtime[@]}" update --memory -1 --pids-limit -1 one
is "is none" "$(file_of memory.max) $(file_of pids.max)" "max max"
refused 1 "a limit of version 1 alone" 'version 2 of control groups' "${runtime[@]}" update --cpu-rt-runtime 5000 one
echo '{"cpu": 5}' >"$work/resources.json"
refused 1 "a document of another form" "'cpu' is not an object" "${runtime[@]}" update -r "$work/resources.json" \
    --cpu-quota 5000 one
is "changes nothing" "$(file_of cpu.max)" "20000 100000"

# --- pause and exec
check "pause" "${runtime[@]}" pause one
is "is shown" "$(status_of)" paused
refused 1 "only once" 'is paused' "${runtime[@]}" pause one
refused 1 "exec in it is refused" 'is paused' "${runtime[@]}" exec one true
"${runtime[@]}" exec --ignore-paused one sh -c 'echo later; exit 6' >"$work/later" &
waiting=$!
check "the paused one shows in ps" "${runtime[@]}" ps one
check "resume" "${runtime[@]}" resume one
wait "$waiting"
is "exec --ignore-paused waited for that" "$? $(cat "$work/later")" "6 later"
is "it runs" "$(status_of)" running
refused 1 "resume of what runs" 'is running' "${runtime[@]}" resume one
check "a paused one" "${runtime[@]}" pause one
check "can be deleted by force" "${runtime[@]}" delete --force one
check "and is gone" test ! -e "$work/runtime/one"

# --- a process above the limit of memory
configure '{"memory": {"limit": 16777216, "swap": 16777216}}' \
    sh -c 'dd if=/dev/zero of=/dev/null bs=64M count=1; echo $?'
capture "${runtime[@]}" run --bundle "$bundle" one
like "is killed" "$out$err" '137|Killed|exhausted'
configure '{}' tail -f /dev/null
check "another" "${runtime[@]}" run --detach --bundle "$bundle" one
check "events --stats" "${runtime[@]}" events --stats one
capture "${runtime[@]}" events --stats one
like "is the kernel's count" "$out" "\"pids\":{\"current\":$(file_of pids.current),"
check "kill --all" "${runtime[@]}" kill --all one KILL
stopped() { [ "$(status_of)" = stopped ]; }
check "ends it" eventually 60 stopped
refused 1 "update of what has ended" 'not running' "${runtime[@]}" update --memory 10m one
refused 1 "pause of what has ended" 'is stopped' "${runtime[@]}" pause one
check "delete" "${runtime[@]}" delete one
is "no group is left" "$(find /sys/fs/cgroup/user -name '*one*')" ""
finish
