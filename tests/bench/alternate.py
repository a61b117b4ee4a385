#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Time commands in turn and compare. Usage: alternate.py ROUNDS NAME COMMAND [NAME COMMAND...]

A round runs each command once, so a slow moment of the machine hits all alike. Printed are the median, the fastest run,
and the median of the ratios round by round against the first command; below them the processor time of the command and
of what it waited for, which a busy machine changes less, and the most memory that one of these processes had (this
program's own, if that is more). Of a command `before -- timed` the part before `--` is run but not timed.
"""
import os
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


def once(command):
    prepare, _, timed = " ".join(command.split()).rpartition(" -- ")
    if prepare:
        subprocess.run(prepare, shell=True, check=True, executable="/bin/bash",
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(SETTLE)  # UNAVOIDABLE: what the command before does in the background is not this one's
    words = shlex.split(timed)  # without a shell, whose own start would be a part of each figure
    with tempfile.TemporaryFile() as errors:
        begin = time.perf_counter()
        with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors) as child:
            _, status, usage = os.wait4(child.pid, 0)
            spent = (time.perf_counter() - begin) * 1000
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            errors.seek(0)
            print(f"exit code {child.returncode}: {timed}\n{errors.read().decode()}", file=sys.stderr)
            sys.exit(1)
    return Cost(spent, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024)


def main():
    rounds = int(sys.argv[1])
    names, commands = sys.argv[2::2], sys.argv[3::2]
    times = {name: [] for name in names}
    for number in range(rounds + 1):
        for name, command in zip(names, commands):
            cost = once(command)
            if number > 0:  # the first round fills caches
                times[name].append(cost)
    first = times[names[0]]
    for name, command in zip(names, commands):
        for field in ("wall", "processor"):
            own = [getattr(cost, field) for cost in times[name]]
            ratio = statistics.median(theirs / max(getattr(ours, field), 0.001) for theirs, ours in zip(own, first))
            title = name if field == "wall" else "    processor time"
            print(f"{title:<28} median {statistics.median(own):9.1f} ms   fastest {min(own):9.1f} ms   "
                  f"{ratio:6.2f}x the first")
        print(f"    memory                   at most {max(cost.memory for cost in times[name]):8.1f} MiB")
        print("    " + " ".join(command.split()).rpartition(" -- ")[2])
    return 0


if __name__ == "__main__":
    sys.exit(main())
