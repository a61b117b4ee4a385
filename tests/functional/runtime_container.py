#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a container of coracle-runtime has, may and answers; with both overlay drivers."""
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

SUPPORT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support")
sys.path.insert(0, SUPPORT)
import bundles  # noqa: E402


def skip_without(*names):
    """Skip the whole test when the machine lacks something that $CORACLE_REQUIRE does not insist on."""
    missing = subprocess.run([os.path.join(SUPPORT, "capabilities"), *names], capture_output=True, text=True,
                             check=False).stdout.split()
    required = os.environ.get("CORACLE_REQUIRE", "").split()
    if os.getuid() == 0:
        print("skipped: the runtime is for users without root")
        sys.exit(77)
    if missing and not set(missing) & set(required):
        print("skipped: this machine lacks " + " ".join(missing))
        sys.exit(77)


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def read_all(fd):
    data = b""
    while True:
        try:
            got = os.read(fd, 4096)
        except OSError:  # a terminal without a user answers EIO
            got = b""
        if not got:
            return data.decode()
        data += got


class Driver:
    """Tests of one overlay driver."""
    driver = ""

    @classmethod
    def setUpClass(cls):
        cls.host = bundles.Host(cls.driver)

    @classmethod
    def tearDownClass(cls):
        cls.host.close()

    def tearDown(self):
        for name in os.listdir(self.host.root) if os.path.isdir(self.host.root) else []:
            if not name.startswith("."):
                self.host.call("delete", "--force", name)
        self.assertEqual(self.host.left_behind(), [])

    def wait_for(self, condition):
        end = time.monotonic() + 20
        while not condition():
            self.assertLess(time.monotonic(), end)

    def good(self, args, change=None, **more):
        done = self.host.run(args, change, **more)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def shell(self, script, change=None, **more):
        return self.good(["sh", "-c", script], change, **more).strip()

    def test_reports_what_the_process_ends_with(self):
        self.assertEqual(self.host.run(["probe", "exit", "7"]).returncode, 7)
        bundle = self.host.bundle(["sh", "-c", "echo up; exec sleep 100"])
        with subprocess.Popen([self.host.runtime, "--root", self.host.root, "run", "-b", bundle, "one"], text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as run:
            self.assertEqual(run.stdout.readline(), "up\n")  # killed any earlier, it is a failed start
            self.assertEqual(self.host.call("kill", "one", "KILL").returncode, 0)
            self.assertEqual(run.wait(), 137)

    def test_tells_a_missing_command_from_a_forbidden_one(self):
        for args, code in ((["nosuch"], 127), (["/nosuch"], 127), (["/etc/passwd"], 126), (["/etc"], 126)):
            done = self.host.run(args)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertTrue(done.stderr.startswith("coracle-runtime: run '"), done.stderr)

    def test_gives_the_process_what_the_bundle_says(self):
        def change(config):
            config["process"]["rlimits"] = [{"type": "RLIMIT_NOFILE", "soft": 100, "hard": 200}]
            config["process"]["oomScoreAdj"] = 500
            config["process"]["cwd"] = "/made/on/the/way"
            config["process"]["user"]["additionalGids"] = [7, 8]
        state = json.loads(self.good(["probe"], change))
        self.assertEqual(state["CapEff"], "00000000800405fb")
        self.assertEqual((state["CapBnd"], state["CapPrm"]), (state["CapEff"], state["CapEff"]))
        self.assertEqual((int(state["CapInh"], 16), int(state["CapAmb"], 16)), (0, 0))
        self.assertEqual((state["NoNewPrivs"], state["Seccomp"], state["Seccomp_filters"]), ("1", "2", "2"))
        self.assertEqual(state["fds"], [0, 1, 2])
        self.assertEqual((state["pid"], state["sid"], state["hostname"]), (1, 1, "box"))
        self.assertEqual((state["nofile"], state["cwd"]), ([100, 200], "/made/on/the/way"))
        self.assertEqual((state["oomScoreAdj"].strip(), state["Groups"].split()), ("500", ["7", "8"]))
        self.assertIn("HOME=/root", state["env"])

    def test_a_descriptor_of_the_starter_is_no_way_out(self):
        folder = os.open("/", os.O_RDONLY | os.O_DIRECTORY)
        self.addCleanup(os.close, folder)
        entered = self.host.call("run", "--bundle", self.host.bundle(
            ["ls", "-A"], lambda config: config["process"].update(cwd=f"/proc/self/fd/{folder}")), "box",
            pass_fds=(folder,))
        self.assertEqual((entered.returncode, entered.stdout), (1, ""))
        self.host.start("one", ["sleep", "100"])
        entered = self.host.call("exec", "--cwd", f"/proc/self/fd/{folder}", "one", "ls", "-A", pass_fds=(folder,))
        self.assertEqual((entered.returncode, entered.stdout), (126, ""))
        self.assertIn("is outside of the container", entered.stderr)
        seen = self.host.call("run", "--bundle", self.host.bundle(["probe"]), "box", pass_fds=(folder,))
        self.assertEqual(json.loads(seen.stdout)["fds"], [0, 1, 2])

    def test_runs_as_another_user_without_capabilities(self):
        def change(config):
            config["process"]["user"] = {"uid": 1000, "gid": 1000, "umask": 0o077}
        state = json.loads(self.good(["probe"], change))
        self.assertEqual((state["Uid"].split()[1], state["Gid"].split()[1]), ("1000", "1000"))
        self.assertEqual(int(state["CapEff"], 16), 0)
        self.assertIn("HOME=/home/user", state["env"])
        self.assertEqual(self.shell("touch /tmp/f && stat -c %a /tmp/f", lambda config: (
            change(config), config["mounts"].append(bundles.mount("/tmp", "tmpfs", None, "mode=1777")))), "600")

    def test_refuses_dangerous_calls(self):
        wanted = {"tiocsti": "Operation not permitted", "tiocsti-high-bits": "Operation not permitted",
                  "tioclinux": "Operation not permitted", "unshare-user": "Operation not permitted",
                  "clone-user": "Operation not permitted", "clone3": "Function not implemented",
                  "keyctl": "Operation not permitted", "add-key": "Operation not permitted",
                  "bpf": "Operation not permitted", "mount": "Operation not permitted",
                  "io-uring": "Function not implemented", "unknown": "Function not implemented",
                  "vsock": "Address family not supported by protocol",
                  "alg": "Address family not supported by protocol",
                  "packet": "Address family not supported by protocol",
                  "netlink-audit": "Invalid argument", "netlink-audit-high-bits": "Invalid argument",
                  "netlink": "allowed", "inet": "allowed"}
        lines = self.good(["probe", "try", *wanted]).splitlines()
        self.assertEqual(dict(line.split(" ", 1) for line in lines), wanted)
        self.assertEqual(self.host.run(["probe", "try", "int80"]).returncode, 128 + 31)

    def test_keeps_the_terminal_safe_without_a_profile(self):
        lines = self.good(["probe", "try", "tiocsti", "tiocsti-high-bits", "keyctl"],
                          extension={"seccompProfile": "unconfined"}).splitlines()
        self.assertEqual([line.split(" ", 1)[1] for line in lines], ["Operation not permitted"] * 3)

    def test_hides_and_protects_paths(self):
        self.assertEqual(self.shell("cat /proc/kallsyms /proc/interrupts /proc/keys | wc -c"), "0")
        self.assertEqual(self.shell("ls /sys/firmware | wc -l"), "0")
        self.assertEqual(self.shell("touch /sys/firmware/x 2>/dev/null || echo no"), "no")
        self.assertEqual(self.shell("echo 1 2>/dev/null >/proc/sys/kernel/sysrq || echo no"), "no")

    def test_read_only_paths_are_so_for_who_may_write(self):
        # The queues are the container's own, so its root may write this but for the protection.
        script = "{ echo 7 >/proc/sys/kernel/msgmax; } 2>&1 | grep -o 'Read-only.*'; cat /proc/sys/kernel/msgmax"
        self.assertEqual(self.shell(script), "Read-only file system\n8192")
        self.assertEqual(self.shell(script, lambda c: c["linux"].update(readonlyPaths=[])), "7")

    def without_dev(self, name, **links):
        """A layer with these links in its /dev, and a change that mounts nothing over it."""
        layer = self.host.path(f"{name}-{self.driver}")
        shutil.copytree(self.host.layer, layer, symlinks=True)
        os.makedirs(layer + "/dev/pts")
        for link, target in links.items():
            os.symlink(target, f"{layer}/dev/{link}")

        def change(config):
            config["mounts"] = [m for m in config["mounts"] if not m["destination"].startswith("/dev") or
                                m["destination"] == "/dev/pts"]
        return layer, change

    def test_masks_come_from_the_host_and_not_from_the_image(self):
        layer, change = self.without_dev("null-layer", null="/proc/version")
        done = self.host.run(["cat", "/proc/kallsyms", "/proc/interrupts"], change, layer=layer)
        self.assertEqual(done.stdout, "")  # hidden, or not started at all
        layer, change = self.without_dev("no-null-layer")
        self.assertEqual(self.shell("stat -c %t:%T /proc/kallsyms", change, layer=layer), "1:3")

    def test_console_is_bound_where_no_link_leads(self):
        layer, change = self.without_dev("console-layer", console="/etc/passwd")

        def terminal(config):
            change(config)
            config["process"]["terminal"] = True
        console = bundles.Console(self.host.folder)
        bundle = self.host.bundle(["sh", "-c", "test -c /dev/console && echo console; cat /etc/passwd"], terminal,
                                  layer=layer)
        run = subprocess.Popen([self.host.runtime, "--root", self.host.root, "run", "--console-socket",
                                console.path, "-b", bundle, "one"], stdin=subprocess.DEVNULL)
        master = console.master()
        self.addCleanup(os.close, master)
        text = read_all(master)
        self.assertEqual(run.wait(), 0)
        self.assertTrue(text.startswith("console\r\nroot:x:0"), text)

    def test_exec_takes_no_other_folder_for_its_terminals(self):
        fake = self.host.path(f"fake-pts-{self.driver}")
        os.makedirs(fake)
        os.mkfifo(fake + "/ptmx")
        self.host.start("one", ["sleep", "100"], lambda c: c["mounts"].append(bundles.bind(fake, "/dev/pts")))
        console = bundles.Console(self.host.folder)
        self.addCleanup(os.unlink, console.path)
        self.addCleanup(console.listener.close)
        done = self.host.call("exec", "-t", "--console-socket", console.path, "one", "true")
        self.assertEqual(done.returncode, 1)
        self.assertIn("has no devpts file system", done.stderr)

    def test_has_the_usual_devices(self):
        self.assertEqual(self.shell("for d in null zero full random urandom tty; do stat -c %t:%T /dev/$d; done")
                         .split(), ["1:3", "1:5", "1:7", "1:8", "1:9", "5:0"])
        self.assertEqual(self.shell("readlink /dev/fd; readlink /dev/ptmx").split(), ["/proc/self/fd", "pts/ptmx"])
        self.assertEqual(self.shell("echo x >/dev/null; head -c 4 /dev/zero | wc -c"), "4")

    def test_has_a_network_of_its_own_with_loopback_up(self):
        self.assertIn("LOOPBACK,UP", self.shell("ip -o link"))

    def test_makes_its_namespaces_when_nothing_came_of_those_made_ahead(self):
        for answer in (None, b"no descriptor"):
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with ours, theirs:
                if answer is None:
                    theirs.close()
                else:
                    theirs.send(answer)
                seen = self.host.call("run", "--bundle", self.host.bundle(["ip", "-o", "link"]), "--spare-namespaces",
                                      str(ours.fileno()), "box", pass_fds=(ours.fileno(),))
                self.assertEqual((seen.returncode, seen.stderr), (0, ""))
                self.assertIn("LOOPBACK,UP", seen.stdout)
        seen = self.host.call("run", "--bundle", self.host.bundle(["true"]), "--spare-namespaces", "1", "box")
        self.assertEqual((seen.returncode, seen.stderr), (0, ""))

    def test_keeps_a_read_only_root(self):
        def change(config):
            config["root"]["readonly"] = True
            config["mounts"].append(bundles.mount("/tmp", "tmpfs", None, "mode=1777"))
        self.assertEqual(self.shell("touch /x 2>/dev/null || echo no; touch /tmp/x && echo yes", change).split(),
                         ["no", "yes"])

    def test_leaves_the_layer_alone(self):
        self.assertEqual(self.shell("echo changed >/etc/passwd; chmod 700 /bin; cat /etc/passwd"), "changed")
        with open(os.path.join(self.host.layer, "etc/passwd"), encoding="utf-8") as file:
            self.assertIn("root:x:0", file.read())

    def test_binds_folders_and_files(self):
        source = self.host.path("shared")
        os.makedirs(source, exist_ok=True)
        self.host.write("shared/file", "text")

        def change(config):
            config["mounts"] += [bundles.bind(source, "/data", "ro"), bundles.bind(source, "/new/place"),
                                 bundles.bind(source + "/file", "/etc/file")]
        self.assertEqual(self.shell("cat /etc/file; touch /data/x 2>/dev/null || echo no; echo >/new/place/made",
                                    change), "textno")
        self.assertEqual(os.stat(source + "/made").st_uid, os.getuid())

    def test_fills_an_empty_volume_from_the_image(self):
        layer = self.host.path("volume-layer")
        if not os.path.isdir(layer):
            shutil.copytree(self.host.layer, layer, symlinks=True)
            os.makedirs(layer + "/data/inner")
            with open(layer + "/data/inner/file", "w", encoding="utf-8") as file:
                file.write("from the image")
            os.link(layer + "/data/inner/file", layer + "/data/second")
            os.symlink("/etc/passwd", layer + "/data/link")
        volume = self.host.path(f"volume-{self.driver}")
        os.makedirs(volume)

        def change(config):
            config["mounts"].append(bundles.bind(volume, "/data"))
        for script in ("cat /data/inner/file", "cat /data/second"):
            self.assertEqual(self.shell(script, change, layer=layer, extension={"copyUp": ["/data"]}),
                             "from the image")
        self.assertEqual(os.readlink(volume + "/link"), "/etc/passwd")
        if self.driver == "overlay":  # fuse-overlayfs gives each name an inode of its own
            self.assertEqual(os.stat(volume + "/second").st_nlink, 2)
        os.unlink(volume + "/second")
        self.assertEqual(self.shell("ls /data", change, layer=layer, extension={"copyUp": ["/data"]}).split(),
                         ["inner", "link"])

    def evil_layer(self, name, target):
        layer = self.host.path(f"evil-{name}-{self.driver}")
        shutil.copytree(self.host.layer, layer, symlinks=True)
        os.symlink(target, os.path.join(layer, name))
        return layer

    def test_image_with_a_link_for_dev_does_not_touch_the_host(self):
        victim = self.host.path("victim")
        os.makedirs(victim, exist_ok=True)
        for name in ("dev", "proc", "sys"):
            done = self.host.run(["true"], layer=self.evil_layer(name, victim))
            self.assertEqual(done.returncode, 1)
            self.assertIn(f"'/{name}' of the image is a link", done.stderr)
            self.assertEqual(os.listdir(victim), [])

    def test_links_are_followed_inside_the_root_only(self):
        victim = self.host.path("victim2")
        os.makedirs(victim, exist_ok=True)

        def change(config):
            config["mounts"] += [bundles.mount("/run/inner", "tmpfs"),
                                 bundles.bind(self.host.layer + "/etc/passwd", "/run/file")]
        text = self.shell(f"grep -c {victim} /proc/self/mountinfo", change,
                          layer=self.evil_layer("run", victim))
        self.assertEqual(text, "2")
        self.assertEqual(os.listdir(victim), [])

    def test_only_one_of_many_starts_succeeds(self):
        errors = self.host.path("errors")
        with open(errors, "w", encoding="utf-8") as file:
            made = subprocess.run([self.host.runtime, "--root", self.host.root, "create", "--bundle",
                                   self.host.bundle(["sleep", "100"]), "once"], env=self.host.environment, timeout=60,
                                  check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=file)
        self.assertEqual(made.returncode, 0)
        starts = [subprocess.Popen([self.host.runtime, "--root", self.host.root, "start", "once"],
                                   env=self.host.environment, stderr=subprocess.PIPE, text=True) for _ in range(12)]
        said = [start.communicate(timeout=60)[1] for start in starts]
        codes = sorted(start.returncode for start in starts)
        self.assertEqual(codes, [0] + [1] * 11, said)
        self.assertEqual(self.host.call("delete", "--force", "once").returncode, 0)

    def test_root_below_tmp_has_to_be_ours(self):
        with tempfile.TemporaryDirectory() as folder:
            trap = f"/tmp/coracle-{os.getuid()}"
            if os.path.lexists(trap):
                self.skipTest("somebody uses the runtime without XDG_RUNTIME_DIR")
            os.symlink(folder, trap)
            try:
                environment = {k: v for k, v in self.host.environment.items() if k != "XDG_RUNTIME_DIR"}
                done = subprocess.run([self.host.runtime, "list"], env=environment, capture_output=True, text=True,
                                      timeout=60, check=False)
            finally:
                os.unlink(trap)
            self.assertEqual(done.returncode, 1)
            self.assertIn("not a private folder", done.stderr)

    def test_creates_starts_kills_and_deletes(self):
        bundle = self.host.bundle(["sleep", "100"])
        pid_file = self.host.path("pid")
        made = subprocess.run([self.host.runtime, "--root", self.host.root, "create", "--pid-file", pid_file, "-b",
                               bundle, "one"], check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.assertEqual(made.returncode, 0)
        self.assertEqual(self.host.status("one"), "created")
        self.assertEqual(self.host.status("one"), "created")
        with open(pid_file, encoding="utf-8") as file:
            self.assertEqual(int(file.read()), json.loads(self.host.call("state", "one").stdout)["pid"])
        self.assertIn("already exists", self.host.call("create", "-b", bundle, "one").stderr)
        self.assertEqual(self.host.call("start", "one").returncode, 0)
        self.assertEqual(self.host.status("one"), "running")
        self.assertIn("is running", self.host.call("start", "one").stderr)
        self.assertIn("is running", self.host.call("delete", "one").stderr)
        self.assertEqual(self.host.call("kill", "one", "KILL").returncode, 0)
        self.wait_for(lambda: self.host.status("one") == "stopped")
        self.assertIn("is not running", self.host.call("kill", "one", "0x").stderr + self.host.call(
            "kill", "one", "KILL").stderr)
        self.assertEqual(self.host.call("delete", "one").returncode, 0)
        self.assertIn("does not exist", self.host.call("state", "one").stderr)

    def test_one_that_is_killed_before_its_start_never_ran(self):
        made = subprocess.run([self.host.runtime, "--root", self.host.root, "create", "-b", self.host.bundle(["true"]),
                               "one"], check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.assertEqual(made.returncode, 0)
        first = json.loads(self.host.call("state", "one").stdout)["pid"]
        with subprocess.Popen(["nsenter", "--preserve-credentials", "--user", "--pid", "--target", str(first), "sleep",
                               "100"]) as parent:
            try:
                children = f"/proc/{parent.pid}/task/{parent.pid}/children"
                self.wait_for(lambda: read_text(children))
                # The first process of a namespace ends after all others, and this one's parent takes no notice.
                parent.send_signal(signal.SIGSTOP)
                os.waitid(os.P_PID, parent.pid, os.WSTOPPED | os.WNOWAIT)
                os.kill(first, signal.SIGKILL)
                self.wait_for(lambda: self.host.status("one") != "created")
                self.assertEqual(self.host.status("one"), "stopped")
                self.assertIn("is stopped", self.host.call("start", "one").stderr)
                self.assertNotEqual(read_text(f"/proc/{first}/stat").rsplit(")", 1)[1].split()[0], "Z")
            finally:
                parent.send_signal(signal.SIGCONT)
        self.assertEqual(self.host.call("delete", "one").returncode, 0)

    def test_execs_with_no_more_than_the_container_has(self):
        self.host.start("one", ["sleep", "100"])
        first = json.loads(self.host.call("exec", "one", "probe").stdout)
        for key, value in (("CapEff", "00000000800405fb"), ("CapBnd", "00000000800405fb"), ("NoNewPrivs", "1"),
                           ("Seccomp_filters", "2"), ("hostname", "box")):
            self.assertEqual(first[key], value)
        self.assertEqual(first["fds"], [0, 1, 2])
        done = self.host.call("exec", "-u", "1000:1000", "-e", "A=b", "--cwd", "/tmp", "one", "sh", "-c",
                              "id -u; echo $A; pwd; exit 5")
        self.assertEqual((done.returncode, done.stdout.split()), (5, ["1000", "b", "/tmp"]))
        self.assertEqual(self.host.call("exec", "one", "nosuch").returncode, 127)
        self.assertEqual(self.host.call("exec", "one", "/etc/passwd").returncode, 126)
        self.assertEqual(self.host.call("exec", "one", "probe", "try", "tiocsti").stdout,
                         "tiocsti Operation not permitted\n")

    def test_execs_what_a_file_describes(self):
        self.host.start("one", ["sleep", "100"])
        self.host.write("process.json", json.dumps({"user": {"uid": 1000, "gid": 1000}, "args": ["probe"],
                                                    "env": ["X=y"], "cwd": "/tmp"}))
        state = json.loads(self.host.call("exec", "--process", self.host.path("process.json"), "one").stdout)
        self.assertEqual((state["Uid"].split()[0], state["cwd"], state["env"]),
                         ("1000", "/tmp", ["X=y", "HOME=/home/user"]))
        self.assertEqual((state["NoNewPrivs"], state["CapEff"]), ("1", "0" * 16))

    def test_shares_and_leaves_networks(self):
        def without_network(config):
            config["linux"]["namespaces"] = [n for n in config["linux"]["namespaces"] if n["type"] != "network"]
        own = os.readlink("/proc/self/ns/net")
        self.assertEqual(self.shell("readlink /proc/self/ns/net; touch /sys/x 2>/dev/null || echo no",
                                    without_network).split(), [own, "no"])
        self.host.start("one", ["sleep", "100"])
        pid = json.loads(self.host.call("state", "one").stdout)["pid"]

        def join(config):
            without_network(config)
            config["linux"]["namespaces"].append({"type": "network", "path": f"/proc/{pid}/ns/net"})
        self.assertEqual(self.shell("readlink /proc/self/ns/net", join), os.readlink(f"/proc/{pid}/ns/net"))

    def test_sets_its_own_sysctls(self):
        self.assertEqual(self.shell("cat /proc/sys/net/ipv4/ip_unprivileged_port_start", lambda config: config[
            "linux"].update(sysctl={"net.ipv4.ip_unprivileged_port_start": "7"})), "7")

    def test_writes_sysctls_to_a_proc_of_its_own(self):
        def change(config):
            config["linux"]["sysctl"] = {"net.ipv4.ip_unprivileged_port_start": "7"}
            config["linux"]["maskedPaths"] = config["linux"]["readonlyPaths"] = []

        def cover(config):
            change(config)
            config["mounts"].append(bundles.mount("/proc", "tmpfs"))
        self.assertEqual(self.shell("ls -A /proc", cover), "")

        def replace(config):
            change(config)
            config["mounts"] = [m if m["destination"] != "/proc" else bundles.mount("/proc", "tmpfs")
                                for m in config["mounts"]]
        self.assertEqual(self.shell("ls -A /proc", replace), "")

    def test_applies_the_bundles_own_seccomp_profile(self):
        rules = [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 5}]
        profile = {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": rules}
        for _ in range(2):  # compiled, then from the cache
            done = self.host.run(["mkdir", "/tmp/x"], lambda config: config["linux"].update(seccomp=profile))
            self.assertIn("Input/output error", done.stderr)

    def test_loads_filters_without_no_new_privileges(self):
        state = json.loads(self.good(["probe"], lambda config: config["process"].update(noNewPrivileges=False)))
        self.assertEqual((state["NoNewPrivs"], state["Seccomp_filters"], state["CapEff"]),
                         ("0", "2", "00000000800405fb"))

    def test_gives_a_terminal_of_its_own(self):
        console = bundles.Console(self.host.folder)
        bundle = self.host.bundle(["sh", "-c", "stty size; test -c /dev/console && ls -l /proc/self/fd/0; "
                                   "probe try tiocsti tiocgwinsz"],
                                  lambda config: config["process"].update(
                                      terminal=True, consoleSize={"height": 33, "width": 99}))
        run = subprocess.Popen([self.host.runtime, "--root", self.host.root, "run", "--console-socket",
                                console.path, "-b", bundle, "one"], stdin=subprocess.DEVNULL)
        master = console.master()
        text = read_all(master)
        self.assertEqual(run.wait(), 0)
        os.close(master)
        self.assertIn("33 99", text)
        self.assertIn("/dev/pts/0", text)
        self.assertIn("tiocsti Operation not permitted", text)
        self.assertIn("tiocgwinsz allowed", text)

    def test_execs_with_a_terminal(self):
        self.host.start("one", ["sleep", "100"])
        console = bundles.Console(self.host.folder)
        run = subprocess.Popen([self.host.runtime, "--root", self.host.root, "exec", "-t", "--console-socket",
                                console.path, "one", "sh", "-c", "test -t 0 && echo terminal"],
                               stdin=subprocess.DEVNULL)
        master = console.master()
        self.assertIn("terminal", read_all(master))
        self.assertEqual(run.wait(), 0)
        os.close(master)

    def test_errors_leave_nothing(self):
        cases = {
            "no such file or directory": lambda c: c["mounts"].append(bundles.bind("/nonexistent", "/data")),
            "set limit RLIMIT_NOFILE": lambda c: c["process"].update(
                rlimits=[{"type": "RLIMIT_NOFILE", "soft": 1, "hard": 1 << 40}]),
            "cannot be joined": lambda c: c["linux"]["namespaces"].__setitem__(
                slice(None), [{**n, "path": "/proc/self/ns/mnt"} if n["type"] == "mount" else n
                              for n in c["linux"]["namespaces"]]),
            "is not the container's own": lambda c: c["linux"].update(sysctl={"kernel.core_pattern": "|/x"}),
            "is malformed": lambda c: c["linux"].update(sysctl={"net.ipv4/../x": "1"}),
            "resource limit 'network' cannot be held": lambda c: c["linux"].update(
                resources={"network": {"classID": 1}}),
            "hook '/bin/false' failed with exit code 1": lambda c: c.update(
                hooks={"createRuntime": [{"path": "/bin/false"}]}),
            "mount option 'mand' cannot be applied": lambda c: c["mounts"].append(
                bundles.mount("/data", "tmpfs", None, "mand")),
            "this kernel has no SELinux": lambda c: c["process"].update(selinuxLabel="u:r:t:s0"),
            "is not a namespace of the kind": lambda c: c["linux"]["namespaces"].append(
                {"type": "time", "path": "/dev/null"}),
            "enter working directory": lambda c: (c["process"].update(cwd="/etc/passwd/x")),
            "does not exist in the container's user namespace": lambda c: c["process"]["user"].update(uid=900000),
            "give device '/dev/nosuch'": lambda c: c["linux"].update(
                devices=[{"path": "/dev/nosuch", "type": "c", "major": 1, "minor": 3}]),
            "mount a folder on '/etc/passwd'": lambda c: c["mounts"].append(
                bundles.mount("/etc/passwd", "tmpfs")),
        }
        for text, change in cases.items():
            with self.subTest(text):
                done = self.host.run(["true"], change)
                self.assertEqual(done.returncode, 1)
                lines = done.stderr.splitlines()
                if text != "enter working directory":
                    self.assertIn(text, lines[0])
                self.assertLessEqual(len(lines), 2)
                self.assertEqual(self.host.left_behind(), [])

    def test_outlives_its_keeper(self):
        self.host.start("one", ["sleep", "100"], lambda config: config["process"].update(user={"uid": 3, "gid": 4}))
        keeper, process = self.host.open_keeper()
        self.addCleanup(os.close, process)
        signal.pidfd_send_signal(process, signal.SIGKILL)
        self.assertTrue(bundles.has_ended(process))
        for _ in range(2):  # without a keeper, and with one that keeps another namespace
            done = self.host.call("exec", "--user", "5:6", "one", "sh", "-c", "id -u; id -g; cat /proc/self/uid_map")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertEqual(done.stdout.split()[:5], ["5", "6", "0", "0", "1"])
            self.good(["true"])
        self.assertNotEqual(self.host.keeper_pid(), keeper)
        self.assertEqual(self.host.status("one"), "running")
        self.assertEqual(self.host.call("kill", "one", "KILL").returncode, 0)

    def test_cannot_overwrite_the_program_that_started_it(self):
        program = self.host.path("coracle-runtime")
        if not os.path.exists(program):
            shutil.copy(self.host.runtime, program)
        with open(program, "rb") as file:
            before = hashlib.sha256(file.read()).hexdigest()
        layer = self.host.path("fifo-layer")
        if not os.path.isdir(layer):
            shutil.copytree(self.host.layer, layer, symlinks=True)
            os.mkfifo(layer + "/fifo")
        self.good(["true"])  # the keeper is a process of the other file
        installed, self.host.runtime = self.host.runtime, program
        self.addCleanup(setattr, self.host, "runtime", installed)
        self.host.start("one", ["sleep", "100"], layer=layer)
        # The container makes the runtime execute itself, which then waits for a reader of its log. While it runs
        # the file is busy anyway, so the attacker keeps a descriptor and writes when it is gone.
        script = """
            while ! pid=$(ps | grep -e '--lo[g]' | sed 's/^ *//' | cut -d' ' -f1) || [ -z "$pid" ]; do :; done
            # Until it is the program itself it cannot be looked at.
            until wc -c </proc/$pid/exe >/dev/null 2>&1; do :; done
            exec 3</proc/$pid/exe
            wc -c <&3
            cat /fifo >/dev/null
            while [ -e /proc/$pid ]; do :; done
            while :; do
                text=$( { echo pwned >>/proc/self/fd/3; } 2>&1 ) && exit 0
                case $text in *busy*) ;; *) echo "$text" >&2; exit 1 ;; esac
            done"""
        bait = subprocess.Popen([program, "--root", self.host.root, "exec", "one", "/proc/self/exe", "--log", "/fifo",
                                 "state", "x"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.host.runtime = installed
        done = self.host.call("exec", "one", "sh", "-c", script)
        self.assertEqual(bait.wait(), 1)
        self.assertEqual((done.returncode, int(done.stdout)), (1, os.path.getsize(program)))
        self.assertIn("Read-only file system", done.stderr)
        with open(program, "rb") as file:
            self.assertEqual(hashlib.sha256(file.read()).hexdigest(), before)


class KernelOverlay(Driver, unittest.TestCase):
    driver = "overlay"

    def test_says_that_ids_cannot_be_translated(self):
        done = self.host.run(["true"], mode="nomap")
        self.assertEqual(done.returncode, 1)
        self.assertIn("the kernel cannot translate ids", done.stderr)


class FuseOverlay(Driver, unittest.TestCase):
    driver = "fuse-overlayfs"

    def test_translates_ids(self):
        for mode, line in (("nomap", "0 1 65536"), ("keep-id", "0 1 ")):
            text = self.shell("head -n 1 /proc/self/uid_map; stat -c %u /bin/sh", mode=mode).splitlines()
            self.assertTrue(" ".join(text[0].split()).startswith(line.strip()), text)
            self.assertEqual(text[1], "0")

    def test_program_ends_with_the_container(self):
        self.host.start("one", ["sleep", "100"])
        os.kill(json.loads(self.host.call("state", "one").stdout)["pid"], 9)
        self.assertFalse(any("fuse-overlayfs" in item for item in self.host.left_behind()))


class SingleId(unittest.TestCase):
    """A user without subordinate ids."""

    def setUp(self):
        self.host = bundles.Host("overlay")
        os.makedirs(self.host.path("no-ids"))
        self.host.environment["CORACLE_SUBID_DIR"] = self.host.path("no-ids")

    def tearDown(self):
        self.host.close()

    def test_runs_as_root_only(self):
        done = self.host.run(["sh", "-c", "cat /proc/self/uid_map; id -u"])
        self.assertEqual((done.returncode, done.stdout.split()), (0, ["0", "0", "1", "0"]))
        with open(os.path.join(self.host.keeper, "keeper.json"), encoding="utf-8") as file:
            self.assertIn("no subordinate ids", json.load(file)["reason"])

    def test_says_why_another_user_cannot_be(self):
        done = self.host.run(["true"], lambda config: config["process"]["user"].update(uid=999))
        self.assertEqual(done.returncode, 1)
        self.assertIn("does not exist in the container's user namespace", done.stderr)
        self.assertIn("hint: give this user more subordinate ids", done.stderr)


class PlainBundle(unittest.TestCase):
    """A bundle of another engine, without coracle.json."""

    def setUp(self):
        self.host = bundles.Host()

    def tearDown(self):
        self.host.close()

    def test_runs_what_spec_makes(self):
        folder = self.host.path("plain")
        shutil.copytree(self.host.layer, folder + "/rootfs", symlinks=True)
        self.assertEqual(self.host.call("spec", "--bundle", folder).returncode, 0)
        with open(folder + "/config.json", encoding="utf-8") as file:
            config = json.load(file)
        config["process"]["args"] = ["sh", "-c", "id -u; cat /proc/self/uid_map | wc -l; echo made >/file"]
        with open(folder + "/config.json", "w", encoding="utf-8") as file:
            json.dump(config, file)
        done = self.host.call("run", "--bundle", folder, "plain")
        self.assertEqual((done.returncode, done.stderr, done.stdout.split()), (0, "", ["0", "2"]))
        self.assertTrue(os.path.exists(folder + "/rootfs/file"))
        self.assertEqual(self.host.left_behind(), [])


if __name__ == "__main__":
    skip_without("userns", "subids", "overlay", "fuse", "seccomp")
    unittest.main(verbosity=2)
