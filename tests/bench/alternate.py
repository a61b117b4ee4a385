#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Time commands in turn and compare. Usage: alternate.py ROUNDS NAME COMMAND [NAME COMMAND...]

A round runs each command once, so a slow moment of the machine hits all alike. Printed are the median, the fastest run,
and the median of the ratios round by round against the first command. Of a command `before -- timed` the part before
`--` is run but not timed.
"""
import shlex
import statistics
import subprocess
import sys
import time


SETTLE = 0.15


def once(command):
    prepare, _, timed = " ".join(command.split()).rpartition(" -- ")
    if prepare:
        subprocess.run(prepare, shell=True, check=True, executable="/bin/bash",
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(SETTLE)  # UNAVOIDABLE: what the command before does in the background is not this one's
    words = shlex.split(timed)  # without a shell, whose own start would be a part of each figure
    begin = time.perf_counter()
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    spent = (time.perf_counter() - begin) * 1000
    if done.returncode != 0:
        print(f"exit code {done.returncode}: {timed}\n{done.stderr.decode()}", file=sys.stderr)
        sys.exit(1)
    return spent


def main():
    rounds = int(sys.argv[1])
    names, commands = sys.argv[2::2], sys.argv[3::2]
    times = {name: [] for name in names}
    for number in range(rounds + 1):
        for name, command in zip(names, commands):
            spent = once(command)
            if number > 0:  # the first round fills caches
                times[name].append(spent)
    first = times[names[0]]
    for name, command in zip(names, commands):
        ratio = statistics.median(theirs / ours for theirs, ours in zip(times[name], first))
        median, fastest = statistics.median(times[name]), min(times[name])
        print(f"{name:<28} median {median:9.1f} ms   fastest {fastest:9.1f} ms   {ratio:6.2f}x the first")
        print("    " + " ".join(command.split()).rpartition(" -- ")[2])
    return 0


if __name__ == "__main__":
    sys.exit(main())
