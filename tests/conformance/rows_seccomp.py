# SPDX-License-Identifier: Apache-2.0
"""config-linux.md, Seccomp, with its listener."""
import array
import fcntl
import json
import os
import socket
import struct
import threading

from box import SECONDS, check, equal
from requirements import must

SECCOMP = "config-linux.md, Seccomp"
LISTENER = "config-linux.md, The Container Process State"
RECEIVE = 0xC0502100  # SECCOMP_IOCTL_NOTIF_RECV
SEND = 0xC0182101     # SECCOMP_IOCTL_NOTIF_SEND
ANSWER = 17           # an errno that nothing else gives: EEXIST


def profile(**members):
    return lambda config: config["linux"].update(seccomp={"defaultAction": "SCMP_ACT_ALLOW", **members})


def notifying(path, **members):
    return profile(listenerPath=path, syscalls=[{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_NOTIFY"}],
                   **members)


@must(SECCOMP, "rules are applied, with their errno")
def rules(box):
    change = profile(syscalls=[{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 17}])
    text = box.shell("mkdir /tmp/x 2>&1 || true", change)
    check("File exists" in text, f"mkdir says {text!r}")


@must(SECCOMP, "arguments decide")
def rule_arguments(box):
    change = profile(syscalls=[{"names": ["kill"], "action": "SCMP_ACT_ERRNO", "errnoRet": 17, "args": [
        {"index": 1, "value": 10, "op": "SCMP_CMP_EQ"}]}])
    text = box.shell("kill -10 $$ 2>&1; kill -0 $$ && echo fine", change)
    check("File exists" in text and "fine" in text, f"kill says {text!r}")


@must(SECCOMP, "the default action and its errno are applied to other calls")
def default_action(box):
    change = profile(defaultAction="SCMP_ACT_ERRNO", defaultErrnoRet=17, syscalls=[])
    name = box.new_id()
    done = box.call("run", "--bundle", box.bundle("true", change), name)
    check(done.returncode != 0, "the program runs")


@must(SECCOMP, "an unknown action is an error")
def action_unknown(box):
    box.refuses(profile(defaultAction="SCMP_ACT_NOSUCH"))


@must(SECCOMP, "an unknown operator is an error")
def operator_unknown(box):
    box.refuses(profile(syscalls=[{"names": ["kill"], "action": "SCMP_ACT_ERRNO",
                                   "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_NOSUCH"}]}]))


@must(SECCOMP, "an unknown flag is an error")
def flag_unknown(box):
    box.refuses(profile(flags=["SECCOMP_FILTER_FLAG_NOSUCH"]))


@must(SECCOMP, "a known flag is taken")
def flag_known(box):
    equal(box.shell("echo fine", profile(flags=["SECCOMP_FILTER_FLAG_LOG"])), "fine", "the output")


@must(SECCOMP, "an architecture that is not known is an error")
def architecture_unknown(box):
    box.refuses(profile(architectures=["SCMP_ARCH_NOSUCH"]))


@must(SECCOMP, "listenerMetadata without listenerPath is an error")
def metadata_alone(box):
    box.refuses(profile(listenerMetadata="x"))


class Agent:
    """Answers each notified call with one errno, and keeps what it was told."""

    def __init__(self, box):
        self.path = box.path("agent.sock")
        if os.path.exists(self.path):
            os.unlink(self.path)
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.path)
        self.listener.listen(8)
        self.listener.settimeout(SECONDS)
        self.connections = []
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            data, descriptors = b"", []
            while True:
                part, taken, _, _ = socket.recv_fds(connection, 65536, 8)
                descriptors += taken
                for descriptor in taken:
                    threading.Thread(target=self.answer, args=(descriptor,), daemon=True).start()
                if not part:
                    break
                data += part
            connection.close()
            self.connections.append((data, len(descriptors)))

    @staticmethod
    def answer(descriptor):
        while True:
            request = array.array("b", bytes(80))
            try:
                fcntl.ioctl(descriptor, RECEIVE, request, True)
                number = struct.unpack_from("=Q", request)[0]
                fcntl.ioctl(descriptor, SEND, struct.pack("=QqiI", number, 0, -ANSWER, 0))
            except OSError:
                os.close(descriptor)
                return

    def close(self):
        self.listener.close()
        if os.path.exists(self.path):
            os.unlink(self.path)


def with_agent(box, work):
    agent = Agent(box)
    try:
        return work(agent)
    finally:
        agent.close()


@must(LISTENER, "notified calls are answered by the agent behind listenerPath")
def listener(box):
    def work(agent):
        text = box.shell("mkdir /tmp/x 2>&1; true", notifying(agent.path))
        check("File exists" in text, f"mkdir says {text!r}")
    with_agent(box, work)


@must(LISTENER, "exactly one state for each connection, with one descriptor named seccompFd")
def listener_state(box):
    def work(agent):
        name = box.running("exec sleep 100", notifying(agent.path, listenerMetadata="opaque"))
        box.wait_for(lambda: agent.connections, "the connection")
        equal(len(agent.connections), 1, "the number of connections")
        data, count = agent.connections[0]
        document = json.loads(data)  # fails for two documents one after the other
        equal((document["fds"], count), (["seccompFd"], 1), "descriptors")
        equal(document["pid"], box.state(name)["pid"], "pid")
        equal(document["metadata"], "opaque", "metadata")
        equal(document["state"]["id"], name, "id of the state")
        check(document["ociVersion"] and document["state"]["bundle"] and document["state"]["status"], "state is thin")
    with_agent(box, work)


@must(LISTENER, "exec has a connection and a state of its own")
def listener_exec(box):
    def work(agent):
        name = box.running("exec sleep 100", notifying(agent.path))
        text = box.call("exec", name, "mkdir", "/tmp/x").stderr
        check("File exists" in text, f"mkdir says {text!r}")
        # Calls are answered before the agent has seen the end of their connection.
        box.wait_for(lambda: len(agent.connections) >= 2, "the second connection")
        equal(len(agent.connections), 2, "the number of connections")
        document = json.loads(agent.connections[1][0])
        check(document["pid"] != document["state"]["pid"], "pid is that of the first process")
    with_agent(box, work)


@must(LISTENER, "an agent that is not there is an error; the program does not run")
def listener_missing(box):
    name = box.new_id()
    folder = box.path("silent")
    os.makedirs(folder, exist_ok=True)
    change = notifying(box.path("nosuch.sock"))

    def mounted(config):
        change(config)
        config["mounts"].append({"destination": "/shared", "type": "bind", "source": folder, "options": ["rbind"]})
    done = box.call("run", "--bundle", box.bundle("echo >/shared/ran", mounted), name)
    check(done.returncode != 0 and not os.path.exists(folder + "/ran"), "the program ran")


@must(LISTENER, "listenerPath is ignored when no rule notifies")
def listener_ignored(box):
    change = profile(listenerPath=box.path("nosuch.sock"),
                     syscalls=[{"names": ["mkdir"], "action": "SCMP_ACT_ERRNO"}])
    equal(box.shell("echo fine", change), "fine", "the output")


@must(LISTENER, "the container does not hold the agent's descriptor")
def listener_kept(box):
    def work(agent):
        equal(box.probe(notifying(agent.path))["fds"], [0, 1, 2], "descriptors")
    with_agent(box, work)


@must(SECCOMP, "a process of exec has the filter of the container")
def exec_filter(box):
    name = box.running("exec sleep 100", profile(
        syscalls=[{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 17}]))
    check("File exists" in box.call("exec", name, "mkdir", "/tmp/x").stderr, "mkdir is not filtered")
