#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The controllers that user-mode-linux was built without: processors, memory nodes, huge pages. By hand:
#   tests/support/qemu/boot 900 delegated $PWD/tests/functional/uml/limits_all.sh
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/../lib.sh"

root=/sys/fs/cgroup
net=(--network none)
file_of() { cat "$root$(sed -n 's/^0:://p' "/proc/$(coracle inspect -f '{{.State.Pid}}' "$1")/cgroup")/$2"; }

for name in cpuset hugetlb; do
    check "this kernel has $name" grep -qw $name $root/user/cgroup.controllers
done

# --- processors and memory nodes
allowed=(sed -n 's/^\(Cpus\|Mems\)_allowed_list:\t//p' /proc/self/status)
is "without limits a container may use each processor" \
    "$(coracle run --rm "${net[@]}" welcome "${allowed[@]}" | head -n 1)" 0-1
is "--cpuset-cpus" "$(coracle run --rm "${net[@]}" --cpuset-cpus 1 welcome "${allowed[@]}" | head -n 1)" 1
is "which nproc knows" "$(coracle run --rm "${net[@]}" --cpuset-cpus 1 welcome nproc)" 1
is "--cpuset-mems" "$(coracle run --rm "${net[@]}" --cpuset-mems 0 welcome "${allowed[@]}" | tail -n 1)" 0
refused 125 "a processor that is not there" "7 is not available" \
    coracle run --rm "${net[@]}" --cpuset-cpus 7 welcome true
refused 125 "a memory node that is not there" "3 is not available" \
    coracle run --rm "${net[@]}" --cpuset-mems 3 welcome true
refused 125 "what is no list" "not of the form" coracle run --rm "${net[@]}" --cpuset-cpus 1-0 welcome true
check "a container" coracle run -d --name one "${net[@]}" --cpuset-cpus 0 --cpuset-mems 0 welcome tail -f /dev/null
is "is on its processor" "$(file_of one cpuset.cpus.effective)/$(file_of one cpuset.mems.effective)" 0/0
is "inspect" "$(coracle inspect -f '{{.HostConfig.CpusetCpus}} {{.HostConfig.CpusetMems}}' one)" "0 0"
check "update" coracle update --cpuset-cpus 0-1 one
is "moves it" "$(file_of one cpuset.cpus.effective)" 0-1
is "so that exec knows" "$(coracle exec one nproc)" 2
refused 1 "update to what is not there" "cpuset" coracle update --cpuset-cpus 5 one
is "changes nothing" "$(file_of one cpuset.cpus.effective)" 0-1
check "restart" coracle restart -t 0 one
is "keeps it" "$(file_of one cpuset.cpus)" 0-1
check "rm -f" coracle rm -f one
check "info" coracle info -f '{{.CPUSet}}'
is "knows" "$out" true
check "doctor" coracle doctor --json
like "too" "$out" 'can be held: cpu, cpuset, io, memory, pids'

# --- huge pages: a bundle with this computer's python, which maps one
bundle=$work/huge
mkdir -p "$bundle/rootfs"
check "a bundle" "$CORACLE_BIN/coracle-runtime" spec --bundle "$bundle"
limit_to() {
    python3 - "$bundle/config.json" "$1" <<'END'
import json, os, sys
with open(sys.argv[1], "r+", encoding="utf-8") as file:
    config = json.load(file)
    config["process"]["terminal"] = False
    config["process"]["args"] = ["/usr/bin/python3", "-c", """
import mmap
page = mmap.mmap(-1, 2 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40000)
page[0] = 1
print("mapped", flush=True)
"""]
    config["mounts"] = [mount for mount in config["mounts"] if mount["destination"] not in ("/usr", "/lib", "/lib64")]
    for folder in "/usr", "/lib", "/lib64", "/bin":
        config["mounts"].append({"destination": folder, "source": os.path.realpath(folder), "type": "bind",
                                 "options": ["rbind", "ro"]})
    config["linux"].setdefault("resources", {})["hugepageLimits"] = [{"pageSize": "2MB", "limit": int(sys.argv[2])}]
    file.seek(0)
    file.truncate()
    json.dump(config, file)
END
}
runtime() { "$CORACLE_BIN/coracle-runtime" --root "$run_dir/runtime" "$@"; }
limit_to $((4 << 20))
capture runtime run --bundle "$bundle" huge
is "a huge page within the limit" "$status $out" "0 mapped"
limit_to 0
capture runtime run --bundle "$bundle" huge
is "and none above it: SIGBUS, as the kernel says" "$status/$out" "135/"
finish
