# SPDX-License-Identifier: Apache-2.0
"""config-linux.md: namespaces, mappings, devices, sysctl, masked paths, personality, propagation of the root."""
import os

from box import NotHere, check, equal, id_maps
from requirements import must

NAMESPACES = "config-linux.md, Namespaces"
DEVICES = "config-linux.md, Devices"
FILES = {"pid": "pid", "network": "net", "mount": "mnt", "ipc": "ipc", "uts": "uts", "user": "user",
         "cgroup": "cgroup", "time": "time"}


def with_namespace(kind, path=None):
    def change(config):
        rest = [n for n in config["linux"]["namespaces"] if n["type"] != kind]
        config["linux"]["namespaces"] = rest + [{"type": kind, **({"path": path} if path else {})}]
    return change


def without_namespace(*kinds):
    def change(config):
        config["linux"]["namespaces"] = [n for n in config["linux"]["namespaces"] if n["type"] not in kinds]
    return change


def linux(**members):
    return lambda config: config["linux"].update(members)


def own(kind):
    return os.readlink(f"/proc/self/ns/{FILES[kind]}")


@must("runtime-linux.md, Dev symbolic links", "/dev has fd, stdin, stdout and stderr")
def dev_links(box):
    text = box.shell("for n in fd stdin stdout stderr; do readlink /dev/$n; done")
    equal(text.split(), ["/proc/self/fd", "/proc/self/fd/0", "/proc/self/fd/1", "/proc/self/fd/2"], "the links")


@must("config-linux.md, Default Devices", "the default devices are there")
def default_devices(box):
    text = box.shell("for d in null zero full random urandom tty; do stat -c %t:%T /dev/$d; done")
    equal(text.split(), ["1:3", "1:5", "1:7", "1:8", "1:9", "5:0"], "the numbers")


@must("config-linux.md, Default Devices", "/dev/ptmx is that of the container's /dev/pts")
def ptmx(box):
    equal(box.shell("stat -L -c %t:%T /dev/ptmx; stat -c %d /dev/pts; stat -L -c %d /dev/ptmx").split()[0], "5:2",
          "the number")


for _kind in ("pid", "network", "mount", "ipc", "uts", "user", "cgroup", "time"):
    @must(NAMESPACES, f"a new {_kind} namespace is new")
    def new_namespace(box, kind=_kind):
        if not os.path.exists(f"/proc/self/ns/{FILES[kind]}"):
            raise NotHere("this kernel has no such namespace")
        text = box.shell(f"readlink /proc/self/ns/{FILES[kind]}", with_namespace(kind))
        check(text and text != own(kind), "it is the runtime's")


for _kind in ("pid", "ipc", "uts", "network", "cgroup"):
    @must(NAMESPACES, f"without a {_kind} namespace the container is in the runtime's")
    def inherited_namespace(box, kind=_kind):
        def change(config):
            without_namespace(kind)(config)
            if kind == "uts":
                config.pop("hostname")
            # Queues can be shown by the owner of their namespace only.
            if kind == "ipc":
                config["mounts"] = [m for m in config["mounts"] if m["type"] != "mqueue"]
        equal(box.shell(f"readlink /proc/self/ns/{FILES[kind]}", change), own(kind), "the namespace")


for _kind in ("network", "ipc", "uts", "pid"):
    @must(NAMESPACES, f"a {_kind} namespace is joined by path, with the user namespace that owns it")
    def joined_namespace(box, kind=_kind):
        pid = box.state(box.running())["pid"]

        def change(config):
            with_namespace("user", f"/proc/{pid}/ns/user")(config)
            with_namespace(kind, f"/proc/{pid}/ns/{FILES[kind]}")(config)
            for member in ("uidMappings", "gidMappings"):
                config["linux"].pop(member)
            if kind == "uts":
                config.pop("hostname")
        text = box.shell(f"readlink /proc/self/ns/{FILES[kind]}", change)
        equal(text, os.readlink(f"/proc/{pid}/ns/{FILES[kind]}"), "the namespace")


@must(NAMESPACES, "a user namespace is joined by path")
def joined_user(box):
    pid = box.state(box.running())["pid"]

    def change(config):
        with_namespace("user", f"/proc/{pid}/ns/user")(config)
        for member in ("uidMappings", "gidMappings"):
            config["linux"].pop(member)
    equal(box.shell("readlink /proc/self/ns/user", change), os.readlink(f"/proc/{pid}/ns/user"), "the namespace")


@must(NAMESPACES, "a path of a namespace of another kind is an error")
def wrong_namespace(box):
    pid = box.state(box.running())["pid"]

    def change(config):
        with_namespace("user", f"/proc/{pid}/ns/user")(config)
        for member in ("uidMappings", "gidMappings"):
            config["linux"].pop(member)
        with_namespace("network", f"/proc/{pid}/ns/uts")(config)
    box.refuses(change)


@must(NAMESPACES, "a path that is no namespace is an error")
def no_namespace(box):
    box.refuses(with_namespace("network", "/etc/passwd"))


@must(NAMESPACES, "a path that does not exist is an error")
def missing_namespace(box):
    box.refuses(with_namespace("network", "/nonexistent"))


@must(NAMESPACES, "a path that is not absolute is an error")
def relative_namespace(box):
    box.refuses(with_namespace("network", "proc/self/ns/net"))


@must(NAMESPACES, "a namespace named twice is an error")
def double_namespace(box):
    box.refuses(lambda c: c["linux"]["namespaces"].append({"type": "ipc"}))


@must(NAMESPACES, "an unknown namespace is an error")
def unknown_namespace(box):
    box.refuses(lambda c: c["linux"]["namespaces"].append({"type": "nosuch"}))


@must("config-linux.md, User namespace mappings", "the mappings are those of the configuration")
def mappings(box):
    lines = box.shell("cat /proc/self/uid_map; cat /proc/self/gid_map").splitlines()
    wanted = [[str(m["containerID"]), str(m["hostID"]), str(m["size"])]
              for kind, number in (("uid", os.getuid()), ("gid", os.getgid())) for m in id_maps(kind, number)]
    equal([line.split() for line in lines], wanted, "the maps")


@must("config-linux.md, User namespace mappings", "mappings that the user may not have are an error")
def mappings_foreign(box):
    box.refuses(linux(uidMappings=[{"containerID": 0, "hostID": 0, "size": 1}],
                      gidMappings=[{"containerID": 0, "hostID": 0, "size": 1}]))


@must("config-linux.md, Offset for Time Namespace", "the clocks of a time namespace are shifted")
def clocks(box):
    def change(config):
        with_namespace("time")(config)
        config["linux"]["timeOffsets"] = {"boottime": {"secs": 1000000, "nanosecs": 0}, "monotonic": {"secs": 500}}
    check(float(box.shell("cut -d' ' -f1 /proc/uptime", change)) > 1000000, "the boot time is not shifted")


@must("config-linux.md, Offset for Time Namespace", "offsets without a new time namespace are an error")
def clocks_alone(box):
    box.refuses(linux(timeOffsets={"boottime": {"secs": 5}}))


def device(path, major=1, minor=3, kind="c", **more):
    return {"path": path, "type": kind, "major": major, "minor": minor, **more}


@must(DEVICES, "a device that is asked for is there")
def device_there(box):
    if not os.path.exists("/dev/fuse"):
        raise NotHere("no /dev/fuse")
    equal(box.shell("stat -c %F:%t:%T /dev/fuse", linux(devices=[device("/dev/fuse", 10, 229)])),
          "character special file:a:e5", "the device")


@must(DEVICES, "a device whose number is not that of the host's is an error")
def device_other(box):
    box.refuses(linux(devices=[device("/dev/fuse", 1, 3)]))


@must(DEVICES, "a default device with another number is an error")
def device_default_other(box):
    box.refuses(linux(devices=[device("/dev/zero", 1, 3)]))


@must(DEVICES, "a file of the root in the place of a device is an error")
def device_occupied(box):
    # The same path on the host and in the container, with a file below a mount of the container's own.
    folder = box.path("occupied")
    os.makedirs(folder, exist_ok=True)
    box.write("occupied/fuse", "not a device")

    def change(config):
        config["mounts"].append({"destination": "/dev/fuse", "type": "bind", "source": folder + "/fuse",
                                 "options": ["rbind"]})
        config["linux"]["devices"] = [device("/dev/fuse", 10, 229)]
    box.refuses(change)


@must(DEVICES, "a device that the host does not have is an error")
def device_missing(box):
    box.refuses(linux(devices=[device("/dev/nosuch", 240, 7)]))


@must(DEVICES, "an unknown type is an error")
def device_type(box):
    box.refuses(linux(devices=[device("/dev/null", kind="x")]))


@must("config-linux.md, Sysctl", "a sysctl of the container's own namespace is set")
def sysctl(box):
    equal(box.shell("cat /proc/sys/net/ipv4/ip_unprivileged_port_start",
                    linux(sysctl={"net.ipv4.ip_unprivileged_port_start": "7"})), "7", "the value")


@must("config-linux.md, Sysctl", "a sysctl of the host is an error")
def sysctl_host(box):
    box.refuses(linux(sysctl={"kernel.core_pattern": "core"}))
    def shared(config):
        without_namespace("network")(config)
        config["linux"]["sysctl"] = {"net.ipv4.ip_unprivileged_port_start": "7"}
    box.refuses(shared)


@must("config-linux.md, Masked Paths", "masked files are empty and masked folders have nothing in them")
def masked(box):
    text = box.shell("wc -c </proc/kallsyms; ls /proc/fs /data/hidden | grep -v : | wc -w; true",
                     lambda c: (c["linux"].update(maskedPaths=["/proc/kallsyms", "/proc/fs", "/data/hidden"]),
                                c["mounts"].append({"destination": "/data/hidden", "type": "tmpfs",
                                                    "source": "tmpfs"}))).split()
    equal(text[:2], ["0", "0"], "bytes and names")


@must("config-linux.md, Masked Paths", "a masked path that is not there is no error")
def masked_missing(box):
    equal(box.shell("echo fine", linux(maskedPaths=["/nosuch"])), "fine", "the output")


@must("config-linux.md, Masked Paths", "a masked path that is not absolute is an error")
def masked_relative(box):
    box.refuses(linux(maskedPaths=["proc/kallsyms"]))


@must("config-linux.md, Readonly Paths", "readonly paths cannot be written")
def readonly_paths(box):
    equal(box.shell("touch /etc/x 2>/dev/null || echo no; echo 1 2>/dev/null >/proc/sys/net/ipv4/ip_forward || echo no",
                    linux(readonlyPaths=["/etc", "/proc/sys"])).split(), ["no", "no"], "the output")


for _path in ("/", "/data/..", "//."):
    @must("config-linux.md, Masked Paths", f"a masked path that is the root ({_path}) is applied or an error")
    def mask_root(box, path=_path):
        done = box.call("run", "--bundle", box.bundle("ls /", lambda c: c["linux"].update(maskedPaths=[path])),
                        box.new_id())
        check(done.returncode != 0 and done.stderr.strip(), "it was left out")

    @must("config-linux.md, Readonly Paths", f"a readonly path that is the root ({_path}) is applied or an error")
    def readonly_root(box, path=_path):
        done = box.call("run", "--bundle", box.bundle("touch /new", lambda c: c["linux"].update(readonlyPaths=[path])),
                        box.new_id())
        check(done.returncode != 0 and done.stderr.strip(), "it was left out")
        check(not os.path.exists(os.path.join(box.rootfs, "new")), "it was written")


@must("config-linux.md, Readonly Paths", "a readonly path that is not absolute is an error")
def readonly_relative(box):
    box.refuses(linux(readonlyPaths=["etc"]))


@must("config-linux.md, Personality", "LINUX32 is the execution domain")
def personality(box):
    equal(box.shell("uname -m", linux(personality={"domain": "LINUX32"})), "i686", "the machine")


@must("config-linux.md, Personality", "an unknown domain is an error")
def personality_unknown(box):
    box.refuses(linux(personality={"domain": "NOSUCH"}))


@must("config-linux.md, IntelRdt", "intelRdt that cannot be applied is an error")
def intel_rdt(box):
    if os.path.exists("/sys/fs/resctrl/info"):
        raise NotHere("this machine has it")
    box.refuses(linux(intelRdt={"closID": "x", "l3CacheSchema": "L3:0=f"}))


@must("config-linux.md, Rootfs Mount Propagation", "each kind is that of the root")
def root_propagation(box):
    wanted = {"shared": "shared:", "slave": "", "private": "", "unbindable": "unbindable"}
    for kind, word in wanted.items():
        line = box.shell("grep ' / / ' /proc/self/mountinfo || grep -E '^[0-9]+ [0-9]+ [0-9:]+ [^ ]+ / ' "
                         "/proc/self/mountinfo", linux(rootfsPropagation=kind)).splitlines()[-1]
        check(word in line, f"{kind}: {line}")
        check(kind != "private" or not ("shared:" in line or "master:" in line), f"{kind}: {line}")


@must("config-linux.md, Rootfs Mount Propagation", "an unknown kind is an error")
def root_propagation_unknown(box):
    box.refuses(linux(rootfsPropagation="nosuch"))


@must("config-linux.md, Rootfs Mount Propagation", "no kind lets a mount of the container reach the host")
def root_propagation_contained(box):
    caps = ["CAP_SYS_ADMIN"]

    def change(config):
        config["linux"]["rootfsPropagation"] = "shared"
        for sets in config["process"]["capabilities"].values():
            sets += caps
    box.shell("mount -t tmpfs tmpfs /tmp", change)
    equal(box.mounts_on_host(), [], "what is mounted on the host")


@must("config-linux.md, Control groups", "a limit is either held or an error")
def limits(box):
    name = box.new_id()
    bundle = box.bundle("sleep 100", linux(resources={"pids": {"limit": 7}}))
    if box.call("create", "--bundle", bundle, name).returncode != 0:
        return
    pid = box.state(name)["pid"]
    with open(f"/proc/{pid}/cgroup", encoding="utf-8") as file:
        groups = [line.strip().split(":") for line in file]
    values = []
    for _, controllers, path in groups:
        if controllers in ("", "pids"):
            for top in ("/sys/fs/cgroup", "/sys/fs/cgroup/pids", "/sys/fs/cgroup/unified"):
                try:
                    with open(f"{top}{path}/pids.max", encoding="utf-8") as file:
                        values.append(file.read().strip())
                except OSError:
                    continue
    check("7" in values, "the limit is neither held nor refused")


@must("config-linux.md, Network", "a new network namespace has its loopback up")
def loopback(box):
    check("LOOPBACK,UP" in box.shell("ip -o link"), "it is down")
