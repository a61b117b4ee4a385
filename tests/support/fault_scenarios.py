# SPDX-License-Identifier: Apache-2.0
"""The commands that a fault sweep disturbs: how each is prepared, what it promised, and what has to work after it."""
import json
import os
import shutil
import tempfile

from bundles import Host
from fault_world import BIN, MARK, eventually

NAME = "swept"
# Its first line proves that it ran; the mark makes its process one of ours.
SAYS = "it-ran"
FOREVER = ("sh", "-c", f"echo {SAYS}; exec tail -f /dev/null")


class Lie(Exception):
    """What the command said is not what is."""


def said_clearly(text):
    """One line of an error, and at most one of advice; nothing of a C++ library."""
    lines = [line for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if not line.startswith("hint: ")]
    begins = len(errors) == 1 and errors[0].startswith("coracle")
    loader = len(errors) == 1 and "while loading shared libraries" in errors[0]  # before we had a word
    return (begins or loader) and len(lines) - len(errors) <= 1


class Scenario:
    """Of the command line, with one container."""
    name = ""
    program = "coracle"
    # Whether an error promises that nothing has happened. What a program has done is done; a signal is on its way.
    error_undoes = True

    def prepare(self, world):
        """Bring the world to where the command starts from."""

    def command(self, world):
        raise NotImplementedError

    def happened(self, world, done):
        """Whether what the command is for is so now."""
        raise NotImplementedError

    def judge(self, world, done, point, met):
        """The outcome in words; raises Lie."""
        if "\nhang" in met:
            raise Lie("hangs: " + met.replace("\n", " "))
        if point.fault == "kill" and met.split()[1:2] == [self.program] and done.returncode == 137:
            return "killed"
        if point.fault == "kill" and done.returncode == 137 and not done.stderr:
            return "ended like its program"  # killed before it was executed
        if done.returncode == 0:
            if not self.happened(world, done):
                raise Lie("exit code 0, and it has not happened")
            return "worked"
        if not said_clearly(done.stderr):
            raise Lie(f"exit code {done.returncode} without one clear line: {done.stderr!r}")
        if self.happened(world, done):
            if not self.error_undoes:
                return "failed after it was done"
            raise Lie(f"exit code {done.returncode}, and it has happened: {done.stderr!r}")
        return "failed, said so"

    def clean(self, world, doubtful):
        """Back to nothing by the product's own commands; gives what went wrong on the way. doubtful: after a failure,
        when more than the removal has to be seen working."""
        problems = []
        listed = world.coracle("ps", "-a", "--format", "{{.ID}} {{.State}}")
        if listed.returncode != 0:
            problems.append(f"ps -a: {listed.stderr!r}")
        for line in listed.stdout.splitlines():
            identity, state = line.split(" ", 1)
            shown = world.coracle("inspect", identity) if doubtful else None
            if shown and shown.returncode != 0 and identity in world.must("ps", "-aq"):  # its monitor may remove it
                problems.append(f"inspect of a container that ps shows as {state}: {shown.stderr!r}")
            removed = world.coracle("rm", "-f", identity)
            if removed.returncode != 0:
                problems.append(f"rm -f of a container that ps shows as {state}: {removed.stderr!r}")
        if not doubtful:
            return problems
        again = world.coracle("run", "--rm", "--name", NAME, "--network", "none", "welcome", "echo", SAYS)
        if again.returncode != 0 or again.stdout.strip() != SAYS:
            problems.append(f"the next run: {again.returncode} {again.stdout!r} {again.stderr!r}")
        return problems

    # --- facts -----------------------------------------------------------------------------------------------------

    def facts(self, world):
        done = world.coracle("inspect", NAME)
        if done.returncode != 0:
            return None
        return json.loads(done.stdout)[0]

    def is_running(self, world):
        found = self.facts(world)
        if not found or found["State"]["Status"] != "running":
            return False
        return os.path.exists(f"/proc/{found['State']['Pid']}")

    @staticmethod
    def make(world, verb):
        words = () if verb == "create" else ("-d",)
        world.must(verb, *words, "--name", NAME, "--network", "none", "-e", f"{MARK}={world.work}", "welcome", *FOREVER)


class Run(Scenario):
    name = "run"
    error_undoes = False

    def command(self, world):
        return world.cli("run", "--rm", "--name", NAME, "--network", "none", "-e", f"{MARK}={world.work}", "welcome",
                         "echo", SAYS)

    def happened(self, world, done):
        return done.stdout.strip() == SAYS


class Create(Scenario):
    name = "create"

    def command(self, world):
        return world.cli("create", "--name", NAME, "--network", "none", "-e", f"{MARK}={world.work}", "welcome",
                         *FOREVER)

    def happened(self, world, done):
        found = self.facts(world)
        if not found:
            return False
        if found["State"]["Status"] != "created":
            raise Lie(f"a created container is {found['State']['Status']}")
        return True


class Start(Scenario):
    name = "start"

    def prepare(self, world):
        self.make(world, "create")

    def command(self, world):
        return world.cli("start", NAME)

    def happened(self, world, done):
        if self.is_running(world):
            return True
        # Killed at the very call that would have made it the program: it is a program that ended at once. Its monitor
        # says so when it comes to it.
        return done.returncode == 0 and eventually(60, lambda: self.was_killed(world))

    def was_killed(self, world):
        state = (self.facts(world) or {}).get("State", {})
        return (state.get("Status"), state.get("ExitCode")) == ("exited", 137)


class Exec(Scenario):
    name = "exec"
    error_undoes = False

    def prepare(self, world):
        self.make(world, "run")

    def command(self, world):
        return world.cli("exec", NAME, "echo", SAYS)

    def happened(self, world, done):
        if not self.is_running(world):
            raise Lie("the container does not run any more")
        return done.stdout.strip() == SAYS


class Remove(Scenario):
    """A container that runs."""
    name = "rm"

    def prepare(self, world):
        self.make(world, "run")

    def command(self, world):
        return world.cli("rm", "-f", NAME)

    def happened(self, world, done):
        return self.facts(world) is None


class RemoveCreated(Remove):
    name = "rm-created"

    def prepare(self, world):
        self.make(world, "create")


class Stop(Scenario):
    name = "stop"
    error_undoes = False

    def prepare(self, world):
        self.make(world, "run")

    def command(self, world):
        return world.cli("stop", "-t", "0", NAME)

    def happened(self, world, done):
        return not self.is_running(world)


class Runtime(Scenario):
    """Of coracle-runtime alone, on a bundle."""
    program = "coracle-runtime"
    verbs_before = ()

    @staticmethod
    def bundle(world, *words):
        if not world.bundles:
            tempfile.tempdir = str(world.work)
            world.bundles = Host(environment=world.environment)
            tempfile.tempdir = None
            world.bundles.root = str(world.run_dir / "oci")
            world.bundles.keeper = str(world.run_dir / "userns")
        return world.bundles.bundle(list(words), lambda config: config["process"]["env"].append(
            f"{MARK}={world.work}"))

    @staticmethod
    def runtime(world, *words):
        return [os.path.join(BIN, "coracle-runtime"), "--root", str(world.run_dir / "oci"), *words]

    def prepare(self, world):
        self.folder = self.bundle(world, *FOREVER)
        for verb in self.verbs_before:
            words = (verb, "--bundle", self.folder, NAME) if verb == "create" else (verb, NAME)
            done = world.do(self.runtime(world, *words))
            if done.returncode != 0:
                raise RuntimeError(f"{verb}: {done.stderr}")

    def status(self, world):
        done = world.do(self.runtime(world, "state", NAME))
        return json.loads(done.stdout)["status"] if done.returncode == 0 else None

    def clean(self, world, doubtful):
        problems = []
        listed = world.do(self.runtime(world, "list", "-q"))
        if listed.returncode != 0:
            problems.append(f"list: {listed.stderr!r}")
        # A creation that was killed is not listed, and its caller deletes it by its name.
        for name in {*listed.stdout.split(), NAME}:
            removed = world.do(self.runtime(world, "delete", "--force", name))
            if removed.returncode != 0:
                problems.append(f"delete --force: {removed.stderr!r}")
        if doubtful:
            again = world.do(self.runtime(world, "run", "--bundle", self.bundle(world, "echo", SAYS), NAME))
            if again.returncode != 0 or again.stdout.strip() != SAYS:
                problems.append(f"the next run: {again.returncode} {again.stdout!r} {again.stderr!r}")
        for entry in os.scandir(world.bundles.folder):
            if entry.name.startswith("bundle"):
                shutil.rmtree(entry.path, ignore_errors=True)
        return problems


class RuntimeCreate(Runtime):
    name = "runtime-create"

    def command(self, world):
        return self.runtime(world, "create", "--bundle", self.folder, NAME)

    def happened(self, world, done):
        found = self.status(world)
        # "stopped": made, and then its waiting process was killed or gave up.
        if found not in (None, "created", "stopped"):
            raise Lie(f"a created container is {found}")
        return found is not None


class RuntimeForeign(RuntimeCreate):
    """Of a bundle of another engine, while a keeper is alive."""
    name = "runtime-foreign"

    def prepare(self, world):
        super().prepare(world)
        world.environment["CORACLE_RUNROOT"] = str(world.run_dir)
        kept = world.do(self.runtime(world, "run", "--bundle", self.bundle(world, "echo", SAYS), NAME))
        if kept.returncode != 0:
            raise RuntimeError(f"run: {kept.stderr}")
        world.bundles.make_foreign(self.folder)


class RuntimeStart(Runtime):
    name = "runtime-start"
    verbs_before = ("create",)

    def command(self, world):
        return self.runtime(world, "start", NAME)

    def happened(self, world, done):
        return self.status(world) == "running"


class RuntimeExec(Runtime):
    name = "runtime-exec"
    verbs_before = ("create", "start")
    error_undoes = False

    def command(self, world):
        return self.runtime(world, "exec", NAME, "echo", SAYS)

    def happened(self, world, done):
        if self.status(world) != "running":
            raise Lie("the container does not run any more")
        return done.stdout.strip() == SAYS


class RuntimeDelete(Runtime):
    name = "runtime-delete"
    verbs_before = ("create", "start")

    def command(self, world):
        return self.runtime(world, "delete", "--force", NAME)

    def happened(self, world, done):
        return self.status(world) is None and not (world.run_dir / "oci" / NAME).exists()


SCENARIOS = {kind.name: kind() for kind in (Run, Create, Start, Exec, Remove, RemoveCreated, Stop, RuntimeCreate,
                                            RuntimeForeign, RuntimeStart, RuntimeExec, RuntimeDelete)}
