#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hooks, agents, profiles, devices, damaged states and namespaces by path with bundles of our own, whose runtime starts
itself over on its way.

The requirements themselves are in tests/conformance; this is about what is only so with a kept user namespace, and
about rules of security: each test fails when its rule is taken away.
"""
import ctypes
import json
import os
import signal
import subprocess
import sys
import unittest

import runtime_container
from runtime_container import bundles

PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
SPACES = ("mnt", "net", "pid", "uts", "ipc", "user")


class Oci(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = bundles.Host("overlay")

    @classmethod
    def tearDownClass(cls):
        cls.host.close()

    def setUp(self):
        self.notes = self.host.path("notes")
        subprocess.run(["rm", "-rf", self.notes], check=True)
        os.makedirs(self.notes)

    def tearDown(self):
        for name in os.listdir(self.host.root) if os.path.isdir(self.host.root) else []:
            if not name.startswith("."):
                self.host.call("delete", "--force", name)
        self.assertEqual(self.host.left_behind(), [])

    wait_for = runtime_container.Driver.wait_for

    def hook(self, script):
        return {"path": "/bin/sh", "args": ["sh", "-c", script], "env": ["PATH=/usr/bin:/bin"]}

    def with_hooks(self, **hooks):
        def change(config):
            config["mounts"].append(bundles.bind(self.notes, self.notes))
            config["hooks"] = hooks
        return change

    def note(self, name):
        with open(os.path.join(self.notes, name), encoding="utf-8") as file:
            return file.read()

    def test_hooks_of_the_caller_run_in_the_callers_namespaces(self):
        kinds = ("prestart", "createRuntime", "poststart", "poststop")
        spaces = " ".join(SPACES)
        hooks = {kind: [self.hook(f"for n in {spaces}; do readlink /proc/self/ns/$n; done >{self.notes}/{kind}; "
                                  f"id -u >>{self.notes}/{kind}")] for kind in kinds}
        self.assertEqual(self.host.run(["true"], self.with_hooks(**hooks)).returncode, 0)
        wanted = [os.readlink(f"/proc/self/ns/{name}") for name in SPACES] + [str(os.getuid())]
        for kind in kinds:
            self.assertEqual(self.note(kind).split(), wanted, kind)

    def test_poststop_hooks_are_those_of_create(self):
        bundle = self.host.bundle(["sleep", "100"], self.with_hooks(poststop=[self.hook(f"cat >{self.notes}/state")]))
        subprocess.run([self.host.runtime, "--root", self.host.root, "create", "-b", bundle, "one"], check=True,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        os.unlink(bundle + "/config.json")
        self.assertEqual(self.host.call("delete", "--force", "one").returncode, 0)
        state = json.loads(self.note("state"))
        self.assertEqual((state["id"], state["status"], state["bundle"]), ("one", "stopped", bundle))

    def test_a_hook_of_the_image_has_no_more_than_its_program(self):
        hook = {"path": "/bin/sh", "args": ["sh", "-c", f"/bin/probe >{self.notes}/hook; echo x >/dev/null"],
                "env": ["PATH=/bin"]}

        def change(config):
            self.with_hooks(startContainer=[hook])(config)
            config["process"]["user"] = {"uid": 1000, "gid": 1000}
            config["process"]["noNewPrivileges"] = False
        os.chmod(self.notes, 0o777)
        done = self.host.run(["probe"], change)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        program, hooked = json.loads(done.stdout), json.loads(self.note("hook"))
        for key in ("CapEff", "CapPrm", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Seccomp_filters", "Uid", "Gid",
                    "Groups"):
            self.assertEqual(hooked[key], program[key], key)
        self.assertEqual((hooked["fds"], hooked["mounts"]), ([0, 1, 2], program["mounts"]))

    def test_hooks_get_no_descriptor_of_the_caller(self):
        script = f"ls -l /proc/self/fd >{self.notes}/"
        hooks = {kind: [self.hook(script + kind)] for kind in ("prestart", "createRuntime", "createContainer",
                                                               "poststart", "poststop")}
        bundle = self.host.bundle(["true"], self.with_hooks(**hooks))
        with open("/etc/hostname", "rb") as secret:
            done = subprocess.run([self.host.runtime, "--root", self.host.root, "run", "-b", bundle, "one"],
                                  check=False, stdin=subprocess.DEVNULL, pass_fds=(secret.fileno(),))
        self.assertEqual(done.returncode, 0)
        for kind in hooks:
            self.assertNotIn("hostname", self.note(kind), kind)
            self.assertNotIn("socket:", self.note(kind), kind)

    def test_a_killed_runtime_takes_its_hook_along(self):
        bundle = self.host.bundle(["true"], self.with_hooks(
            createRuntime=[self.hook(f"echo $$ >{self.notes}/pid; exec sleep 600")]))
        run = subprocess.Popen([self.host.runtime, "--root", self.host.root, "run", "-b", bundle, "one"],
                               stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        pid = os.path.join(self.notes, "pid")
        self.wait_for(lambda: os.path.exists(pid) and self.note("pid").strip())
        hook = os.pidfd_open(int(self.note("pid")))
        self.addCleanup(os.close, hook)
        run.send_signal(signal.SIGKILL)
        run.wait()
        self.assertTrue(bundles.has_ended(hook))
        self.wait_for(lambda: not [item for item in self.host.left_behind() if "/" in item])

    def test_a_failed_hook_undoes_the_container(self):
        for kind in ("prestart", "createRuntime", "createContainer"):
            done = self.host.run(["true"], self.with_hooks(
                **{kind: [self.hook("echo because >&2; exit 9")]}, poststop=[self.hook(f"echo x >>{self.notes}/stop")]))
            self.assertEqual(done.returncode, 1)
            self.assertIn("hook '/bin/sh' failed with exit code 9: because", done.stderr)
            self.assertEqual(self.host.left_behind(), [])
        self.assertEqual(self.note("stop").split(), ["x"] * 3)

    def test_a_path_that_is_no_namespace_is_not_waited_for(self):
        fifo = self.host.path("fifo")
        if not os.path.exists(fifo):
            os.mkfifo(fifo)
        for path in (fifo, "/dev/zero", "/proc/self/ns/uts"):
            done = self.host.run(["true"], lambda config, path=path: config["linux"].update(namespaces=[
                *[n for n in config["linux"]["namespaces"] if n["type"] != "network"],
                {"type": "network", "path": path}]))
            self.assertEqual(done.returncode, 1)
            self.assertIn("is not a namespace of the kind it is for", done.stderr)

    def test_sysctls_of_a_joined_namespace_are_not_the_hosts(self):
        done = self.host.run(["true"], lambda config: config["linux"].update(
            sysctl={"net.ipv4.ip_forward": "1"},
            namespaces=[*[n for n in config["linux"]["namespaces"] if n["type"] != "network"],
                        {"type": "network", "path": "/proc/self/ns/net"}]))
        self.assertEqual(done.returncode, 1)
        self.assertIn("is not the container's own", done.stderr)

    def test_a_device_is_the_one_that_was_asked_for(self):
        for device, text in (({"path": "/dev/full", "type": "c", "major": 1, "minor": 3}, "another one than asked for"),
                             ({"path": "/dev/fuse", "type": "b", "major": 10, "minor": 229}, "another one"),
                             ({"path": "/dev/fuse", "type": "c", "major": 10, "minor": 229, "fileMode": 0o4},
                              "another mode")):
            done = self.host.run(["true"], lambda config, device=device: config["linux"].update(devices=[device]))
            self.assertEqual(done.returncode, 1)
            self.assertIn(text, done.stderr)

    def test_lists_and_ends_every_process(self):
        self.host.start("one", ["sh", "-c", "sleep 200 & sleep 300 & exec sleep 100"])
        first = json.loads(self.host.call("state", "one").stdout)["pid"]
        self.wait_for(lambda: len(json.loads(self.host.call("ps", "-f", "json", "one").stdout)) == 3)
        self.assertEqual(json.loads(self.host.call("ps", "-f", "json", "one").stdout)[0], first)
        self.assertEqual(self.host.call("ps", "one").stdout.split()[:2], ["PID", str(first)])
        self.assertEqual(self.host.call("kill", "--all", "one", "KILL").returncode, 0)
        self.wait_for(lambda: self.host.status("one") == "stopped")

    def test_translating_ids_of_a_folder_of_the_host_says_why_not(self):
        maps = [{"containerID": 0, "hostID": 1, "size": 1}]
        done = self.host.run(["true"], lambda config: config["mounts"].append(
            {**bundles.bind(self.notes, "/data", "idmap"), "uidMappings": maps, "gidMappings": maps}))
        self.assertEqual(done.returncode, 1)
        self.assertIn("for its owner only", done.stderr)

    def test_a_time_namespace_has_its_own_clocks_for_exec_too(self):
        def change(config):
            config["linux"]["namespaces"].append({"type": "time"})
            config["linux"]["timeOffsets"] = {"boottime": {"secs": 5000000}}
        self.host.start("one", ["sleep", "100"], change)
        uptime = self.host.call("exec", "one", "cat", "/proc/uptime").stdout.split()[0]
        self.assertGreater(float(uptime), 5000000)

    def test_says_when_the_profile_ends_what_is_to_become_the_program(self):
        for action in ("SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_TRAP"):
            rules = [{"names": ["execve", "execveat"], "action": action}]
            profile = {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": rules}
            done = self.host.run(["true"], lambda config: config["linux"].update(seccomp=profile))
            self.assertEqual(done.returncode, 126, action)
            self.assertIn("the seccomp profile ended the container's process (SIGSYS) before its program was executed",
                          done.stderr)
            self.assertIn("hint: a seccomp profile has to allow execve(2)", done.stderr)
            self.assertEqual(os.listdir(self.host.root), [".seccomp"])

    def test_a_program_that_its_profile_ends_has_begun(self):
        # The first thing that a program without a loader does is brk(2), which the runtime has no need of any more.
        profile = {"defaultAction": "SCMP_ACT_ALLOW",
                   "syscalls": [{"names": ["brk", "arch_prctl"], "action": "SCMP_ACT_KILL_PROCESS"}]}
        for _ in range(20):
            done = self.host.run(["true"], lambda config: config["linux"].update(seccomp=profile))
            self.assertEqual((done.returncode, done.stderr), (128 + signal.SIGSYS, ""))

    def test_start_says_when_the_profile_ends_the_process(self):
        profile = {"defaultAction": "SCMP_ACT_ALLOW",
                   "syscalls": [{"names": ["execve"], "action": "SCMP_ACT_KILL_PROCESS"}]}
        process = ctypes.CDLL(None, use_errno=True)
        self.assertEqual(process.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0)  # it stays there until we look
        try:
            with self.assertRaisesRegex(RuntimeError, "process ended before its program was executed\nhint: a seccomp"):
                self.host.start("one", ["true"], lambda config: config["linux"].update(seccomp=profile))
            os.waitpid(-1, 0)
        finally:
            process.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)

    def damaged(self, change, seconds=20):
        """Delete a container whose state is changed; gives what was said, and whether that ended its process.

        That takes a moment where only its control group was known; who says that it may run on ends nothing."""
        self.host.start("one", ["sleep", "1000"])
        pid = json.loads(self.host.call("state", "one").stdout)["pid"]
        process = os.pidfd_open(pid)
        path = os.path.join(self.host.root, "one", "state.json")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(change(text))
        self.assertNotEqual(self.host.call("delete", "one").returncode, 0)
        done = self.host.call("delete", "--force", "one")
        self.assertEqual(done.returncode, 0, done.stderr)
        ended = bundles.has_ended(process, 0 if done.stderr else seconds)
        if not ended:
            signal.pidfd_send_signal(process, signal.SIGKILL)
            self.assertTrue(bundles.has_ended(process))
        os.close(process)
        self.assertFalse(os.path.exists(os.path.dirname(path)))
        return done.stderr, ended

    def test_delete_ends_the_process_of_a_damaged_state(self):
        def change(text):
            document = json.loads(text)
            del document["bundle"], document["process"]
            return json.dumps(document)
        self.assertEqual(self.damaged(change), ("", True))

    def test_delete_says_that_a_process_may_run_on(self):
        said, ended = self.damaged(lambda text: text[:len(text) // 2])
        if not ended:  # there is no control group that tells it
            self.assertIn("warning: the state of container 'one' is damaged and does not tell its process, which may "
                          "still run; `lsns --type pid` lists", said)

    def test_delete_ends_nobody_on_a_guess(self):
        stranger = subprocess.Popen(["sleep", "1000"])
        self.addCleanup(stranger.wait)
        self.addCleanup(stranger.kill)

        def change(text):
            document = json.loads(text)
            document["pid"] = stranger.pid
            document["startTicks"] += 1000  # else it may be the same tick, and so the same process
            del document["bundle"]
            return json.dumps(document)
        self.damaged(change, seconds=0)
        self.assertIsNone(stranger.poll())


if __name__ == "__main__":
    runtime_container.skip_without("userns", "subids", "overlay", "seccomp")
    unittest.main(argv=sys.argv, verbosity=2)
