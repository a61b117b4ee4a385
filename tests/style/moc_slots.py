#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fail when a test program lacks test functions that its source declares. Usage: moc_slots.py SOURCE_DIR TEST_BIN_DIR

moc of Qt 6.4 takes braces inside raw strings for code and silently drops the slots that follow: the program then
passes without running them. What the program lists with -functions has to be what the source says."""
import os
import pathlib
import re
import subprocess
import sys

NOT_TESTS = {"initTestCase", "cleanupTestCase", "init", "cleanup"}

source_dir, bin_dir = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sources = {path.stem: path for path in (source_dir / "tests").rglob("test_*.cpp")}
programs = sorted(path for path in bin_dir.iterdir() if path.is_file() and path.stem in sources)
bad = []
if not programs:
    bad.append(f"no test program in {bin_dir}: build first")
for program in programs:
    text = sources[program.stem].read_text()
    body = text.split("private slots:", 1)[-1] if "private slots:" in text else ""
    body = re.split(r"^(?:private|protected|public):", body, flags=re.M)[0]
    declared = set(re.findall(r"^    void (\w+)\(\)(?: \{|;)", body, flags=re.M))
    declared = {name for name in declared if not name.endswith("_data")} - NOT_TESTS
    listed = subprocess.run([program, "-functions"], capture_output=True, text=True, check=False, timeout=30,
                            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}).stdout
    known = {line.strip().removesuffix("()") for line in listed.splitlines()}
    for name in sorted(declared - known):
        where = sources[program.stem].relative_to(source_dir)
        bad.append(f"{where}: {name} is not run; move raw strings out of the class")
print("\n".join(bad) or f"{len(programs)} programs list all their tests")
sys.exit(bool(bad))
