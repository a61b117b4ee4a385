#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kill the maker of an image, or its helper, at many system calls. The next command of any kind has to find a store
that is whole: the image is there with all its files or not at all, making it again works, and nothing is left over."""
import gzip
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from hostile_layers import archive, entry, folder  # noqa: E402

BUILD = pathlib.Path(os.environ.get("CORACLE_BUILD", pathlib.Path(__file__).resolve().parents[2] / "build/dev"))
DRIVER = BUILD / "tests/bin/store_driver"
# Calls of the store and its helper after which something differs on the disk, and how many of each to try.
POINTS = {"rename": 7, "fsync,fdatasync": 8, "syncfs": 1, "unlink": 5, "pwrite64": 16, "mkdir": 6, "unlinkat": 2,
          "mkdirat": 3, "openat2": 6, "utimensat": 4, "write": 12, "chroot": 1, "seccomp": 1, "exit_group": 2}
failures = 0
number = 0


def check(name, good, detail=""):
    global failures, number
    number += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if not good:
        print("\n".join("#   " + line for line in str(detail).splitlines()))


def layer(place, name, *entries):
    data = archive(*entries)
    (place / name).write_bytes(gzip.compress(data))
    return f"sha256:{hashlib.sha256(data).hexdigest()}=gzip={place / name}"


class Store:
    def __init__(self, place):
        self.root, self.run = place / "root", place / "run"

    def command(self, *words):
        return [str(DRIVER), str(self.root), str(self.run), *words]

    def do(self, *words):
        return subprocess.run(self.command(*words), capture_output=True, text=True, check=False)

    def leftovers(self):
        return [str(path) for part in ("staging", "trash") for path in (self.root / part).iterdir()]


def whole(store, wanted):
    """Every layer that a row names has all its files."""
    done = store.do("check")
    if done.returncode != 0:
        return done.stderr
    paths = done.stdout.split()
    files = [file for path in paths for file in pathlib.Path(path).rglob("*") if file.is_file()]
    found = sum(1 for file in files if file.stat().st_size > 0)
    return "" if found in (0, wanted) else f"{found} files instead of {wanted}: {paths}"


def sweep(work, layers, wanted):
    for calls, count in POINTS.items():
        for index in range(1, count + 1):
            place = work / f"{calls.split(',')[0]}{index}"
            place.mkdir()
            store = Store(place)
            tracer = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={calls}",
                      "-e", f"inject={calls}:signal=SIGKILL:when={index}"]
            killed = subprocess.run([*tracer, *store.command("put", "i:1", *layers)], capture_output=True, check=False)
            title = f"killed at {calls} {index} (exit {killed.returncode})"
            problem = whole(store, wanted)
            check(f"{title}: the store is whole", not problem, problem)
            again = store.do("put", "i:1", *layers)
            check(f"{title}: again", again.returncode == 0, again.stderr)
            problem = whole(store, wanted)
            check(f"{title}: the image is there", not problem, problem)
            store.do("remove", "i:1")
            collected = store.do("collect")
            check(f"{title}: nothing is left", collected.returncode == 0 and not store.leftovers(),
                  f"{collected.stderr}{store.leftovers()}")
            shutil.rmtree(place)


def main():
    if os.getuid() == 0:
        print("1..0 # SKIP not for root")
        return 77
    if not shutil.which("strace"):
        print("1..0 # SKIP strace is not installed")
        return 77
    os.environ["STORE_DRIVER_SINGLE"] = "1"
    os.environ.setdefault("CORACLE_LIBEXEC", str(BUILD / "bin"))
    with tempfile.TemporaryDirectory(prefix="t.", dir=os.environ.get("TMPDIR", "/var/tmp")) as text:
        work = pathlib.Path(text)
        files = [entry(f"d/f{index}", data=os.urandom(3000)) for index in range(20)]
        layers = [layer(work, "base.gz", folder("d"), *files),
                  layer(work, "top.gz", entry("d/g", data=b"y"), entry("e"))]
        sweep(work, layers, 21)
    print(f"1..{number}")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
