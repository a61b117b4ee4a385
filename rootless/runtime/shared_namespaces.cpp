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
[[noreturn]] void sendMount(int processFd, int socketFd, std::uint64_t namespaces, const std::string& place) {
    sys::forbidTracing();
    const auto fetch = [&]() -> Result<> {
        TRY(sys::joinNamespaces(processFd, static_cast<int>(namespaces & CLONE_NEWUSER) | CLONE_NEWNS));
        TRY_ASSIGN(const UniqueFd root, sys::openDirectory("/"));
        TRY_ASSIGN(const UniqueFd folder,
                   sys::openBeneath(root.get(), place.substr(1), O_PATH | O_DIRECTORY));
        TRY_ASSIGN(const UniqueFd tree, sys::realKernel().cloneTree(folder.get(), "", sys::Recursive::No));
        return sys::sendDescriptor(socketFd, tree.get());
    };
    ::_exit(fetch() ? 0 : 1);
}

/// A mount of another mount namespace can be copied by a process that is in it, and only then (open_tree(2)).
Result<UniqueFd> fetchMount(int processFd, std::uint64_t namespaces, const std::string& place) {
    TRY_ASSIGN(sys::SocketPair sockets, sys::makeSocketPair(sys::SocketType::SeqPacket));
    TRY_ASSIGN(const sys::CloneResult child, sys::cloneProcess(0));
    if (child.pid == 0) {
        sendMount(processFd, sockets.second.get(), namespaces, place);
    }
    sockets.second.reset();
    auto received = sys::receiveDescriptor(sockets.first.get());
    TRY(sys::waitForChild(child.pid));
    return received;
}

}  // namespace

/// The process is held first; what its number says in /proc is believed only because it still lived after it
/// was read.
Result<SharedWith::Other> SharedWith::lookAt(const StateStore& store, const oci::SharedNamespaces& wanted,
                                             const std::string& keeperDir) {
    Other other;
    other.id = wanted.container;
    const auto state = store.load(other.id);
    if (!state) {
        return state.error().kind() == ErrorKind::NotFound ? notRunning(other.id) : state.error();
    }
    const Status status = store.statusOf(*state);
    auto process = sys::openProcess(state->process);
    if (!process || (status != Status::Running && status != Status::Paused)) {
        return notRunning(other.id);
    }
    other.process = *std::move(process);
    const std::string folder = "/proc/" + std::to_string(state->process.pid);
    for (const auto& [flag, name] : kKinds) {
        if ((wanted.namespaces & static_cast<std::uint64_t>(flag)) != 0) {
            TRY_ASSIGN(const bool another, isAnother(folder, name, flag));
            other.namespaces |= another ? static_cast<std::uint64_t>(flag) : 0;
        }
    }
    other.entered = other.namespaces;
    TRY_ASSIGN(const bool otherUsers, isAnother(folder, "user", CLONE_NEWUSER));
    if (otherUsers) {
        if (state->keeperDir != keeperDir) {
            return Error(ErrorKind::Unsupported, "the namespaces of container '" + other.id +
                                                     "' cannot be shared: another engine made it");
        }
        other.entered |= CLONE_NEWUSER;
        TRY_ASSIGN(other.maps, readMaps(folder));
    }
    if (!sys::isAlive(state->process)) {
        return notRunning(other.id);
    }
    return other;
}

Result<> SharedWith::fetch(const Other& other, const std::string& place, const char* type) {
    auto tree = fetchMount(other.process.get(), other.entered, place);
    if (!tree) {
        return std::move(tree).error().context("share " + place + " of container '" + other.id + "'");
    }
    m_mounts.push_back({place, type, *std::move(tree)});
    return {};
}

/// Files in shared memory belong to ids, so both containers have to mean the same by them.
Result<> SharedWith::addOther(const StateStore& store, const oci::SharedNamespaces& wanted,
                              const std::string& keeperDir) {
    TRY_ASSIGN(Other other, lookAt(store, wanted, keeperDir));
    if (!(other.maps == m_first.maps)) {
        return Error(ErrorKind::Unsupported, "the namespaces of containers '" + m_first.id + "' and '" +
                                                 other.id +
                                                 "' cannot be shared at once: they have different ids")
            .withHint("make both with the same --userns");
    }
    if ((other.namespaces & CLONE_NEWIPC) != 0) {
        TRY(fetch(other, "/dev/shm", "tmpfs"));
        TRY(fetch(other, "/dev/mqueue", "mqueue"));
    }
    if ((other.namespaces & CLONE_NEWNET) != 0) {
        TRY(fetch(other, "/sys", "sysfs"));
    }
    other.entered &= ~static_cast<std::uint64_t>(CLONE_NEWUSER);
    m_namespaces |= other.namespaces;
    m_entered |= other.namespaces;
    m_others.push_back(std::move(other));
    return {};
}

Result<SharedWith> SharedWith::open(const StateStore& store, const oci::Extension& extension) {
    SharedWith shared;
    TRY_ASSIGN(shared.m_first, lookAt(store, *extension.shared, extension.keeperDir));
    shared.m_namespaces = shared.m_first.namespaces;
    shared.m_entered = shared.m_first.entered;
    if ((shared.m_namespaces & CLONE_NEWIPC) != 0) {
        TRY(shared.fetch(shared.m_first, "/dev/shm", "tmpfs"));
    }
    for (const oci::SharedNamespaces& wanted : extension.alsoShared) {
        TRY(shared.addOther(store, wanted, extension.keeperDir));
    }
    return shared;
}

/// Only in the place of what would be new: a person who mounts something there wants that.
void SharedWith::shareMounts(mounts::MountPlan& plan) const {
    for (mounts::MountStep& step : plan.mounts) {
        for (const Mount& mount : m_mounts) {
            if (step.destination == mount.place && step.type == mount.type &&
                step.kind == mounts::StepKind::NewFilesystem) {
                step.kind = mounts::StepKind::Bind;
                step.source = mount.place;
                step.sourceFd = mount.tree.get();
                step.options.data.clear();
            }
        }
    }
}

/// Those without their user namespace first: the rights over them end with the way into another one. For each
/// all or none, by the pidfd: the namespaces are of one moment.
Result<> SharedWith::enter() const {
    const auto enterOne = [](const Other& other) -> Result<> {
        if (other.entered == 0) {
            return {};
        }
        auto joined = sys::joinNamespaces(other.process.get(), static_cast<int>(other.entered));
        if (!joined && joined.error().sysErrno() == ESRCH) {
            return notRunning(other.id);
        }
        return joined ? std::move(joined)
                      : Result<>(std::move(joined).error().context("share the namespaces of container '" +
                                                                   other.id + "'"));
    };
    for (const Other& other : m_others) {
        TRY(enterOne(other));
    }
    return enterOne(m_first);
}

}  // namespace coracle::runtime
