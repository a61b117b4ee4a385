#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Time commands in turn and compare. Usage: alternate.py [--in-a-row N] ROUNDS NAME COMMAND [NAME COMMAND...]

A round runs each command once, so a slow moment of the machine hits all alike; each pair of rounds begins with another
one, and the second goes the other way, for what ran before decides what the processor's caches hold. Printed are the
median, the fastest run, and the median of the ratios round by round against the first command; below them the processor
time of the command and of what it waited for, which a busy machine changes less, and the most memory that one of these
processes had (this program's own, if that is more). Of a command `before -- timed` the part before `--` is run but not
timed. Words NAME=VALUE at the front of a command are for its environment.

With --in-a-row each turn runs the command N times. The first comes after a pause, with a processor that was idle and
caches that hold something else; it is told apart from the others, which run as a script of a person would.
"""
import os
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
import typing


class Cost(typing.NamedTuple):
    wall: float
    processor: float
    memory: float


SETTLE = 0.15


def once(command, settle=True):
    prepare, _, timed = " ".join(command.split()).rpartition(" -- ")
    if prepare:
        subprocess.run(prepare, shell=True, check=True, executable="/bin/bash",
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if settle:
        time.sleep(SETTLE)  # UNAVOIDABLE: what the command before does in the background is not this one's
    words = shlex.split(timed)  # without a shell, whose own start would be a part of each figure
    environment = dict(os.environ)
    while re.match(r"[A-Z_]+=", words[0]):
        name, _, environment[name] = words.pop(0).partition("=")
    with tempfile.TemporaryFile() as errors:
        begin = time.perf_counter()
        with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors,
                              env=environment) as child:
            _, status, usage = os.wait4(child.pid, 0)
            spent = (time.perf_counter() - begin) * 1000
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            errors.seek(0)
            print(f"exit code {child.returncode}: {timed}\n{errors.read().decode()}", file=sys.stderr)
            sys.exit(1)
    return Cost(spent, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024)


def compare(title, names, costs, field):
    """costs: name -> list of Cost, in the order of the rounds."""
    first = costs[names[0]]
    for name in names:
        own = [getattr(cost, field) for cost in costs[name]]
        ratio = statistics.median(theirs / max(getattr(ours, field), 0.001) for theirs, ours in zip(own, first))
        print(f"  {name:<14} {title:<22} median {statistics.median(own):9.1f} ms   fastest {min(own):9.1f} ms   "
              f"{ratio:6.2f}x the first")


def main():
    words = sys.argv[1:]
    in_a_row = 1
    if words[0] == "--in-a-row":
        in_a_row = int(words[1])
        words = words[2:]
    rounds, names, commands = int(words[0]), words[1::2], words[2::2]
    after_pause = {name: [] for name in names}
    following = {name: [] for name in names}
    for number in range(rounds + 1):
        start = number // 2 % len(names)
        order = [*zip(names, commands)]
        order = order[start:] + order[:start]
        for name, command in order if number % 2 == 0 else order[::-1]:
            costs = [once(command, settle=turn == 0) for turn in range(in_a_row)]
            if number > 0:  # the first round fills caches
                after_pause[name].append(costs[0])
                following[name].extend(costs[1:])
    for name, command in zip(names, commands):
        print(f"{name}: " + " ".join(command.split()).rpartition(" -- ")[2])
    if in_a_row > 1:
        compare("in a row", names, following, "wall")
        compare("in a row, processor", names, following, "processor")
        compare("after a pause", names, after_pause, "wall")
    else:
        compare("", names, after_pause, "wall")
        compare("processor time", names, after_pause, "processor")
    for name in names:
        print(f"  {name:<14} memory at most {max(cost.memory for cost in after_pause[name]):8.1f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
