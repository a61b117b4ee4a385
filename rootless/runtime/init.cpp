// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/init.h"

#include "rootless/mounts/in_root.h"
#include "rootless/mounts/mount_exec.h"
#include "rootless/runtime/console.h"
#include "rootless/runtime/failure.h"
#include "rootless/runtime/hooks.h"
#include "rootless/runtime/labels.h"
#include "rootless/runtime/sysctl.h"
#include "rootless/sys/file.h"
#include "rootless/sys/kernel.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/self.h"
#include "rootless/sys/unix_socket.h"

#include <array>
#include <string>
#include <variant>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

using sys::UniqueFd;

/// End without running anything that was set up for the parent.
[[noreturn]] void leave(int code) {
    ::_exit(code);
}

[[noreturn]] void fail(int fd, const Failure& failure) {
    (void)sys::sendPacket(fd, encodeFailure(failure), "", sys::Blocking::Yes);  // nobody left to tell
    leave(failure.exitCode);
}

/// Wait for one expected packet; a peer that goes away or says anything else ends the process. One that has
/// told us to begin takes our silent end for the program's.
void expect(int fd, std::string_view wanted) {
    std::array<char, 64> buffer{};
    auto got = sys::receivePacket(fd, buffer, sys::Blocking::Yes);
    if (!got) {
        fail(fd, {std::move(got).error()});
    }
    if (got->transfer != sys::Transfer::Done || std::string_view(buffer.data(), got->size) != wanted) {
        leave(kExitFailed);
    }
}

/// The mounted root of the container, still reached by its host path: bundle folders belong to the user
/// alone.
Result<UniqueFd> openRoot(const InitPlan& plan) {
    if (plan.overlay != nullptr) {
        TRY(plan.overlay->mount(plan.overlayRequest));
        return sys::openDirectory(plan.rootPath);
    }
    // pivot_root(2) wants a mount point, and one that did not come from a more privileged namespace.
    TRY_ASSIGN(const UniqueFd place, sys::openDirectory(plan.rootPath));
    TRY_ASSIGN(UniqueFd tree, sys::realKernel().cloneTree(place.get(), "", sys::Recursive::Yes));
    TRY(sys::realKernel().attach(tree.get(), place.get()));
    return tree;
}

/// Each of these changes the namespace of its own that the plan asked for.
Result<> setUpNetworkAndNames(const InitPlan& plan) {
    if (plan.newNetwork) {
        TRY(sys::bringUpLoopback());
    }
    if (!plan.config.hostname.empty()) {
        TRY(sys::setHostName(plan.config.hostname));
    }
    if (!plan.config.domainname.empty()) {
        TRY(sys::setDomainName(plan.config.domainname));
    }
    return {};
}

/// A time namespace whose clocks are set before anything enters it: this process does with its execve(2).
/// Source: time_namespaces(7), "/proc/PID/timens_offsets".
Result<> makeTimeNamespace(const InitPlan& plan) {
    if (!plan.newTime) {
        return {};
    }
    TRY(sys::unshareNamespaces(oci::kCloneNewTime));
    for (const oci::ClockOffset& offset : plan.config.clockOffsets) {
        auto written = sys::writeControlFile(
            "/proc/self/timens_offsets",
            offset.clock + " " + std::to_string(offset.seconds) + " " + std::to_string(offset.nanoseconds));
        if (!written) {
            return std::move(written).error().context("set clock '" + offset.clock + "'");
        }
    }
    return {};
}

/// Sysctls and names; the host's proc is still at its place for a container without one.
Result<> setUpSysctls(const InitPlan& plan, int procFd) {
    if (plan.config.sysctl.empty()) {
        return {};
    }
    if (procFd >= 0) {
        return applySysctls(plan.config.sysctl, procFd);
    }
    TRY_ASSIGN(const UniqueFd host, sys::openDirectory("/proc"));
    return applySysctls(plan.config.sysctl, host.get());
}

/// The hooks that see the finished tree and the old root: first the parent's in the caller's namespaces, then
/// those of the container's namespaces, with the ids that build it.
Result<> runBuildHooks(const InitPlan& plan) {
    if (!hasBuildHooks(plan.config.hooks)) {
        return {};
    }
    TRY(sys::sendPacket(plan.syncFd, kBuilt, "", sys::Blocking::Yes));
    expect(plan.syncFd, kHooked);
    return runHooks(plan.config.hooks.createContainer, toText(plan.state, Status::Creating, ::getpid()),
                    plan.state.bundle);
}

/// Everything up to standing inside the finished root. Gives the way to the labels.
Result<LabelFiles> buildContainer(const InitPlan& plan) {
    sys::Kernel& kernel = sys::realKernel();
    if (plan.newCgroup) {
        TRY(sys::unshareNamespaces(CLONE_NEWCGROUP));
    }
    TRY(adjustOomScore(plan.config.process));
    TRY(makeTimeNamespace(plan));
    LabelFiles labels;
    if (!plan.config.process.apparmorProfile.empty() || !plan.config.process.selinuxLabel.empty()) {
        TRY_ASSIGN(const UniqueFd proc, sys::openDirectory("/proc"));
        TRY_ASSIGN(labels, openLabelFiles(plan.config.process, proc.get()));
    }
    TRY(sys::makeMountsSlave());
    for (const overlay::MountRequest& request : plan.mountOverlays) {
        TRY(plan.overlay->mount(request));
    }
    TRY_ASSIGN(mounts::Sources sources, mounts::openSources(kernel, plan.tree));
    TRY_ASSIGN(const UniqueFd root, openRoot(plan));
    // From here on as root of the container: what it creates belongs to the container, and what only the user
    // may reach on the host is out of reach. A map without 0 has another first id.
    TRY(sys::becomeNamespaceUser(plan.actingUid, plan.actingGid));
    sys::forbidTracing();
    (void)::umask(0);
    TRY_ASSIGN(const mounts::BuiltTree tree, mounts::buildTree(kernel, plan.tree, sources, root.get()));
    if (plan.secrets != nullptr) {
        TRY(placeSecrets(kernel, *plan.secrets, root.get()));
    }
    const std::string& cwd = plan.config.process.cwd;
    if (auto made = mounts::openMountpoint(kernel, root.get(), cwd, mounts::TargetKind::Directory); !made) {
        return std::move(made).error().context("make working directory '" + cwd + "'");
    }
    TRY(setUpNetworkAndNames(plan));
    TRY(setUpSysctls(plan, tree.proc.get()));
    if (plan.consoleFd >= 0) {
        TRY_ASSIGN(const UniqueFd slave,
                   setUpConsole(plan.config.process, tree.devpts.get(), plan.consoleFd));
        TRY(mounts::bindConsole(kernel, slave.get(), root.get()));
    }
    TRY(runBuildHooks(plan));
    TRY(mounts::protectTree(kernel, plan.tree, sources, tree, root.get()));
    TRY(sys::pivotRoot(root.get()));
    if (plan.tree.rootPropagation) {
        // Only now: until here nothing that is mounted may reach another namespace.
        TRY(sys::setRootPropagation(plan.tree.rootPropagation->kind, plan.tree.rootPropagation->recursive));
    }
    return labels;
}

/// Hooks of the image, run as the container's process and with its filters; calls that an agent would answer
/// fail in them, for the agent is the process's own.
Result<> runStartHooks(const InitPlan& plan, const LabelFiles& labels) {
    for (const oci::Hook& hook : plan.config.hooks.startContainer) {
        oci::Process process = plan.config.process;
        process.args = hook.args;
        TRY(runHook(hook, toText(plan.state, Status::Created, ::getpid()),
                    [&] { return enterProgram(process, hook.path, hook.env, plan.filters, {labels}); }));
    }
    return {};
}

/// Wait for `coracle-runtime start`; gives its connection. A connection that closes unasked was only a
/// look: that is how the status "created" is told. Who may connect is decided by the folder, mode 0700,
/// and the socket, mode 0600.
Result<UniqueFd> awaitStarter(int listenFd) {
    while (true) {
        pollfd waiting{listenFd, POLLIN, 0};
        if (::poll(&waiting, 1, -1) < 0 && errno != EINTR) {
            return Error::fromErrno("wait for the start");
        }
        TRY_ASSIGN(auto connection, sys::acceptUnix(listenFd));
        if (!connection) {
            continue;
        }
        std::array<char, 64> buffer{};
        const auto got = sys::receivePacket(connection->get(), buffer, sys::Blocking::Yes);
        if (got && got->transfer == sys::Transfer::Done &&
            std::string_view(buffer.data(), got->size) == kStart) {
            const auto said = sys::sendPacket(connection->get(), kAccepted, "", sys::Blocking::Yes);
            if (!said || *said != sys::Transfer::Done) {
                continue;  // the starter is gone; the next one may come
            }
            return *std::move(connection);
        }
    }
}

/// Limits, rights and user of the program; gives its path. `env` is what it finds in its environment.
std::variant<std::string, Failure> becomeProgram(const InitPlan& plan, std::vector<std::string>& env) {
    const oci::Process& process = plan.config.process;
    if (auto tuned = tuneProcess(process, plan.config.personality); !tuned) {
        return Failure{std::move(tuned).error()};
    }
    env = environmentOf(process);
    if (auto failure = becomeUser(process, groupsOf(plan.config.annotations))) {
        return *std::move(failure);
    }
    auto command = findCommand(process);
    if (!command) {
        return commandFailure(std::move(command).error());
    }
    return *std::move(command);
}

/// A container that is there for its files: nothing of it runs, and it goes with who holds the other end.
/// Its user may look into it, which joining its namespaces takes.
[[noreturn]] void holdFiles(const InitPlan& plan) {
    sys::allowTracing();
    if (!sys::sendPacket(plan.syncFd, kReady, "", sys::Blocking::Yes)) {
        leave(kExitFailed);
    }
    expect(plan.syncFd, kSaved);
    (void)::shutdown(plan.syncFd, SHUT_RDWR);
    std::array<char, 64> buffer{};
    ssize_t got = 0;
    do {
        got = ::read(plan.holdFd, buffer.data(), buffer.size());
    } while (got > 0 || (got < 0 && errno == EINTR));
    leave(0);
}

}  // namespace

void runInit(const InitPlan& plan) {
    sys::resetSignals();
    sys::setCloseOnExecBut(plan.preservedFds);
    if (plan.newUserNamespace) {
        expect(plan.syncFd, kMapped);
    }
    if (auto session = sys::startSession(); !session) {
        fail(plan.syncFd, {std::move(session).error()});
    }
    auto labels = buildContainer(plan);
    if (!labels) {
        fail(plan.syncFd, {std::move(labels).error()});
    }
    if (plan.holdFd >= 0) {
        holdFiles(plan);
    }
    const oci::Process& process = plan.config.process;
    // `run` hears of it while the rest is done, so that nobody waits for its answer. What goes wrong from
    // here on is told after the word to begin, like an execve(2) that fails: a word that crossed it on the
    // way would be lost with this end of the socket.
    const bool atOnce = plan.listenFd < 0;
    if (atOnce && !sys::sendPacket(plan.syncFd, kReady, "", sys::Blocking::Yes)) {
        leave(kExitFailed);
    }
    std::vector<std::string> env;
    auto command = becomeProgram(plan, env);
    if (atOnce) {
        expect(plan.syncFd, kStart);
    }
    if (const auto* failure = std::get_if<Failure>(&command)) {
        fail(plan.syncFd, *failure);
    }
    int reportFd = plan.syncFd;
    UniqueFd starter;
    if (!atOnce) {
        // Network helpers of the user open /proc/PID/ns while the container waits. Nothing of the container
        // runs yet that could use the same right; it ends before the program begins.
        sys::allowTracing();
        if (!sys::sendPacket(plan.syncFd, kReady, "", sys::Blocking::Yes)) {
            leave(kExitFailed);
        }
        expect(plan.syncFd, kSaved);
        (void)::shutdown(plan.syncFd, SHUT_RDWR);
        auto connection = awaitStarter(plan.listenFd);
        if (!connection) {
            leave(kExitFailed);
        }
        starter = *std::move(connection);
        reportFd = starter.get();
        sys::forbidTracing();
    }
    if (auto hooked = runStartHooks(plan, *labels); !hooked) {
        fail(reportFd, {std::move(hooked).error()});
    }
    Error error =
        enterProgram(process, std::get<std::string>(command), env, plan.filters, {*labels, reportFd});
    if (error.sysErrno() == ENOENT) {
        error = std::move(error).withHint("the program's interpreter or loader is missing in the image");
    }
    fail(reportFd, commandFailure(std::move(error)));
}

}  // namespace coracle::runtime
