#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Let each system call of create, start, exec, run and rm fail (ENOSPC, EIO, EPERM) or be the last one of its process.

After each: the exit code told the truth, a failure is one clear line, the next commands show what is and work, and the
host is as before. Without an option a sample is taken (--seed, --sample N); --full takes every point.
  --only VERB,...      scenarios          --fault kill,EIO,...   faults
  --point 'VERB FAULT PROCESS CALL NUMBER'   that one, with all it said
  --part 1/2           of the points every second one, from the first on: for two sweeps at the same time
  --log FILE           each point, its outcome and what was found
"""
import argparse
import collections
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from fault_scenarios import SCENARIOS, Lie  # noqa: E402
from fault_world import BIN, INJECTOR, World  # noqa: E402

FAULTS = ("kill", "ENOSPC", "EIO", "EPERM")
# Calls that cannot fail in any kernel, or only because of what the caller gave them, or whose failure the C library
# takes for the end of the world.
INFALLIBLE = set("getpid gettid getppid getuid geteuid getgid getegid getpgrp getpgid umask exit exit_group "
                 "rt_sigreturn futex brk arch_prctl set_tid_address set_robust_list rseq sched_yield getrandom "
                 "restart_syscall rt_sigprocmask rt_sigaction sigaltstack munmap wait4 waitid".split())
Point = collections.namedtuple("Point", "scenario fault process call number")


def skip_without(*names):
    missing = subprocess.run([HERE.parent / "support/capabilities", *names], capture_output=True, text=True,
                             check=False).stdout.split()
    required = os.environ.get("CORACLE_REQUIRE", "").split()
    if os.getuid() == 0 or (missing and not set(missing) & set(required)):
        print("1..0 # SKIP not for root" if os.getuid() == 0 else f"1..0 # SKIP missing here: {' '.join(missing)}")
        sys.exit(77)


def list_calls(world, scenario):
    """(process, call, number) of each call that the scenario's command makes."""
    scenario.prepare(world)
    report = world.work / "report"
    done = world.do([INJECTOR, "list", str(report), "--", *scenario.command(world)])
    if done.returncode != 0:
        raise RuntimeError(f"{scenario.name}: {done.returncode} {done.stderr}")
    scenario.clean(world, False)
    lines = report.read_text(encoding="utf-8", errors="replace").splitlines()
    words = [line.split(" ", 4) for line in lines]
    return [(word[0], word[2], int(word[3])) for word in words if len(word) == 5 and word[3].isdigit()]


def can_fail(call, index, main):
    """The loader's calls before main() are those of any program; what it says of them is not ours to choose."""
    return call[1] not in INFALLIBLE and (call[0] != "0" or index >= main)


def all_points(world, names, faults):
    points = []
    for name in names:
        calls = list_calls(world, SCENARIOS[name])
        print(f"# {name}: {len(calls)} system calls")
        begin = ("0", "rt_sigaction", 1)  # what the command line does first; other programs have no loader
        main = calls.index(begin) if begin in calls else 0
        for fault in faults:
            points += [Point(name, fault, *call) for index, call in enumerate(calls)
                       if fault == "kill" or can_fail(call, index, main)]
    return points


class Sweep:
    def __init__(self, world, log):
        self.world = world
        self.log = log
        self.outcomes = collections.Counter()
        self.findings = []
        for name in SCENARIOS:  # whatever the first run makes and keeps is there
            SCENARIOS[name].prepare(world)
            world.do(SCENARIOS[name].command(world))
            SCENARIOS[name].clean(world, False)
        world.leaks({kind: set() for kind in world.host()}, 1)
        self.before = world.host()

    def one(self, point):
        scenario = SCENARIOS[point.scenario]
        scenario.prepare(self.world)
        report = self.world.work / "report"
        removed = set(self.world.removed())
        report.unlink(missing_ok=True)
        done = self.world.do([INJECTOR, "fail", point.fault, point.process, point.call, str(point.number), str(report),
                              "--", *scenario.command(self.world)])
        met = report.read_text(encoding="utf-8", errors="replace").strip() if report.exists() else ""
        found = []
        outcome = "not met"
        if met:
            try:
                outcome = scenario.judge(self.world, done, point, met)
            except Lie as lie:
                outcome = "lie"
                found.append(f"lie: {lie}")
        found += [f"next: {problem}" for problem in scenario.clean(self.world, outcome not in ("worked", "not met"))]
        found += [f"leak: {thing}" for thing in self.leaks()]
        found += [f"lost: {thing}, which could be undone" for thing in removed.difference(self.world.removed())]
        self.outcomes[outcome] += 1
        if found:
            self.findings.append((point, found))
            if any(thing.startswith("leak") for thing in found):
                self.before = self.world.host()  # it counts once
        self.tell(point, outcome, met, done, found)

    def leaks(self):
        """What a fault left and the next removal of a container did not take along."""
        if not self.world.leaks(self.before, 0.5):
            return []
        self.world.must("create", "--name", "tidy", "--network", "none", "welcome", "true")
        self.world.must("rm", "tidy")
        left = self.world.leaks(self.before)
        self.outcomes["(left for the next removal)"] += not left
        return [thing for thing in left if os.path.dirname(thing) not in left]

    def tell(self, point, outcome, met, done, found):
        text = f"{' '.join(map(str, point))}: {outcome} ({met}) exit {done.returncode}"
        if self.log:
            self.log.write(f"{text} {done.stderr.strip()!r} {found or ''}\n")
            self.log.flush()
        if found:
            print(f"not ok - {text}")
            for line in [*found, *done.stderr.splitlines()]:
                print(f"#   {line}")
            sys.stdout.flush()

    def summary(self, points, seconds):
        lies = sum(1 for _, found in self.findings for line in found if line.startswith("lie"))
        nexts = sum(1 for _, found in self.findings for line in found if line.startswith("next"))
        leaks = sum(1 for _, found in self.findings if any(line.startswith("leak") for line in found))
        outcomes = ", ".join(f"{number} {name}" for name, number in sorted(self.outcomes.items()))
        print(f"# {points} points in {seconds:.0f} s: {outcomes}")
        print(f"# lies: {lies}, next commands that failed: {nexts}, points with a leak: {leaks}")


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--sample", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(SCENARIOS))
    parser.add_argument("--fault", default=",".join(FAULTS))
    parser.add_argument("--point", action="append", default=[])
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--log")
    return parser.parse_args()


def choose(world, options):
    if options.point:
        return [Point(*text.split()[:4], int(text.split()[4])) for text in options.point]
    points = all_points(world, options.only.split(","), options.fault.split(","))
    if options.full:
        part, parts = (int(word) for word in options.part.split("/"))
        return points[part - 1::parts]
    print(f"# a sample of {options.sample}, seed {options.seed}")
    return random.Random(options.seed).sample(points, min(options.sample, len(points)))


def main():
    skip_without("userns", "overlay")
    options = parse()
    sys.stdout.reconfigure(line_buffering=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    world = World()
    try:
        world.must("run", "--rm", "--network", "none", "welcome", "true")
        log = open(options.log, "w", encoding="utf-8") if options.log else sys.stdout if options.point else None
        sweep = Sweep(world, log)
        begin = time.monotonic()
        points = choose(world, options)
        for point in points:
            sweep.one(point)
        sweep.summary(len(points), time.monotonic() - begin)
    finally:
        world.close()
    print(f"{'not ok' if sweep.findings else 'ok'} 1 - no lie and no leak")
    print("1..1")
    return int(bool(sweep.findings))


if __name__ == "__main__":
    sys.exit(main())
