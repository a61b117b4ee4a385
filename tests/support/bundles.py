# SPDX-License-Identifier: Apache-2.0
"""Bundles for the functional tests of coracle-runtime, made without an image or a network."""
import contextlib
import json
import os
import pwd
import select
import shutil
import signal
import socket
import subprocess
import tempfile

BIN = os.environ.get("CORACLE_BIN", "build/dev/bin")
PROBE = os.path.join(BIN, "..", "tests", "bin", "probe")
APPLETS = ("sh cat chmod cut echo env grep head hostname id ip ln ls mkdir mount ps readlink sed sleep stat stty touch "
           "true wc").split()
CAPABILITIES = ("CHOWN DAC_OVERRIDE FOWNER FSETID KILL NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID "
                "SYS_CHROOT").split()
MASKED = ["/proc/acpi", "/proc/kallsyms", "/proc/kcore", "/proc/keys", "/proc/interrupts", "/sys/firmware"]
READONLY = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]


def mount(destination, kind, source=None, *options):
    return {"destination": destination, "type": kind, "source": source or kind, "options": list(options)}


def bind(source, destination, *options):
    return mount(destination, "bind", source, "rbind", *options)


def default_map(name, own):
    """The own id, and the user's first range of /etc/subuid or /etc/subgid."""
    user = pwd.getpwuid(os.getuid()).pw_name
    with open("/etc/" + name, encoding="utf-8") as file:
        for line in file:
            owner, first, count = line.strip().split(":")
            if owner in (user, str(os.getuid())):
                return [{"containerID": 0, "hostID": own, "size": 1},
                        {"containerID": 1, "hostID": int(first), "size": int(count)}]
    raise RuntimeError(f"'{user}' has no range in /etc/{name}")


def command_of(pid):
    """Empty for a process that has ended."""
    try:
        with open(f"/proc/{pid}/cmdline", encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def has_ended(process, seconds=20):
    """Waits for the end of a process that need not be our child, by its pidfd."""
    return bool(select.select([process], [], [], seconds)[0])


class Host:
    """A state folder, a keeper and a base layer of the test's own."""

    def __init__(self, driver="overlay", runtime=None, environment=None):
        self.folder = tempfile.mkdtemp(prefix="coracle-runtime-")
        self.driver = driver
        self.runtime = runtime or os.path.abspath(os.path.join(BIN, "coracle-runtime"))
        self.environment = {**os.environ, **(environment or {})}
        self.root = self.path("state")
        self.keeper = self.path("userns")
        self.layer = self.path("layer")
        self.count = 0
        os.makedirs(os.path.join(self.layer, "bin"))
        for name in ("etc", "tmp", "data"):
            os.makedirs(os.path.join(self.layer, name))
        shutil.copy("/bin/busybox", os.path.join(self.layer, "bin", "busybox"))
        shutil.copy(PROBE, os.path.join(self.layer, "bin", "probe"))
        for name in APPLETS:
            os.symlink("busybox", os.path.join(self.layer, "bin", name))
        self.write("layer/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000::/home/user:/bin/sh\n")

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def keeper_pid(self):
        try:
            with open(os.path.join(self.keeper, "keeper.json"), encoding="utf-8") as file:
                return json.load(file)["pid"]
        except FileNotFoundError:
            return None

    def open_keeper(self):
        """Its number and its pidfd; none when there is no keeper, or none any more."""
        pid = self.keeper_pid()
        if not pid:
            return None, None
        try:
            process = os.pidfd_open(pid)
        except ProcessLookupError:
            return None, None
        if "userns-hold" in command_of(pid):
            return pid, process
        os.close(process)  # it has ended, and the number may be somebody else's by now
        return None, None

    def close(self):
        for name in os.listdir(self.root) if os.path.isdir(self.root) else []:
            self.call("delete", "--force", name)
        # Files of other ids go with the namespace that has them.
        keeper, process = self.open_keeper()
        if keeper:
            subprocess.run(["nsenter", f"--user=/proc/{keeper}/ns/user", "--preserve-credentials", "rm", "-rf",
                            self.folder], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["chmod", "-R", "u+rwx", self.folder], check=False, stderr=subprocess.DEVNULL)
        shutil.rmtree(self.folder, ignore_errors=True)
        if keeper:
            ended = has_ended(process)  # by itself, without its record
            if not ended:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(process, signal.SIGKILL)
            os.close(process)
            if not ended:
                raise RuntimeError(f"keeper {keeper} goes on after its record was removed")

    def bundle(self, args, change=None, mode="default", extension=None, layer=None):
        """Write a bundle; `change` edits the configuration before it is written."""
        self.count += 1
        folder = self.path(f"bundle{self.count}")
        for name in ("rootfs", "upper", "work"):
            os.makedirs(os.path.join(folder, name))
        caps = ["CAP_" + name for name in CAPABILITIES]
        config = {
            "ociVersion": "1.0.2",
            "process": {"terminal": False, "user": {"uid": 0, "gid": 0}, "args": args, "cwd": "/",
                        "env": ["PATH=/usr/bin:/bin"], "noNewPrivileges": True,
                        "capabilities": {"bounding": caps, "effective": caps, "permitted": caps}},
            "root": {"path": "rootfs"},
            "hostname": "box",
            "mounts": [
                mount("/proc", "proc", None, "nosuid", "noexec", "nodev"),
                mount("/dev", "tmpfs", None, "nosuid", "strictatime", "mode=755", "size=65536k"),
                mount("/dev/pts", "devpts", None, "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620",
                      "gid=5"),
                mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"),
                mount("/dev/mqueue", "mqueue", None, "nosuid", "noexec", "nodev"),
                mount("/sys", "sysfs", None, "nosuid", "noexec", "nodev", "ro")],
            "linux": {"namespaces": [{"type": kind} for kind in
                                     ("pid", "ipc", "uts", "mount", "cgroup", "network")],
                      "maskedPaths": MASKED, "readonlyPaths": READONLY}}
        if change:
            change(config)
        more = {"overlay": {"driver": self.driver, "lower": [layer or self.layer],
                            "upper": os.path.join(folder, "upper"), "work": os.path.join(folder, "work"),
                            "volatile": True, "fuseProgram": "fuse-overlayfs"},
                "userNamespace": {"mode": mode, "keeperDir": self.keeper},
                "copyUp": [], "seccompProfile": "default", **(extension or {})}
        for name, document in (("config.json", config), ("coracle.json", more)):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                json.dump(document, file)
        return folder

    def make_foreign(self, folder):
        """Turn a bundle into one of another engine: a root with files, and the user's default maps."""
        with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
            config = json.load(file)
        os.unlink(os.path.join(folder, "coracle.json"))
        shutil.copytree(self.layer, os.path.join(folder, "rootfs"), symlinks=True, dirs_exist_ok=True)
        config["linux"]["namespaces"].append({"type": "user"})
        config["linux"]["uidMappings"] = default_map("subuid", os.getuid())
        config["linux"]["gidMappings"] = default_map("subgid", os.getgid())
        with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as file:
            json.dump(config, file)

    def call(self, *words, **options):
        """Run the runtime; gives the finished process with its output."""
        return subprocess.run([self.runtime, "--root", self.root, *words], capture_output=True, text=True,
                              env=self.environment, timeout=60, check=False, stdin=subprocess.DEVNULL, **options)

    def run(self, args, change=None, **more):
        return self.call("run", "--bundle", self.bundle(args, change, **more), "box")

    def start(self, name, args, change=None, **more):
        """Create and start in the background; its output is thrown away."""
        bundle = self.bundle(args, change, **more)
        for words in (("create", "--bundle", bundle, name), ("start", name)):
            # A file and no pipe: the container keeps it open for as long as it lives.
            with open(self.path("errors"), "w+", encoding="utf-8") as errors:
                done = subprocess.run([self.runtime, "--root", self.root, *words], env=self.environment, timeout=60,
                                      check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                      stderr=errors)
                errors.seek(0)
                if done.returncode != 0:
                    raise RuntimeError(errors.read())

    def status(self, name):
        return json.loads(self.call("state", name).stdout)["status"]

    def left_behind(self):
        """State folders, mounts and processes that no container should have left."""
        left = [name for name in (os.listdir(self.root) if os.path.isdir(self.root) else [])
                if not name.startswith(".")]
        with open("/proc/self/mountinfo", encoding="utf-8") as file:
            left += [line for line in file if self.folder in line]
        for pid in filter(str.isdigit, os.listdir("/proc")):
            command = command_of(pid)
            if self.folder not in command or "userns-hold" in command:
                continue
            if os.path.basename(command.split("\0")[0]) != "fuse-overlayfs" or not self.ends(pid):
                left.append(command)
        return left

    @staticmethod
    def ends(pid):
        """A program that serves a mount ends by itself, some time after the last process that had the mount."""
        try:
            process = os.pidfd_open(int(pid))
        except ProcessLookupError:
            return True
        try:
            return has_ended(process)
        finally:
            os.close(process)


class Console:
    """The receiving end of --console-socket."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "console.sock")
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.path)
        self.listener.listen(1)

    def master(self):
        connection, _ = self.listener.accept()
        with connection:
            _, descriptors, _, _ = socket.recv_fds(connection, 64, 1)
        self.listener.close()
        os.unlink(self.path)
        return descriptors[0]
