#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An OCI runtime without containers: the command line and the process tree of one, for tests of the monitor.

The "container" is a plain process. Faults are asked for by files in the root folder:
  hang-VERB     the verb writes its process id to ROOT/hanging and sleeps until it is killed
  fail-VERB     the verb prints the file's text to standard error and exits with the number on its first line
Each call is written to ROOT/calls.
"""
import array
import fcntl
import json
import os
import pty
import shutil
import signal
import socket
import sys
import termios
import time


def die(code, message, hint=None):
    print(f"coracle-runtime: {message}", file=sys.stderr)
    if hint:
        print(f"hint: {hint}", file=sys.stderr)
    sys.exit(code)


def check_program(args):
    path = shutil.which(args[0])
    if path is None and os.path.isfile(args[0]):
        die(126, f"exec '{args[0]}': permission denied")
    if path is None:
        die(127, f"exec '{args[0]}': no such file or directory", "look at the image's PATH")


def parse(words):
    options, rest = {}, []
    flags = {"--detach", "--force"}
    while words:
        word = words.pop(0)
        if word in flags:
            options[word] = True
        elif word.startswith("--"):
            options[word] = words.pop(0)
        else:
            rest.append(word)
    return options, rest


class Runtime:
    def __init__(self, root):
        self.root = root

    def folder(self, name):
        return os.path.join(self.root, name)

    def faults(self, verb):
        if os.path.exists(self.folder("hang-" + verb)):
            with open(self.folder("hanging.tmp"), "w") as file:
                file.write(str(os.getpid()))
            os.rename(self.folder("hanging.tmp"), self.folder("hanging"))
            time.sleep(600)  # UNAVOIDABLE: this is the fault; the test kills us
        try:
            with open(self.folder("fail-" + verb)) as file:
                code = int(file.readline())
                sys.stderr.write(file.read())
        except FileNotFoundError:
            return
        sys.exit(code)

    def spawn(self, process, console, gate):
        master = slave = None
        if console:
            master, slave = pty.openpty()
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(console)
                connection.sendmsg([b"/dev/pts/x"],
                                   [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [master]))])
        pid = os.fork()
        if pid:
            return pid
        os.setsid()
        if console:
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for fd in (0, 1, 2):
                os.dup2(slave, fd)
            os.closerange(3, 64)
        if gate:
            with open(gate):
                pass
        os.execvpe(process["args"][0], process["args"], dict(e.split("=", 1) for e in process.get("env", [])))

    def make(self, name, options, start):
        folder = self.folder(name)
        try:
            os.mkdir(folder)
        except FileExistsError:
            die(1, f"container '{name}' already exists")
        with open(os.path.join(options["--bundle"], "config.json")) as file:
            process = json.load(file)["process"]
        gate = None
        if start:
            check_program(process["args"])
        else:
            gate = os.path.join(folder, "gate")
            os.mkfifo(gate)
        pid = self.spawn(process, options.get("--console-socket"), gate)
        state = os.path.join(folder, "state")
        with open(state + ".tmp", "w") as file:
            json.dump({"pid": pid, "args": process["args"]}, file)
        os.rename(state + ".tmp", state)  # whole or absent: the monitor may kill us at any moment
        with open(options["--pid-file"], "w") as file:
            file.write(str(pid))

    def start(self, name):
        with open(os.path.join(self.folder(name), "state")) as file:
            check_program(json.load(file)["args"])
        with open(os.path.join(self.folder(name), "gate"), "w"):
            pass

    def execute(self, options):
        with open(options["--process"]) as file:
            process = json.load(file)
        check_program(process["args"])
        pid = self.spawn(process, options.get("--console-socket"), None)
        with open(options["--pid-file"], "w") as file:
            file.write(str(pid))

    def delete(self, name):
        try:
            with open(os.path.join(self.folder(name), "state")) as file:
                os.kill(json.load(file)["pid"], signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError):
            pass
        shutil.rmtree(self.folder(name), ignore_errors=True)


def main():
    words = sys.argv[1:]
    if words[0] != "--root":
        die(2, "the first word is --root")
    runtime, verb = Runtime(words[1]), words[2]
    options, rest = parse(words[3:])
    with open(runtime.folder("calls"), "a") as file:
        file.write(verb + " " + " ".join(words[3:]) + "\n")
    runtime.faults(verb)
    if verb in ("create", "run"):
        runtime.make(rest[0], options, verb == "run")
    elif verb == "start":
        runtime.start(rest[0])
    elif verb == "exec":
        runtime.execute(options)
    elif verb == "delete":
        runtime.delete(rest[0])
    else:
        die(2, f"unknown verb '{verb}'")


main()
