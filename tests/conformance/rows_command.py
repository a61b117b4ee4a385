# SPDX-License-Identifier: Apache-2.0
"""The command line that runc, crun and their callers share: options, files, and errors that leave nothing."""
import json
import os
import re

from box import check, equal
from requirements import must

HELP = "command line, help"
EXEC = "command line, exec"
UPDATE = "command line, update"


def file_with(box, document):
    return box.write("document.json", document if isinstance(document, str) else json.dumps(document))


def answers(done):
    """It ended by itself, whatever it says."""
    check(done.returncode >= 0, f"it was ended by signal {-done.returncode}: {done.stderr.strip()[:200]}")
    return done


@must(HELP, "--help and the --help of a verb tell the options, and are no error")
def asked_for_help(box):
    check("create" in box.good("--help"), "the verbs are not named")
    check("--bundle" in box.good("create", "--help"), "the options of create are not named")


@must("command line, list", "a format that is not known is an error")
def list_format(box):
    check(box.call("list", "--format", "nosuch").returncode != 0, "it was taken for another one")


@must("command line, create", "a pid file that cannot be written is an error, and leaves nothing")
def pid_file_unwritable(box):
    name = box.new_id()
    done = box.call("create", "--pid-file", "/nonexistent/pid", "--bundle", box.bundle("sleep 100"), name)
    check(done.returncode != 0 and "/nonexistent" in done.stderr, "it is not said")
    check(box.call("state", name).returncode != 0, "the failed create left a container")


@must(EXEC, "exec --pid-file that cannot be written is an error, and leaves no process")
def exec_pid_file_unwritable(box):
    name = box.running()
    seconds = str(4_000_000 + os.getpid())  # nobody else's
    done = box.call("exec", "--detach", "--pid-file", "/nonexistent/pid", name, "sleep", seconds)
    check(done.returncode != 0, "exec succeeds")
    box.wait_for(lambda: not any(is_sleeper(pid, seconds) for pid in filter(str.isdigit, os.listdir("/proc"))),
                 "the end of its process")


def is_sleeper(pid, seconds):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read().split(b"\0")[-2:] == [seconds.encode(), b""]
    except OSError:
        return False


@must(EXEC, "exec enters a container that has an oomScoreAdj of its own")
def exec_oom(box):
    name = box.running(change=lambda c: c["process"].update(oomScoreAdj=300))
    equal(box.good("exec", name, "echo", "in").strip(), "in", "the output")


@must(EXEC, "exec --process: oomScoreAdj, rlimits and umask are those of the document")
def exec_process_tuned(box):
    name = box.running()
    document = {"user": {"uid": 0, "gid": 0, "umask": 0o27}, "cwd": "/", "env": ["PATH=/bin"], "oomScoreAdj": 400,
                "args": ["sh", "-c", "umask; ulimit -n; cat /proc/self/oom_score_adj"],
                "rlimits": [{"type": "RLIMIT_NOFILE", "soft": 77, "hard": 88}]}
    equal(box.good("exec", "--process", file_with(box, document), name).split(), ["0027", "77", "400"], "the output")


@must(EXEC, "exec --process: a document that cannot be read is an error that names its file")
def exec_process_unreadable(box):
    name = box.running()
    for text in ("{", "[]", "{}", '{"args": ["true"], "cwd": 5}'):
        done = answers(box.call("exec", "--process", file_with(box, text), name))
        check(done.returncode != 0, f"{text} is taken")
        check("document.json" in done.stderr, f"{text}: {done.stderr.strip()}")


@must(EXEC, "exec --preserve-fds passes what is open among that many, behind a gap as well")
def exec_preserved(box):
    name = box.running()
    read_end, write_end = os.pipe()
    os.dup2(write_end, 7)
    try:
        script = "echo told >&7"
        box.good("exec", "--preserve-fds", "5", name, "sh", "-c", script, pass_fds=(7,))
        equal(os.read(read_end, 100), b"told\n", "what came through descriptor 7")
    finally:
        for descriptor in (read_end, write_end, 7):
            os.close(descriptor)


@must(UPDATE, "a document of another form is an error")
def update_document(box):
    name = box.running()
    for text in ('{"cpu": 5}', '{"memory": []}', '{"pids": "x"}', "[]", "5", "{"):
        done = answers(box.call("update", "--resources", file_with(box, text), "--cpu-quota", "1000", "--memory",
                                "100000000", "--pids-limit", "5", name))
        check(done.returncode != 0, f"{text} is taken")


@must(UPDATE, "sizes may have a unit; what is none is an error")
def update_sizes(box):
    name = box.running()
    done = answers(box.call("update", "--memory", "512m", name))
    check("number" not in done.stderr and "size" not in done.stderr, done.stderr.strip())
    for size in ("m", "5x", "", "99999999999999g"):
        done = answers(box.call("update", "--memory", size, name))
        check(done.returncode != 0 and "group" not in done.stderr, f"'{size}' is taken: {done.stderr.strip()}")


@must(HELP, "each option that --help names is taken")
def options_of_help(box):
    for verb in ("run", "create", "exec", "list", "kill", "ps", "update", "delete", "spec"):
        for option in sorted(set(re.findall(r"--[a-z][a-z-]+", box.good(verb, "--help"))) - {"--help", "--usage"}):
            done = answers(box.call(verb, option, "1", "nosuch"))
            for words in ("unknown option", "unrecognized option", "flag provided but not defined"):
                check(words not in done.stderr, f"{verb} {option}: {done.stderr.strip()}")


@must("command line, options", "a switch may be given as =true and =false")
def switch_values(box):
    name = box.running()
    check(box.call("delete", "--force=false", name).returncode != 0, "--force=false is --force")
    box.good("delete", "--force=true", name)
