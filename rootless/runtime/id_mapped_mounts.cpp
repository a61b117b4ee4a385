// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/id_mapped_mounts.h"

#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"
#include "rootless/userns/map_writer.h"

#include <csignal>

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

Result<> writeMaps(pid_t pid, const userns::IdMaps& maps) {
    return ::geteuid() == 0 ? userns::writeMapsDirectly(pid, maps) : userns::writeMapsByHelpers(pid, maps);
}

/// A process that does nothing makes the namespace; the descriptor keeps it when the process is gone. Its
/// maps are written from outside, as user_namespaces(7) demands for more than one id, and the process is
/// killed as soon as the descriptor is open.
Result<sys::UniqueFd> makeUserNamespace(const userns::IdMaps& maps) {
    TRY_ASSIGN(const sys::CloneResult child, sys::cloneProcess(CLONE_NEWUSER));
    if (child.pid == 0) {
        while (true) {
            (void)::pause();
        }
    }
    auto written = writeMaps(child.pid, maps);
    auto opened = sys::openAt(AT_FDCWD, "/proc/" + std::to_string(child.pid) + "/ns/user", O_RDONLY);
    (void)::kill(child.pid, SIGKILL);
    TRY(sys::waitForChild(child.pid));
    if (!written) {
        return std::move(written).error().context("map ids of a mount");
    }
    return opened;
}

}  // namespace

/// mount_setattr(2) takes the mapping as a user namespace (MOUNT_ATTR_IDMAP). The steps borrow the
/// descriptors, so the caller keeps them until the tree is built.
Result<std::vector<sys::UniqueFd>> openIdMaps(mounts::MountPlan& plan, const userns::IdMaps& container) {
    std::vector<sys::UniqueFd> namespaces;
    for (mounts::MountStep& step : plan.mounts) {
        if (step.options.idMapping == mounts::IdMapping::None) {
            continue;
        }
        const userns::IdMaps& maps = step.idMaps ? *step.idMaps : container;
        if (maps.uids.empty() || maps.gids.empty()) {
            return Error(ErrorKind::InvalidArgument,
                         "mount on '" + step.destination + "' translates ids and there is no mapping");
        }
        if (auto fits = userns::checkSize(maps); !fits) {
            return std::move(fits).error().context("mount on '" + step.destination + "'");
        }
        TRY_ASSIGN(sys::UniqueFd made, makeUserNamespace(maps));
        step.idMapFd = made.get();
        namespaces.push_back(std::move(made));
    }
    return namespaces;
}

}  // namespace coracle::runtime
