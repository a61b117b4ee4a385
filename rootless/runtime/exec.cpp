// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/exec.h"

#include "rootless/runtime/console.h"
#include "rootless/runtime/container_group.h"
#include "rootless/runtime/oci_state.h"
#include "rootless/runtime/process_setup.h"
#include "rootless/runtime/seccomp_agent.h"
#include "rootless/runtime/self_protection.h"
#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/self.h"
#include "rootless/sys/tuning.h"
#include "rootless/sys/unix_socket.h"
#include "rootless/userns/keeper.h"

#include <array>
#include <charconv>
#include <csignal>

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

using sys::UniqueFd;

/// First byte of the joiner's packet; a failure begins with another (failure.cpp).
constexpr char kPidMark = '#';

/// All that the two processes need, opened by the caller in the host's namespaces.
struct ExecPlan {
    const ExecOptions& options;
    const Filters& filters;
    int containerFd;
    int namespaces;
    int consoleFd;
    int syncFd;
    int procFd;  ///< the host's /proc; -1: no label is wanted
    std::optional<unsigned long> personality;
    uid_t actingUid;
    gid_t actingGid;
    sys::Groups groups;
};

[[noreturn]] void fail(int fd, const Failure& failure) {
    (void)sys::sendPacket(fd, encodeFailure(failure), "", sys::Blocking::Yes);  // nobody left to tell
    ::_exit(failure.exitCode);
}

/// The part of the new process that needs the rights of the container's root. Descriptors are marked
/// before the first step that could execute anything of the container.
Result<LabelFiles> setUpProcess(const ExecPlan& plan) {
    sys::resetSignals();
    sys::setCloseOnExecBut(plan.options.preservedFds);
    TRY(sys::startSession());
    if (plan.consoleFd >= 0) {
        // Whatever the container has put there, only a devpts is accepted.
        TRY_ASSIGN(const UniqueFd devpts,
                   sys::openAt(AT_FDCWD, "/dev/pts", O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
        TRY(setUpConsole(plan.options.process, devpts.get(), plan.consoleFd));
    }
    TRY(sys::setAffinity(plan.options.process.execAffinity));
    TRY(tuneProcess(plan.options.process, plan.personality));
    return plan.procFd >= 0 ? openLabelFiles(plan.options.process, plan.procFd) : LabelFiles{};
}

/// Body of the new process, inside all namespaces.
[[noreturn]] void runProcess(const ExecPlan& plan) {
    auto labels = setUpProcess(plan);
    if (!labels) {
        fail(plan.syncFd, {std::move(labels).error()});
    }
    const oci::Process& process = plan.options.process;
    const auto env = environmentOf(process);
    if (auto failure = becomeUser(process, plan.groups)) {
        fail(plan.syncFd, *failure);
    }
    auto command = findCommand(process);
    if (!command) {
        fail(plan.syncFd, commandFailure(std::move(command).error()));
    }
    fail(plan.syncFd,
         commandFailure(enterProgram(process, *command, env, plan.filters, {*labels, plan.syncFd})));
}

/// Body of the process that joins. A change of ids sets the dumpable flag to fs.suid_dumpable again,
/// whatever it was (prctl(2), PR_SET_DUMPABLE), hence the second forbidTracing().
[[noreturn]] void runJoiner(const ExecPlan& plan) {
    const auto join = [&]() -> Result<sys::CloneResult> {
        // On the host's proc, before anything of the container can be in its place; and before this process
        // is closed to others, which makes the file root's (proc(5)).
        TRY(adjustOomScore(plan.options.process));
        sys::forbidTracing();
        TRY(sys::joinNamespaces(plan.containerFd, plan.namespaces));
        TRY(sys::becomeNamespaceUser(plan.actingUid, plan.actingGid));
        sys::forbidTracing();
        return sys::cloneProcess(CLONE_PARENT);
    };
    auto joined = join();
    if (!joined) {
        fail(plan.syncFd, {std::move(joined).error().context("join the container")});
    }
    if (joined->pid == 0) {
        runProcess(plan);
    }
    const std::string packet = kPidMark + std::to_string(joined->pid);
    const auto sent = sys::sendPacket(plan.syncFd, packet, "", sys::Blocking::Yes);
    ::_exit(sent ? 0 : kExitFailed);
}

/// What the two processes said until the new one became its program.
struct Outcome {
    pid_t pid = -1;
    UniqueFd terminal;  ///< as in CreatedContainer
    std::optional<Failure> failure;
};

/// Until every copy of the other end is closed. The order of number and listener is not fixed: the new
/// process may send its seccomp listener before the joiner has sent the number.
Outcome listen(int fd, SeccompAgent& agent, const ContainerState& state) {
    Outcome outcome;
    std::array<char, 4096> buffer{};
    std::optional<UniqueFd> early;  // the process may be faster than who tells its number
    const auto inform = [&](const UniqueFd& descriptor) {
        auto done = agent.handOver(fd, descriptor.get(), ociStateOf(state), state.process.pid, outcome.pid);
        if (!done) {
            outcome.failure = Failure{std::move(done).error()};
            (void)::kill(outcome.pid, SIGKILL);  // it waits for its agent
        }
    };
    while (true) {
        auto got = sys::receivePacketWithDescriptor(fd, buffer);
        if (!got || got->packet.transfer != sys::Transfer::Done) {
            break;
        }
        const std::string_view packet(buffer.data(), got->packet.size);
        if (packet == kListener && got->descriptor) {
            early = std::move(got->descriptor);
        } else if (packet.starts_with(kPidMark)) {
            (void)std::from_chars(packet.data() + 1, packet.data() + packet.size(), outcome.pid);
        } else if (auto failure = decodeFailure(packet)) {
            outcome.failure = std::move(failure);
        }
        if (early && outcome.pid > 0) {
            inform(*early);
            early.reset();
        }
    }
    if (outcome.pid < 0 && !outcome.failure) {
        outcome.failure = Failure{Error(ErrorKind::Unavailable, "the new process ended early")};
    }
    return outcome;
}

/// The joiner is a child that enters the container's namespaces and clones the process there: a pid
/// namespace counts for children only (setns(2)). Everything from outside (console, /proc, the agent) is
/// opened before, because the joiner sees the container's files. The joiner is reaped here, the process
/// itself is this program's child by CLONE_PARENT.
Result<Outcome> joinAndListen(const ContainerState& state, const ExecOptions& options, const Filters& filters,
                              int groupFd) {
    auto container = sys::openProcess(state.process);
    if (!container) {
        return Error(ErrorKind::Conflict, "container '" + state.id + "' is not running");
    }
    TRY_ASSIGN(ConsoleEnds console, connectConsole(options.process, options.console));
    TRY(checkLabels(options.process, ""));
    UniqueFd proc;
    if (!options.process.apparmorProfile.empty() || !options.process.selinuxLabel.empty()) {
        TRY_ASSIGN(proc, sys::openDirectory("/proc"));
    }
    TRY_ASSIGN(SeccompAgent agent, SeccompAgent::connect(filters.use));
    TRY_ASSIGN(sys::SocketPair sync, sys::makeSocketPair(sys::SocketType::SeqPacket));
    TRY_ASSIGN(const sys::CloneResult joiner, sys::cloneProcess(0, groupFd));
    if (joiner.pid == 0) {
        sync.first.reset();
        agent = SeccompAgent();
        console.receiver.reset();
        runJoiner({options, filters, container->get(), static_cast<int>(state.namespaces),
                   console.sender.get(), sync.second.get(), proc.get(), state.personality, state.actingUid,
                   state.actingGid, groupsOf(state.annotations)});
    }
    sync.second.reset();
    Outcome outcome = listen(sync.first.get(), agent, state);
    TRY(sys::waitForChild(joiner.pid));
    console.sender.reset();
    if (console.receiver && !outcome.failure) {
        TRY_ASSIGN(outcome.terminal, sys::receiveDescriptor(console.receiver.get()));
    }
    return outcome;
}

/// Tell whoever wants to know which process it is. Who cannot be told would not find it again.
Result<UniqueFd> announce(pid_t pid, const std::string& pidFile) {
    if (!pidFile.empty()) {
        auto written = sys::replaceFile(pidFile, std::to_string(pid), 0644, sys::Durability::Process);
        if (!written) {
            return std::move(written).error().context("write the pid file '" + pidFile + "'");
        }
    }
    return sys::openChildProcess(pid);
}

}  // namespace

std::variant<CreatedContainer, Failure> execInContainer(const StateStore& store, const ContainerState& state,
                                                        const ExecOptions& options) {
    // Looks first, joins then. The state may change in between; what counts is that the joiner opens the
    // namespaces through the pidfd of the process that the state names, so it never enters a stranger's.
    const auto run = [&]() -> Result<std::variant<CreatedContainer, Failure>> {
        const Status status = store.statusOf(state);
        const bool isTaken = status == Status::Running || (status == Status::Paused && options.ignorePaused);
        if (status == Status::Paused && !isTaken) {
            return Error(ErrorKind::Conflict, "container '" + state.id + "' is paused")
                .withHint("let it go on first, or use --ignore-paused");
        }
        if (!isTaken) {
            return Error(ErrorKind::Conflict,
                         "container '" + state.id + "' is " + toWord(status) + ", not running");
        }
        TRY_ASSIGN(const UniqueFd group,
                   groupForExec(store.folder(state.id), state.process.pid, state.keeperDir));
        // Who is outside of all these namespaces has rights over a container whose keeper has ended, too.
        if (state.keeperDir.empty() || !userns::isKeptNow(state.keeperDir, state.process.pid)) {
            TRY(protectByCopy());
        } else {
            TRY(enterKeptAndProtect(state.keeperDir));
        }
        TRY_ASSIGN(const Filters filters,
                   prepareFilters(state.seccomp, state.defaults, store.root() + "/.seccomp"));
        TRY_ASSIGN(Outcome outcome, joinAndListen(state, options, filters, group ? group.get() : -1));
        if (outcome.failure) {
            if (outcome.pid > 0) {
                TRY(sys::waitForChild(outcome.pid));
            }
            return std::variant<CreatedContainer, Failure>(*std::move(outcome.failure));
        }
        auto pidFd = announce(outcome.pid, options.pidFile);
        if (!pidFd) {
            (void)::kill(outcome.pid, SIGKILL);    // our child, not reaped yet
            (void)sys::waitForChild(outcome.pid);  // ignored: the first failure counts
            return std::move(pidFd).error();
        }
        return std::variant<CreatedContainer, Failure>(
            CreatedContainer{outcome.pid, *std::move(pidFd), std::move(outcome.terminal), {}, nullptr});
    };
    auto result = run();
    if (!result) {
        return Failure{std::move(result).error()};
    }
    return *std::move(result);
}

}  // namespace coracle::runtime
