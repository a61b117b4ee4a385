#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Layers as an attacker would write them. Usage: hostile_layers.py DIR: writes each as DIR/<name>.tar[.gz|.zst].

CASES maps a name to a Case. `refused`: the store has to say no, in one line; `accepted`: it has to unpack the layer and
keep its walls. VICTIM stands for the absolute path of a folder next to the layer that must not change; the layer is
unpacked two levels below the folder that holds both, so "../../victim" leads there, too.
"""
import gzip
import io
import pathlib
import sys
import tarfile
import typing

GZIP, ZSTD, NONE = "gzip", "zstd", "none"


class Case(typing.NamedTuple):
    make: typing.Callable[[str], bytes]
    expected: str
    compression: str = NONE


def entry(name, kind=tarfile.REGTYPE, data=b"", link="", mode=0o644, pax=None, uid=0, gid=0, dev=(0, 0)):
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.mode, info.uid, info.gid = kind, link, mode, uid, gid
    info.devmajor, info.devminor = dev
    info.size = len(data)
    info.pax_headers = pax or {}
    return info, data


def archive(*entries, fmt=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=fmt) as tar:
        for info, data in entries:
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


def folder(name, mode=0o755, **more):
    return entry(name, tarfile.DIRTYPE, mode=mode, **more)


def symlink(name, target):
    return entry(name, tarfile.SYMTYPE, link=target)


def hardlink(name, target):
    return entry(name, tarfile.LNKTYPE, link=target)


def bad(name="bad"):
    return entry(name, data=b"bad")


def simple(*entries):
    return lambda victim: archive(*entries)


def with_victim(make):
    return lambda victim: archive(*make(victim))


def bomb(_victim):
    """About 3 MB that unpack to 3 GiB of zeros, in one file."""
    head = tarfile.TarInfo("zeros")
    head.size = 3 << 30
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9) as stream:
        stream.write(head.tobuf(tarfile.GNU_FORMAT))
        block = bytes(1 << 20)
        for _ in range(3 << 10):
            stream.write(block)
        stream.write(bytes(1024))
    return out.getvalue()


def raw_header(name=b"f", size=b"00000000000", checksum=None, kind=b"0"):
    block = bytearray(512)
    block[0:len(name)] = name
    block[100:108] = b"0000644\0"
    block[108:116] = block[116:124] = b"0000000\0"
    block[124:124 + len(size)] = size
    block[136:148] = b"00000000000\0"
    block[156:157] = kind
    block[257:265] = b"ustar\00000"
    block[148:156] = b"        "
    total = sum(block) if checksum is None else checksum
    block[148:156] = b"%06o\0 " % total
    return bytes(block)


def cap(magic=0x02000001, extra=b""):
    return (magic.to_bytes(4, "little") + bytes(16) + extra).decode("latin-1")


def truncated_gzip(_victim):
    return gzip.compress(archive(entry("f", data=bytes(range(256)) * 4096)))[:-2000]


def damaged_gzip(_victim):
    data = bytearray(gzip.compress(archive(entry("f", data=bytes(range(256)) * 4096))))
    data[-6] ^= 0xFF
    return bytes(data)


def zstd_frame(data, window_log=17, blocks=()):
    """RFC 8878 3.1.1: raw blocks of data, then blocks given as (type, size, content)."""
    out = b"\x28\xb5\x2f\xfd\x00" + bytes([(window_log - 10) << 3])
    raw = [(0, len(data[at:at + 100_000]), data[at:at + 100_000]) for at in range(0, len(data), 100_000)]
    blocks = raw + list(blocks)
    for i, (kind, size, content) in enumerate(blocks):
        out += (size << 3 | kind << 1 | (i == len(blocks) - 1)).to_bytes(3, "little") + content
    return out


def zstd_bomb(_victim):
    """100 kB that unpack to 3 GiB: blocks that repeat one byte."""
    head = tarfile.TarInfo("zeros")
    head.size = 3 << 30
    return zstd_frame(head.tobuf(tarfile.GNU_FORMAT), blocks=[(1, 128 << 10, b"\0")] * (3 << 13))


def zstd_of(*entries, **more):
    return lambda victim: zstd_frame(archive(*entries), **more)


CASES = {
    # A1 to A4: out of the layer
    "dotdot": Case(simple(bad("../../victim/new")), "refused"),
    "dotdot_inside": Case(simple(bad("a/../../../victim/new")), "refused"),
    "abs": Case(with_victim(lambda v: [bad(v + "/new")]), "accepted"),
    "symabs": Case(with_victim(lambda v: [symlink("d", v), bad("d/new")]), "refused"),
    "symrel": Case(simple(symlink("d", "../../victim"), bad("d/new")), "refused"),
    "symfile": Case(with_victim(lambda v: [symlink("f", v + "/file"), bad("f")]), "accepted"),
    "sympath": Case(simple(symlink("a", "b"), symlink("b", "../../victim"), bad("a/new")), "refused"),
    "hardabs": Case(with_victim(lambda v: [hardlink("f", v + "/file")]), "accepted"),
    "harddotdot": Case(simple(hardlink("f", "../../victim/file")), "refused"),
    "hardviasym": Case(simple(symlink("d", "../../victim"), hardlink("f", "d/file")), "refused"),
    "hardthenwrite": Case(simple(symlink("s", "../../victim/file"), hardlink("f", "s"), bad("f")), "accepted"),
    "chmodvialink": Case(simple(symlink("d", "../../victim"), folder("d", 0o777)), "accepted"),
    "rootfile": Case(simple(bad(".")), "refused"),
    "rootlink": Case(simple(symlink("/", "../../victim")), "refused"),
    # A5: whiteouts
    "whdot": Case(simple(entry(".wh..")), "refused"),
    "whdotdot": Case(simple(entry(".wh...")), "refused"),
    "whempty": Case(simple(entry("a/.wh.")), "refused"),
    "whiteoutesc": Case(simple(entry("../../victim/.wh.file")), "refused"),
    "whviasym": Case(simple(symlink("d", "../../victim"), entry("d/.wh.file")), "refused"),
    "whparent": Case(simple(bad(".wh.d/f")), "refused"),
    "whopq_root": Case(simple(entry(".wh..wh..opq"), bad("f")), "accepted"),
    "opqviasym": Case(simple(symlink("d", "../../victim"), entry("d/.wh..wh..opq")), "refused"),
    # A6: words that file systems obey
    "overlayxattr": Case(simple(folder("d", pax={"SCHILY.xattr.user.overlay.redirect": "/etc",
                                                 "SCHILY.xattr.user.overlay.opaque": "y",
                                                 "SCHILY.xattr.user.fuseoverlayfs.opaque": "y",
                                                 "SCHILY.xattr.trusted.overlay.redirect": "/etc"})), "accepted"),
    "badcapability": Case(simple(entry("f", data=b"x", pax={"SCHILY.xattr.security.capability": cap(7)})), "accepted"),
    # A7: devices
    "device": Case(simple(entry("dev/sda", tarfile.BLKTYPE, dev=(8, 0)), entry("null", tarfile.CHRTYPE, dev=(1, 3))),
                   "accepted"),
    "whiteoutdevice": Case(simple(entry("gone", tarfile.CHRTYPE)), "accepted"),
    "fifo": Case(simple(entry("etc/passwd", tarfile.FIFOTYPE)), "accepted"),
    # A8: bombs
    "bomb": Case(bomb, "refused", GZIP),
    "zstdbomb": Case(zstd_bomb, "refused", ZSTD),
    "zstdwindow": Case(zstd_of(bad(), window_log=28), "refused", ZSTD),
    "sparsebomb": Case(simple(entry("f", data=b"x", pax={"GNU.sparse.size": str(1 << 60), "GNU.sparse.map": "0,1"})),
                       "refused"),
    # A9: names
    "deep": Case(simple(bad("d/" * 1900 + "f")), "refused"),
    "longname": Case(simple(bad("n" * 300)), "refused"),
    "newline": Case(simple(bad("new\nline\x1b[31m")), "accepted"),
    "longlink": Case(simple(symlink("l", "x" * 5000)), "refused"),
    "emptylink": Case(simple(symlink("l", "")), "refused"),
    "hugepax": Case(simple(entry("f", pax={"comment": "c" * (2 << 20)})), "refused"),
    # A10: ambiguity
    "dupentry": Case(simple(entry("f", data=b"1"), entry("f", data=b"2"), folder("f"), entry("f/g"), bad("f")),
                     "accepted"),
    "hardself": Case(simple(bad("f"), hardlink("f", "f")), "accepted"),
    "harddir": Case(simple(folder("d"), hardlink("e", "d")), "refused"),
    "hardmissing": Case(simple(hardlink("f", ".wh.x")), "refused"),
    # A11: owners
    "hugeuid": Case(simple(entry("f", pax={"uid": "4294967296"})), "refused"),
    "uid70000": Case(simple(entry("f", uid=70000)), "refused"),
    # damage
    "checksum": Case(lambda v: raw_header(checksum=1) + bytes(1024), "refused"),
    "negativesize": Case(lambda v: raw_header(size=b"\xff" * 12) + bytes(1024), "refused"),
    "hugesize": Case(lambda v: raw_header(size=b"\x80" + bytes(3) + b"\x7f" + b"\xff" * 7) + bytes(1024), "refused"),
    "unknowntype": Case(lambda v: raw_header(kind=b"M") + bytes(1024), "refused"),
    "truncated": Case(lambda v: archive(entry("f", data=bytes(5000)))[:2000], "refused"),
    "truncatedgzip": Case(truncated_gzip, "refused", GZIP),
    "damagedgzip": Case(damaged_gzip, "refused", GZIP),
    "garbagegzip": Case(lambda v: gzip.compress(archive(bad())) + b"garbage", "refused", GZIP),
    "nogzip": Case(lambda v: archive(bad()), "refused", GZIP),
    "membersgzip": Case(lambda v: gzip.compress(archive(bad())[:700]) + gzip.compress(archive(bad())[700:]),
                        "accepted", GZIP),
    "padgzip": Case(lambda v: gzip.compress(archive(bad())) + bytes(3000), "accepted", GZIP),
    "zstd": Case(zstd_of(bad()), "accepted", ZSTD),
    "zstdframes": Case(lambda v: zstd_frame(archive(bad())[:700]) + b"\x50\x2a\x4d\x18\x05\0\0\0abcde"
                       + zstd_frame(archive(bad())[700:]), "accepted", ZSTD),
    "nozstd": Case(lambda v: gzip.compress(archive(bad())), "refused", ZSTD),
    "oldzstd": Case(lambda v: b"\x27\xb5\x2f\xfd" + bytes(500), "refused", ZSTD),
    "truncatedzstd": Case(lambda v: zstd_frame(archive(entry("f", data=bytes(300_000))))[:-1], "refused", ZSTD),
    "garbagezstd": Case(lambda v: zstd_frame(archive(bad())) + b"garbage", "refused", ZSTD),
    "reservedzstd": Case(lambda v: zstd_frame(archive(bad()), blocks=[(3, 1, b"x")]), "refused", ZSTD),
    "empty": Case(lambda v: b"", "accepted"),
}


def main():
    target = pathlib.Path(sys.argv[1])
    for name, case in CASES.items():
        suffix = {GZIP: ".tar.gz", ZSTD: ".tar.zst", NONE: ".tar"}[case.compression]
        (target / (name + suffix)).write_bytes(case.make("/victim"))


if __name__ == "__main__":
    main()
