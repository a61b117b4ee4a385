# SPDX-License-Identifier: Apache-2.0
"""config.md: mounts and their options."""
import os

from box import NotHere, check, equal, mount
from requirements import must

MOUNTS = "config.md, Mounts"
OPTIONS = "config.md, Linux mount options"


def adding(*mounts):
    return lambda config: config["mounts"].extend(mounts)


def source_folder(box, name="source"):
    folder = box.path(name)
    os.makedirs(folder, exist_ok=True)
    box.write(name + "/file", "text")
    return folder


def line_of(box, path, change, script=""):
    """The line of mountinfo of a path in a container."""
    text = box.shell(f"{script} cat /proc/self/mountinfo", change)
    lines = [line for line in text.splitlines() if line.split()[4] == path]
    check(lines, f"nothing is mounted on {path}")
    return lines[-1]


def options_of(box, path, change):
    return line_of(box, path, change).split()[5].split(",")


@must(MOUNTS, "mounts are made in the listed order")
def order(box):
    text = box.shell("cat /tmp/a/mark 2>/dev/null; stat -f -c %T /tmp/a; ls /tmp", adding(
        mount("/tmp", "tmpfs"), mount("/tmp/a", "tmpfs")))
    equal(text.split()[-1], "a", "what the later mount shows")
    equal(box.shell("ls /tmp", adding(mount("/tmp/a", "tmpfs"), mount("/tmp", "tmpfs"))), "",
          "what a later mount over it shows")


@must(MOUNTS, "a missing destination is made")
def destination_made(box):
    equal(box.shell("stat -f -c %T /tmp/new/place >/dev/null && echo fine", adding(
        mount("/tmp", "tmpfs"), mount("/tmp/new/place", "tmpfs"))), "fine", "the output")


@must(MOUNTS, "a bind shows the host's file")
def bind_file(box):
    folder = source_folder(box)
    equal(box.shell("cat /tmp/f", adding(mount("/tmp", "tmpfs"), mount("/tmp/f", "bind", folder + "/file", "bind"))),
          "text", "the output")


@must(MOUNTS, "a relative source of a bind is relative to the bundle")
def bind_relative(box):
    equal(box.shell("grep -c ociVersion /tmp/f", adding(mount("/tmp", "tmpfs"),
                                                        mount("/tmp/f", "bind", "config.json", "bind"))), "1",
          "the output")


@must(MOUNTS, "a source that does not exist is an error")
def bind_missing(box):
    box.refuses(adding(mount("/data", "bind", "/nonexistent", "rbind")))


@must(MOUNTS, "an unknown file system is an error")
def type_unknown(box):
    box.refuses(adding(mount("/data", "nosuchfs")))


@must(MOUNTS, "an unknown option of a file system is an error")
def option_unknown(box):
    box.refuses(adding(mount("/data", "tmpfs", None, "nosuchoption=1")))


@must(MOUNTS, "data options reach the file system")
def data_options(box):
    equal(box.shell("stat -c %a /data", adding(mount("/data", "tmpfs", None, "mode=0711", "size=64k"))), "711",
          "the mode")


@must(MOUNTS, "a link of the image does not lead a mount out of the root")
def link_contained(box):
    victim = box.path("victim")
    os.makedirs(victim, exist_ok=True)
    link = os.path.join(box.rootfs, "lead")
    if not os.path.islink(link):
        os.symlink(victim, link)
    try:
        name = box.new_id()
        box.call("run", "--bundle", box.bundle("touch /lead/x", adding(mount("/lead/inner", "tmpfs"))), name)
        equal(os.listdir(victim), [], "the host's folder")
    finally:
        os.unlink(link)


for _word, _shown in (("ro", "ro"), ("nosuid", "nosuid"), ("nodev", "nodev"), ("noexec", "noexec"),
                      ("noatime", "noatime"), ("nodiratime", "nodiratime")):
    @must(OPTIONS, f"{_word} holds for a new file system")
    def plain_option(box, word=_word, shown=_shown):
        check(shown in options_of(box, "/data", adding(mount("/data", "tmpfs", None, word))), "it is missing")

    @must(OPTIONS, f"{_word} holds for a bind, or is an error")
    def bind_option(box, word=_word, shown=_shown):
        bundle = box.bundle("cat /proc/self/mountinfo", adding(mount("/data", "bind", source_folder(box), "rbind",
                                                                     word)))
        done = box.call("run", "--bundle", bundle, box.new_id())
        if done.returncode == 0:
            lines = [line.split() for line in done.stdout.splitlines() if line.split()[4] == "/data"]
            check(shown in lines[-1][5].split(","), "it was left out")


@must(OPTIONS, "the later of two opposite options wins")
def option_order(box):
    check("rw" in options_of(box, "/data", adding(mount("/data", "tmpfs", None, "ro", "rw"))), "it is read-only")


@must(OPTIONS, "rbind shows the mounts below")
def bind_depth(box):
    equal(box.shell("test -c /data/pts/ptmx && echo below", adding(mount("/data", "bind", "/dev", "rbind"))), "below",
          "the output")


for _word in ("rro", "rnosuid", "rnodev", "rnoexec"):
    @must(OPTIONS, f"{_word} holds for every mount below, or is an error")
    def recursive_option(box, word=_word):
        name = box.new_id()
        bundle = box.bundle("cat /proc/self/mountinfo", adding(mount("/data", "bind", "/dev", "rbind", word)))
        done = box.call("run", "--bundle", bundle, name)
        if done.returncode != 0:
            return
        lines = [line.split() for line in done.stdout.splitlines() if line.split()[4].startswith("/data")]
        check(len(lines) > 1, "there is no mount below")
        for line in lines:
            check(word[1:] in line[5].split(","), f"{line[4]} is {line[5]}")


for _word, _shown in (("private", ""), ("rprivate", ""), ("shared", "shared:"), ("rshared", "shared:"),
                      ("unbindable", "unbindable"), ("runbindable", "unbindable")):
    @must(OPTIONS, f"propagation {_word} is applied")
    def propagation(box, word=_word, shown=_shown):
        folder = source_folder(box)
        line = line_of(box, "/data", adding(mount("/data", "bind", folder, "rbind", word)))
        check(shown in line, line)
        check(shown or not ("shared:" in line or "master:" in line), line)


@must(OPTIONS, "propagation rslave: what the host mounts later shows up, and not the other way round")
def propagation_slave(box):
    folder = source_folder(box)
    with open("/proc/self/mountinfo", encoding="utf-8") as file:
        if not any(" shared:" in line and line.split()[4] == "/" for line in file):
            raise NotHere("the host's root is not shared")
    line = line_of(box, "/data", adding(mount("/data", "bind", folder, "rbind", "rslave")))
    check("master:" in line and "shared:" not in line, line)


@must(OPTIONS, "a bind option of a file system that it cannot take is an error")
def bind_data(box):
    box.refuses(adding(mount("/data", "bind", source_folder(box), "rbind", "nosuchoption")))


@must(OPTIONS, "idmap is applied or an error")
def idmap(box):
    folder = source_folder(box)
    name = box.new_id()
    maps = [{"containerID": 0, "hostID": 1, "size": 1}]

    def change(config):
        config["mounts"].append({**mount("/data", "bind", folder, "rbind", "idmap"), "uidMappings": maps,
                                 "gidMappings": maps})
    done = box.call("run", "--bundle", box.bundle("stat -c %u /data/file", change), name)
    check(done.returncode != 0 or done.stdout.strip() not in ("0",), "the mapping was left out")


@must(OPTIONS, "tmpcopyup copies what the image has there")
def copy_up(box):
    equal(box.shell("cat /etc/passwd | wc -l; touch /etc/new && echo new", adding(
        mount("/etc", "tmpfs", None, "tmpcopyup"))).split(), ["1", "new"], "the output")


@must(OPTIONS, "remount changes the mount that is there")
def remount(box):
    check("ro" in options_of(box, "/data", adding(mount("/data", "tmpfs"),
                                                  mount("/data", "none", None, "remount", "bind", "ro"))),
          "it is not read-only")


@must("config-linux.md, Mount Label", "a label without SELinux is an error")
def mount_label(box):
    if os.path.exists("/sys/fs/selinux/enforce"):
        raise NotHere("this kernel has SELinux")
    box.refuses(lambda c: c["linux"].update(mountLabel="system_u:object_r:nosuch_t:s0"))


@must("runtime.md, Errors", "mounts of a container are not seen on the host")
def mounts_contained(box):
    box.running("exec sleep 100", adding(mount("/data", "tmpfs")))
    equal(box.mounts_on_host(), [], "what is mounted on the host")
