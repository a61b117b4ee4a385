#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hold OCI runtimes against the requirements of the runtime specification, without root.

usage: conformance.py [--probe FILE] [--only WORD] [RUNTIME...]

Prints one table: a row for each requirement with its section, a column for each runtime. Reasons of failures follow.
Ends with 1 when the first runtime fails a requirement. Without arguments it compares coracle-runtime of $CORACLE_BIN
with crun and runc, as far as they are installed.
"""
import argparse
import os
import shutil
import subprocess
import sys

import box
import requirements
import rows_command  # noqa: F401
import rows_hooks  # noqa: F401
import rows_lifecycle  # noqa: F401
import rows_linux  # noqa: F401
import rows_mounts  # noqa: F401
import rows_process  # noqa: F401
import rows_seccomp  # noqa: F401

BIN = os.environ.get("CORACLE_BIN", "build/dev/bin")


def arguments():
    parser = argparse.ArgumentParser(description="OCI runtime conformance, without root")
    parser.add_argument("--probe", default=os.path.join(BIN, "..", "tests", "bin", "probe"))
    parser.add_argument("--only", default="", help="rows whose section or text has this word")
    parser.add_argument("runtimes", nargs="*")
    parsed = parser.parse_args()
    if not parsed.runtimes:
        parsed.runtimes = [os.path.join(BIN, "coracle-runtime")]
        parsed.runtimes += [program for program in ("crun", "runc") if shutil.which(program)]
    parsed.runtimes = [os.path.abspath(shutil.which(program) or program) for program in parsed.runtimes]
    return parsed


def judge(function, runtime):
    """"pass", "FAIL" or "n/a", and why."""
    try:
        function(runtime)
        verdict = ("pass", "")
    except box.NotHere as reason:
        verdict = ("n/a", str(reason))
    except (box.Broken, subprocess.TimeoutExpired, OSError, ValueError, KeyError) as reason:
        verdict = ("FAIL", f"{type(reason).__name__ if not isinstance(reason, box.Broken) else ''} {reason}".strip())
    runtime.clean()
    if verdict[0] == "pass" and (left := runtime.leftovers()):
        verdict = ("FAIL", f"left behind: {left[0][:80]}")
    return verdict


def main():
    options = arguments()
    if os.getuid() == 0:
        print("skipped: the runtimes are held to what they do without root")
        return 77
    try:
        boxes = [box.Box(program, options.probe) for program in options.runtimes]
        box.subordinate("uid")
    except (box.NotHere, OSError) as reason:
        print(f"skipped: {reason}")
        return 77
    rows = [row for row in requirements.ROWS if options.only in row[0] or options.only in row[1]]
    print("| " + " | ".join(["section", "requirement", *(runtime.name for runtime in boxes)]) + " |")
    print("|" + "---|" * (2 + len(boxes)))
    reasons = []
    counts = [{"pass": 0, "FAIL": 0, "n/a": 0} for _ in boxes]
    for section, text, function in rows:
        verdicts = []
        for runtime, count in zip(boxes, counts):
            verdict, reason = judge(function, runtime)
            verdicts.append(verdict)
            count[verdict] += 1
            if reason:
                reasons.append(f"{runtime.name}: {text}: {verdict}: {reason}")
        print(f"| {section} | {text} | {' | '.join(verdicts)} |", flush=True)
    print()
    for reason in reasons:
        print(reason)
    for runtime, count in zip(boxes, counts):
        print(f"{runtime.name}: {count['pass']} passed, {count['FAIL']} failed, {count['n/a']} not applicable")
        runtime.close()
    return 1 if counts[0]["FAIL"] else 0


if __name__ == "__main__":
    sys.exit(main())
