#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rewrite a good archive of images into one that lies: lying_archive.py SOURCE TARGET KIND."""
import io
import json
import sys
import tarfile


def blob(digest):
    return "blobs/sha256/" + digest.removeprefix("sha256:")


def main():
    source_path, target_path, kind = sys.argv[1:]
    source = tarfile.open(source_path)
    files = [(member.name, source.extractfile(member).read()) for member in source if member.isfile()]
    content = dict(files)
    manifest_name = blob(json.loads(content["index.json"])["manifests"][0]["digest"])
    manifest = json.loads(content[manifest_name])
    layer, config = blob(manifest["layers"][-1]["digest"]), blob(manifest["config"]["digest"])
    extra, dropped = [], set()

    def replace(name, data):
        for index, (known, _) in enumerate(files):
            if known == name:
                files[index] = (name, data)

    def flip(name):
        data = bytearray(content[name])
        data[len(data) // 2] ^= 1
        replace(name, bytes(data))

    if kind == "layer-bytes":
        flip(layer)
    elif kind == "config-bytes":
        flip(config)
    elif kind in ("layer-missing", "device-layer"):
        dropped.add(layer)
    elif kind == "manifest-missing":
        dropped.add(manifest_name)
    elif kind == "index-deep":
        replace("index.json", b'{"manifests":' + b"[" * 100000 + b"}")
    elif kind == "link-outside":
        dropped.add(layer)
    elif kind == "twice":
        extra.append(("index.json", content["index.json"]))
    elif kind == "dotdot":
        extra.append(("../../escaped", b"x"))
    elif kind != "layer-truncated":
        sys.exit("unknown kind " + kind)

    target = tarfile.open(target_path, "w")
    for name, data in files + extra:
        if name not in dropped:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            target.addfile(info, io.BytesIO(data))
    if kind in ("link-outside", "device-layer"):
        info = tarfile.TarInfo(layer)
        info.type = tarfile.SYMTYPE if kind == "link-outside" else tarfile.CHRTYPE
        info.linkname = "/etc/passwd" if kind == "link-outside" else ""
        target.addfile(info)
    target.close()
    if kind == "layer-truncated":
        member = tarfile.open(target_path).getmember(layer)
        with open(target_path, "rb+") as file:
            file.truncate(member.offset_data + member.size // 2)


main()
