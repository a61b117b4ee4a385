#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_desktop_images.py FOLDER: an OCI layout with the images of the desktop app's session.

web: a web server that logs each request, in three layers, so that a pull has layers to show. big: one layer that is
under way for long. What fills them does not compress, so that the bytes on the wire are the bytes in the image.
"""
import pathlib
import platform
import random
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "resources" / "welcome"))
import make_image  # noqa: E402
import oci_layout  # noqa: E402

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
WEB = {"Entrypoint": ["busybox"], "Cmd": ["httpd", "-f", "-vv", "-p", "8000", "-h", "/srv"],
       "Env": ["PATH=/bin"], "WorkingDir": "/srv", "ExposedPorts": {"8000/tcp": {}}}


def noise(name, size):
    layer = oci_layout.Layer()
    layer.folder("srv")
    layer.file(f"srv/{name}", random.Random(name).randbytes(size))
    return layer.finish()


def main(folder):
    layout = oci_layout.Layout(folder, gzip_level=1)
    architecture = ARCHITECTURES.get(platform.machine(), platform.machine())
    base = make_image.busybox_layer(shutil.which("busybox"), {})
    layout.add_image("web:latest", [base, noise("first", 6_000_000), noise("second", 3_000_000)], WEB, architecture)
    layout.add_image("big:latest", [base, noise("big", 60_000_000)], WEB, architecture)
    layout.close()


if __name__ == "__main__":
    main(sys.argv[1])
