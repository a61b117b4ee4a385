# SPDX-License-Identifier: Apache-2.0
"""config.md, POSIX-platform Hooks, and the steps of runtime.md, Lifecycle."""
import json
import os
import shutil

from box import Broken, check, equal
from requirements import must

HOOKS = "config.md, Hooks"
LIFECYCLE = "runtime.md, Lifecycle"
OUTSIDE = ("prestart", "createRuntime", "createContainer", "poststart", "poststop")
KINDS = ("prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop")
SPACES = "mnt net pid uts ipc user"


class Notes:
    """A folder that hooks of both sides can write to: the path is the same outside and inside."""

    def __init__(self, box):
        self.folder = box.path("notes")
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)

    def hook(self, script, **more):
        return {"path": "/bin/sh", "args": ["sh", "-c", script], "env": ["PATH=/usr/bin:/bin"], **more}

    def changing(self, **hooks):
        def change(config):
            config["mounts"].append({"destination": self.folder, "type": "bind", "source": self.folder,
                                     "options": ["rbind"]})
            config["hooks"] = hooks
        return change

    def read(self, name):
        try:
            with open(os.path.join(self.folder, name), encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError as error:
            raise Broken(f"the hook left no '{name}'") from error

    def has(self, name):
        return os.path.exists(os.path.join(self.folder, name))


def whole_life(box, change, args="sleep 100"):
    name = box.create(args, change)
    box.good("start", name)
    box.call("kill", name, "KILL")
    box.wait_stopped(name)
    box.good("delete", name)


@must(HOOKS, "every kind is run, in the order of the lifecycle and of the list")
def order(box):
    notes = Notes(box)
    hooks = {kind: [notes.hook(f"echo {kind}{number} >>{notes.folder}/order") for number in (1, 2)] for kind in KINDS}
    whole_life(box, notes.changing(**hooks))
    equal(notes.read("order").split(), [kind + number for kind in KINDS for number in "12"], "the order")


@must(HOOKS, "args and env are those of the hook")
def arguments(box):
    notes = Notes(box)
    hook = notes.hook(f'echo "$0 $1 $X $HOME" >{notes.folder}/seen', env=["X=y", "PATH=/bin:/usr/bin"])
    hook["args"] += ["zero", "one"]
    whole_life(box, notes.changing(createRuntime=[hook]))
    equal(notes.read("seen").split(), ["zero", "one", "y"], "what it saw")


@must(HOOKS, "the state is on standard input of each kind, with the fitting status and pid")
def state(box):
    notes = Notes(box)
    hooks = {kind: [notes.hook(f"cat >{notes.folder}/{kind}")] for kind in KINDS}
    change = notes.changing(**hooks)

    def annotated(config):
        change(config)
        config["annotations"] = {"org.example.key": "value"}
    name = box.create("sleep 100", annotated)
    pid = box.state(name)["pid"]
    box.good("start", name)
    box.good("kill", name, "KILL")
    box.wait_stopped(name)
    box.good("delete", name)
    allowed = {"prestart": ("creating", "created"), "createRuntime": ("creating", "created"),
               "createContainer": ("creating", "created"), "startContainer": ("creating", "created"),
               "poststart": ("running",), "poststop": ("stopped",)}
    for kind in KINDS:
        found = json.loads(notes.read(kind))
        equal(found["id"], name, f"id for {kind}")
        check(found["status"] in allowed[kind], f"{kind} sees status '{found['status']}'")
        check(os.path.isabs(found["bundle"]) and found["ociVersion"], f"{kind} has no bundle or version")
        equal(found.get("annotations", {}).get("org.example.key"), "value", f"annotation for {kind}")
        if kind in ("prestart", "createRuntime", "poststart"):
            equal(found["pid"], pid, f"pid for {kind}")


@must(HOOKS, "createContainer and startContainer see the pid as the container does")
def state_inside(box):
    notes = Notes(box)
    hooks = {kind: [notes.hook(f"cat >{notes.folder}/{kind}")] for kind in ("createContainer", "startContainer")}
    whole_life(box, notes.changing(**hooks))
    for kind in hooks:
        equal(json.loads(notes.read(kind))["pid"], 1, f"pid for {kind}")


@must(HOOKS, "prestart, createRuntime, poststart and poststop run in the runtime's namespaces")
def outside(box):
    notes = Notes(box)
    kinds = ("prestart", "createRuntime", "poststart", "poststop")
    hooks = {kind: [notes.hook(f"for n in {SPACES}; do readlink /proc/self/ns/$n; done >{notes.folder}/{kind}")]
             for kind in kinds}
    whole_life(box, notes.changing(**hooks))
    wanted = [os.readlink(f"/proc/self/ns/{name}") for name in SPACES.split()]
    for kind in kinds:
        equal(notes.read(kind).split(), wanted, f"namespaces of {kind}")


@must(HOOKS, "createContainer and startContainer run in the container's namespaces")
def inside(box):
    notes = Notes(box)
    kinds = ("createContainer", "startContainer")
    hooks = {kind: [notes.hook(f"for n in {SPACES}; do readlink /proc/self/ns/$n; done >{notes.folder}/{kind}")]
             for kind in kinds}
    name = box.create("sleep 100", notes.changing(**hooks))
    pid = box.state(name)["pid"]
    box.good("start", name)
    wanted = [os.readlink(f"/proc/{pid}/ns/{space}") for space in SPACES.split()]
    for kind in kinds:
        found = notes.read(kind).split()
        equal(found, wanted, f"namespaces of {kind}")


@must(HOOKS, "startContainer's path is one of the container, the others' are of the host")
def paths(box):
    notes = Notes(box)
    script = box.write("hostonly", f"#!/bin/sh\necho $1 >>{notes.folder}/where\n", 0o755)
    host = {kind: [{"path": script, "args": [script, kind], "env": ["PATH=/bin"]}] for kind in OUTSIDE}
    inner = {"path": "/bin/busybox", "args": ["busybox", "touch", f"{notes.folder}/inner"]}
    whole_life(box, notes.changing(**host, startContainer=[inner]))
    equal(notes.read("where").split(), list(OUTSIDE), "the kinds that ran")
    check(notes.has("inner"), "startContainer did not run")


@must(HOOKS, "createRuntime and createContainer run before the root is changed, with the mounts made")
def before_pivot(box):
    notes = Notes(box)
    hooks = {"createContainer": [notes.hook(f"grep -c {box.rootfs}/data /proc/self/mountinfo >{notes.folder}/seen; "
                                            f"ls {box.rootfs}/bin/probe >>{notes.folder}/seen")]}
    change = notes.changing(**hooks)

    def mounted(config):
        change(config)
        config["mounts"].append({"destination": "/data", "type": "tmpfs", "source": "tmpfs"})
    whole_life(box, mounted)
    seen = notes.read("seen").split()
    check(seen[0] != "0" and len(seen) == 2, f"it saw {seen}")


@must(HOOKS, "a startContainer hook has no more rights than the container's process")
def start_rights(box):
    notes = Notes(box)
    hook = {"path": "/bin/sh", "args": ["sh", "-c", f"probe >{notes.folder}/hook"], "env": ["PATH=/bin"]}
    name = box.create(f"probe >{notes.folder}/program; sleep 100", notes.changing(startContainer=[hook]))
    box.good("start", name)
    box.wait_for(lambda: notes.has("program") and notes.read("program").endswith("}\n"), "the program's note")
    ours, its = json.loads(notes.read("hook")), json.loads(notes.read("program"))
    for key in ("CapEff", "CapPrm", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Uid", "Gid"):
        equal(ours[key], its[key], f"{key} of the hook")
    equal(ours["fds"], [0, 1, 2], "descriptors of the hook")


for _kind in ("prestart", "createRuntime", "createContainer"):
    @must(LIFECYCLE, f"a {_kind} hook that fails makes create fail, and leaves nothing")
    def create_fails(box, kind=_kind):
        notes = Notes(box)
        hooks = {kind: [notes.hook("exit 3"), notes.hook(f"touch {notes.folder}/second")]}
        box.refuses(notes.changing(**hooks), "touch /tmp/ran")
        check(not notes.has("second"), "the next hook ran")


@must(LIFECYCLE, "poststop hooks run after a create that failed in a hook")
def poststop_after_failure(box):
    notes = Notes(box)
    box.refuses(notes.changing(createRuntime=[notes.hook("exit 3")],
                               poststop=[notes.hook(f"touch {notes.folder}/poststop")]))
    check(notes.has("poststop"), "they did not")


@must(LIFECYCLE, "a startContainer hook that fails makes start fail; the program does not run")
def start_fails(box):
    notes = Notes(box)
    name = box.create(f"touch {notes.folder}/ran", notes.changing(startContainer=[notes.hook("exit 3")]))
    check(box.call("start", name).returncode != 0, "start succeeds")
    box.wait_stopped(name)
    check(not notes.has("ran"), "the program ran")


@must(LIFECYCLE, "poststop hooks run when `run` ends in a startContainer hook or without its program")
def poststop_after_run(box):
    notes = Notes(box)
    note = notes.hook(f"echo ran >>{notes.folder}/poststop")
    box.call("run", "--bundle", box.bundle("true", notes.changing(startContainer=[notes.hook("exit 3")],
                                                                  poststop=[note])), box.new_id())
    equal(notes.read("poststop").split(), ["ran"], "after a startContainer hook that fails, the note")
    box.call("run", "--bundle", box.bundle(["/nosuch"], notes.changing(poststop=[note])), box.new_id())
    equal(notes.read("poststop").split(), ["ran", "ran"], "after a program that is not there, the note")


@must(HOOKS, "hooks of the runtime's namespaces stand in the bundle, as their callers are used to")
def working_directory(box):
    notes = Notes(box)
    hooks = {kind: [notes.hook(f"pwd -P >{notes.folder}/{kind}")] for kind in ("prestart", "createRuntime")}
    bundle = box.bundle("sleep 100", notes.changing(**hooks))
    box.good("create", "--bundle", bundle, box.new_id())
    for kind in hooks:
        equal(notes.read(kind).strip(), os.path.realpath(bundle), f"the folder of {kind}")


@must(LIFECYCLE, "a poststart hook that fails is a warning; the rest goes on")
def poststart_fails(box):
    notes = Notes(box)
    name = box.create("sleep 100", notes.changing(poststart=[notes.hook("exit 3"),
                                                             notes.hook(f"touch {notes.folder}/second")]))
    box.good("start", name)
    equal(box.status(name), "running", "status")
    check(notes.has("second"), "the next hook did not run")


@must(LIFECYCLE, "a poststop hook that fails is a warning; the container is deleted")
def poststop_fails(box):
    notes = Notes(box)
    whole_life(box, notes.changing(poststop=[notes.hook("exit 3"), notes.hook(f"touch {notes.folder}/second")]))
    check(notes.has("second"), "the next hook did not run")


@must(LIFECYCLE, "poststop hooks run after the container is gone")
def poststop_last(box):
    notes = Notes(box)
    command = " ".join(box.command)
    name = box.create("true", notes.changing(poststop=[notes.hook(
        f"id=$(sed 's/.*\"id\" *: *\"\\([^\"]*\\)\".*/\\1/'); {command} state $id >/dev/null 2>&1 || "
        f"echo gone >{notes.folder}/seen")]))
    box.good("start", name)
    box.wait_stopped(name)
    box.good("delete", name)
    equal(notes.read("seen").strip(), "gone", "what it saw")


@must(HOOKS, "a hook that does not end within its timeout fails, and is ended")
def timeout(box):
    for seconds in (1, 5, 20):
        notes = Notes(box)
        box.refuses(notes.changing(createRuntime=[notes.hook(f"echo $$ >{notes.folder}/pid; exec sleep 600",
                                                             timeout=seconds)]))
        if notes.has("pid") and notes.read("pid"):
            break  # else a busy machine did not get to the note in that time
    pid = int(notes.read("pid"))
    box.wait_for(lambda: not os.path.exists(f"/proc/{pid}"), "its end")


@must(HOOKS, "a timeout that is not above zero is an error")
def timeout_zero(box):
    notes = Notes(box)
    box.refuses(notes.changing(createRuntime=[notes.hook("true", timeout=-1)]))


@must(HOOKS, "a path that is not absolute is an error")
def path_relative(box):
    box.refuses(lambda c: c.update(hooks={"createRuntime": [{"path": "bin/true"}]}))


@must(HOOKS, "a hook that is not there makes create fail")
def path_missing(box):
    box.refuses(lambda c: c.update(hooks={"createRuntime": [{"path": "/nosuch"}]}))


@must(HOOKS, "a hook gets standard streams and no other descriptor")
def descriptors(box):
    notes = Notes(box)
    hooks = {kind: [notes.hook(f"ls /proc/self/fd >{notes.folder}/{kind}")]
             for kind in ("prestart", "createRuntime", "createContainer")}
    whole_life(box, notes.changing(**hooks))
    for kind in hooks:
        found = notes.read(kind).split()
        check(set(found) <= {"0", "1", "2", "3"}, f"{kind} has {found}")  # 3 is ls's own
