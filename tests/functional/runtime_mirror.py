#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A foreign bundle while a keeper is alive: it is made without newuidmap, and is what newuidmap would have made.

Each test that compares runs a container with a keeper of the engine's folder and one without. CORACLE_TEST_GROUP_FOLDER
names a folder that the user may enter through a supplementary group alone; root_groups.sh makes one.
"""
import ctypes
import fcntl
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import unittest

from runtime_container import bundles, skip_without

INJECTOR = os.path.join(bundles.BIN, "..", "tests", "bin", "fault_injector")
NS_GET_PARENT = 0xb702
CLONE_NEWUSER = 0x10000000
PR_SET_NO_NEW_PRIVS = 38
# What a program of the container sees of its namespaces, rights and limits.
LOOK = """
    cat /proc/self/uid_map /proc/self/gid_map /proc/self/setgroups /proc/self/limits
    grep -E '^(Uid|Gid|Groups|Cap|NoNewPrivs|Seccomp|NSpid)' /proc/self/status
    cut -d' ' -f4- /proc/self/mountinfo
    cat /proc/sys/user/max_user_namespaces /proc/self/oom_score_adj
    id; stat -c "%n %u:%g %a" /* /dev/* /proc/self/ns"""


class Mirror(unittest.TestCase):
    def setUp(self):
        self.host = bundles.Host()
        self.addCleanup(self.close)
        self.host.environment["CORACLE_RUNROOT"] = self.host.folder
        self.own = bundles.default_map("subuid", os.getuid()), bundles.default_map("subgid", os.getgid())

    def close(self):
        for name in os.listdir(self.host.root) if os.path.isdir(self.host.root) else []:
            if not name.startswith("."):
                self.host.call("delete", "--force", name)
        self.assertEqual(self.host.left_behind(), [])
        self.host.close()

    def keep(self):
        """Start the keeper, as the engine does for a container of its own."""
        done = self.host.run(["true"])
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def end_keeper(self):
        os.kill(self.host.keeper_pid(), signal.SIGKILL)
        os.unlink(os.path.join(self.host.keeper, "keeper.json"))

    def plain(self, script, change=None):
        """A bundle without coracle.json."""
        self.host.count += 1
        folder = self.host.path(f"plain{self.host.count}")
        shutil.copytree(self.host.layer, folder + "/rootfs", symlinks=True)
        for name in ("proc", "dev", "sys"):  # a root that is not the user could not make them
            os.mkdir(f"{folder}/rootfs/{name}")
        self.assertEqual(self.host.call("spec", "--bundle", folder).returncode, 0)
        path = folder + "/config.json"
        with open(path, encoding="utf-8") as file:
            config = json.load(file)
        config["process"]["args"] = ["sh", "-c", script]
        config["process"]["terminal"] = False
        config["linux"]["uidMappings"], config["linux"]["gidMappings"] = self.own
        if change:
            change(config)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(config, file)
        return folder

    def run_plain(self, script, change=None, **options):
        return self.host.call("run", "--bundle", self.plain(script, change), "box", **options)

    def create(self, name, script="sleep 100", change=None, verbs=("create", "start"), **options):
        """Returns the process's number and whether its namespace is below another than the caller's."""
        bundle = self.plain(script, change)
        for verb in verbs:
            words = (verb, "--bundle", bundle, name) if verb == "create" else (verb, name)
            with open(self.host.path("errors"), "w+", encoding="utf-8") as errors:
                done = subprocess.run([self.host.runtime, "--root", self.host.root, *words], timeout=60, check=False,
                                      env=self.host.environment, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.DEVNULL, stderr=errors, **options)
                errors.seek(0)
                self.assertEqual((done.returncode, errors.read()), (0, ""))
        pid = json.loads(self.host.call("state", name).stdout)["pid"]
        return pid, self.is_mirrored(pid)

    @staticmethod
    def is_mirrored(pid):
        with open(f"/proc/{pid}/ns/user", "rb") as space:
            around = fcntl.ioctl(space, NS_GET_PARENT)
            try:
                return os.fstat(around).st_ino != os.stat("/proc/self/ns/user").st_ino
            finally:
                os.close(around)

    def assert_way(self, mirrored, change=None, **options):
        self.assertEqual(self.create("way", change=change, **options)[1], mirrored)
        self.host.call("delete", "--force", "way")

    # --- what is the same

    def test_no_keeper_is_started(self):
        self.assert_way(False)
        self.assertIsNone(self.host.keeper_pid())

    def test_a_container_sees_the_same(self):
        without = self.run_plain(LOOK)
        self.keep()
        self.assert_way(True)
        with_keeper = self.run_plain(LOOK)
        for done in (without, with_keeper):
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            done.stdout = re.sub(r"plain[0-9]+", "", done.stdout)  # the bundle's folder
        self.assertEqual(without.stdout, with_keeper.stdout)
        self.assertEqual(without.stdout.split()[:3], ["0", str(os.getuid()), "1"])

    def test_its_ids_outside_are_those_of_the_bundle(self):
        def change(config):
            # With a gap, and a program that is not root.
            first = self.own[0][1]["hostID"]
            config["linux"]["uidMappings"] = [{"containerID": 5, "hostID": first + 7, "size": 10},
                                              {"containerID": 0, "hostID": first + 100, "size": 1}]
            config["process"]["user"] = {"uid": 6, "gid": 0}
        found = []
        for mirrored in (False, True):
            if mirrored:
                self.keep()
            pid, way = self.create("one", change=change)
            self.assertEqual(way, mirrored)
            with open(f"/proc/{pid}/uid_map", encoding="utf-8") as file:
                found.append((" ".join(file.read().split()), os.stat(f"/proc/{pid}").st_uid))
            self.host.call("delete", "--force", "one")
        first = self.own[0][1]["hostID"]
        self.assertEqual(found[0], (f"5 {first + 7} 10 0 {first + 100} 1", first + 8))
        self.assertEqual(found[0], found[1])

    def test_files_belong_to_the_same(self):
        self.keep()
        notes = self.host.path("notes")
        os.makedirs(notes)
        done = self.run_plain(f"echo x >{notes}/root; echo x >{notes}/five; chown 5:6 {notes}/five",
                              lambda config: config["mounts"].append(bundles.bind(notes, notes)))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        owners = [os.stat(os.path.join(notes, name)) for name in ("root", "five")]
        self.assertEqual([(item.st_uid, item.st_gid) for item in owners],
                         [(os.getuid(), os.getgid()),
                          (self.own[0][1]["hostID"] + 4, self.own[1][1]["hostID"] + 5)])

    def test_what_a_group_lets_the_user_read_is_mounted(self):
        folder = os.environ.get("CORACLE_TEST_GROUP_FOLDER")
        if not folder:
            self.skipTest("root makes the folder for this")
        found = []
        for mirrored in (False, True):
            if mirrored:
                self.keep()
            bind = lambda config: config["mounts"].append(bundles.bind(folder + "/below", "/data"))  # noqa: E731
            self.assert_way(mirrored, bind)
            done = self.run_plain("cat /data/file; id -G", bind)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            found.append(done.stdout)
        self.assertEqual(found[0], found[1])
        self.assertTrue(found[0].startswith("only for a group\n"))

    def test_nothing_more_may_be_written_outside(self):
        self.keep()
        folder = self.host.path("closed")
        os.makedirs(folder)
        os.chmod(folder, 0o555)
        self.addCleanup(os.chmod, folder, 0o755)
        bundle = self.plain("true")
        done = self.host.call("run", "--pid-file", folder + "/pid", "--bundle", bundle, "box")
        self.assertEqual(done.returncode, 1)
        self.assertIn("ermission denied", done.stderr)

    def test_hooks_run_where_the_caller_is(self):
        self.keep()
        notes = self.host.path("notes")
        os.makedirs(notes)
        kinds = ("prestart", "createRuntime", "poststart", "poststop")

        def change(config):
            config["hooks"] = {kind: [{"path": "/bin/sh", "env": ["PATH=/usr/bin:/bin"],
                                       "args": ["sh", "-c", f"readlink /proc/self/ns/user >{notes}/{kind}; id -u "
                                                            f">>{notes}/{kind}; cat >{notes}/{kind}.state"]}]
                               for kind in kinds}
        self.create("one", change=change)
        pid = json.loads(self.host.call("state", "one").stdout)["pid"]
        self.assertTrue(self.is_mirrored(pid))
        self.host.call("delete", "--force", "one")
        for kind in kinds:
            with open(f"{notes}/{kind}", encoding="utf-8") as file:
                self.assertEqual(file.read().split(), [os.readlink("/proc/self/ns/user"), str(os.getuid())], kind)
        with open(f"{notes}/createRuntime.state", encoding="utf-8") as file:
            self.assertEqual(json.load(file)["pid"], pid)

    def test_the_runtime_is_the_users_as_before(self):
        self.keep()
        words = [self.host.runtime, "--root", self.host.root, "run", "--bundle",
                 self.plain("echo up; exec sleep 100"), "box"]
        run = subprocess.Popen(words, env=self.host.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               text=True)
        self.assertEqual(run.stdout.readline(), "up\n")
        self.assertNotEqual(os.readlink(f"/proc/{run.pid}/ns/user"), os.readlink("/proc/self/ns/user"))
        self.assertEqual(os.stat(f"/proc/{run.pid}").st_uid, os.getuid())
        with open(f"/proc/{run.pid}/environ", "rb") as file:
            self.assertIn(b"CORACLE_RUNROOT", file.read())
        self.host.call("kill", "box", "KILL")
        run.wait()
        run.stdout.close()

    # --- the life of a container, with its keeper and after it

    def live(self, after_create):
        pid, mirrored = self.create("one", verbs=("create",), change=lambda config: config["process"].update(
            user={"uid": 3, "gid": 4}))
        self.assertTrue(mirrored)
        after_create()
        self.assertEqual(self.host.status("one"), "created")
        self.assertEqual(self.host.call("start", "one").returncode, 0)
        done = self.host.call("exec", "one", "sh", "-c", "id -u; cat /proc/self/uid_map; readlink /proc/self/ns/user")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout.split()[:4], ["3", "0", str(os.getuid()), "1"])
        self.assertEqual(done.stdout.split()[-1], os.readlink(f"/proc/{pid}/ns/user"))
        self.assertIn(str(pid), self.host.call("ps", "one").stdout)
        subprocess.run(["nsenter", "-t", str(pid), "-U", "-n", "--preserve-credentials", "true"], check=True)
        self.assertEqual(self.host.call("kill", "one", "KILL").returncode, 0)
        self.assertEqual(self.host.call("delete", "--force", "one").returncode, 0)
        self.assertEqual(self.host.call("state", "one").returncode, 1)

    def test_lives_with_its_keeper(self):
        self.keep()
        self.live(lambda: None)

    def test_lives_on_without_its_keeper(self):
        self.keep()
        self.live(self.end_keeper)
        self.assert_way(False)

    def test_the_kept_namespace_has_no_rights_over_it(self):
        self.keep()
        pid, mirrored = self.create("one")
        self.assertTrue(mirrored)
        done = subprocess.run(["nsenter", f"--user=/proc/{self.host.keeper_pid()}/ns/user", "--preserve-credentials",
                               "nsenter", f"--user=/proc/{pid}/ns/user", "--preserve-credentials", "true"],
                              capture_output=True, text=True, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stderr, "ermi")

    def test_a_new_keeper_has_a_new_mirror(self):
        self.keep()
        self.create("one")
        self.end_keeper()
        self.keep()
        self.assert_way(True)

    def test_the_keeper_has_no_second_process(self):
        self.keep()
        keeper = self.host.keeper_pid()
        with open(f"/proc/{keeper}/task/{keeper}/children", encoding="utf-8") as file:
            self.assertEqual(file.read(), "")
        self.assertEqual(sorted(os.readlink(f"/proc/{keeper}/fd/{name}").split(":")[0]
                                for name in os.listdir(f"/proc/{keeper}/fd")),
                         ["/dev/null"] * 3 + ["anon_inode", "user"])

    # --- the end of a keeper

    def test_a_keeper_ends_with_its_folder(self):
        self.keep()
        self.host.start("ours", ["sleep", "100"])
        self.create("theirs")
        keeper = os.pidfd_open(self.host.keeper_pid())
        self.addCleanup(os.close, keeper)
        shutil.rmtree(self.host.keeper)
        self.assertTrue(bundles.has_ended(keeper), "the keeper goes on")
        for name in ("ours", "theirs"):
            self.assertEqual(self.host.call("exec", name, "id", "-u").stdout, "0\n")
        self.assertIsNone(self.host.keeper_pid())
        self.keep()
        self.assert_way(True)

    def test_a_keeper_ends_when_another_takes_its_place(self):
        self.keep()
        path = os.path.join(self.host.keeper, "keeper.json")
        shutil.copy(path, path + ".new")
        keeper = os.pidfd_open(self.host.keeper_pid())
        self.addCleanup(os.close, keeper)
        os.rename(path + ".new", path)
        self.assertTrue(bundles.has_ended(keeper), "the keeper goes on")
        self.keep()
        self.assert_way(True)

    def test_a_start_that_finds_a_keeper_at_its_end_makes_another(self):
        self.keep()
        bundle = self.host.bundle(["echo", "good"])
        done = subprocess.run([INJECTOR, "fail", "ESRCH", "0", "setns", "1", self.host.path("report"), "--",
                               self.host.runtime, "--root", self.host.root, "run", "--bundle", bundle, "box"],
                              capture_output=True, text=True, check=False, env=self.host.environment,
                              stdin=subprocess.DEVNULL)
        self.assertEqual((done.returncode, done.stderr, done.stdout), (0, "", "good\n"))
        with open(self.host.path("report"), encoding="utf-8") as file:
            self.assertIn("met", file.read())

    # --- where newuidmap would do something else

    def test_groups_of_the_user_alone_need_newgidmap(self):
        def change(config):
            config["linux"]["gidMappings"] = self.own[1][:1]
        self.keep()
        done = self.run_plain("cat /proc/self/setgroups", change)
        self.assertEqual((done.returncode, done.stdout), (0, "deny\n"))

    def test_a_single_id_needs_nobody(self):
        def change(config):
            config["linux"]["uidMappings"], config["linux"]["gidMappings"] = self.own[0][:1], self.own[1][:1]
        self.keep()
        self.assert_way(False, change)

    def test_ids_that_are_not_the_users_are_refused_alike(self):
        def change(config):
            config["linux"]["uidMappings"] = [{"containerID": 0, "hostID": os.getuid() + 1, "size": 1}]
        without = self.run_plain("true", change)
        self.keep()
        with_keeper = self.run_plain("true", change)
        self.assertEqual((without.returncode, without.stderr), (with_keeper.returncode, with_keeper.stderr))
        self.assertEqual(without.returncode, 1)

    def test_more_lines_than_the_kernel_takes_are_refused_alike(self):
        def change(config):
            first = self.own[1][1]["hostID"]
            config["linux"]["gidMappings"] = [{"containerID": 2 * i, "hostID": first + 2 * i, "size": 1}
                                              for i in range(400)]
        without = self.run_plain("true", change)
        self.keep()
        with_keeper = self.run_plain("true", change)
        self.assertEqual((without.returncode, without.stderr), (with_keeper.returncode, with_keeper.stderr))
        self.assertIn("the map of group ids has 400 lines, and the kernel takes 340 at most", without.stderr)

    def test_ids_that_were_taken_back_are_not_given(self):
        self.keep()
        folder = self.host.path("fewer")
        os.makedirs(folder)
        for name, item in zip(("subuid", "subgid"), self.own):
            self.host.write("fewer/" + name, f"{os.getuid()}:{item[1]['hostID']}:{item[1]['size'] - 1}\n")
        self.assert_way(True)
        self.host.environment["CORACLE_SUBID_DIR"] = folder
        self.assert_way(False)

    def test_other_limits_are_counted_where_they_were(self):
        self.keep()
        soft, hard = resource.getrlimit(resource.RLIMIT_SIGPENDING)
        self.assert_way(False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_SIGPENDING, (soft - 1, hard)))

    def test_no_new_privileges_are_obeyed(self):
        def renounce():
            ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        without = self.run_plain("true", preexec_fn=renounce)
        self.keep()
        with_keeper = self.run_plain("true", preexec_fn=renounce)
        self.assertEqual((without.returncode, without.stderr), (with_keeper.returncode, with_keeper.stderr))
        self.assertEqual(without.returncode, 1)

    def test_another_user_namespace_is_not_left(self):
        self.keep()
        words = ["unshare", "--user", f"--map-user={os.getuid()}", f"--map-group={os.getgid()}", self.host.runtime,
                 "--root", self.host.root, "run", "--bundle", self.plain("true"), "box"]
        done = subprocess.run(words, capture_output=True, text=True, check=False, env=self.host.environment,
                              stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 1)
        self.assertIn("map subordinate ids", done.stderr)

    def test_a_joined_namespace_is_joined_as_ever(self):
        self.keep()
        pid, _ = self.create("one")

        def change(config):
            config["linux"]["namespaces"] = [
                {**item, "path": f"/proc/{pid}/ns/{'net' if item['type'] == 'network' else 'user'}"}
                if item["type"] in ("network", "user") else item for item in config["linux"]["namespaces"]]
        self.host.count += 1
        done = self.host.call("run", "--bundle", self.plain("readlink /proc/self/ns/net", change), "two")
        self.assertEqual((done.returncode, done.stdout.strip()), (0, os.readlink(f"/proc/{pid}/ns/net")), done.stderr)

    def test_a_record_that_lies_changes_nothing(self):
        self.keep()
        path = os.path.join(self.host.keeper, "keeper.json")
        with open(path, encoding="utf-8") as file:
            record = json.load(file)
        self.addCleanup(self.host.write, "userns/keeper.json", json.dumps(record))
        mirror = record["mirror"]
        for change in ({"mirror": {**mirror, "fd": 0}}, {"mirror": {**mirror, "fd": 999}},
                       {"mirror": {**mirror, "fd": -1}}, {"mirror": {**mirror, "uids": "nothing"}},
                       {"mirror": {**mirror, "limits": ""}}, {"mirror": 5}, {"startTicks": record["startTicks"] + 1},
                       {"pid": os.getpid()}, {"bootId": "another"}):
            self.host.write("userns/keeper.json", json.dumps({**record, **change}))
            self.assert_way(False)
        text = json.dumps({key: value for key, value in record.items() if key != "mirror"})
        self.host.write("userns/keeper.json", text)
        self.assert_way(False)


if __name__ == "__main__":
    skip_without("userns", "subids", "overlay", "seccomp")
    unittest.main(verbosity=2)
