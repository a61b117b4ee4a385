#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""coracle-monitor with a runtime that makes plain processes: protocol, records and faults."""
import fcntl
import json
import os
import select
import signal
import struct
import sys
import threading
import time
import unittest

SUPPORT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support")
sys.path.insert(0, SUPPORT)
import monitor_client as mc  # noqa: E402

RUNTIME = os.path.abspath(os.path.join(SUPPORT, "fake_runtime.py"))


def is_locked(path):
    """Whether somebody holds an OFD lock on the file."""
    F_OFD_GETLK = 36
    with open(path) as file:
        query = struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 0, 0, 0)
        answer = fcntl.fcntl(file, F_OFD_GETLK, query)
    return struct.unpack("hhqqi4x", answer)[0] != fcntl.F_UNLCK


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):  # also of a file that is open, when it is reaped
        return False


def wait_until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(0.01)  # UNAVOIDABLE: the state of another process's files


class MonitorTest(unittest.TestCase):
    def setUp(self):
        self.base = mc.temporary_folder(self)
        self.root = os.path.join(self.base, "runtime")
        os.makedirs(self.root)

    def container(self, *args, name="c1", **settings):
        container = mc.Container(self.base, list(args), RUNTIME, ["--root", self.root], name, **settings)
        self.addCleanup(self.end, container)
        return container

    @staticmethod
    def end(container):
        for connection in container.connections:
            connection.close()
        if container.monitor and container.monitor.poll() is None:
            try:  # while its monitor lives the process is not reaped, so the number is nobody else's
                with open(os.path.join(container.run, "pid")) as file:
                    os.kill(int(file.read()), signal.SIGKILL)
            except (FileNotFoundError, ProcessLookupError, ValueError):
                pass
            container.monitor.kill()
            container.monitor.wait()

    def fault(self, name, text=""):
        with open(os.path.join(self.root, name), "w") as file:
            file.write(text)

    def hanging_runtime(self):
        path = os.path.join(self.root, "hanging")
        wait_until(lambda: os.path.exists(path))
        with open(path) as file:
            pid = int(file.read())
        os.unlink(path)
        return pid

    def gate(self, name):
        """Each is opened once: a reader that comes while the writer of before is still there would see its end."""
        path = os.path.join(self.base, name)
        os.mkfifo(path)
        return path

    @staticmethod
    def open_gate(path):
        with open(path, "w") as file:
            file.write("go\n")

    def calls(self):
        with open(os.path.join(self.root, "calls")) as file:
            return [line.split()[0] for line in file]

    def assert_clean(self, container):
        self.assertEqual(container.run_files(), ["lock"])
        self.assertFalse(is_locked(os.path.join(container.run, "lock")))


class Life(MonitorTest):
    def test_runs_reports_and_records(self):
        c = self.container("sh", "-c", "echo out; echo err >&2; exit 3")
        client = c.start()
        self.assertEqual(client.exit_code(), 3)
        self.assertEqual((client.stdout, client.stderr), (b"out\n", b"err\n"))
        self.assertEqual(c.wait(), 0)
        record = c.exit_record()
        self.assertEqual((record["exitCode"], record["signal"], record["oomKilled"]), (3, 0, False))
        self.assertLess(record["startedAt"], record["finishedAt"])
        self.assertEqual({(e["stream"], e["log"]) for e in c.log()}, {("stdout", "out\n"), ("stderr", "err\n")})
        self.assertRegex(c.log()[0]["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$")
        events = c.events()
        self.assertEqual([e["action"] for e in events], ["start", "die"])
        self.assertEqual(events[1]["attributes"], {"image": "test", "name": "c1", "exitCode": "3"})
        self.assertEqual(self.calls(), ["run", "delete"])
        self.assert_clean(c)

    def test_waits_for_start(self):
        c = self.container("sh", "-c", "echo hello", autoStart=False)
        client = c.spawn()
        pid = int(client.expect(mc.CREATED))
        self.assertTrue(alive(pid))
        self.assertNotIn("state.json", c.run_files())
        client.send(mc.START)
        client.expect(mc.STARTED)
        self.assertEqual(client.exit_code(), 0)
        self.assertEqual(client.stdout, b"hello\n")
        c.wait()
        self.assertEqual(self.calls(), ["create", "start", "delete"])

    def test_state_names_the_process_while_it_runs(self):
        c = self.container("sleep", "100")
        client = c.start()
        with open(os.path.join(c.run, "state.json")) as file:
            state = json.load(file)
        self.assertEqual(state["pid"], c.pid)
        self.assertTrue(is_locked(os.path.join(c.run, "lock")))
        client.send(mc.SIGNAL, b"15")
        self.assertEqual(client.exit_code(), 143)
        self.assertEqual(c.exit_record()["signal"], 15)
        c.wait()
        self.assert_clean(c)

    def test_exit_command_runs_after_the_lock_is_free(self):
        done = os.path.join(self.base, "done")
        script = f"flock -n {self.base}/run/containers/c1/lock true; echo free=$? > {done}.tmp; mv {done}.tmp {done}"
        c = self.container("true", exitCommand=["sh", "-c", f"test -e {self.base}/containers/c1/exit.json && {script}"])
        client = c.start()
        client.exit_code()
        c.wait()
        wait_until(lambda: os.path.exists(done))
        with open(done) as file:
            self.assertEqual(file.read(), "free=0\n")

    def removable(self, **settings):
        """A container whose starter removes it, and what its exit command would leave behind."""
        trash, cleaned = os.path.join(self.base, "trash", "c1"), os.path.join(self.base, "cleaned")
        os.makedirs(os.path.dirname(trash))
        data = os.path.join(self.base, "containers", "c1")
        c = self.container("true", data=data, trash=trash, exitCommand=["touch", cleaned], **settings)
        client = c.start()
        self.assertEqual(client.expect(mc.EXITED), b"0")
        return c, client, trash, cleaned

    def test_starter_removes_and_the_rest_is_deleted(self):
        c, client, trash, cleaned = self.removable()
        self.assertTrue(is_locked(os.path.join(c.run, "lock")))
        os.makedirs(os.path.join(c.bundle, "upper", "folder"), mode=0)
        os.rename(c.bundle, trash)
        client.close()
        self.assertEqual(c.wait(), 0)
        for path in (trash, c.run, cleaned):
            self.assertFalse(os.path.exists(path), path)

    def test_killed_starter_leaves_the_removal_to_the_exit_command(self):
        c, client, _, cleaned = self.removable()
        client.close()
        self.assertEqual(c.wait(), 0)
        wait_until(lambda: os.path.exists(cleaned))
        self.assertTrue(os.path.exists(os.path.join(c.bundle, "exit.json")))
        self.assert_clean(c)

    def test_what_cannot_be_deleted_is_left_to_the_exit_command(self):
        c, client, trash, cleaned = self.removable()
        os.rename(c.bundle, trash)
        os.chmod(os.path.dirname(trash), 0o500)
        self.addCleanup(os.chmod, os.path.dirname(trash), 0o700)
        client.close()
        self.assertEqual(c.wait(), 0)
        wait_until(lambda: os.path.exists(cleaned))

    def test_state_of_our_own_runtime_is_removed_without_a_program(self):
        state = os.path.join(self.base, "state")
        os.makedirs(os.path.join(state, "folder"))
        for number, (document, verbs) in enumerate((({}, ["run"]), ({"hooks": {"poststop": [{"path": "/x"}]}},
                                                                   ["run", "delete"]))):
            with open(os.path.join(state, "state.json"), "w") as file:
                json.dump(document, file)
            c = self.container("sleep", "100", name=f"c{number}", runtimeState=state)
            client = c.start()
            client.send(mc.SIGNAL, b"9")
            self.assertEqual(client.exit_code(), 137)
            self.assertEqual(c.wait(), 0)
            # Hooks after the end are for the runtime to run, and what it has recorded of them its own to remove.
            self.assertEqual((self.calls(), os.path.exists(state)), (verbs, number == 1))
            os.unlink(os.path.join(self.root, "calls"))
            self.assert_clean(c)
            os.makedirs(state, exist_ok=True)

    def test_started_ahead_it_waits_to_be_told(self):
        c = self.container("sh", "-c", "echo hello; exit 7")
        path = os.path.join(c.bundle, "monitor.json")
        process, client = mc.spawn_monitor(["--await"])
        self.assertFalse(os.path.exists(c.run))
        with open(path, "w") as file:
            json.dump(c.settings, file)
        client.send(mc.BEGIN, path.encode())
        client.expect(mc.CREATED)
        client.expect(mc.STARTED)
        self.assertEqual(client.exit_code(), 7)
        self.assertEqual(client.stdout, b"hello\n")
        self.assertEqual(process.wait(timeout=20), 0)

    def test_started_ahead_and_not_needed_it_ends(self):
        for words in (b"", bytes([mc.START]), bytes([mc.BEGIN]) + b"x" * 5000):
            process, client = mc.spawn_monitor(["--await"])
            if words:
                client.sock.send(words)
            client.close()
            self.assertEqual(process.wait(timeout=20), 0)

    def test_second_monitor_is_refused(self):
        c = self.container("sleep", "100")
        c.start()
        _, second = mc.spawn_monitor(["--config", os.path.join(c.bundle, "monitor.json")])
        kind, message, _ = second.failure()
        self.assertEqual((kind, message), ("Conflict", "container 'c1' is already running"))
        self.assertIn("attach.sock", c.run_files())

    def test_keeps_descriptor_four_until_the_end(self):
        reading, writing = os.pipe()
        self.addCleanup(os.close, reading)
        c = self.container("sh", "-c", "ls /proc/$$/fd | wc -l; cat", openStdin=True)
        client = c.spawn(extra_fds=[writing])
        os.close(writing)
        client.expect(mc.CREATED)
        client.expect(mc.STARTED)
        client.expect_output(b"\n")
        os.set_blocking(reading, False)
        self.assertRaises(BlockingIOError, os.read, reading, 1)
        client.send(mc.STDIN_END)
        client.exit_code()
        c.wait()
        self.assertEqual(os.read(reading, 1), b"")

    def test_holds_nothing_of_its_starter(self):
        c = self.container("sleep", "100")
        c.start()
        targets = [os.readlink(f"/proc/{c.monitor.pid}/fd/{fd}") for fd in range(3)]
        self.assertEqual(targets, ["/dev/null"] * 3)
        self.assertEqual(os.getsid(c.monitor.pid), c.monitor.pid)

    def test_background_leaves_no_child_to_the_starter(self):
        c = self.container("sleep", "100")
        client = c.spawn(words=["--background"])
        self.assertEqual(c.monitor.wait(timeout=20), 0)
        client.expect(mc.CREATED)
        client.expect(mc.STARTED)
        client.send(mc.SIGNAL, b"9")
        self.assertEqual(client.exit_code(), 137)

    def test_private_memory_is_small(self):
        self.container("sleep", "100", name="c2").start()  # the code is shared with another monitor
        c = self.container("sh", "-c", "seq -f 'a line of output %.0f' 0 2999; exec sleep 100")
        client = c.start()
        client.expect_output(b"2999\n")

        def private():
            with open(f"/proc/{c.monitor.pid}/smaps_rollup") as file:
                return sum(int(line.split()[1]) for line in file if line.startswith("Private_"))

        wait_until(lambda: private() < 1024)  # once its code has gone back to the page cache
        print(f"# monitor: {private()} kB private", file=sys.stderr)


class Failures(MonitorTest):
    def check_failure(self, container, kind, text, code_hint=None):
        client = container.spawn()
        while True:
            frame, payload = client.receive()
            if frame == mc.FAILED:
                break
            self.assertEqual(frame, mc.CREATED)
            client.send(mc.START)
        message, _, hint = payload[1:].partition(b"\0")
        self.assertEqual(mc.KINDS[payload[0]], kind)
        self.assertIn(text, message.decode())
        if code_hint:
            self.assertEqual(hint.decode(), code_hint)
        self.assertEqual(container.wait(), 1)
        self.assert_clean(container)
        self.assertEqual({name for name in os.listdir(self.root) if name != "fail-run"}, {"calls"})

    def test_unknown_program_is_not_found(self):
        self.check_failure(self.container("no-such-program"), "NotFound",
                           "exec 'no-such-program': no such file or directory", "look at the image's PATH")

    def test_unknown_program_is_not_found_at_start(self):
        self.check_failure(self.container("no-such-program", autoStart=False), "NotFound", "no such file")

    def test_program_without_execute_bit_is_permission_denied(self):
        self.check_failure(self.container("/etc/passwd"), "PermissionDenied", "permission denied")

    def test_runtime_message_is_passed_on(self):
        self.fault("fail-run", "1\nwarning: something\ncoracle-runtime: mount '/x': no space left on device\n"
                   "hint: free some\n")
        self.check_failure(self.container("true"), "Unavailable", "mount '/x': no space left on device", "free some")

    def test_missing_runtime_is_never_taken_for_a_missing_program(self):
        c = self.container("true")
        c.settings["runtime"] = "/nonexistent/runtime"
        self.check_failure_without_calls(c)

    def check_failure_without_calls(self, c):
        kind, message, _ = c.spawn().failure()
        self.assertEqual(kind, "Unavailable")
        self.assertIn("/nonexistent/runtime", message)

    def test_killed_runtime_is_reported(self):
        self.fault("hang-run")
        c = self.container("true")
        client = c.spawn()
        runtime = self.hanging_runtime()
        os.unlink(os.path.join(self.root, "hang-run"))
        os.kill(runtime, signal.SIGKILL)
        kind, message, _ = client.failure()
        self.assertEqual((kind, message), ("Internal", "fake_runtime.py was killed by signal 9"))
        c.wait()
        self.assert_clean(c)

    def test_damaged_settings_are_reported(self):
        c = self.container("true", logMaxFiles="three")
        kind, message, _ = c.spawn().failure()
        self.assertEqual(kind, "Internal")
        self.assertIn("member 'logMaxFiles' is not an integer", message)

    def test_starter_gone_before_start_leaves_nothing(self):
        c = self.container("sleep", "100", autoStart=False)
        client = c.spawn()
        pid = int(client.expect(mc.CREATED))
        client.close()
        self.assertEqual(c.wait(), 1)
        self.assertFalse(alive(pid))
        self.assert_clean(c)
        self.assertEqual(self.calls(), ["create", "delete"])

    def test_starter_gone_while_runtime_works_leaves_nothing(self):
        self.fault("hang-create")
        c = self.container("sleep", "100", autoStart=False)
        client = c.spawn()
        client.close()
        self.assertEqual(c.wait(), 1)
        self.assert_clean(c)


class Kills(MonitorTest):
    def test_killed_init_is_recorded(self):
        c = self.container("sleep", "100")
        client = c.start()
        os.kill(c.pid, signal.SIGKILL)
        self.assertEqual(client.exit_code(), 137)
        self.assertEqual((c.exit_record()["exitCode"], c.exit_record()["signal"]), (137, 9))

    def test_killed_starter_does_not_harm(self):
        c = self.container("sh", "-c", "read x; echo got $x", openStdin=True)
        c.start().close()
        second = c.attach()
        second.send(mc.STDIN, b"word\n")
        self.assertEqual(second.exit_code(), 0)
        self.assertEqual(second.stdout, b"got word\n")

    def test_killed_monitor_leaves_truth_and_restart_works(self):
        c = self.container("sleep", "100")
        c.start()
        c.monitor.kill()
        c.monitor.wait()
        self.assertFalse(is_locked(os.path.join(c.run, "lock")))
        self.assertTrue(alive(c.pid))
        self.assertFalse(os.path.exists(os.path.join(c.bundle, "exit.json")))
        again = c.spawn()  # while the process lives nobody may start a second one
        kind, message, hint = again.failure()
        self.assertEqual(kind, "Conflict")
        self.assertIn(f"still runs as process {c.pid}", message)
        handle = os.pidfd_open(c.pid)
        self.addCleanup(os.close, handle)
        os.kill(c.pid, signal.SIGKILL)
        select.select([handle], [], [])
        client = c.start()
        client.send(mc.SIGNAL, b"9")
        self.assertEqual(client.exit_code(), 137)
        c.wait()
        self.assert_clean(c)
        self.assertEqual(self.calls(), ["run", "delete", "run", "delete"])

    def test_monitor_killed_while_creating(self):
        self.fault("hang-run")
        c = self.container("true")
        c.spawn()
        self.addCleanup(os.kill, self.hanging_runtime(), signal.SIGKILL)
        c.monitor.kill()
        c.monitor.wait()
        os.unlink(os.path.join(self.root, "hang-run"))
        self.assertEqual([n for n in c.run_files() if n in ("created", "lock")], ["created", "lock"])
        self.assertEqual(c.start().exit_code(), 0)
        c.wait()
        self.assert_clean(c)

    def test_terminating_the_monitor_stops_the_container(self):
        c = self.container("sh", "-c", "trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.05; done")
        client = c.start()
        client.expect_output(b"ready\n")
        for ignored in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
            c.monitor.send_signal(ignored)
        c.monitor.terminate()
        self.assertEqual(client.exit_code(), 7)
        self.assertEqual(client.stdout, b"ready\nbye\n")

    def test_terminating_kills_what_does_not_stop(self):
        c = self.container("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done", stopTimeoutMs=100)
        client = c.start()
        client.expect_output(b"ready\n")
        c.monitor.terminate()
        self.assertEqual(client.exit_code(), 137)

    def test_failing_delete_is_tried_again(self):
        self.fault("fail-delete", "1\ncoracle-runtime: busy\n")
        c = self.container("true")
        self.assertEqual(c.start().exit_code(), 0)
        c.wait()
        self.assertIn("created", c.run_files())
        with open(os.path.join(c.run, "monitor.log")) as file:
            self.assertIn("delete the container: busy", file.read())
        os.unlink(os.path.join(self.root, "fail-delete"))
        self.assertEqual(c.start().exit_code(), 0)


class Streams(MonitorTest):
    def test_input_and_its_end(self):
        c = self.container("cat", openStdin=True)
        client = c.start()
        data = os.urandom(3_000_000)

        def feed():
            for i in range(0, len(data), 60_000):
                client.send(mc.STDIN, data[i:i + 60_000])
            client.send(mc.STDIN_END)

        thread = threading.Thread(target=feed)
        thread.start()
        self.assertEqual(client.exit_code(), 0)
        thread.join()
        self.assertEqual(len(client.stdout), len(data))
        self.assertEqual(client.stdout, data)

    def test_exit_reaches_a_client_that_still_sends(self):
        c = self.container("sh", "-c", "echo started; dd of=/dev/null bs=1 count=70000 2>/dev/null; exit 5",
                           openStdin=True)
        client = c.start()
        client.expect_output(b"started\n")
        ended = []

        def feed():
            try:
                while True:
                    client.send(mc.STDIN, b"x" * 60_000)
            except OSError as error:
                ended.append(type(error))

        thread = threading.Thread(target=feed)
        thread.start()
        self.assertEqual(client.exit_code(), 5)
        thread.join()
        self.assertEqual(ended, [BrokenPipeError])

    def test_without_open_stdin_input_is_empty(self):
        c = self.container("sh", "-c", "wc -c")
        client = c.start()
        self.assertEqual(client.exit_code(), 0)
        self.assertEqual(client.stdout.strip(), b"0")

    def test_starter_loses_nothing_when_it_reads_late(self):
        c = self.container("sh", "-c", "seq 1 300000")
        client = c.start()
        late = c.attach()
        late.send(mc.QUIET)  # with one who waits for the same, the starter has some seconds only
        self.addCleanup(late.close)
        time.sleep(0.5)  # UNAVOIDABLE: the starter is slow on purpose
        self.assertIsNone(c.monitor.poll())
        self.assertTrue(alive(c.pid))  # held up by the starter
        self.assertEqual(client.exit_code(), 0)
        self.assertEqual(client.stdout, b"".join(b"%d\n" % i for i in range(1, 300001)))

    def test_slow_attached_client_is_cut_off_clearly(self):
        c = self.container("sh", "-c", "read x; seq 1 300000; echo end", openStdin=True)
        starter = c.start()
        slow = c.attach()
        starter.send(mc.STDIN, b"go\n")
        self.assertEqual(starter.exit_code(), 0)
        self.assertEqual(starter.stdout.count(b"\n"), 300001)
        try:
            while True:
                kind, _ = slow.receive()
                self.assertNotEqual(kind, mc.EXITED)
        except mc.Closed:
            self.assertEqual(kind, mc.DROPPED)
        self.assertTrue(starter.stdout.startswith(slow.stdout))
        c.wait()

    def test_record_does_not_wait_for_a_starter_that_does_not_read(self):
        c = self.container("sh", "-c", "dd if=/dev/zero bs=1000 count=250 2>/dev/null; exit 4")
        client = c.start()
        wait_until(lambda: os.path.exists(c.bundle + "/exit.json") and not is_locked(c.run + "/lock"))
        self.assertFalse(is_locked(os.path.join(c.run, "lock")))
        self.assertEqual(client.exit_code(), 4)
        self.assertEqual(len(client.stdout), 250_000)
        c.wait()

    def test_terminal(self):
        c = self.container("sh", "-c", "stty size; read x; echo got $x; stty size; read y; echo end",
                           tty=True, openStdin=True)
        client = c.spawn()
        client.send(mc.RESIZE, b"100 30")
        client.expect(mc.CREATED)
        client.expect(mc.STARTED)
        client.expect_output(b"\r\n")
        client.send(mc.RESIZE, b"77 22")
        client.send(mc.STDIN, b"word\n")
        client.expect_output(b"got word\r\n")
        client.expect_output(b"22 77")
        client.send(mc.STDIN_END)
        self.assertEqual(client.exit_code(), 0)
        self.assertIn(b"end", client.stdout)

    def test_terminal_in_a_folder_with_a_long_name(self):
        c = self.container("tty", tty=True, name="c" * 100)
        client = c.start()
        self.assertEqual(client.exit_code(), 0)
        self.assertIn(b"/dev/pts/", client.stdout)

    def test_two_clients_type_on_one_terminal(self):
        script = "stty -echo; echo ready; while read x; do echo got $x $(stty size); done; echo end"
        c = self.container("sh", "-c", script, tty=True, openStdin=True)
        first = c.start()
        first.expect_output(b"ready\r\n")
        second = c.attach()
        for sender, size, word, seen in ((first, b"70 20", b"one", b"got one 20 70\r\n"),
                                         (second, b"90 30", b"two", b"got two 30 90\r\n"),
                                         (first, b"71 21", b"three", b"got three 21 71\r\n")):
            sender.send(mc.RESIZE, size)  # the last one counts, whoever sends it
            sender.send(mc.STDIN, word + b"\n")
            for client in (first, second):
                client.expect_output(seen)
        first.close()  # the terminal stays with who is left
        second.send(mc.STDIN, b"four\n")
        second.expect_output(b"got four 21 71\r\n")
        second.send(mc.STDIN_END)
        self.assertEqual(second.exit_code(), 0)
        self.assertIn(b"end", second.stdout)

    def test_two_clients_write_to_one_input(self):
        c = self.container("sh", "-c", "while read x; do echo got $x; done; echo end", openStdin=True)
        first = c.start()
        second = c.attach()
        for sender, word in ((first, b"one"), (second, b"two"), (first, b"three")):
            sender.send(mc.STDIN, word + b"\n")
            for client in (first, second):
                client.expect_output(b"got " + word + b"\n")
        second.send(mc.STDIN_END)  # of the container, for both
        try:
            first.send(mc.STDIN, b"late\n")
        except BrokenPipeError:
            pass  # even later: the program and its monitor have ended, and what they said is still to be read
        for client in (first, second):
            self.assertEqual(client.exit_code(), 0)
            self.assertEqual(client.stdout, b"got one\ngot two\ngot three\nend\n")

    def test_many_clients_get_the_same(self):
        c = self.container("sh", "-c", "read x; seq 1 20000", openStdin=True)
        clients = [c.start()] + [c.attach() for _ in range(5)]
        clients[3].send(mc.STDIN, b"\n")
        codes = []
        threads = [threading.Thread(target=lambda k=k: codes.append(k.exit_code())) for k in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(codes, [0] * 6)
        self.assertEqual(len({k.stdout for k in clients}), 1)
        self.assertEqual(clients[0].stdout.count(b"\n"), 20000)


class Exec(MonitorTest):
    def session(self, *args, **settings):
        folder = os.path.join(self.base, "exec1")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "process.json"), "w") as file:
            json.dump({"args": list(args), "env": ["PATH=" + os.environ["PATH"]]}, file)
        path = os.path.join(folder, "exec.json")
        with open(path, "w") as file:
            json.dump({"id": "c1", "runtime": RUNTIME, "runtimeArgs": ["--root", self.root], "runDir": folder,
                       "process": os.path.join(folder, "process.json"), **settings}, file)
        return mc.spawn_monitor(["--exec", path])

    def test_runs_and_reports(self):
        process, client = self.session("sh", "-c", "cat; exit 9", openStdin=True)
        client.expect(mc.CREATED)
        client.expect(mc.STARTED)
        client.send(mc.STDIN, b"hello")
        client.send(mc.STDIN_END)
        self.assertEqual(client.exit_code(), 9)
        self.assertEqual(client.stdout, b"hello")
        self.assertEqual(process.wait(timeout=20), 0)
        self.assertEqual(self.calls(), ["exec"])

    def test_has_no_rights_left_while_its_process_runs(self):
        process, client = self.session("sh", "-c", "cat; exit 9", openStdin=True)
        client.expect(mc.CREATED)
        client.expect(mc.STARTED)
        with open(f"/proc/{process.pid}/status") as file:
            status = dict(line.rstrip().split(":\t", 1) for line in file if ":\t" in line)
        self.assertEqual((status["NoNewPrivs"], status["Seccomp"], status["CapPrm"]), ("1", "2", "0" * 16))
        self.assertFalse(os.path.exists(os.path.join(self.base, "exec1", "monitor.log")))
        container = self.container("sleep", "100")
        container.start()  # may have to start newuidmap
        with open(f"/proc/{container.monitor.pid}/status") as file:
            self.assertIn("NoNewPrivs:\t0", file.read())
        client.send(mc.STDIN_END)
        self.assertEqual(client.exit_code(), 9)
        self.assertEqual(process.wait(timeout=20), 0)

    def test_unknown_program(self):
        process, client = self.session("no-such-program")
        self.assertEqual(client.failure()[0], "NotFound")
        self.assertEqual(process.wait(timeout=20), 1)

    def test_terminal_is_hung_up_when_the_client_goes(self):
        process, client = self.session("sh", "-c", "echo ready; exec cat", tty=True, openStdin=True)
        pid = int(client.expect(mc.CREATED))
        client.expect(mc.STARTED)
        client.expect_output(b"ready")
        client.close()
        self.assertEqual(process.wait(timeout=20), 0)
        self.assertFalse(alive(pid))

    def test_background_writer_does_not_hold_the_session(self):
        process, client = self.session("sh", "-c", "yes & exit 0")
        client.expect(mc.CREATED)
        client.expect(mc.STARTED)
        self.assertEqual(client.exit_code(), 0)
        self.assertEqual(process.wait(timeout=20), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
