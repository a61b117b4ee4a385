#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Unpack every hostile layer by coracle-store, with and without subordinate ids: what has to be refused is, in one
line, and a folder next to the layer stays as it was."""
import json
import os
import pathlib
import stat
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import hostile_layers  # noqa: E402

BIN = pathlib.Path(os.environ.get("CORACLE_BIN", "build/dev/bin")).resolve()
PATIENCE = 120
failures = 0
number = 0


def check(name, good, detail=""):
    global failures, number
    number += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if not good:
        print("\n".join("#   " + line for line in str(detail).splitlines()))


def snapshot(folder):
    return sorted((str(path.relative_to(folder)), path.lstat().st_mode, path.lstat().st_nlink, path.lstat().st_size,
                   path.lstat().st_mtime_ns) for path in [folder, *folder.rglob("*")])


def run_case(work, name, case, namespace):
    place = work / namespace / name
    victim = place / "victim"
    layer = place / "staging" / "diff"
    victim.mkdir(parents=True)
    layer.mkdir(parents=True)
    (victim / "file").write_text("good")
    victim.chmod(0o700)
    before = snapshot(victim)
    started = time.monotonic()
    done = subprocess.run([BIN / "coracle-store", "--namespace", namespace, "--keeper", str(work / "userns"), "unpack",
                           "--compression", case.compression, str(layer)], input=case.make(str(victim)),
                          capture_output=True, timeout=PATIENCE, check=False)
    took = time.monotonic() - started
    title = f"{namespace} {name} ({case.expected}, {took * 1000:.0f} ms)"
    expected = case.expected
    if namespace == "single" and name in ("hugeuid", "uid70000"):
        expected = "accepted"  # every owner becomes the user
    lines = (done.stdout if expected == "accepted" else done.stderr).splitlines()
    code = 0 if expected == "accepted" else 1
    check(title, done.returncode == code and len(lines) == 1, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    if len(lines) == 1 and expected == "refused":
        answer = json.loads(lines[0])
        shown = answer["message"] + answer["hint"]
        check(f"{title}: says why", answer["kind"] in ("corrupt", "unsupported", "io") and shown.isprintable(), shown)
    check(f"{title}: the victim is as before", snapshot(victim) == before, f"{before}\n{snapshot(victim)}")
    return layer


def check_tree(layer, name):
    """Nothing in an unpacked layer that the kernel would obey."""
    for path in layer.rglob("*"):
        mode = path.lstat().st_mode
        if stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and path.lstat().st_rdev != 0):
            check(f"{name}: no device", False, path)
        if stat.S_ISDIR(mode):
            words = [word for word in os.listxattr(path, follow_symlinks=False) if "overlay" in word]
            check(f"{name}: no control attribute on {path.name}", not words, words)


def main():
    if os.getuid() == 0:
        print("1..0 # SKIP not for root")
        return 77
    with tempfile.TemporaryDirectory(prefix="t.", dir=os.environ.get("TMPDIR", "/var/tmp")) as text:
        work = pathlib.Path(text)
        for namespace in ("single", "kept"):
            for name, case in hostile_layers.CASES.items():
                layer = run_case(work, name, case, namespace)
                if name in ("overlayxattr", "device", "whiteoutdevice"):
                    check_tree(layer, name)
            subprocess.run([BIN / "coracle-store", "--namespace", namespace, "--keeper", str(work / "userns"), "remove",
                            str(work / namespace)], check=True)
            check(f"{namespace}: remove leaves nothing", not (work / namespace).exists())
        try:
            os.kill(json.loads((work / "userns" / "keeper.json").read_text())["pid"], 9)
        except (FileNotFoundError, ProcessLookupError):
            pass  # there was none, or it has ended by itself
    print(f"1..{number}")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
