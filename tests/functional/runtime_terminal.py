#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Terminals of coracle-runtime in the foreground: `run` and `exec` without a console socket."""
import os
import signal
import subprocess
import unittest

import cli_terminal
from runtime_container import bundles, skip_without


def wants_terminal(config):
    config["process"]["terminal"] = True


class Foreground(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = bundles.Host()

    @classmethod
    def tearDownClass(cls):
        cls.host.close()

    def tearDown(self):
        for name in os.listdir(self.host.root) if os.path.isdir(self.host.root) else []:
            if not name.startswith("."):
                self.host.call("delete", "--force", name)
        self.assertEqual(self.host.left_behind(), [])

    def words(self, *words):
        return [self.host.runtime, "--root", self.host.root, *words]

    def run_words(self, script):
        return self.words("run", "--bundle", self.host.bundle(["sh", "-c", script], wants_terminal), "box")

    def converse(self, outer, code):
        """Type, resize, interrupt and end a shell; our own terminal is as before, and the exit code comes through."""
        outer.type("stty size; tty\n")
        outer.expect("31 97")
        outer.expect("/dev/pts/")
        outer.resize(33, 101)
        outer.type("until test \"$(stty size)\" = '33 101'; do :; done; echo re$((1))sized\n")
        outer.expect("re1sized")
        outer.type("trap 'echo inter$((1))rupted' INT; echo rea$((1))dy; while :; do :; done\n")
        outer.expect("rea1dy")
        outer.type("\x03")  # meant for inside: the runtime stays
        outer.expect("inter1rupted")
        outer.type("\x1c")
        outer.ends(code)

    def test_run_is_a_terminal_that_a_person_types_on(self):
        outer = cli_terminal.Terminal(self.run_words("trap 'exit 7' QUIT; . /dev/stdin"), rows=31, columns=97)
        self.addCleanup(outer.process.kill)
        self.converse(outer, 7)
        self.assertEqual([name for name in os.listdir(self.host.root) if not name.startswith(".")], [])

    def test_exec_is_one_too(self):
        self.host.start("one", ["sleep", "100"])
        outer = cli_terminal.Terminal(self.words("exec", "-t", "one", "sh", "-c", "trap 'exit 9' QUIT; . /dev/stdin"),
                                      rows=31, columns=97)
        self.addCleanup(outer.process.kill)
        self.converse(outer, 9)

    def test_pipes_serve_as_well(self):
        for words, text in ((self.run_words("tty; cat; echo end"), "piped\n"),
                            (self.run_words("cat >/dev/null; echo end"), ""),
                            (self.run_words("cat >/dev/null; echo end"), "no line end")):
            done = subprocess.run(words, input=text, capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertTrue(done.stdout.endswith("end\n"), done.stdout)
        done = subprocess.run(self.run_words("i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i + 1)); done"),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.stdout.split("\n")[:-1], [f"line {i}" for i in range(3000)])  # up to the last one

    def test_a_terminal_that_the_program_has_closed_costs_nothing(self):
        run = subprocess.Popen(self.run_words("echo clo$((1))sed; exec <&- >&- 2>&-; sleep 100"), text=True,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self.addCleanup(run.stdout.close)
        self.assertEqual(run.stdout.readline(), "clo1sed\n")
        with open(f"/proc/{run.pid}/stat", encoding="utf-8") as file:
            before = file.read().split()[13:15]
        for _ in range(20):  # each is a round of the loop that carries the terminal
            run.send_signal(signal.SIGCONT)
            subprocess.run(self.words("exec", "box", "true"), check=True, stdin=subprocess.DEVNULL)
        with open(f"/proc/{run.pid}/stat", encoding="utf-8") as file:
            after = file.read().split()[13:15]
        self.assertLess(sum(map(int, after)) - sum(map(int, before)), 20)
        run.terminate()
        self.host.call("kill", "box", "KILL")
        self.assertEqual(run.wait(60), 137)

    def test_a_reader_that_is_gone_takes_the_terminal_away(self):
        run = subprocess.Popen(self.run_words("trap 'exit 3' HUP; while :; do echo more; done"),
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        run.stdout.readline()
        run.stdout.close()
        self.assertEqual(run.wait(60), 3)

    def test_who_does_not_stay_needs_a_console_socket(self):
        self.host.start("one", ["sleep", "100"])
        bundle = self.host.bundle(["true"], wants_terminal)
        for words in (("create", "--bundle", bundle, "box"), ("run", "--detach", "--bundle", bundle, "box"),
                      ("exec", "--detach", "--tty", "one", "true")):
            done = self.host.call(*words)
            self.assertEqual((done.returncode, done.stderr.splitlines()[0]),
                             (1, "coracle-runtime: a terminal is wanted and there is no console socket"))
        done = self.host.call("run", "--console-socket", "/nowhere", "--bundle", self.host.bundle(["true"]), "box")
        self.assertIn("no terminal is wanted", done.stderr)


if __name__ == "__main__":
    skip_without("userns", "subids", "overlay")
    unittest.main()
