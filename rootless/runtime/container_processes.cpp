// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/container_processes.h"

#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/process_identity.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/stat.h>

namespace coracle::runtime {
namespace {

constexpr int kMaxNesting = 32;  // of process namespaces. Source: pid_namespaces(7)
/// A process in an uninterruptible wait (a disk, a network file system) ends late; after this time the
/// answer is more useful than the wait.
constexpr int kKillTimeoutMs = 10'000;
constexpr int kMaxRounds = 64;  // a container that forks faster than it can be looked at

struct NamespaceId {
    dev_t device = 0;
    ino_t inode = 0;
    friend bool operator==(const NamespaceId&, const NamespaceId&) = default;
};

std::optional<NamespaceId> idOf(int fd) {
    struct stat status {};
    return ::fstat(fd, &status) == 0 ? std::optional(NamespaceId{status.st_dev, status.st_ino})
                                     : std::nullopt;
}

/// Whether the namespace of a process is the wanted one or, for process namespaces, lies below it.
bool isInside(const std::string& path, const NamespaceId& wanted, bool lookAbove) {
    auto opened = sys::openAt(AT_FDCWD, path, O_RDONLY);
    for (int level = 0; opened && level < kMaxNesting; ++level) {
        if (idOf(opened->get()) == wanted) {
            return true;
        }
        if (!lookAbove) {
            return false;
        }
        opened = sys::openParentNamespace(opened->get());
    }
    return false;
}

bool hasOwnPids(const ContainerState& state) {
    return (state.namespaces & ~state.shared & CLONE_NEWPID) != 0;
}

}  // namespace

/// A container with a pid namespace of its own is everything in it; one without is told by its mount
/// namespace, which a process inside can leave by making another: such a one is missed. The list is a
/// moment's: processes come and go while it is made, which is why the callers work with descriptors and
/// signalAll() in rounds.
Result<std::vector<ContainerProcess>> processesOf(const ContainerState& state) {
    const bool ownPids = hasOwnPids(state);
    const std::string name = ownPids ? "/ns/pid" : "/ns/mnt";
    const auto first = sys::openProcess(state.process);
    const auto reference =
        sys::openAt(AT_FDCWD, "/proc/" + std::to_string(state.process.pid) + name, O_RDONLY);
    // In this order: the namespace is the container's if its process still lives after it was opened.
    const auto wanted = reference && sys::isAlive(state.process) ? idOf(reference->get()) : std::nullopt;
    if (!first || !wanted) {
        return Error(ErrorKind::Conflict, "container '" + state.id + "' is not running");
    }
    std::vector<ContainerProcess> processes;
    TRY_ASSIGN(const auto names, sys::listDirectory("/proc"));
    for (const std::string& entry : names) {
        pid_t pid = 0;
        const auto [end, fault] = std::from_chars(entry.data(), entry.data() + entry.size(), pid);
        if (fault != std::errc() || end != entry.data() + entry.size()) {
            continue;
        }
        // The descriptor before the look: what is found is what the descriptor names.
        auto opened = sys::openChildProcess(pid);
        if (opened && isInside("/proc/" + entry + name, *wanted, ownPids)) {
            processes.push_back({pid, *std::move(opened)});
        }
    }
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
