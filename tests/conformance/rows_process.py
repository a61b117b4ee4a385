# SPDX-License-Identifier: Apache-2.0
"""config.md: process, user, root, hostname."""
import json
import os
import socket
import subprocess

from box import SECONDS, NotHere, check, equal
from requirements import must

PROCESS = "config.md, Process"
POSIX = "config.md, POSIX process"
LINUX = "config.md, Linux Process"
USER = "config.md, POSIX-platform User"
ROOT = "config.md, Root"
EXEC = "command line, exec"


def process(**members):
    return lambda config: config["process"].update(members)


@must(PROCESS, "args are passed as they are")
def args(box):
    equal(box.good("run", "--bundle", box.bundle(["printf", "%s|", "a b", "", "$x", "*"]), box.new_id()),
          "a b||$x|*|", "the output")


@must(PROCESS, "env is the whole environment")
def env(box):
    lines = set(box.shell("env", process(env=["PATH=/bin", "X=y z"])).splitlines())
    check({"PATH=/bin", "X=y z"} <= lines, "variables are missing")
    others = {line.split("=")[0] for line in lines} - {"PATH", "X", "HOME", "PWD", "SHLVL", "OLDPWD", "_", "container"}
    check(not others, f"variables of the caller are there: {others}")


@must(PROCESS, "cwd is the working directory")
def cwd(box):
    equal(box.shell("pwd", process(cwd="/etc")), "/etc", "the output")


@must(PROCESS, "cwd that is not absolute is an error")
def cwd_relative(box):
    box.refuses(process(cwd="etc"))


@must(PROCESS, "the exit code is that of the program")
def exit_code(box):
    done = box.call("run", "--bundle", box.bundle("exit 7"), box.new_id())
    equal(done.returncode, 7, "the exit code")


@must(POSIX, "rlimits are set")
def rlimits(box):
    state = box.probe(process(rlimits=[{"type": "RLIMIT_NOFILE", "soft": 100, "hard": 200}]))
    equal(state["nofile"], [100, 200], "RLIMIT_NOFILE")


@must(POSIX, "an unknown rlimit is an error")
def rlimit_unknown(box):
    box.refuses(process(rlimits=[{"type": "RLIMIT_NOSUCH", "soft": 1, "hard": 1}]))


@must(POSIX, "a duplicated rlimit is an error")
def rlimit_twice(box):
    box.refuses(process(rlimits=[{"type": "RLIMIT_NOFILE", "soft": 100, "hard": 100}] * 2))


@must(POSIX, "an rlimit above what the user may is an error")
def rlimit_high(box):
    box.refuses(process(rlimits=[{"type": "RLIMIT_NOFILE", "soft": 1, "hard": 1 << 40}]))


@must(LINUX, "capability sets are those of the configuration")
def capabilities(box):
    names = ["CAP_CHOWN", "CAP_KILL"]
    sets = {kind: names for kind in ("bounding", "effective", "permitted", "inheritable", "ambient")}
    state = box.probe(process(capabilities=sets))
    for kind in ("CapBnd", "CapEff", "CapPrm", "CapInh", "CapAmb"):
        equal(int(state[kind], 16), 1 << 0 | 1 << 5, kind)


@must(LINUX, "a capability that is unknown is left out with a warning")
def capabilities_unknown(box):
    sets = {kind: ["CAP_CHOWN", "CAP_NOSUCH"] for kind in ("bounding", "effective", "permitted")}
    done = box.call("run", "--bundle", box.bundle(["probe"], process(capabilities=sets)), box.new_id())
    equal(done.returncode, 0, "exit code")
    equal(int(json.loads(done.stdout)["CapEff"], 16), 1, "CapEff")
    check("NOSUCH" in done.stderr, "there is no warning")


@must(LINUX, "a process of another user keeps ambient capabilities only")
def capabilities_user(box):
    sets = {"bounding": ["CAP_CHOWN", "CAP_KILL"], "effective": ["CAP_CHOWN"], "permitted": ["CAP_CHOWN"],
            "inheritable": ["CAP_CHOWN"], "ambient": ["CAP_CHOWN"]}
    state = box.probe(process(capabilities=sets, user={"uid": 1000, "gid": 1000}))
    equal((int(state["CapEff"], 16), int(state["CapAmb"], 16)), (1, 1), "effective and ambient")


@must(LINUX, "noNewPrivileges is set and only then")
def no_new_privileges(box):
    for wanted in (True, False):
        equal(box.probe(process(noNewPrivileges=wanted))["NoNewPrivs"], str(int(wanted)), "NoNewPrivs")


@must(LINUX, "oomScoreAdj is set")
def oom_score(box):
    equal(box.probe(process(oomScoreAdj=500))["oomScoreAdj"].strip(), "500", "the value")


@must(LINUX, "an oomScoreAdj that cannot be had is an error")
def oom_score_low(box):
    box.refuses(process(oomScoreAdj=-900))


@must(LINUX, "an AppArmor profile without AppArmor is an error")
def apparmor(box):
    if os.path.exists("/sys/module/apparmor"):
        raise NotHere("this kernel has AppArmor")
    box.refuses(process(apparmorProfile="nosuch"))


@must(LINUX, "an SELinux label without SELinux is an error")
def selinux(box):
    if os.path.exists("/sys/fs/selinux/enforce"):
        raise NotHere("this kernel has SELinux")
    box.refuses(process(selinuxLabel="system_u:system_r:nosuch_t:s0"))


@must(LINUX, "scheduler: a policy that is allowed is set")
def scheduler(box):
    text = box.shell("grep -E '^(policy|prio)' /proc/self/sched; cat /proc/self/stat | cut -d' ' -f41",
                     process(scheduler={"policy": "SCHED_BATCH", "nice": 5}))
    equal(text.split()[-1], "3", "the policy")


@must(LINUX, "scheduler: a policy that is not allowed is an error")
def scheduler_forbidden(box):
    box.refuses(process(scheduler={"policy": "SCHED_FIFO", "priority": 10}))


@must(LINUX, "ioPriority is set")
def io_priority(box):
    equal(box.probe(process(ioPriority={"class": "IOPRIO_CLASS_IDLE", "priority": 0}))["ioPriority"] >> 13, 3,
          "the class")


@must(USER, "uid, gid and additionalGids are those of the configuration")
def user(box):
    state = box.probe(process(user={"uid": 1000, "gid": 1001, "additionalGids": [5, 6]}))
    equal((set(state["Uid"].split()), set(state["Gid"].split())), ({"1000"}, {"1001"}), "ids")
    check({"5", "6"} <= set(state["Groups"].split()), "additional groups are missing")


@must(USER, "umask is that of the configuration")
def umask(box):
    equal(box.shell("umask", process(user={"uid": 0, "gid": 0, "umask": 0o27})), "0027", "the output")


@must(USER, "a umask that is no mode is an error")
def umask_wrong(box):
    for value in (-1, 1 << 40):
        box.refuses(process(user={"uid": 0, "gid": 0, "umask": value}))


@must(USER, "of several additional groups, the one that cannot be had is named")
def groups_unmapped(box):
    check("3000000" in box.refuses(process(user={"uid": 0, "gid": 0, "additionalGids": [5, 3000000]})),
          "another one is named, or none")


@must(USER, "a uid that the user namespace does not have is an error")
def user_unmapped(box):
    box.refuses(process(user={"uid": 3000000, "gid": 0}))


@must(ROOT, "a root that does not exist is an error")
def root_missing(box):
    box.refuses(lambda c: c["root"].update(path="/nonexistent"))


@must(ROOT, "an empty root path is an error")
def root_empty(box):
    box.refuses(lambda c: c["root"].update(path=""))


@must(ROOT, "a readonly root cannot be written")
def root_readonly(box):
    equal(box.shell("touch /x 2>/dev/null || echo no", lambda c: c["root"].update(readonly=True)), "no", "the output")


@must(ROOT, "a relative root path is relative to the bundle")
def root_relative(box):
    equal(box.shell("echo fine", lambda c: c["root"].update(path="../rootfs")), "fine", "the output")


@must("config.md, Hostname", "hostname is set")
def hostname(box):
    equal(box.shell("uname -n", lambda c: c.update(hostname="other")), "other", "the output")


@must("config.md, Domainname", "domainname is set")
def domainname(box):
    equal(box.shell("cat /proc/sys/kernel/domainname", lambda c: c.update(domainname="example.org")), "example.org",
          "the output")


class Console:
    """The receiving end of --console-socket."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "console.sock")
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.path)
        self.listener.listen(1)
        self.listener.settimeout(SECONDS)

    def master(self):
        try:
            connection, _ = self.listener.accept()
            with connection:
                _, descriptors, _, _ = socket.recv_fds(connection, 256, 1)
        finally:
            self.listener.close()
            os.unlink(self.path)
        return descriptors[0]


def read_terminal(master):
    data = b""
    while True:
        try:
            got = os.read(master, 4096)
        except OSError:  # a terminal without a user answers EIO
            got = b""
        if not got:
            os.close(master)
            return data.decode()
        data += got


def with_console(box, words, then=None):
    """What the terminal shows that the runtime sends for this command and, if given, for `then`."""
    console = Console(box.folder)
    words = [console.path if word == "SOCKET" else word for word in words]
    with subprocess.Popen([*box.command, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as run:
        master = console.master()
    equal(run.returncode, 0, "the exit code")
    if then:
        box.good(*then)
    return read_terminal(master)


@must(PROCESS, "terminal: the streams are a terminal of the size asked for, bound on /dev/console")
def terminal(box):
    script = "test -t 0 && test -t 1 && test -t 2 && echo terminal; test -c /dev/console && echo console"
    bundle = box.bundle(script, process(terminal=True, consoleSize={"height": 33, "width": 99}))
    name = box.new_id()
    text = with_console(box, ["create", "--console-socket", "SOCKET", "--bundle", bundle, name], ["start", name])
    check("terminal" in text and "console" in text, f"the terminal says {text!r}")


@must(PROCESS, "consoleSize: a size that no terminal has is an error")
def console_size(box):
    for size in (5, [], {"height": 70000, "width": 80}, {"height": -1, "width": 80}, {"height": "24", "width": 80}):
        box.refuses(process(consoleSize=size))


@must("runtime-linux.md, File descriptors", "only the three standard descriptors are open")
def descriptors(box):
    with open("/etc/passwd", "rb") as file:
        os.set_inheritable(file.fileno(), True)
        equal(json.loads(box.good("run", "--bundle", box.bundle(["probe"]), box.new_id(), close_fds=False))["fds"],
              [0, 1, 2], "the list")


@must("runtime-linux.md, File descriptors", "--preserve-fds passes that many more")
def preserved(box):
    read_end, write_end = os.pipe()
    os.dup2(write_end, 3)
    done = box.good("run", "--preserve-fds", "1", "--bundle", box.bundle(["probe"]), box.new_id(), pass_fds=(3,))
    os.close(read_end)
    equal(json.loads(done)["fds"], [0, 1, 2, 3], "the list")


@must("command line, create", "--pid-file holds the number of the process")
def pid_file(box):
    name = box.create("sleep 100", None, "--pid-file", box.path("pid"))
    equal(int(box.read("pid")), box.state(name)["pid"], "the number")


@must(EXEC, "exec runs with the user, variables and working directory asked for")
def exec_options(box):
    name = box.running()
    out = box.good("exec", "--user", "1000:1000", "--env", "A=b", "--cwd", "/tmp", name, "/bin/sh", "-c",
                   "/bin/id -u; /bin/id -g; echo $A; pwd")
    equal(out.split(), ["1000", "1000", "b", "/tmp"], "the output")


@must(EXEC, "exec --process runs what the file describes")
def exec_process(box):
    name = box.running()
    document = {"user": {"uid": 5, "gid": 6}, "args": ["sh", "-c", "id -u; id -g; pwd; exit 3"], "env": ["PATH=/bin"],
                "cwd": "/etc"}
    done = box.call("exec", "--process", box.write("process.json", json.dumps(document)), name)
    equal((done.returncode, done.stdout.split()), (3, ["5", "6", "/etc"]), "exit code and output")


@must(EXEC, "exec --process has no capability that it does not name, without noNewPrivileges either")
def exec_process_bare(box):
    name = box.running()
    document = {"user": {"uid": 0, "gid": 0}, "args": ["probe"], "env": ["PATH=/bin"], "cwd": "/",
                "capabilities": {"bounding": ["CAP_CHOWN"], "effective": ["CAP_CHOWN"], "permitted": ["CAP_CHOWN"]}}
    state = json.loads(box.good("exec", "--process", box.write("process.json", json.dumps(document)), name))
    equal((int(state["CapEff"], 16), int(state["CapBnd"], 16)), (1, 1), "effective and bounding")


@must(EXEC, "exec --tty gives a terminal")
def exec_terminal(box):
    name = box.running()
    text = with_console(box, ["exec", "--detach", "--tty", "--console-socket", "SOCKET", name, "sh", "-c",
                              "test -t 0 && echo terminal"])
    check("terminal" in text, f"the terminal says {text!r}")


@must(EXEC, "exec --detach --pid-file returns at once and names the process")
def exec_detached(box):
    name = box.running()
    box.good("exec", "--detach", "--pid-file", box.path("exec-pid"), name, "sleep", "150")

    def is_named():
        with open(f"/proc/{int(box.read('exec-pid'))}/cmdline", "rb") as file:
            return file.read() == b"sleep\x00150\x00"
    box.wait_for(is_named, "the command in that process")  # it has no arguments in the midst of execve(2)


@must(EXEC, "exec in a container that does not run is an error")
def exec_stopped(box):
    name = box.running("true")
    box.wait_stopped(name)
    check(box.call("exec", name, "true").returncode != 0, "exec succeeds")


@must("command line, log", "--log-format json writes one object with level, msg and time")
def log_json(box):
    log = box.path("log.json")
    done = box.call("--log", log, "--log-format", "json", "state", "nosuch")
    check(done.returncode != 0, "state succeeds")
    line = json.loads(box.read("log.json").strip().splitlines()[-1])
    equal(line["level"], "error", "the level")
    check(line["msg"] and line["time"], "msg or time is missing")


@must("command line, kill", "kill --all reaches every process of the container")
def kill_all(box):
    name = box.running("sleep 200 & exec sleep 100")
    box.good("exec", "--detach", name, "sleep", "300")
    box.good("kill", "--all", name, "KILL")
    box.wait_stopped(name)


@must("command line, ps", "ps -f json names the processes of the container")
def list_processes(box):
    name = box.running("sleep 200 & exec sleep 100")
    done = box.call("ps", "--format", "json", name)
    if done.returncode != 0 and ("cgroup" in done.stderr or "rootless" in done.stderr):
        raise NotHere("it needs a control group")
    check(done.returncode == 0, done.stderr.strip())
    check(box.state(name)["pid"] in json.loads(done.stdout), "the first process is not in the list")


@must("command line, delete", "delete --force ends a running container")
def delete_force(box):
    name = box.running()
    box.good("delete", "--force", name)
    check(box.call("state", name).returncode != 0, "the container is still there")
