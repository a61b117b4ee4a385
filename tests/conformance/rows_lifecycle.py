# SPDX-License-Identifier: Apache-2.0
"""runtime.md and the operations: state, create, start, kill, delete."""
import json
import os
import shutil
import signal

from box import NotHere, check, equal
from requirements import must

STATE = "runtime.md, State"
OPERATIONS = "runtime.md, Operations"
ERRORS = "runtime.md, Errors"


@must(STATE, "state has ociVersion, id, status, pid and bundle of a created container")
def state_members(box):
    name = box.create()
    state = box.state(name)
    equal((state["id"], state["status"]), (name, "created"), "state")
    check(isinstance(state["ociVersion"], str) and state["ociVersion"].startswith("1."), "no ociVersion")
    check(os.path.isabs(state["bundle"]) and os.path.exists(state["bundle"] + "/config.json"), "bundle is wrong")
    check(os.path.exists(f"/proc/{state['pid']}"), "pid is not that of a process of the caller's namespace")


@must(STATE, "status goes created, running, stopped")
def state_changes(box):
    name = box.create()
    equal(box.status(name), "created", "status")
    box.good("start", name)
    equal(box.status(name), "running", "status")
    box.good("kill", name, "KILL")
    box.wait_stopped(name)


@must(STATE, "annotations of the configuration are in the state")
def state_annotations(box):
    name = box.create("true", lambda c: c.update(annotations={"org.example.key": "value"}))
    equal(box.state(name).get("annotations", {}).get("org.example.key"), "value", "the annotation")


@must(OPERATIONS, "querying a container that does not exist is an error")
def state_missing(box):
    check(box.call("state", "nosuch").returncode != 0, "state succeeds")


@must(OPERATIONS, "create refuses an id that is in use, and leaves its owner alone")
def create_unique(box):
    name = box.running()
    check(box.call("create", "--bundle", box.bundle("true"), name).returncode != 0, "create succeeds")
    equal(box.status(name), "running", "status of the first")


@must(OPERATIONS, "create does not run the program, start does")
def create_waits(box):
    target = box.path("shared")
    os.makedirs(target, exist_ok=True)
    mark = os.path.join(target, "mark")

    def change(config):
        config["mounts"].append({"destination": "/shared", "type": "bind", "source": target, "options": ["rbind"]})
    name = box.create("echo >/shared/mark", change)
    check(not os.path.exists(mark), "the program ran")
    box.good("start", name)
    box.wait_for(lambda: os.path.exists(mark), "the program's mark")
    os.unlink(mark)


@must(OPERATIONS, "a change of config.json after create has no effect")
def config_is_fixed(box):
    folder = box.bundle("sleep 100")
    name = box.new_id()
    box.good("create", "--bundle", folder, name)
    with open(folder + "/config.json", encoding="utf-8") as file:
        config = json.load(file)
    config["process"]["args"] = ["false"]
    with open(folder + "/config.json", "w", encoding="utf-8") as file:
        json.dump(config, file)
    box.good("start", name)
    equal(box.status(name), "running", "status")


@must(OPERATIONS, "start of a container that does not exist is an error")
def start_missing(box):
    check(box.call("start", "nosuch").returncode != 0, "start succeeds")


@must(OPERATIONS, "start of a running container is an error without effect")
def start_running(box):
    name = box.running()
    check(box.call("start", name).returncode != 0, "start succeeds")
    equal(box.status(name), "running", "status")


@must(OPERATIONS, "start of a stopped container is an error without effect")
def start_stopped(box):
    name = box.running("true")
    box.wait_stopped(name)
    check(box.call("start", name).returncode != 0, "start succeeds")
    equal(box.status(name), "stopped", "status")


@must(OPERATIONS, "kill sends the named signal to the container's process")
def kill_signal(box):
    folder = box.path("signals")
    os.makedirs(folder, exist_ok=True)

    def change(config):
        config["mounts"].append({"destination": "/shared", "type": "bind", "source": folder, "options": ["rbind"]})
    name = box.running("trap 'echo >/shared/usr1; exit' USR1; echo >/shared/ready; while :; do sleep 0.1; done", change)
    box.wait_for(lambda: os.path.exists(folder + "/ready"), "the trap")
    box.good("kill", name, "USR1")
    box.wait_for(lambda: os.path.exists(folder + "/usr1"), "the signal")
    shutil.rmtree(folder)


@must(OPERATIONS, "kill takes numbers and names with SIG")
def kill_words(box):
    for word in ("9", "SIGKILL", str(int(signal.SIGKILL))):
        name = box.running()
        box.good("kill", name, word)
        box.wait_stopped(name)


@must(OPERATIONS, "kill of a created container works")
def kill_created(box):
    name = box.create()
    box.good("kill", name, "KILL")
    box.wait_stopped(name)


@must(OPERATIONS, "kill of a stopped container is an error")
def kill_stopped(box):
    name = box.running("true")
    box.wait_stopped(name)
    check(box.call("kill", name, "KILL").returncode != 0, "kill succeeds")
    equal(box.status(name), "stopped", "status")


@must(OPERATIONS, "kill of a container that does not exist is an error")
def kill_missing(box):
    check(box.call("kill", "nosuch", "KILL").returncode != 0, "kill succeeds")


@must(OPERATIONS, "delete of a container that is not stopped is an error without effect")
def delete_running(box):
    name = box.running()
    check(box.call("delete", name).returncode != 0, "delete succeeds")
    equal(box.status(name), "running", "status")


@must(OPERATIONS, "delete of a container that does not exist is an error")
def delete_missing(box):
    check(box.call("delete", "nosuch").returncode != 0, "delete succeeds")


@must(OPERATIONS, "delete removes what create made; the id is free again")
def delete_frees(box):
    name = box.running("true")
    box.wait_stopped(name)
    box.good("delete", name)
    check(box.call("state", name).returncode != 0, "the container is still there")
    box.good("create", "--bundle", box.bundle("true"), name)


@must(OPERATIONS, "delete leaves what create did not make")
def delete_leaves(box):
    folder = box.path("kept")
    os.makedirs(folder, exist_ok=True)
    box.write("kept/file", "text")

    def change(config):
        config["mounts"].append({"destination": "/data", "type": "bind", "source": folder, "options": ["rbind"]})
    name = box.running("true", change)
    box.wait_stopped(name)
    bundle = box.state(name)["bundle"]
    box.good("delete", name)
    equal(box.read("kept/file"), "text", "the mounted file")
    check(os.path.exists(bundle + "/config.json"), "the bundle is gone")


@must(ERRORS, "a failed create leaves the host as it was")
def create_fails_clean(box):
    made = box.path("made-by-nobody")
    box.refuses(lambda c: c["mounts"].append({"destination": "/data", "type": "bind", "source": made,
                                              "options": ["rbind"]}))
    check(not os.path.exists(made), "the missing source was created")


@must(ERRORS, "a command that is not there is an error, of create or of start")
def command_missing(box):
    name = box.new_id()
    done = box.call("create", "--bundle", box.bundle(["/nosuch"]), name)
    if done.returncode == 0:
        check(box.call("start", name).returncode != 0, "create and start succeed")


@must("config.md, Specification version", "a version of another major number is an error")
def version_unknown(box):
    box.refuses(lambda c: c.update(ociVersion="9.0.0"))


@must("bundle.md", "a bundle without config.json is an error")
def bundle_empty(box):
    folder = box.path("empty")
    os.makedirs(folder, exist_ok=True)
    check(box.call("create", "--bundle", folder, box.new_id()).returncode != 0, "create succeeds")


@must("config.md, Extensibility", "unknown members are ignored")
def unknown_members(box):
    def change(config):
        config["unknown"] = {"a": [1]}
        config["linux"]["unknown"] = True
        config["process"]["unknown"] = "x"
    equal(box.shell("echo fine", change), "fine", "the output")


@must("config.md, Valid values", "a member of a wrong type is an error")
def wrong_types(box):
    box.refuses(lambda c: c["process"].update(args="true"))
    box.refuses(lambda c: c["linux"].update(namespaces="pid"))
    box.refuses(lambda c: c.update(mounts={"destination": "/data"}))


@must("features.md", "features prints the versions, hooks, mount options and what of linux is there")
def features(box):
    if box.name == "runc":
        done = box.call("features")
        check(done.returncode == 0, "there is no features command")
        document = json.loads(done.stdout)
    else:
        document = json.loads(box.good("features"))
    for key in ("ociVersionMin", "ociVersionMax", "hooks", "mountOptions", "linux"):
        check(key in document, f"'{key}' is missing")


@must("features.md", "each mount option that features names is taken")
def features_mounts(box):
    def change(config):
        for word in words:
            bound = word in ("bind", "rbind") or word.endswith("idmap")
            config["mounts"].append({"destination": "/tmp/" + word, "type": "bind" if bound else "tmpfs",
                                     "source": box.folder, "options": [word] if bound else ["size=1m", word]})
    # These change a mount that is there, or want ids.
    words = [word for word in json.loads(box.good("features"))["mountOptions"]
             if word not in ("remount", "idmap", "ridmap")]
    mounted = box.shell("cut -d' ' -f5 /proc/self/mountinfo", change).split()
    equal(set(words) - {place.rpartition("/")[2] for place in mounted}, set(), "what is not mounted")


@must("features.md", "each action, operator and architecture of seccomp that features names is taken")
def features_seccomp(box):
    offer = json.loads(box.good("features"))["linux"]["seccomp"]
    rules = [{"names": ["acct"], "action": "SCMP_ACT_ERRNO",
              "args": [{"index": 0, "value": 1, "valueTwo": 1, "op": word}]} for word in offer["operators"]]
    rules += [{"names": ["swapon"], "action": word, "args": [{"index": 0, "value": number, "op": "SCMP_CMP_EQ"}]}
              for number, word in enumerate(offer["actions"]) if word not in ("SCMP_ACT_NOTIFY", "SCMP_ACT_ALLOW")]
    profile = {"defaultAction": "SCMP_ACT_ALLOW", "architectures": offer["archs"], "syscalls": rules,
               "flags": [word for word in offer["supportedFlags"] if not word.endswith("RECV")]}
    equal(box.shell("echo fine", lambda c: c["linux"].update(seccomp=profile)), "fine", "output")


@must("features.md", "nothing is named that its version does not have")
def features_members(box):
    offer = json.loads(box.good("features"))
    if not offer["ociVersionMax"].startswith(("1.0", "1.1")):
        raise NotHere("it is of a later version")
    equal(set(offer) - {"ociVersionMin", "ociVersionMax", "hooks", "mountOptions", "linux", "annotations"}, set(),
          "strange members")
    equal(set(offer["linux"]) - {"namespaces", "capabilities", "cgroup", "seccomp", "apparmor", "selinux", "intelRdt"},
          set(), "strange members of linux")


@must("features.md", "each hook and namespace that features names can be had")
def features_honest(box):
    document = json.loads(box.good("features"))
    for kind in document.get("linux", {}).get("namespaces", []):
        def change(config, kind=kind):
            names = [n["type"] for n in config["linux"]["namespaces"]]
            if kind not in names:
                config["linux"]["namespaces"].append({"type": kind})
        equal(box.shell("echo fine", change), "fine", f"output with a namespace '{kind}'")
    for kind in document.get("hooks", []):
        program = "/bin/true"
        equal(box.shell("echo fine", lambda c, kind=kind: c.update(hooks={kind: [{"path": program}]})), "fine",
              f"output with hook '{kind}'")
