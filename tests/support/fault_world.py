# SPDX-License-Identifier: Apache-2.0
"""What a fault sweep works in: an own store and runtime folder, the product's commands, and what is left."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

BIN = os.path.abspath(os.environ.get("CORACLE_BIN", "build/dev/bin"))
INJECTOR = os.path.join(BIN, "..", "tests", "bin", "fault_injector")
MARK = "CORACLE_TEST_ID"
# What a run may leave until the next sweep of the store comes round to it, and what only grows.
UNCOUNTED = {"state.db", "state.db-wal", "state.db-shm", "ballast"}


def eventually(seconds, fact):
    """Whether `fact()` is true within that time; what it looks at says nothing by itself."""
    end = time.monotonic() + seconds
    pause = 0.002
    while not fact():
        if time.monotonic() > end:
            return False
        time.sleep(pause)  # UNAVOIDABLE: /proc has no event for the end of a stranger's process
        pause = min(pause * 2, 0.1)
    return True


def processes_of(mark):
    """Processes that have the mark in their environment, and how they were started; zombies do not count."""
    found = {}
    me = os.getpid()
    wanted = f"{MARK}={mark}".encode()
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == me:
            continue
        try:
            with open(f"/proc/{name}/environ", "rb") as file:
                if wanted not in file.read().split(b"\0"):
                    continue
            with open(f"/proc/{name}/cmdline", "rb") as file:
                found[int(name)] = file.read().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            continue
    return found


class World:
    """A store, a runtime folder and a state folder of coracle-runtime; everything in them is the sweep's."""

    def __init__(self):
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="t.", dir=os.environ.get("TMPDIR", "/var/tmp")))
        base = os.environ.get("XDG_RUNTIME_DIR")
        usable = base and os.access(base, os.W_OK)
        self.run_dir = pathlib.Path(tempfile.mkdtemp(prefix="t.", dir=base)) if usable else self.work / "run"
        self.store = self.work / "store"
        self.bundles = None  # made by the first scenario that needs them
        home = self.work / "home"
        home.mkdir()
        self.environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"),
                            "LC_ALL": "C.UTF-8", "CORACLE_LIBEXEC": BIN, MARK: str(self.work)}
        self.environment.pop("XDG_DATA_HOME", None)

    def cli(self, *words):
        return [os.path.join(BIN, "coracle"), "--root", str(self.store), "--runroot", str(self.run_dir), *words]

    def do(self, words, timeout=60):
        """Run to the end, with files for its output: a container that stays must not keep us waiting."""
        with tempfile.TemporaryFile("w+", dir=self.work) as out, tempfile.TemporaryFile("w+", dir=self.work) as err:
            done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=self.environment,
                                  timeout=timeout, check=False)
            out.seek(0)
            err.seek(0)
            done.stdout, done.stderr = out.read(), err.read()
        return done

    def coracle(self, *words):
        return self.do(self.cli(*words))

    def must(self, *words):
        done = self.coracle(*words)
        if done.returncode != 0:
            raise RuntimeError(f"coracle {' '.join(words)}: {done.returncode} {done.stderr}")
        return done.stdout.strip()

    def keeper(self):
        try:
            text = (self.run_dir / "userns" / "keeper.json").read_text(encoding="utf-8")
        except FileNotFoundError:
            text = ""
        return int(text.split('"pid":')[1].split(",")[0]) if '"pid":' in text else None

    # --- the host ----------------------------------------------------------------------------------------------------

    def files(self):
        found = set()
        for root in (self.run_dir, self.store / "containers", self.store / "trash", self.store / "staging"):
            for folder, folders, names in os.walk(root):
                found.update(os.path.join(folder, name) for name in [*folders, *names])
        found.update(str(path) for path in self.store.iterdir() if path.name not in UNCOUNTED)
        # The answers of the database are kept once it has been at rest for a moment, whenever that is. A lock's file
        # stays.
        rest = (str(self.run_dir / "lookup"), str(self.run_dir / "locks") + "/")
        found = {path for path in found if not path.startswith(rest)}
        return found

    def removed(self):
        """What 'coracle undo' can bring back."""
        folder = self.store / "removed"
        return os.listdir(folder) if folder.exists() else []

    def mounts(self):
        with open("/proc/self/mountinfo", encoding="utf-8") as file:
            return {line.split()[4] for line in file if str(self.work) in line or str(self.run_dir) in line}

    @staticmethod
    def cgroups():
        """Groups that belong to the user."""
        me = os.getuid()
        found = set()
        for folder, folders, _ in os.walk("/sys/fs/cgroup"):
            for name in folders:
                path = os.path.join(folder, name)
                try:
                    if os.lstat(path).st_uid == me:
                        found.add(path)
                except OSError:
                    continue
        return found

    def processes(self):
        keeper = self.keeper()
        return {f"{pid} {words}" for pid, words in processes_of(self.work).items() if pid != keeper}

    def network_namespaces(self):
        """Of the processes that are ours; one without a process is a mount or a descriptor of one."""
        found = set()
        for pid in processes_of(self.work):
            try:
                found.add(os.readlink(f"/proc/{pid}/ns/net"))
            except OSError:
                continue
        return found

    def host(self):
        return {"file": self.files(), "mount": self.mounts(), "process": self.processes(), "cgroup": self.cgroups(),
                "network namespace": self.network_namespaces()}

    def leaks(self, before, seconds=60):
        """What is there that was not; something that is going away by itself has a moment for it."""
        left = []

        def clean():
            left[:] = [f"{kind} {thing}" for kind, things in self.host().items()
                       for thing in sorted(things - before[kind])]
            return not left
        eventually(seconds, clean)
        return left

    def close(self):
        for pid in processes_of(self.work):
            try:
                os.kill(pid, 9)
            except OSError:
                continue
        eventually(60, lambda: not processes_of(self.work))
        for folder in (self.work, self.run_dir):
            shutil.rmtree(folder, ignore_errors=True)
            if folder.exists():
                subprocess.run(["unshare", "--map-root-user", "--map-auto", "rm", "-rf", str(folder)], check=False)
