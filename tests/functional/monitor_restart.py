#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""coracle-monitor with a runtime that makes plain processes: restart policies, adoption, faults at the end, the log."""
import json
import os
import resource
import select
import signal
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import monitor as base  # noqa: E402
import monitor_client as mc  # noqa: E402
from monitor import alive, is_locked, wait_until  # noqa: E402

# Linux 6.15 keeps how a process ended for the holders of its pidfd.
KNOWS_EXIT = tuple(int(part) for part in os.uname().release.split(".")[:2]) >= (6, 15)


class Case(base.MonitorTest):
    def read(self, c, name):
        with open(os.path.join(c.run, name)) as file:
            return json.load(file)

    def delay(self, c):
        """Milliseconds of the pause that there is; 0 when there is none, or when it has just ended."""
        try:
            return self.read(c, "backoff.json")["delayMs"]
        except FileNotFoundError:
            return 0

    def exists(self, c, name):
        return os.path.exists(os.path.join(c.run, name))

    def mark_stopped(self, c):
        with open(os.path.join(c.run, "stop"), "w"):
            pass

    def kill_monitor(self, c):
        """The process lives on; the test ends it whatever happens."""
        handle = os.pidfd_open(c.pid)
        self.addCleanup(os.close, handle)
        self.addCleanup(self.kill_by_handle, handle)
        c.monitor.kill()
        c.monitor.wait()
        return handle

    @staticmethod
    def kill_by_handle(handle):
        try:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def adopt(self, c):
        client = c.spawn(words=["--adopt"])
        client.expect(mc.STARTED)
        return client

    def texts(self, c, growing=False):
        return [entry["log"] for entry in c.log(growing)]

    def kill_in_pause(self, c, least=1):
        """Stopped, it stays where it is seen; where that is not a pause of so many milliseconds it goes on."""
        def waits():
            c.monitor.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, c.monitor.pid, os.WSTOPPED)
            if self.delay(c) >= least and not self.exists(c, "state.json") and not self.exists(c, "created"):
                return True
            c.monitor.send_signal(signal.SIGCONT)
            return False
        wait_until(waits)
        c.monitor.kill()
        c.monitor.wait()


class Restart(Case):
    def test_on_failure_gives_up_after_the_wanted_number(self):
        c = self.container("sh", "-c", "echo again; exit 4", restart="on-failure", restartRetries=3)
        self.assertEqual(c.start().exit_code(), 4)
        c.wait()
        self.assertEqual(self.calls(), ["run", "delete"] * 4)
        record = c.exit_record()
        self.assertEqual((record["exitCode"], record["restarts"]), (4, 3))
        self.assertEqual(self.texts(c), ["again\n"] * 4)
        events = c.events()
        self.assertEqual([e["action"] for e in events], ["start", "die"] * 4)
        pauses = [(events[i + 1]["time"] - events[i]["time"]) / 1e6 for i in (1, 3, 5)]
        for pause, wanted in zip(pauses, (100, 200, 400)):
            self.assertGreaterEqual(pause, wanted)
        self.assert_clean(c)

    def test_on_failure_leaves_a_success_alone(self):
        c = self.container("true", restart="on-failure")
        self.assertEqual(c.start().exit_code(), 0)
        c.wait()
        self.assertEqual(self.calls(), ["run", "delete"])

    def test_always_starts_again_after_a_success(self):
        c = self.container("true", restart="always")
        c.start()
        wait_until(lambda: self.calls().count("run") >= 3)
        c.monitor.terminate()
        c.wait()
        self.assert_clean(c)

    def test_pause_can_be_seen(self):
        c = self.container("sh", "-c", "exit 9", restart="always")
        c.start()
        pause = {}

        def seen():
            try:
                pause.update(self.read(c, "backoff.json"))
            except FileNotFoundError:  # it is over already
                return False
            return not self.exists(c, "state.json")
        wait_until(seen)
        self.assertEqual((pause["pid"], pause["exitCode"]), (c.monitor.pid, 9))
        self.assertGreaterEqual(pause["restarts"], 1)
        self.assertTrue(is_locked(os.path.join(c.run, "lock")))
        c.monitor.terminate()
        c.wait()

    def test_stop_in_a_long_pause_works_at_once(self):
        c = self.container("sh", "-c", "exit 9", restart="unless-stopped")
        c.start()
        self.kill_in_pause(c)
        pause = self.read(c, "backoff.json")
        pause["delayMs"] = 3_600_000
        with open(os.path.join(c.run, "backoff.json"), "w") as file:
            json.dump(pause, file)
        before = self.calls()
        self.adopt(c).close()
        children = f"/proc/{c.monitor.pid}/task/{c.monitor.pid}/children"
        wait_until(lambda: self.calls() == before + ["delete"] and not self.text_of(children))
        c.monitor.terminate()
        c.wait()
        self.assertEqual(self.calls(), before + ["delete"])
        self.assertEqual(c.exit_record()["exitCode"], 9)
        self.assert_clean(c)

    @staticmethod
    def text_of(path):
        with open(path) as file:
            return file.read()

    def test_marked_container_rests(self):
        c = self.container("sleep", "100", restart="always")
        client = c.start()
        self.mark_stopped(c)
        client.send(mc.SIGNAL, b"15")
        self.assertEqual(client.exit_code(), 143)
        c.wait()
        self.assertEqual(self.calls(), ["run", "delete"])

    def test_mark_set_in_the_pause_is_seen(self):
        c = self.container("sh", "-c", "exit 1", restart="always")
        c.start()
        wait_until(lambda: self.delay(c) >= 200)
        self.mark_stopped(c)
        c.wait()
        self.assertEqual(c.exit_record()["exitCode"], 1)

    def test_terminated_monitor_does_not_start_again(self):
        c = self.container("sleep", "100", restart="always")
        client = c.start()
        c.monitor.terminate()
        self.assertEqual(client.exit_code(), 143)
        c.wait()
        self.assertEqual(self.calls(), ["run", "delete"])

    def test_clients_attach_to_the_next_run(self):
        c = self.container("sh", "-c", f"test -e {self.base}/second || {{ : >{self.base}/second; exit 1; }}; "
                           "read x; echo $x", openStdin=True, restart="on-failure")
        first = c.start()
        self.assertEqual(first.exit_code(), 1)
        wait_until(lambda: self.exists(c, "state.json") and not self.exists(c, "backoff.json"))
        second = c.attach()
        second.send(mc.STDIN, b"hello\n")
        self.assertEqual(second.exit_code(), 0)
        self.assertEqual(second.stdout, b"hello\n")
        c.wait()

    def test_restart_that_cannot_be_made_is_recorded(self):
        c = self.container("sleep", "100", restart="always")
        client = c.start()
        self.fault("fail-run", "1\ncoracle-runtime: the layer is gone\n")
        client.send(mc.SIGNAL, b"9")
        self.assertEqual(client.exit_code(), 137)
        c.wait()
        record = c.exit_record()
        self.assertEqual((record["exitCode"], record["error"]), (128, "the layer is gone"))
        self.assert_clean_but(c, ["monitor.log"])

    def assert_clean_but(self, c, names):
        self.assertEqual([n for n in c.run_files() if n not in names], ["lock"])

    def test_starter_that_does_not_read_holds_no_later_run(self):
        c = self.container("sh", "-c", "seq 1 100000; exit 1", restart="on-failure", restartRetries=2)
        c.start()
        wait_until(lambda: self.calls().count("run") == 1)
        client = c.connections[0]
        self.assertEqual(client.exit_code(), 1)
        wait_until(lambda: not is_locked(os.path.join(c.run, "lock")))
        self.assertEqual(self.calls(), ["run", "delete"] * 3)

    def test_network_is_made_for_each_run(self):
        out = os.path.join(self.base, "network")
        script = f'cat <&3 >/dev/null; echo ended >>{out}'
        command = ["sh", "-c", f'(sh -c "{script}") </dev/null & echo made $1 >>{out}', "network"]
        c = self.container("sh", "-c", "exit 1", autoStart=False, networkCommand=command,
                           restart="on-failure", restartRetries=2)
        client = c.spawn()
        client.expect(mc.CREATED)
        client.send(mc.START)
        self.assertEqual([client.expect(mc.STARTED), client.exit_code()], [b"", 1])
        c.wait()

        def lines():
            with open(out) as file:
                return file.read().split("\n")[:-1]
        wait_until(lambda: len(lines()) == 4)
        self.assertEqual([line.split()[0] for line in lines() if line != "ended"], ["made"] * 2)
        self.assertEqual(self.calls(), ["create", "start", "delete"] * 3)


class Adoption(Case):
    LOOP = "i=0; while [ $i -lt %d ]; do echo line $i; i=$((i+1)); done; echo done; read x <%s; exit 5"

    def test_output_written_without_a_monitor_is_kept(self):
        begin, gate = self.gate("begin"), self.gate("end")
        c = self.container("sh", "-c", f"read x <{begin}; " + self.LOOP % (100, gate))
        c.start()
        self.kill_monitor(c)
        self.open_gate(begin)
        self.assertTrue(alive(c.pid))
        client = self.adopt(c)
        wait_until(lambda: "".join(self.texts(c, growing=True)).endswith("done\n"))
        self.assertEqual(self.texts(c), [f"line {i}\n" for i in range(100)] + ["done\n"])
        attached = c.attach()
        self.open_gate(gate)
        payload = attached.expect(mc.EXITED)
        self.assertEqual(payload, b"5" if KNOWS_EXIT else payload)
        client.expect(mc.EXITED)
        c.wait()
        self.assertEqual(c.exit_record().get("exitCode"), 5 if KNOWS_EXIT else None)
        self.assertEqual([e["action"] for e in c.events()], ["start", "die"])
        self.assertEqual(self.calls(), ["run", "delete"])
        self.assert_clean(c)

    def test_container_that_writes_much_waits_for_a_reader(self):
        begin, gate = self.gate("begin"), self.gate("end")
        c = self.container("sh", "-c", f"read x <{begin}; " + self.LOOP % (30000, gate))
        c.start()
        self.kill_monitor(c)
        self.open_gate(begin)
        self.adopt(c)
        wait_until(lambda: "".join(self.texts(c, growing=True)).endswith("done\n"))
        # A writer that is not scheduled for a second in the middle of a line has it logged in two parts.
        self.assertEqual("".join(self.texts(c)).count("\n"), 30001)
        self.open_gate(gate)
        c.wait()

    def test_input_ends_with_a_killed_monitor(self):
        seen = os.path.join(self.base, "seen")
        c = self.container("sh", "-c", f"cat >{seen}; echo input ended; exec sleep 100", openStdin=True)
        client = c.start()
        client.send(mc.STDIN, b"before\n")

        def text():
            with open(seen) as file:
                return file.read()
        wait_until(lambda: os.path.exists(seen) and text() == "before\n")
        self.kill_monitor(c)
        adopter = self.adopt(c)
        wait_until(lambda: self.texts(c, growing=True) == ["input ended\n"])
        adopter.send(mc.STDIN, b"after\n")  # nobody reads it, and nothing breaks
        adopter.send(mc.STDIN_END)
        attached = c.attach()
        adopter.send(mc.SIGNAL, b"9")
        attached.expect(mc.EXITED)
        c.wait()
        self.assertEqual(text(), "before\n")
        self.assert_clean(c)

    def test_terminal_hangs_up_with_a_killed_monitor(self):
        seen = os.path.join(self.base, "seen")
        script = f"trap 'echo hung up >>{seen}' HUP; echo ready; while read x; do echo $x >>{seen}; done; " \
                 f"echo ended >>{seen}; while :; do sleep 0.05; done"  # a trap waits for the end of a command
        c = self.container("sh", "-c", script, tty=True, openStdin=True)
        client = c.start()
        client.expect_output(b"ready\r\n")
        client.send(mc.STDIN, b"before\nhalf a line")

        def lines():
            with open(seen) as file:
                return file.read().splitlines()
        wait_until(lambda: os.path.exists(seen) and lines() == ["before"])
        self.kill_monitor(c)
        # What was typed and not read is lost with the terminal; a program that lives on reads its end. The kernel
        # wakes the reader before it sends SIGHUP, so now and then the end is seen first.
        wait_until(lambda: sorted(lines()) == ["before", "ended", "hung up"])
        adopter = self.adopt(c)
        adopter.send(mc.RESIZE, b"70 20")
        adopter.send(mc.STDIN, b"after\n")
        adopter.send(mc.SIGNAL, b"9")
        adopter.expect(mc.EXITED)
        c.wait()
        self.assertEqual(sorted(lines()), ["before", "ended", "hung up"])
        self.assert_clean(c)

    def test_killed_process_is_seen_by_the_new_monitor(self):
        c = self.container("sleep", "100")
        c.start()
        handle = self.kill_monitor(c)
        client = self.adopt(c)
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        client.expect(mc.EXITED)
        c.wait()
        record = c.exit_record()
        if KNOWS_EXIT:
            self.assertEqual((record["exitCode"], record["signal"]), (137, 9))
        self.assert_clean(c)

    def test_both_killed_is_an_unknown_end(self):
        c = self.container("sleep", "100", restart="always")
        c.start()
        handle = self.kill_monitor(c)
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        select.select([handle], [], [])
        client = c.spawn(words=["--adopt"])
        self.assertEqual(client.expect(mc.EXITED), b"")
        c.wait()
        self.assertNotIn("exitCode", c.exit_record())
        self.assertEqual(self.calls(), ["run", "delete"])  # a person decides what becomes of it
        self.assert_clean(c)

    def test_stranger_with_the_same_number_is_left_alone(self):
        c = self.container("sleep", "100")
        c.start()
        handle = self.kill_monitor(c)
        state = self.read(c, "state.json")
        state["startTicks"] -= 1  # the process that was meant began earlier
        with open(os.path.join(c.run, "state.json"), "w") as file:
            json.dump(state, file)
        os.rename(os.path.join(self.root, "c1"), os.path.join(self.root, "other"))  # the runtime knows it by more
        client = c.spawn(words=["--adopt"])
        self.assertEqual(client.expect(mc.EXITED), b"")
        c.wait()
        self.assertTrue(alive(c.pid))
        self.assertEqual(select.select([handle], [], [], 0)[0], [])
        self.assertNotIn("exitCode", c.exit_record())

    def test_second_adoption_changes_nothing(self):
        c = self.container("sleep", "100")
        c.start()
        self.kill_monitor(c)
        client = self.adopt(c)
        adopter = c.monitor
        second = c.spawn(words=["--adopt"])
        self.assertRaises(mc.Closed, second.receive)
        self.assertEqual(c.wait(), 1)
        self.assertTrue(alive(c.pid))
        c.monitor = adopter
        client.send(mc.SIGNAL, b"9")
        client.expect(mc.EXITED)
        c.wait()
        self.assert_clean(c)

    def test_policy_goes_on_after_an_adoption(self):
        if not KNOWS_EXIT:
            self.skipTest("this kernel does not tell how an orphan ended")
        c = self.container("sleep", "100", restart="on-failure", restartRetries=1)
        c.start()
        handle = self.kill_monitor(c)
        self.adopt(c)
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        wait_until(lambda: self.calls().count("run") == 2 and self.exists(c, "state.json") and
                   not self.exists(c, "backoff.json"))
        c.attach().send(mc.SIGNAL, b"9")
        c.wait()
        self.assertEqual(c.exit_record()["restarts"], 1)

    def test_pause_of_a_killed_monitor_is_gone_on_with(self):
        c = self.container("sh", "-c", f"test -e {self.base}/enough; exit $?", restart="on-failure")
        c.start()
        self.kill_in_pause(c, least=400)
        with open(os.path.join(self.base, "enough"), "w"):
            pass
        before = self.calls().count("run")
        self.adopt(c)
        c.wait()
        self.assertEqual(self.calls().count("run"), before + 1)
        self.assertEqual(c.exit_record()["exitCode"], 0)
        self.assert_clean(c)

    def test_torn_entry_does_not_spoil_the_next(self):
        c = self.container("sh", "-c", "echo first; exec sleep 100")
        c.start().expect_output(b"first\n")
        self.kill_monitor(c)
        with open(c.log_path, "a") as file:
            file.write('{"log":"torn')
        self.adopt(c)
        self.assertEqual(self.texts(c), ["first\n"])  # all of it can be read

    def test_network_is_made_again(self):
        out = os.path.join(self.base, "network")
        c = self.container("sleep", "100", autoStart=False, networkCommand=["sh", "-c", f"echo $1 >{out}", "network"])
        client = c.spawn()
        c.pid = int(client.expect(mc.CREATED))
        client.send(mc.START)
        client.expect(mc.STARTED)
        handle = self.kill_monitor(c)
        self.adopt(c)
        wait_until(lambda: os.path.exists(out) and open(out).read() == f"{c.pid}\n")
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        c.wait()


class Faults(Case):
    def test_end_is_told_when_the_disk_takes_no_record(self):
        c = self.container("sh", "-c", "read x; exit 6", openStdin=True)
        client = c.start()
        os.chmod(c.bundle, 0o555)
        self.addCleanup(os.chmod, c.bundle, 0o755)
        client.send(mc.STDIN, b"\n")
        self.assertEqual(client.exit_code(), 6)
        c.wait()
        self.assertEqual(self.read(c, "exit.json")["exitCode"], 6)
        os.chmod(c.bundle, 0o755)
        again = c.start()  # the record of the run before is not taken for that of this one
        self.assertFalse(self.exists(c, "exit.json"))
        again.send(mc.STDIN, b"\n")
        self.assertEqual(again.exit_code(), 6)
        c.wait()

    def test_end_is_told_when_the_run_folder_is_read_only(self):
        c = self.container("sh", "-c", "read x; exit 6", openStdin=True)
        client = c.start()
        os.chmod(c.run, 0o555)
        self.addCleanup(os.chmod, c.run, 0o755)
        client.send(mc.STDIN, b"\n")
        self.assertEqual(client.exit_code(), 6)
        c.wait()
        self.assertEqual(c.exit_record()["exitCode"], 6)
        self.assertFalse(is_locked(os.path.join(c.run, "lock")))

    def test_stalled_starter_holds_others_up_for_a_bounded_time_only(self):
        c = self.container("sh", "-c", "read x; seq 1 300000; echo end", openStdin=True)
        starter = c.start()
        other = c.attach()
        other.send(mc.STDIN, b"go\n")
        self.assertEqual(other.exit_code(), 0)  # which waits for a bounded time itself
        self.assertTrue(other.stdout.endswith(b"\nend\n"))
        try:
            while True:
                kind, _ = starter.receive()
        except mc.Closed:
            self.assertEqual(kind, mc.DROPPED)
        c.wait()

    def test_quiet_client_hears_the_end_only(self):
        c = self.container("sh", "-c", "read x; seq 1 300000; exit 3", openStdin=True)
        client = c.start()
        quiet = c.attach()
        quiet.send(mc.QUIET)
        wait_until(lambda: self.clients_read(quiet))
        client.send(mc.STDIN, b"go\n")
        self.assertEqual(client.exit_code(), 3)
        self.assertEqual(quiet.receive(), (mc.EXITED, b"3"))
        c.wait()

    @staticmethod
    def clients_read(connection):
        """Whether the monitor has taken what was sent."""
        import fcntl
        import struct
        import termios
        return struct.unpack("i", fcntl.ioctl(connection.sock, termios.TIOCOUTQ, b"\0" * 4))[0] == 0


class Log(Case):
    def test_partial_lines_and_bad_bytes(self):
        gate = self.gate("gate")
        c = self.container("sh", "-c", r"printf 'a\377b\n'; printf 'prompt> '; read x <" + gate +
                           r"; printf 'x\n'; printf end")
        client = c.start()
        wait_until(lambda: [e["log"] for e in c.log(growing=True)][1:] == ["prompt> "])  # after a second
        self.open_gate(gate)
        self.assertEqual(client.exit_code(), 0)
        self.assertEqual([e["log"] for e in c.log()], ["a\ufffdb\n", "prompt> ", "x\n", "end"])

    def test_rotation_keeps_the_wanted_parts(self):
        c = self.container("sh", "-c", "seq 1 30000", logMaxBytes=300_000, logMaxFiles=3)
        self.assertEqual(c.start().exit_code(), 0)
        parts = [f"{c.log_path}{end}" for end in (".2", ".1", "")]
        self.assertFalse(os.path.exists(c.log_path + ".3"))
        text = ""
        for part in parts:
            self.assertLessEqual(os.path.getsize(part), 300_000)
            with open(part) as file:
                text += "".join(json.loads(line)["log"] for line in file)
        # A line that was not finished for a second is in two entries, and the first one here may be such a half.
        numbers = [int(line) for line in text.split("\n")[1:-1]]
        self.assertEqual(numbers, list(range(numbers[0], 30001)))
        self.assertGreater(len(numbers), 5000)

    def test_full_disk_is_told_and_harms_nobody(self):
        # RLIMIT_FSIZE stands for a full disk: writes beyond it fail with EFBIG.
        script = "seq 1 20000; read x; echo after"
        c = self.container("sh", "-c", script, openStdin=True, logMaxBytes=0)
        client = c.start()
        client.expect_output(b"\n100\n")
        resource.prlimit(c.monitor.pid, resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
        client.expect_output(b"\n20000\n")
        resource.prlimit(c.monitor.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        client.send(mc.STDIN, b"\n")
        self.assertEqual(client.exit_code(), 0)
        entries = [e["log"] for e in c.log()]
        self.assertEqual(client.stdout.count(b"\n"), 20001)
        if "\n20000\n" not in "".join(entries):  # nor in two entries, as a line is that is slow to be finished
            self.assertRegex(entries[-2], r"^coracle: \d+ bytes of output are missing here: write: File too large\n$")
        self.assertEqual(entries[-1], "after\n")


class LogOptions(Case):
    def test_attributes_are_in_each_entry(self):
        c = self.container("sh", "-c", "echo a; echo b", logAttributes={"who": 'the "crew"', "tag": "x"})
        c.start().exit_code()
        self.assertEqual([e["attrs"] for e in c.log()], [{"who": 'the "crew"', "tag": "x"}] * 2)

    def test_single_file_keeps_the_newest_within_the_limit(self):
        c = self.container("seq", "1", "5000", logMaxBytes=65536, logMaxFiles=1)
        client = c.start()
        client.exit_code()
        c.wait()
        names = [n for n in os.listdir(c.bundle) if n.startswith("container.log")]
        self.assertLessEqual(sum(os.path.getsize(os.path.join(c.bundle, n)) for n in names), 65536)
        self.assertTrue("".join(self.texts(c)).endswith("\n5000\n"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
