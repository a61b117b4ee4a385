# SPDX-License-Identifier: Apache-2.0
"""Write OCI image layouts (image-spec 1.1, image-layout.md) with the standard library alone.

Output depends on the input only: fixed times, owners and order, so that the same build gives the same digests. Used by
the build for the embedded image and by the tests for theirs.
"""
import gzip
import hashlib
import io
import json
import os
import pathlib
import tarfile

CREATED = "2026-01-01T00:00:00Z"
CREATED_SECONDS = 1767225600
MEDIA = "application/vnd.oci.image."


class Layer:
    """One tar of files; members are given by the caller, owners default to root."""

    def __init__(self):
        self._buffer = io.BytesIO()
        self._tar = tarfile.open(fileobj=self._buffer, mode="w", format=tarfile.PAX_FORMAT)

    def _add(self, name, kind, mode, owner, data=b"", target=""):
        info = tarfile.TarInfo(name.strip("/"))
        info.type, info.mode, info.linkname, info.size = kind, mode, target, len(data)
        info.uid, info.gid = owner
        info.mtime = CREATED_SECONDS
        self._tar.addfile(info, io.BytesIO(data) if kind == tarfile.REGTYPE else None)

    def folder(self, name, mode=0o755, owner=(0, 0)):
        self._add(name, tarfile.DIRTYPE, mode, owner)

    def file(self, name, data, mode=0o644, owner=(0, 0)):
        self._add(name, tarfile.REGTYPE, mode, owner, data.encode() if isinstance(data, str) else data)

    def symlink(self, name, target):
        self._add(name, tarfile.SYMTYPE, 0o777, (0, 0), target=target)

    def hardlink(self, name, target):
        self._add(name, tarfile.LNKTYPE, 0o755, (0, 0), target=target)

    def fifo(self, name, mode=0o644):
        self._add(name, tarfile.FIFOTYPE, mode, (0, 0))

    def tree(self, source, owner_of=lambda name: (0, 0), skip=lambda name: False):
        """Everything below a folder, sorted; modes are kept, owners come from `owner_of(path in image)`."""
        source = pathlib.Path(source)
        for path in sorted(source.rglob("*")):
            name = path.relative_to(source).as_posix()
            if skip(name):
                continue
            mode = path.lstat().st_mode & 0o7777
            if path.is_symlink():
                self.symlink(name, os.readlink(path))
            elif path.is_dir():
                self.folder(name, mode, owner_of(name))
            elif path.is_file():
                self.file(name, path.read_bytes(), mode, owner_of(name))

    def finish(self):
        """The uncompressed tar."""
        self._tar.close()
        return self._buffer.getvalue()


def digest_of(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


class Layout:
    """An image layout folder; images are added, then close() writes the index."""

    def __init__(self, folder, gzip_level=9):
        self.folder = pathlib.Path(folder)
        self.gzip_level = gzip_level
        self._manifests = []
        (self.folder / "blobs" / "sha256").mkdir(parents=True, exist_ok=True)

    def blob(self, data, media_type):
        digest = digest_of(data)
        (self.folder / "blobs" / "sha256" / digest.split(":")[1]).write_bytes(data)
        return {"mediaType": media_type, "digest": digest, "size": len(data)}

    def json_blob(self, value, media_type):
        return self.blob(json.dumps(value, sort_keys=True, separators=(",", ":")).encode(), media_type)

    def add_image(self, name, tars, config, architecture="amd64"):
        """tars: uncompressed layers, lowest first. config: the OCI `config` object. The manifest's descriptor."""
        layers = [self.blob(gzip.compress(tar, self.gzip_level, mtime=0), MEDIA + "layer.v1.tar+gzip") for tar in tars]
        image = {
            "architecture": architecture, "os": "linux", "created": CREATED, "config": config,
            "rootfs": {"type": "layers", "diff_ids": [digest_of(tar) for tar in tars]},
            "history": [{"created": CREATED, "created_by": f"{name} layer {i}"} for i in range(len(tars))],
        }
        manifest = {
            "schemaVersion": 2, "mediaType": MEDIA + "manifest.v1+json",
            "config": self.json_blob(image, MEDIA + "config.v1+json"), "layers": layers,
        }
        descriptor = self.json_blob(manifest, MEDIA + "manifest.v1+json")
        descriptor["platform"] = {"architecture": architecture, "os": "linux"}
        self.add_descriptor(name, descriptor)
        return descriptor

    def add_descriptor(self, name, descriptor):
        """Give a manifest or index whose blob is in the layout a name in its index."""
        self._manifests.append({**descriptor, "annotations": {"org.opencontainers.image.ref.name": name}})

    def close(self):
        index = {"schemaVersion": 2, "mediaType": MEDIA + "index.v1+json", "manifests": self._manifests}
        (self.folder / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}', encoding="utf-8")
        (self.folder / "index.json").write_text(json.dumps(index, sort_keys=True), encoding="utf-8")
