#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What coracle-store makes of whiteouts and opaque folders, as both overlay drivers show it."""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from hostile_layers import archive, entry, folder  # noqa: E402

SOURCE = pathlib.Path(os.environ.get("CORACLE_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
BIN = pathlib.Path(os.environ.get("CORACLE_BIN", SOURCE / "build/dev/bin")).resolve()
BASE = archive(folder("keep"), entry("keep/file", data=b"lower"), folder("opaque"), entry("opaque/lower", data=b"x"),
               folder("replaced"), entry("replaced/lower", data=b"x"), entry("gone", data=b"x"), folder("gonedir"),
               entry("gonedir/f", data=b"x"), entry("became", data=b"file"))
TOP = archive(entry("keep/new", data=b"upper"), folder("opaque"), entry("opaque/.wh..wh..opq"),
              entry("opaque/upper", data=b"y"), entry(".wh.replaced"), folder("replaced"),
              entry("replaced/upper", data=b"y"), entry(".wh.gone"), entry(".wh.gonedir"), folder("became"),
              entry("became/f", data=b"y"))
WANTED = ["became/f", "keep/file", "keep/new", "opaque/upper", "replaced/upper"]
LIST = "cd {0} && find . -type f -o -type c | sort && umount {0}"
KERNEL = "mount -t overlay -o userxattr,lowerdir={1}:{2},upperdir={3},workdir={4} overlay {0} && "
FUSE = "fuse-overlayfs -o lowerdir={1}:{2},upperdir={3},workdir={4} {0} && "


def require(*names):
    done = subprocess.run([SOURCE / "tests/support/capabilities", *names], capture_output=True, text=True, check=False)
    missing = done.stdout.split()
    for name in missing:
        if name in os.environ.get("CORACLE_REQUIRE", "").split():
            print(f"Bail out! this machine must have '{name}' and does not")
            sys.exit(1)
    return not missing


def store(*words, data=None):
    return subprocess.run([BIN / "coracle-store", "--namespace", "single", *words], input=data, capture_output=True,
                          check=True).stdout


def show(work, name, mount):
    paths = [work / f"{name}.{part}" for part in ("merged", "upper", "work")]
    for path in paths:
        path.mkdir()
    merged, upper, scratch = paths
    script = (mount + LIST).format(merged, work / "top", work / "base", upper, scratch)
    done = subprocess.run(["unshare", "-Urm", "sh", "-c", script], capture_output=True, text=True, check=False)
    return [line[2:] for line in done.stdout.splitlines()], done.stderr


def main():
    if os.getuid() == 0:
        print("1..0 # SKIP not for root")
        return 77
    drivers = [("overlay", KERNEL), ("fuse", FUSE)]
    usable = [(name, mount) for name, mount in drivers if require(name)]
    if not usable:
        print("1..0 # SKIP no overlay driver here")
        return 77
    failures = 0
    with tempfile.TemporaryDirectory(prefix="t.", dir=os.environ.get("TMPDIR", "/var/tmp")) as text:
        work = pathlib.Path(text)
        for name, data in (("base", BASE), ("top", TOP)):
            (work / name).mkdir()
            store("unpack", "--compression", "none", str(work / name), data=data)
        for number, (name, mount) in enumerate(usable, 1):
            seen, errors = show(work, name, mount)
            good = seen == WANTED
            failures += not good
            print(f"{'ok' if good else 'not ok'} {number} - {name} hides what the layer hides")
            if not good:
                print(f"#   {seen}\n#   {errors}")
        for child in work.iterdir():
            store("remove", str(child))
    print(f"1..{len(usable)}")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
