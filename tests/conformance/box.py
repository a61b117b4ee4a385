# SPDX-License-Identifier: Apache-2.0
"""One OCI runtime under test: bundles for it, its command line, and what is left of it.

Nothing here knows an option or a file that the command line of runc, crun and coracle-runtime do not share.
"""
import json
import os
import pwd
import shutil
import subprocess
import tempfile
import time

APPLETS = ("sh awk cat chmod cut date echo env false grep head id ip kill ln ls mkdir mount nice printf ps readlink rm "
           "sed sleep stat test touch tr true uname wc").split()
CAPABILITIES = ["CAP_" + name for name in
                "CHOWN DAC_OVERRIDE FOWNER FSETID KILL NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID "
                "SYS_CHROOT".split()]
SECONDS = 60  # for what comes by itself, on a machine that has other work


class Broken(AssertionError):
    """The runtime does not do what the specification says."""


class NotHere(Exception):
    """The requirement cannot be tried with this runtime or on this machine."""


def check(condition, text):
    if not condition:
        raise Broken(text)


def equal(found, wanted, what):
    if found != wanted:
        raise Broken(f"{what} is {found!r} and not {wanted!r}")


def subordinate(kind):
    name = pwd.getpwuid(os.getuid()).pw_name
    with open(f"/etc/sub{kind}", encoding="utf-8") as file:
        for line in file:
            fields = line.strip().split(":")
            if fields[0] in (name, str(os.getuid())):
                return int(fields[1]), int(fields[2])
    raise NotHere("no subordinate ids")


def mount(destination, kind, source=None, *options):
    return {"destination": destination, "type": kind, "source": source or kind, "options": list(options)}


def id_maps(kind, own):
    first, count = subordinate(kind)
    return [{"containerID": 0, "hostID": own, "size": 1}, {"containerID": 1, "hostID": first, "size": count}]


def basic_config(args):
    return {
        "ociVersion": "1.0.2",
        "process": {"terminal": False, "user": {"uid": 0, "gid": 0}, "args": args, "cwd": "/",
                    "env": ["PATH=/usr/bin:/bin"], "noNewPrivileges": True,
                    "capabilities": {kind: list(CAPABILITIES) for kind in ("bounding", "effective", "permitted")}},
        "root": {"path": "rootfs"},
        "hostname": "box",
        "mounts": [mount("/proc", "proc"),
                   mount("/dev", "tmpfs", None, "nosuid", "strictatime", "mode=755", "size=65536k"),
                   mount("/dev/pts", "devpts", None, "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"),
                   mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"),
                   mount("/dev/mqueue", "mqueue", None, "nosuid", "noexec", "nodev"),
                   mount("/sys", "sysfs", None, "nosuid", "noexec", "nodev", "ro")],
        "linux": {"uidMappings": id_maps("uid", os.getuid()), "gidMappings": id_maps("gid", os.getgid()),
                  "namespaces": [{"type": kind} for kind in ("user", "pid", "ipc", "uts", "mount", "network")]}}


class Box:
    """A runtime with a state folder and bundles of its own."""

    def __init__(self, program, probe):
        self.name = os.path.basename(program)
        self.folder = tempfile.mkdtemp(prefix="conformance-")
        self.root = self.path("state")
        extra = {"crun": ["--cgroup-manager=disabled"], "runc": ["--rootless=true"]}.get(self.name, [])
        self.command = [program, *extra, "--root", self.root]
        self.count = 0
        self.rootfs = self.path("rootfs")
        for name in ("bin", "etc", "tmp", "data", "proc", "dev", "sys", "root"):
            os.makedirs(os.path.join(self.rootfs, name))
        shutil.copy("/bin/busybox", os.path.join(self.rootfs, "bin/busybox"))
        shutil.copy(probe, os.path.join(self.rootfs, "bin/probe"))
        for name in APPLETS:
            os.symlink("busybox", os.path.join(self.rootfs, "bin", name))
        self.write("rootfs/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, text, mode=0o644):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(self.path(name), mode)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def bundle(self, args, change=None):
        self.count += 1
        folder = self.path(f"bundle-{self.count}")
        os.makedirs(folder)
        os.symlink(self.rootfs, os.path.join(folder, "rootfs"))
        config = basic_config(["sh", "-c", args] if isinstance(args, str) else args)
        config["root"]["path"] = self.rootfs
        if change:
            change(config)
        with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as file:
            json.dump(config, file)
        return folder

    def call(self, *words, **options):
        """Run the runtime. Files and no pipes: a container keeps them open for as long as it lives."""
        with tempfile.TemporaryFile("w+", dir=self.folder) as out, tempfile.TemporaryFile("w+", dir=self.folder) as err:
            done = subprocess.run([*self.command, *words], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                  timeout=60, check=False, **options)
            for stream, name in ((out, "stdout"), (err, "stderr")):
                stream.seek(0)
                setattr(done, name, stream.read())
        return done

    def good(self, *words, **options):
        done = self.call(*words, **options)
        check(done.returncode == 0, f"`{' '.join(words[:1])}` fails: {done.stderr.strip()[:200]}")
        return done.stdout

    def shell(self, script, change=None, *words):
        """Output of a script run in a container."""
        return self.good("run", *words, "--bundle", self.bundle(script, change), self.new_id()).strip()

    def probe(self, change=None, *words):
        return json.loads(self.good("run", *words, "--bundle", self.bundle(["probe"], change), self.new_id()))

    def new_id(self):
        self.count += 1
        return f"c{self.count}"

    def create(self, args="sleep 100", change=None, *words):
        name = self.new_id()
        self.good("create", *words, "--bundle", self.bundle(args, change), name)
        return name

    def running(self, args="exec sleep 100", change=None, *words):
        name = self.create(args, change, *words)
        self.good("start", name)
        return name

    def state(self, name):
        return json.loads(self.good("state", name))

    def status(self, name):
        return self.state(name)["status"]

    def wait_for(self, condition, what):
        end = time.monotonic() + SECONDS
        while not condition():
            check(time.monotonic() < end, f"{what} does not come")
            time.sleep(0.02)  # UNAVOIDABLE: the command line under test has no way to wait

    def wait_stopped(self, name):
        self.wait_for(lambda: self.status(name) == "stopped", "status 'stopped'")

    def refuses(self, change, args="true"):
        """Creating fails, with a word, and leaves no container."""
        name = self.new_id()
        done = self.call("create", "--bundle", self.bundle(args, change), name)
        check(done.returncode != 0, "create succeeds")
        check(done.stderr.strip(), "create fails without a word")
        check(self.call("state", name).returncode != 0, "the failed create left a container")
        return done.stderr

    def containers(self):
        return [name for name in (os.listdir(self.root) if os.path.isdir(self.root) else [])
                if not name.startswith(".")]

    def clean(self):
        for name in self.containers():
            self.call("delete", "--force", name)

    def mounts_on_host(self):
        """Other mounts come and go on a host: those that name our folder are ours."""
        with open("/proc/self/mountinfo", encoding="utf-8") as file:
            return [line for line in file if self.folder in line]

    def leftovers(self):
        """Containers, mounts and processes that do not go away; a killed process needs a moment for its end."""
        end = time.monotonic() + SECONDS
        while (left := self.left_now()) and time.monotonic() < end:
            time.sleep(0.02)  # UNAVOIDABLE: /proc has no event for the end of a stranger's process
        return left

    def left_now(self):
        left = self.containers() + self.mounts_on_host()
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.readlink(f"/proc/{pid}/root").startswith(self.folder) or \
                        os.readlink(f"/proc/{pid}/cwd").startswith(self.folder):
                    left.append(pid)
            except OSError:
                continue
        return left

    def close(self):
        self.clean()
        shutil.rmtree(self.folder, ignore_errors=True)
