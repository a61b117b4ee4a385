# SPDX-License-Identifier: Apache-2.0
"""The engine's side of rootless/oci/monitor_protocol.h, for tests."""
import json
import os
import shutil
import socket
import subprocess
import tempfile

CREATED, STARTED, FAILED, STDOUT, STDERR, EXITED, DROPPED = 1, 2, 3, 4, 5, 6, 7
START, STDIN, STDIN_END, RESIZE, SIGNAL, BEGIN, QUIET = 16, 17, 18, 19, 20, 21, 22
KINDS = ["InvalidArgument", "NotFound", "AlreadyExists", "Conflict", "PermissionDenied", "Unauthenticated",
         "Unavailable", "Unsupported", "Corrupt", "Cancelled", "Io", "Internal"]
MONITOR = os.path.join(os.environ.get("CORACLE_BIN", "build/dev/bin"), "coracle-monitor")


class Closed(Exception):
    pass


class Connection:
    def __init__(self, sock):
        self.sock = sock
        self.sock.settimeout(20)
        self.stdout = b""
        self.stderr = b""

    def send(self, frame, payload=b""):
        self.sock.send(bytes([frame]) + payload)

    def receive(self):
        data = self.sock.recv(1 << 16)
        if not data:
            raise Closed()
        if data[0] == STDOUT:
            self.stdout += data[1:]
        elif data[0] == STDERR:
            self.stderr += data[1:]
        return data[0], data[1:]

    def expect(self, frame):
        """Skip output until this frame; any other one fails."""
        while True:
            kind, payload = self.receive()
            if kind == frame:
                return payload
            assert kind in (STDOUT, STDERR), f"frame {kind} {payload!r} instead of {frame}"

    def expect_output(self, text):
        while text not in self.stdout:
            kind, payload = self.receive()
            assert kind in (STDOUT, STDERR), f"frame {kind} {payload!r} instead of output {text!r}"

    def failure(self):
        payload = self.expect(FAILED)
        message, _, hint = payload[1:].partition(b"\0")
        return KINDS[payload[0]], message.decode(), hint.decode()

    def exit_code(self):
        code = int(self.expect(EXITED))
        try:
            kind, _ = self.receive()
            raise AssertionError(f"frame {kind} after Exited")
        except Closed:
            return code

    def close(self):
        self.sock.close()


class Container:
    """A bundle, its folders and its monitor."""

    def __init__(self, base, args, runtime, runtime_args, name="c1", config=None, **settings):
        self.name = name
        self.bundle = os.path.join(base, "containers", name)
        self.run = os.path.join(base, "run", "containers", name)
        self.events_path = os.path.join(base, "run", "events")
        self.log_path = os.path.join(self.bundle, "container.log")
        os.makedirs(self.bundle, exist_ok=True)
        os.makedirs(os.path.dirname(self.run), exist_ok=True)
        if config is None:
            config = {"process": {"args": args, "env": ["PATH=" + os.environ["PATH"]]}}
        with open(os.path.join(self.bundle, "config.json"), "w") as file:
            json.dump(config, file)
        self.settings = {"id": name, "name": name, "bundle": self.bundle, "runDir": self.run,
                         "eventsPath": self.events_path, "runtime": runtime, "runtimeArgs": runtime_args,
                         "tty": False, "openStdin": False, "logPath": self.log_path, "autoStart": True,
                         "eventAttributes": {"image": "test", "name": name}, "exitCommand": []}
        self.settings.update(settings)
        self.monitor = None
        self.connections = []

    def spawn(self, extra_fds=(), words=()):
        path = os.path.join(self.bundle, "monitor.json")
        with open(path, "w") as file:
            json.dump(self.settings, file)
        self.monitor, connection = spawn_monitor([*words, "--config", path], extra_fds)
        self.connections.append(connection)
        return connection

    def start(self):
        connection = self.spawn()
        self.pid = int(connection.expect(CREATED))
        connection.expect(STARTED)
        return connection

    def attach(self):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        folder = os.open(self.run, os.O_PATH)
        try:
            sock.connect(f"/proc/self/fd/{folder}/attach.sock")
        finally:
            os.close(folder)
        self.connections.append(Connection(sock))
        return self.connections[-1]

    def exit_record(self):
        with open(os.path.join(self.bundle, "exit.json")) as file:
            return json.load(file)

    def log(self, growing=False):
        """Of one that grows, the entries that are whole by now."""
        if not os.path.exists(self.log_path):
            return []  # nothing was written yet
        with open(self.log_path) as file:
            return [json.loads(line) for line in file if line.endswith("\n") or not growing]

    def events(self):
        with open(self.events_path) as file:
            return [json.loads(line) for line in file]

    def run_files(self):
        return sorted(os.listdir(self.run)) if os.path.isdir(self.run) else []

    def wait(self):
        return self.monitor.wait(timeout=20)


def spawn_monitor(words, extra_fds=()):
    """Start coracle-monitor with a control connection as descriptor 3 and extra_fds from 4 on."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    sources = [theirs.fileno(), *extra_fds]

    def place():
        parked = [os.dup2(fd, 50 + i, inheritable=False) for i, fd in enumerate(sources)]
        for i, fd in enumerate(parked):
            os.dup2(fd, 3 + i)

    process = subprocess.Popen([MONITOR, *words], preexec_fn=place, start_new_session=True,
                               pass_fds=range(3, 3 + len(sources)), stdin=subprocess.DEVNULL)
    theirs.close()
    return process, Connection(ours)


def temporary_folder(test):
    base = tempfile.mkdtemp(prefix="coracle-test-", dir=os.environ.get("XDG_RUNTIME_DIR"))
    test.addCleanup(shutil.rmtree, base, ignore_errors=True)
    return base
