#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One image `large` with one file of random bytes. Usage: large_image.py LAYOUT_FOLDER BYTES [ZSTD_WINDOW_LOG].

Random bytes do not shrink, so the blob is as large as the file. With a window log the layer is zstd of that window.
"""
import pathlib
import random
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "resources" / "welcome"))
from oci_layout import MEDIA, Layer, Layout, digest_of  # noqa: E402


def main():
    size = int(sys.argv[2])
    architecture = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout
    layer = Layer()
    layer.file("large", random.Random(size).randbytes(size))
    tar = layer.finish()
    layout = Layout(sys.argv[1], gzip_level=1)
    if len(sys.argv) == 3:
        layout.add_image("large", [tar], {"Cmd": ["/large"]}, architecture.strip())
    else:
        window = ["--long=" + sys.argv[3], "--ultra", "-1", "--no-check", "--stream-size", str(len(tar))]
        blob = subprocess.run(["zstd", "-q", "-c", *window], input=tar, capture_output=True, check=True).stdout
        config = layout.json_blob({"architecture": architecture.strip(), "os": "linux", "config": {"Cmd": ["/large"]},
                                   "rootfs": {"type": "layers", "diff_ids": [digest_of(tar)]}},
                                  MEDIA + "config.v1+json")
        manifest = {"schemaVersion": 2, "mediaType": MEDIA + "manifest.v1+json", "config": config,
                    "layers": [layout.blob(blob, MEDIA + "layer.v1.tar+zstd")]}
        layout.add_descriptor("large", layout.json_blob(manifest, MEDIA + "manifest.v1+json"))
    layout.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
