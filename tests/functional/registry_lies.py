#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A puller facing a registry that lies: one line that says what is wrong, the right exit code, and nothing left."""
import concurrent.futures
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ["CORACLE_SOURCE"], "tests", "support"))
import lying_registry  # noqa: E402

DRIVER = os.path.join(os.environ["CORACLE_BUILD"], "tests", "bin", "pull_driver")
FAST = ["--retry-ms", "20"]
# In seconds. A puller without limits of its own waits 30 for a silent server, so what takes longer than this waited in
# vain; what a case needs by itself is a tenth of it.
LIMIT = 28
TRIES = 5


def clean_environment(home):
    keep = {name: os.environ[name] for name in ("PATH", "LC_ALL") if name in os.environ}
    return {**keep, "HOME": home, "XDG_CONFIG_HOME": f"{home}/config", "XDG_RUNTIME_DIR": f"{home}/run"}


def pull(port, name, folder, home, options):
    command = [DRIVER, *options, "--platform", "linux/amd64", f"127.0.0.1:{port}/lie/{name}:1", folder]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env=clean_environment(home))


def left_behind(folder):
    root = pathlib.Path(folder)
    found = list((root / "partial").iterdir()) if root.exists() else []
    committed = [path for sub in ("layers", "tags") for path in (root / sub).glob("*")]
    return [str(path) for path in found + committed]


def run_case(registry, name, home):
    """The problems with one case."""
    _, _, seconds, options = lying_registry.CASES[name]
    problems = try_case(registry, name, home, options, max(LIMIT, 4 * seconds))
    if "--limit-ms" in options and any("no answer after" in problem for problem in problems):
        # A busy server was silent for a second where it does not lie.
        options = [*options, "--limit-ms", "6000"]
        problems = try_case(registry, name, home, options, max(LIMIT, 4 * seconds) + 4 * 6)
    return problems


def try_case(registry, name, home, options, limit):
    expected = lying_registry.CASES[name][1]
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        process = pull(registry.port, name, f"{folder}/out", home, FAST + options)
        try:
            out, err = process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return [f"still running after 120 s; allowed {limit} s"]
        took = time.monotonic() - started
        if took > limit:
            problems.append(f"took {took:.1f} s; allowed {limit} s")
        if lying_registry.CANARY in out + err:
            problems.append("a secret is in the output")
        if "\x1b" in out + err:
            problems.append("a control character is in the output")
        if expected is None:
            if process.returncode != 0:
                problems.append(f"failed: {err.strip()}")
            elif list((pathlib.Path(folder) / "out" / "partial").iterdir()):
                problems.append("partial files are left")
            return problems
        lines = err.splitlines()
        if process.returncode != 1:
            problems.append(f"exit code {process.returncode}")
        if not lines or not lines[0].startswith(f"error: pull '127.0.0.1:{registry.port}/lie/{name}:1': "):
            problems.append(f"first line is no error of the pull: {lines[:1]}")
        elif expected not in lines[0]:
            problems.append(f"expected '{expected}' in: {lines[0]}")
        if len(lines) > 2 or (len(lines) == 2 and not lines[1].startswith("hint: ")):
            problems.append(f"more than an error and a hint: {lines}")
        if left := left_behind(f"{folder}/out"):
            problems.append(f"left behind: {left}")
    return problems


def check_stranger(registry):
    """What the server of another origin was sent."""
    problems = []
    sent = [headers for _, headers in registry.stranger.requests]
    if not sent:
        problems.append("the stranger was never asked")
    for headers in sent:
        for name in ("Authorization", "Cookie"):
            if name in headers:
                problems.append(f"the stranger got {name}")
    if any(path.startswith("/steal") for path, _ in registry.stranger.requests):
        problems.append("the address of a foreign layer was followed")
    return problems


def is_quick(what, measure):
    """Out in under 200 ms, on a machine that is busy with us: the best of some tries is in under 500. `measure` gives
    milliseconds and other problems."""
    took = []
    while not took or (min(took) > 500 and len(took) < TRIES):
        milliseconds, problems = measure()
        print(f"# cancel of {what}: {milliseconds:.0f} ms")
        if problems:
            return problems
        took.append(milliseconds)
    return [f"took {min(took):.0f} ms at best"] if min(took) > 500 else []


def check_cancel(name, home, marker):
    """SIGINT while the server is silent: out at once, nothing left."""
    # A registry of its own: the shared one may yet note the requests of a puller that is gone.
    with lying_registry.LyingRegistry() as registry, tempfile.TemporaryDirectory() as folder:
        process = pull(registry.port, name, f"{folder}/out", home, [])
        deadline = time.monotonic() + 60
        while not any(marker in path for path, _ in list(registry.registry.requests)):
            if time.monotonic() > deadline:
                process.kill()
                process.communicate()
                return 0, ["the registry was never asked"]
            time.sleep(0.01)  # UNAVOIDABLE: the server's list has no event
        time.sleep(0.2)  # UNAVOIDABLE: the puller has to be in its wait for bytes
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        try:
            _, err = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return 0, [f"still running after {LIMIT} s"]
        took = time.monotonic() - started
        problems = []
        if not re.search(r"^error: pull '.*': cancelled$", err.splitlines()[0] if err else ""):
            problems.append(f"says {err!r}")
        if left := left_behind(f"{folder}/out"):
            problems.append(f"left behind: {left}")
        return took * 1000, problems


def lookup_in_namespace(folder):
    """Runs as the root of a network of its own, whose name server never answers: SIGINT while a name is looked up."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    resolv = pathlib.Path(folder) / "resolv.conf"
    resolv.write_text("nameserver 127.0.0.1\noptions timeout:20 attempts:2\n")
    subprocess.run(["mount", "--bind", resolv, os.path.realpath("/etc/resolv.conf")], check=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as names:
        names.bind(("127.0.0.1", 53))
        names.settimeout(60)
        process = subprocess.Popen([DRIVER, "--platform", "linux/amd64", "nowhere.example/a:1", f"{folder}/out"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env=clean_environment(folder))
        names.recv(512)
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=120)
    print(f"{(time.monotonic() - started) * 1000:.0f} {err.strip()}")


def check_lookup():
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["unshare", "-Urnm", sys.executable, __file__, "--lookup", folder],
                              capture_output=True, text=True, check=False)
        took, _, err = done.stdout.partition(" ")
        if done.returncode != 0 or not took.isdigit():
            return 0, [f"no result: {done.stdout}{done.stderr}"]
        return int(took), [] if err.strip().endswith(": cancelled") else [f"says {err!r}"]


def main():
    if sys.argv[1:2] == ["--lookup"]:
        lookup_in_namespace(sys.argv[2])
        return 0
    names = sys.argv[1:] or list(lying_registry.CASES)
    failed = 0
    number = 0

    def report(title, problems):
        nonlocal failed, number
        number += 1
        print(f"{'not ' if problems else ''}ok {number} - {title}", flush=True)
        for problem in problems:
            print(f"#   {problem}")
        failed += bool(problems)

    with lying_registry.LyingRegistry() as registry, tempfile.TemporaryDirectory() as home:
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            results = {name: pool.submit(run_case, registry, name, home) for name in names}
            for name, result in results.items():
                report(name, result.result())
        if not sys.argv[1:]:
            report("credentials stay with their origin", check_stranger(registry))
            report("cancel while a manifest stalls",
                   is_quick("stall", lambda: check_cancel("stall", home, "manifests")))
            report("cancel while a layer stalls",
                   is_quick("stallblob", lambda: check_cancel("stallblob", home, "blobs")))
            report("cancel while a name is looked up", is_quick("a lookup", check_lookup))
    print(f"1..{number}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
