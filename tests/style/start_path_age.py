#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The lists of what a start runs still name functions that are there.

    start_path_age.py SOURCE TREE, FOLDER OF THE PROGRAMS

A function that was renamed, or that a start goes through since, is not in start_path.ld and lies somewhere else in the
program: a page fault more, which no other test sees. Names that have gone tell how much has changed since the lists
were made. Templates of the standard library are left out, as another compiler has others.
"""
import pathlib
import re
import subprocess
import sys

LISTS = {"core/cli/start_path.ld": "coracle", "rootless/start_path.ld": "coracle-monitor"}
MOST_GONE = 0.05  # of our own functions


def gone(listed, symbols):
    """The functions of ours in a list that no symbol of the program is, and how many of ours it has."""
    ours = {re.sub(r"\.(isra|constprop|part|cold|lto_priv)\b.*", "", name)
            for name in re.findall(r"\(\.text\.(?:unlikely\.)?(_ZNK?7coracle[^)]*)\)", listed)}
    return sorted(ours - symbols), len(ours)


def main():
    tree, programs = map(pathlib.Path, sys.argv[1:3])
    failed = False
    for listing, program in LISTS.items():
        table = subprocess.run(["nm", "--defined-only", programs / program], check=True, capture_output=True,
                               text=True).stdout
        symbols = {line.split()[2].split(".")[0] for line in table.splitlines() if len(line.split()) == 3}
        missing, count = gone((tree / listing).read_text(), symbols)
        if count < 50:
            sys.exit(f"{listing}: it has {count} functions of ours; its form has changed, and so must this test")
        print(f"{listing}: {len(missing)} of {count} functions are not in {program} any more")
        if len(missing) > MOST_GONE * count:
            failed = True
            print("\n".join("    " + name for name in missing))
    if failed:
        print("make the lists anew from a release build, as root: tests/support/start_path USER")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
