#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A disk that is too small: a clear line with both numbers, a store that is unchanged, and room made by removing works
on a full disk."""
import gzip
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from hostile_layers import archive, entry  # noqa: E402

BUILD = pathlib.Path(os.environ.get("CORACLE_BUILD", pathlib.Path(__file__).resolve().parents[2] / "build/dev"))
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
    (place / name).write_bytes(gzip.compress(data, 1))
    return f"sha256:{hashlib.sha256(data).hexdigest()}=gzip={place / name}"


def inside(work):
    """In a user and mount namespace: the store on a file system of 96 MiB."""
    disk = work / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "none", str(disk)], check=True)
    small = layer(work, "small.gz", entry("small", data=b"x" * 1000))
    inflating = layer(work, "inflating.gz", *(entry(f"z{index}", data=os.urandom(64) * 16384) for index in range(100)))
    noise = layer(work, "noise.gz", entry("noise", data=os.urandom(80 << 20)))

    def do(*words):
        return subprocess.run([BUILD / "tests/bin/store_driver", disk / "root", work / "run", *words],
                              capture_output=True, text=True, check=False)

    check("a small image fits", do("put", "small:1", small).returncode == 0)
    listed = do("list").stdout
    for name, source in (("larger than the disk", noise), ("larger when unpacked", inflating)):
        done = do("put", "large:1", source)
        lines = done.stderr.splitlines()
        check(f"{name}: refused in one line with a hint", done.returncode == 1 and "hint: " in done.stderr and
              sum("no space left" in line for line in lines) == 1, done.stderr)
        check(f"{name}: says how much", " free" in done.stderr and "need" in done.stderr, done.stderr)
        check(f"{name}: the store is unchanged", do("list").stdout == listed and do("check").returncode == 0)
        do("collect")
        left = list((disk / "root/staging").iterdir()) + list((disk / "root/trash").iterdir())
        check(f"{name}: nothing is left", not left, left)
    rubbish = disk / "root/trash/rubbish"
    rubbish.write_bytes(bytes(50 << 20))
    done = do("room", str(40 << 20))
    check("what is removed and not deleted yet makes room", done.returncode == 0 and not rubbish.exists(), done.stderr)
    done = do("room", str(70 << 20))
    check("but not more than there is", done.returncode == 1 and "no space left" in done.stderr, done.stderr)
    free = os.statvfs(disk)
    with open(disk / "ballast", "wb") as ballast:
        try:
            ballast.write(bytes(free.f_bavail * free.f_frsize))
        except OSError:
            pass
    check("list on a full disk", do("list").stdout == listed)
    return int(failures > 0)


def main():
    if os.getuid() == 0 and len(sys.argv) == 1:
        print("1..0 # SKIP not for root")
        return 77
    if len(sys.argv) == 2:
        status = inside(pathlib.Path(sys.argv[1]))
        print(f"1..{number}")
        return status
    if subprocess.run(["unshare", "-Urm", "true"], capture_output=True, check=False).returncode != 0:
        print("1..0 # SKIP no user namespaces here")
        return 77
    os.environ["STORE_DRIVER_SINGLE"] = "1"
    os.environ.setdefault("CORACLE_LIBEXEC", str(BUILD / "bin"))
    with tempfile.TemporaryDirectory(prefix="t.", dir=os.environ.get("TMPDIR", "/var/tmp")) as text:
        return subprocess.run(["unshare", "-Urm", sys.executable, __file__, text], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
