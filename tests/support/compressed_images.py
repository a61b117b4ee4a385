#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Images whose second layer is compressed in every way there is, and in some that are lies.

Usage: compressed_images.py LAYOUT_FOLDER: writes an OCI layout and prints one line for each image:
NAME good|bad SHA256-OF-/data/big (or what the refusal says). Compression is zstd(1)'s and gzip's own.
"""
import gzip
import pathlib
import random
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "resources" / "welcome"))
from oci_layout import MEDIA, Layer, Layout, digest_of  # noqa: E402

TAR, GZIP, ZSTD = (MEDIA + "layer.v1.tar" + suffix for suffix in ("", "+gzip", "+zstd"))


def zstd(data, *options):
    return subprocess.run(["zstd", "-q", "-c", *options], input=data, capture_output=True, check=True).stdout


def skippable(size):
    """RFC 8878 3.1.2; zstd:chunked keeps its table of contents in one."""
    return b"\x5a\x2a\x4d\x18" + size.to_bytes(4, "little") + bytes(size)


def pieces(data, size):
    return [data[at:at + size] for at in range(0, len(data), size)]


def wide_frame(data, window_log):
    """RFC 8878 3.1.1: a frame of raw blocks that asks for a window of 2^window_log bytes."""
    blocks = pieces(data, 100_000)
    out = b"\x28\xb5\x2f\xfd\x00" + bytes([(window_log - 10) << 3])
    for i, block in enumerate(blocks):
        out += (len(block) << 3 | (i == len(blocks) - 1)).to_bytes(3, "little") + block
    return out


def text(size):
    """Compressible, and the same each time."""
    source = random.Random(size)
    words = ["".join(source.choices("abcdefgh", k=source.randint(2, 9))) for _ in range(2000)]
    out = " ".join(source.choices(words, k=size // 5 + 1)).encode()
    return (out * (size // len(out) + 1))[:size]


def content():
    layer = Layer()
    layer.folder("data")
    layer.file("data/big", text(3_000_000))
    layer.symlink("data/link", "big")
    layer.hardlink("data/same", "data/big")
    for i in range(300):
        layer.file(f"data/small{i}", text(i * 37 + 1))
    return layer.finish()


def zeros():
    layer = Layer()
    layer.file("zeros", bytes(512 << 20))
    return layer.finish()


def base():
    layer = Layer()
    layer.folder("bin")
    layer.file("bin/busybox", pathlib.Path(shutil.which("busybox")).read_bytes(), 0o755)
    for name in ("sh", "sha256sum", "ls", "cat"):
        layer.symlink(f"bin/{name}", "busybox")
    return layer.finish()


def forms(tar):
    """NAME: (blob, media type, what is wrong with it). The diff id is always the tar's."""
    third = len(tar) // 3
    bomb = zeros()
    return {
        "plain": (tar, TAR, None),
        "gzip": (gzip.compress(tar, 6, mtime=0), GZIP, None),
        "gzip-members": (b"".join(gzip.compress(part, 6, mtime=0) for part in pieces(tar, 70_000)), GZIP, None),
        "zstd": (zstd(tar), ZSTD, None),
        "zstd-19": (zstd(tar, "-19"), ZSTD, None),
        "zstd-ultra": (zstd(tar, "--ultra", "-22", "--no-check"), ZSTD, None),
        "zstd-frames": (b"".join(zstd(part) for part in pieces(tar, third)), ZSTD, None),
        "zstd-skippable": (skippable(77) + zstd(tar[:third]) + skippable(0) + zstd(tar[third:]) + skippable(99_000),
                           ZSTD, None),
        "zstd-window": (wide_frame(tar, 27), ZSTD, None),
        "bad-magic": (gzip.compress(tar, 6, mtime=0), ZSTD, "not zstd data"),
        "bad-gzip": (zstd(tar), GZIP, "malformed gzip data"),
        "bad-tar": (zstd(tar), TAR, "layer"),
        "bad-truncated": (zstd(tar)[:-5000], ZSTD, "truncated"),
        "bad-frame": (zstd(tar[:third]) + zstd(tar[third:])[:9], ZSTD, "truncated"),
        "bad-checksum": (zstd(tar)[:-1] + b"\0", ZSTD, "checksum"),
        "bad-garbage": (zstd(tar) + b"garbage", ZSTD, "not zstd data"),
        "bad-window": (wide_frame(tar, 28), ZSTD, "window of more than 128 MiB"),
        "bad-bomb": (zstd(bomb), ZSTD, "bomb"),
    }


def main():
    architecture = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout
    architecture = architecture.strip()
    layout = Layout(sys.argv[1])
    below, tar = base(), content()
    big = digest_of(text(3_000_000)).split(":")[1]
    lowest = layout.blob(gzip.compress(below, 6, mtime=0), GZIP)
    config = layout.json_blob({
        "architecture": architecture, "os": "linux", "config": {"Env": ["PATH=/bin"], "Cmd": ["sh"]},
        "rootfs": {"type": "layers", "diff_ids": [digest_of(below), digest_of(tar)]}}, MEDIA + "config.v1+json")
    for name, (blob, media_type, wrong) in forms(tar).items():
        manifest = {"schemaVersion": 2, "mediaType": MEDIA + "manifest.v1+json", "config": config,
                    "layers": [lowest, layout.blob(blob, media_type)]}
        layout.add_descriptor(name, layout.json_blob(manifest, MEDIA + "manifest.v1+json"))
        print(f"{name} good {big}" if wrong is None else f"{name} bad {wrong}")
    layout.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
