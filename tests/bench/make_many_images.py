#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_many_images.py FOLDER COUNT FILES: an OCI layout with COUNT images of five layers, and one of FILES files.

The images share their lower layers as those of a person do: two bases, ten runtimes, and a program of each one's own.
"""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "resources" / "welcome"))
import oci_layout  # noqa: E402


def layer(name, count=20):
    made = oci_layout.Layer()
    made.folder(name)
    for number in range(count):
        made.file(f"{name}/file{number}", f"{name} {number}\n" * 20)
    return made.finish()


def many_files(count):
    made = oci_layout.Layer()
    for folder in range((count + 999) // 1000):
        made.folder(f"usr/share/part{folder}")
        for number in range(min(1000, count - folder * 1000)):
            made.file(f"usr/share/part{folder}/file{number}", f"{folder} {number}\n")
    return made.finish()


def main(folder, count, files):
    layout = oci_layout.Layout(folder, gzip_level=1)
    for number in range(count):
        tars = [layer(f"base{number % 2}"), layer(f"runtime{number % 10}"), layer(f"libraries{number % 50}"),
                layer(f"program{number}"), layer(f"settings{number}", 1)]
        layout.add_image(f"example.test/team/image{number}:1.{number}", tars, {"Cmd": ["true"]})
    layout.add_image("example.test/files:latest", [many_files(files)], {"Cmd": ["true"]})
    layout.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
