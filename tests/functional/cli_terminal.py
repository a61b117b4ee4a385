#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Drive a container's terminal as a person does: type, leave with ctrl-p ctrl-q, come back, resize, end.

Usage: cli_terminal.py COMMAND WORD... where the words run the command line (`coracle --root ...`).
Exit code 0: all held.
"""
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time

LIMIT_SECONDS = 60


class Terminal:
    """A program on a pseudoterminal of its own."""

    def __init__(self, words, rows=24, columns=80):
        self.seen = b""
        self.master, slave = pty.openpty()
        self.resize(rows, columns)
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.process = subprocess.Popen(words, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
                                        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))

    def resize(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text):
        os.write(self.master, text.encode())

    def expect(self, text):
        wanted, end = text.encode(), time.monotonic() + LIMIT_SECONDS
        while wanted not in self.seen:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.master], [], [], left)[0]:
                raise AssertionError(f"'{text}' did not come; there is {self.seen!r}")
            self.seen += os.read(self.master, 4096)
        self.seen = self.seen.split(wanted, 1)[1]

    def ends(self, code):
        got = self.process.wait(LIMIT_SECONDS)
        assert got == code, f"exit code {got} instead of {code}"
        after = termios.tcgetattr(self.slave)
        assert after == self.before, "the terminal is not as it was"


def assert_runs(cli, name):
    state = subprocess.run(cli + ["inspect", "-f", "{{.State.Status}}", name], capture_output=True, text=True,
                           check=True).stdout.strip()
    assert state == "running", f"the container is {state} after the detach"


def with_other_keys(cli):
    """Keys of the person's own leave the container, and the usual ones are typed."""
    outer = Terminal(cli + ["run", "-it", "--rm", "--detach-keys", "ctrl-x,q", "--name", "keys", "--network", "none",
                            "welcome", "sh"])
    outer.type("stty raw -echo; echo raw; dd bs=1 count=4 2>/dev/null | od -An -tx1; stty sane\n")
    outer.expect("raw\n")
    outer.type("\x10\x11\x18a")  # the usual keys, and half of the own ones
    outer.expect("10 11 18 61")
    outer.type("\x18q")
    outer.ends(0)
    assert_runs(cli, "keys")
    again = Terminal(cli + ["attach", "--detach-keys", "ctrl-y", "keys"])
    again.type("echo third-$((40 + 4))\n")
    again.expect("third-44")
    again.type("\x19")
    again.ends(0)
    assert_runs(cli, "keys")
    inside = Terminal(cli + ["exec", "-it", "--detach-keys", "ctrl-b", "keys", "sh"])
    inside.type("echo fourth-$((40 + 5))\n")
    inside.expect("fourth-45")
    inside.type("\x02")
    inside.ends(0)
    assert_runs(cli, "keys")
    last = Terminal(cli + ["attach", "keys"])
    last.type("exit 6\n")
    last.ends(6)


def started_again(cli):
    """start joins a container that has its own terminal, and its keys leave it."""
    subprocess.run(cli + ["create", "-it", "--name", "late", "--network", "none", "welcome", "sh"], check=True,
                   stdout=subprocess.DEVNULL)
    first = Terminal(cli + ["start", "--attach", "--interactive", "--detach-keys", "ctrl-b", "late"])
    first.type("echo fifth-$((40 + 6))\n")
    first.expect("fifth-46")
    first.type("\x02")
    first.ends(0)
    assert_runs(cli, "late")
    subprocess.run(cli + ["rm", "-f", "late"], check=True, stdout=subprocess.DEVNULL)


def main():
    cli = sys.argv[1:]
    outer = Terminal(cli + ["run", "-it", "--rm", "--name", "terminal", "--network", "none", "welcome", "sh"])
    outer.type("echo first-$((40 + 2))\n")
    outer.expect("first-42")
    outer.resize(33, 101)
    # Its size and what is typed come to the container in any order. The echo of the words has no match.
    outer.type("until stty size | grep -x '33 10[1]'; do sleep 0.1; done\n")
    outer.expect("33 101")
    outer.type("\x10\x11")
    outer.ends(0)
    assert_runs(cli, "terminal")
    again = Terminal(cli + ["attach", "terminal"])
    again.type("echo second-$((40 + 3))\n")
    again.expect("second-43")
    again.type("exit 5\n")
    again.ends(5)
    with_other_keys(cli)
    started_again(cli)
    return 0


if __name__ == "__main__":
    sys.exit(main())
