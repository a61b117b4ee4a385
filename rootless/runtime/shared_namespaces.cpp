// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/shared_namespaces.h"

#include "rootless/sys/file.h"
#include "rootless/sys/kernel.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/self.h"
#include "rootless/sys/unix_socket.h"

#include <array>
#include <utility>

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

using sys::UniqueFd;

constexpr const char* kMemoryFolder = "/dev/shm";
constexpr std::array<std::pair<int, const char*>, 4> kKinds{
    {{CLONE_NEWPID, "pid"}, {CLONE_NEWIPC, "ipc"}, {CLONE_NEWUTS, "uts"}, {CLONE_NEWNET, "net"}}};

Error notRunning(const std::string& id) {
    return Error(ErrorKind::Conflict,
                 "container '" + id + "', whose namespaces are to be shared, is not running")
        .withHint("start it first");
}

Result<userns::IdMaps> readMaps(const std::string& folder) {
    TRY_ASSIGN(const std::string uids, sys::readFile(folder + "/uid_map"));
    TRY_ASSIGN(const std::string gids, sys::readFile(folder + "/gid_map"));
    userns::IdMaps maps;
    TRY_ASSIGN(maps.uids, userns::parseMap(uids));
    TRY_ASSIGN(maps.gids, userns::parseMap(gids));
    return maps;
}

/// Whether the namespace of that name of a process is another than the caller's.
Result<bool> isAnother(const std::string& folder, const char* name, int flag) {
    TRY_ASSIGN(const UniqueFd space, sys::openAt(AT_FDCWD, folder + "/ns/" + name, O_RDONLY));
    return !sys::isOwnNamespace(space.get(), flag);
}

/// Body of the process that goes to the other container's files. Its answer is one descriptor or none.
[[noreturn]] void sendMemory(int processFd, int socketFd, std::uint64_t namespaces) {
    sys::forbidTracing();
    const auto fetch = [&]() -> Result<> {
        TRY(sys::joinNamespaces(processFd, static_cast<int>(namespaces & CLONE_NEWUSER) | CLONE_NEWNS));
        TRY_ASSIGN(const UniqueFd root, sys::openDirectory("/"));
        TRY_ASSIGN(const UniqueFd folder,
                   sys::openBeneath(root.get(), kMemoryFolder + 1, O_PATH | O_DIRECTORY));
        TRY_ASSIGN(const UniqueFd tree, sys::realKernel().cloneTree(folder.get(), "", sys::Recursive::No));
        return sys::sendDescriptor(socketFd, tree.get());
    };
    ::_exit(fetch() ? 0 : 1);
}

/// A mount of another mount namespace can be copied by a process that is in it, and only then (open_tree(2)).
Result<UniqueFd> fetchMemory(int processFd, std::uint64_t namespaces) {
    TRY_ASSIGN(sys::SocketPair sockets, sys::makeSocketPair(sys::SocketType::SeqPacket));
    TRY_ASSIGN(const sys::CloneResult child, sys::cloneProcess(0));
    if (child.pid == 0) {
        sendMemory(processFd, sockets.second.get(), namespaces);
    }
    sockets.second.reset();
    auto received = sys::receiveDescriptor(sockets.first.get());
    TRY(sys::waitForChild(child.pid));
    return received;
}

}  // namespace

/// The process is held first; what its number says in /proc is believed only because it still lived after it
/// was read.
Result<SharedWith> SharedWith::open(const StateStore& store, const oci::Extension& extension) {
    SharedWith shared;
    shared.m_id = extension.shared->container;
    const auto state = store.load(shared.m_id);
    if (!state) {
        return state.error().kind() == ErrorKind::NotFound ? notRunning(shared.m_id) : state.error();
    }
    const Status status = store.statusOf(*state);
    auto process = sys::openProcess(state->process);
    if (!process || (status != Status::Running && status != Status::Paused)) {
        return notRunning(shared.m_id);
    }
    shared.m_process = *std::move(process);
    const std::string folder = "/proc/" + std::to_string(state->process.pid);
    for (const auto& [flag, name] : kKinds) {
        if ((extension.shared->namespaces & static_cast<std::uint64_t>(flag)) != 0) {
            TRY_ASSIGN(const bool another, isAnother(folder, name, flag));
            shared.m_namespaces |= another ? static_cast<std::uint64_t>(flag) : 0;
        }
    }
    shared.m_entered = shared.m_namespaces;
    TRY_ASSIGN(const bool otherUsers, isAnother(folder, "user", CLONE_NEWUSER));
    if (otherUsers) {
        if (state->keeperDir != extension.keeperDir) {
            return Error(ErrorKind::Unsupported, "the namespaces of container '" + shared.m_id +
                                                     "' cannot be shared: another engine made it");
        }
        shared.m_entered |= CLONE_NEWUSER;
        TRY_ASSIGN(shared.m_maps, readMaps(folder));
    }
    if (!sys::isAlive(state->process)) {
        return notRunning(shared.m_id);
    }
    if ((shared.m_namespaces & CLONE_NEWIPC) != 0) {
        auto memory = fetchMemory(shared.m_process.get(), shared.m_entered);
        if (!memory) {
            return std::move(memory).error().context("share the memory of container '" + shared.m_id + "'");
        }
        shared.m_memory = *std::move(memory);
    }
    return shared;
}

/// Only in the place of what would be new: a person who mounts something there wants that.
void SharedWith::shareMemory(mounts::MountPlan& plan) const {
    for (mounts::MountStep& step : plan.mounts) {
        if (m_memory && step.destination == kMemoryFolder && step.type == "tmpfs" &&
            step.kind == mounts::StepKind::NewFilesystem) {
            step.kind = mounts::StepKind::Bind;
            step.source = kMemoryFolder;
            step.sourceFd = m_memory.get();
            step.options.data.clear();
        }
    }
}

/// All or none, by the pidfd: the user namespace and what it owns are of one moment.
Result<> SharedWith::enter() const {
    if (m_entered == 0) {
        return {};
    }
    auto joined = sys::joinNamespaces(m_process.get(), static_cast<int>(m_entered));
    if (!joined && joined.error().sysErrno() == ESRCH) {
        return notRunning(m_id);
    }
    return joined ? std::move(joined)
                  : Result<>(std::move(joined).error().context("share the namespaces of container '" + m_id +
                                                               "'"));
}

}  // namespace coracle::runtime
