// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/container_processes.h"

#include "rootless/sys/file.h"
#include "rootless/sys/process_identity.h"

#include <algorithm>
#include <set>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>

namespace coracle::runtime {
namespace {

/// A process in an uninterruptible wait (a disk, a network file system) ends late; after this time the
/// answer is more useful than the wait.
constexpr int kKillTimeoutMs = 10'000;
constexpr int kMaxRounds = 64;  // a container that forks faster than it can be looked at

bool hasOwnPids(const ContainerState& state) {
    return (state.namespaces & ~state.shared & CLONE_NEWPID) != 0;
}

}  // namespace

/// A container with a pid namespace of its own is everything in it; one without is told by its mount
/// namespace, which a process inside can leave by making another: such a one is missed. The list is a
/// moment's: processes come and go while it is made, which is why the callers work with descriptors and
/// signalAll() in rounds.
Result<std::vector<sys::NamespaceMember>> processesOf(const ContainerState& state) {
    const bool ownPids = hasOwnPids(state);
    const std::string kind = ownPids ? "pid" : "mnt";
    const auto first = sys::openProcess(state.process);
    const auto reference =
        sys::openAt(AT_FDCWD, "/proc/" + std::to_string(state.process.pid) + "/ns/" + kind, O_RDONLY);
    // In this order: the namespace is the container's if its process still lives after it was opened.
    if (!first || !reference || !sys::isAlive(state.process)) {
        return Error(ErrorKind::Conflict, "container '" + state.id + "' is not running");
    }
    TRY_ASSIGN(auto processes,
               sys::membersOf(reference->get(), kind, ownPids ? sys::Below::Yes : sys::Below::No));
    std::sort(processes.begin(), processes.end(), [&](const auto& left, const auto& right) {
        return std::pair(left.pid != state.process.pid, left.pid) <
               std::pair(right.pid != state.process.pid, right.pid);
    });
    return processes;
}

/// In rounds, since a process may fork between the listing and its signal; a round that finds nobody new
/// is the end. A container that forks faster than it is read does not hold this program for ever:
/// kMaxRounds.
Result<> signalAll(const ContainerState& state, int signal) {
    std::set<pid_t> reached;
    for (int round = 0; round < kMaxRounds; ++round) {
        auto processes = processesOf(state);
        if (!processes) {
            return round == 0 ? Result<>(std::move(processes).error()) : Result<>();
        }
        bool isNew = false;
        // The first process last: with it ends its namespace, and the others could not be found any more.
        for (auto process = processes->rbegin(); process != processes->rend(); ++process) {
            if (reached.insert(process->pid).second) {
                isNew = true;
                (void)sys::signalProcess(process->pidFd.get(), signal);  // ignored: it has just ended
            }
        }
        if (!isNew) {
            return {};
        }
    }
    return Error(ErrorKind::Unavailable,
                 "container '" + state.id + "' makes processes faster than they are seen");
}

Result<> killAndWait(const ContainerState& state) {
    // The state's identity is checked against the process that is opened, so a number that was given anew
    // is not killed.
    auto process = sys::openProcess(state.process);
    if (!process) {
        const bool gone = process.error().kind() == ErrorKind::NotFound;  // it ended by itself
        return gone ? Result<>() : Result<>(std::move(process).error());
    }
    if (!hasOwnPids(state)) {
        // Nothing else ends with the first process of such a container.
        (void)signalAll(state, SIGKILL);  // ignored: it has just ended
    }
    if (auto sent = sys::signalProcess(process->get(), SIGKILL);
        !sent && sent.error().kind() != ErrorKind::NotFound) {
        return sent;
    }
    pollfd waiting{process->get(), POLLIN, 0};
    if (::poll(&waiting, 1, kKillTimeoutMs) != 1) {
        return Error(ErrorKind::Unavailable, "container '" + state.id + "' does not end");
    }
    return {};
}

}  // namespace coracle::runtime
