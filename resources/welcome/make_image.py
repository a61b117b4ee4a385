#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Make the embedded image. Usage: make_image.py WELCOME_PROGRAM BUSYBOX ARCHITECTURE OUTPUT_FOLDER

One layer: our static program, a static busybox with a link for each of its applets, and the few files a system needs.
"""
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from oci_layout import Layer, Layout  # noqa: E402

CONFIG = {
    "Cmd": ["/bin/welcome"],
    "Env": ["PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "PS1=welcome:\\w\\$ "],
    "WorkingDir": "/root",
    "Labels": {
        "org.opencontainers.image.title": "welcome",
        "org.opencontainers.image.description": "Says what a container is, and gives a shell to look around in",
        "org.opencontainers.image.licenses": "Apache-2.0 AND GPL-2.0-only",
    },
}


def busybox_layer(busybox, extra_programs):
    """A layer with busybox, its applets as links, and `extra_programs` {path in image: bytes}."""
    layer = Layer()
    for name, mode in (("bin", 0o755), ("dev", 0o755), ("etc", 0o755), ("home", 0o755), ("mnt", 0o755), ("proc", 0o555),
                       ("root", 0o700), ("run", 0o755), ("sbin", 0o755), ("sys", 0o555), ("tmp", 0o1777),
                       ("usr", 0o755), ("usr/bin", 0o755), ("usr/local", 0o755), ("usr/local/bin", 0o755),
                       ("usr/sbin", 0o755), ("var", 0o755), ("var/tmp", 0o1777)):
        layer.folder(name, mode)
    layer.file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n")
    for name in ("hostname", "hosts", "resolv.conf"):  # each container's own are mounted over them
        layer.file("etc/" + name, "")
    layer.file("etc/group", "root:x:0:\nnogroup:x:65534:\n")
    layer.file("etc/os-release", 'ID=coracle-welcome\nNAME="Coracle welcome"\nPRETTY_NAME="Coracle welcome image"\n')
    layer.file("bin/busybox", pathlib.Path(busybox).read_bytes(), 0o755)
    applets = subprocess.run([busybox, "--list"], check=True, capture_output=True, text=True).stdout.split()
    for applet in sorted(set(applets) - {"busybox"}):
        layer.symlink(f"bin/{applet}", "busybox")
    layer.symlink("usr/bin/env", "../../bin/busybox")
    for path, data in sorted(extra_programs.items()):
        layer.file(path, data, 0o755)
    return layer.finish()


def main():
    program, busybox, architecture, output = sys.argv[1:]
    shutil.rmtree(output, ignore_errors=True)
    layout = Layout(output)
    tar = busybox_layer(busybox, {"bin/welcome": pathlib.Path(program).read_bytes()})
    layout.add_image("welcome:latest", [tar], CONFIG, architecture)
    layout.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
