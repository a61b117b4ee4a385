#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fail when a commit message does not have the project's form. Usage: commit_msg.py ROOT [RANGE]

Form: `<area>: <Imperative>` of at most 72 characters without a full stop, an empty line, a body wrapped at 72 that
ends with a `Checked:` paragraph unless the change is below ten lines. Read are the commits that HEAD reaches, but for
merges and for the root, which has no state of the project to start from.
"""
import pathlib
import re
import subprocess
import sys

NOT_PAST = {"Need", "Embed", "Bring", "Feed", "Ping", "Seed", "Shed"}
TOPS = ("gui", "core", "rootless", "net", "resources", "packaging", "tests", "ci", "docs", "build")
SUBJECT = re.compile(r"^(?P<area>[a-z0-9_./-]+): (?P<text>\S.*)$")
SMALL_CHANGE = 10
# Commits that others stood on already when the fault in their message was seen: history is not rewritten for that.
KNOWN = {"3a2860604cc517c4af51ccb7628ccb795dbae66c", "cd61f56789b3128c1e709516aa76ca1cd0e20f5d"}
SKIP = 77


def git(root, *words):
    return subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True, text=True).stdout


def findings(subject, body, changed):
    match = SUBJECT.match(subject)
    if not match or match["area"].split("/")[0] not in TOPS:
        yield f"subject is not '<area>: <Imperative>' with an area of {', '.join(TOPS)}"
    else:
        first = match["text"].split()[0]
        if not first[0].isupper() or (re.search(r"(ed|ing)$", first) and first not in NOT_PAST):
            yield f"'{first}' is not an imperative with a capital"
    if len(subject) > 72:
        yield f"subject has {len(subject)} characters; at most 72"
    if subject.endswith("."):
        yield "subject ends with a full stop"
    lines = body.split("\n")
    if body and lines[0] != "":
        yield "no empty line after the subject"
    for line in lines:
        if len(line) > 72 and " " in line.strip():
            yield f"body line has {len(line)} characters; at most 72: {line}"
    if changed >= SMALL_CHANGE and "Checked:" not in body:
        yield "body has no 'Checked:' paragraph"


def changed_lines(root, commit):
    total = 0
    for row in git(root, "show", "--format=", "--numstat", commit).splitlines():
        added, removed, _ = row.split("\t", 2)
        total += sum(int(count) for count in (added, removed) if count.isdigit())
    return total


def main():
    root = pathlib.Path(sys.argv[1])
    try:
        reached = sys.argv[2] if len(sys.argv) > 2 else "HEAD"
        commits = git(root, "rev-list", "--no-merges", "--min-parents=1", reached).split()
    except (subprocess.CalledProcessError, FileNotFoundError):
        print("skipped: no git history here")
        return SKIP
    bad = []
    for commit in (c for c in commits if c not in KNOWN):
        message = git(root, "log", "-1", "--format=%B", commit).rstrip("\n")
        subject, _, body = message.partition("\n")
        bad += [f"{commit[:10]} {subject}\n    {finding}"
                for finding in findings(subject, body, changed_lines(root, commit))]
    print(f"{len(commits)} commits read")
    if bad:
        print("\n".join(bad))
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
