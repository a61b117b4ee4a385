// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/join_container.h"

#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/self.h"

#include <fcntl.h>
#include <sched.h>

namespace coracle::store::helper {
namespace {

Result<std::string> readBelow(int folder, const std::string& name) {
    TRY_ASSIGN(const sys::UniqueFd file, sys::openAt(folder, name, O_RDONLY));
    return sys::readAll(file.get(), 1U << 20U);
}

}  // namespace

/// The maps are read from the host's /proc: the container's does not know us. A change of ids makes a process
/// dumpable again, hence the second forbidTracing().
Result<OwnIds> joinContainer(int processFd) {
    sys::forbidTracing();
    TRY_ASSIGN(const sys::UniqueFd proc, sys::openDirectory("/proc"));
    auto joined = sys::joinNamespaces(processFd, CLONE_NEWUSER | CLONE_NEWNS);
    if (!joined) {
        return joined.error().sysErrno() == ESRCH
                   ? Error(ErrorKind::NotFound, "the container has ended")
                   : std::move(joined).error().context("join the container's files");
    }
    TRY_ASSIGN(const std::string uids, readBelow(proc.get(), "self/uid_map"));
    TRY_ASSIGN(const std::string gids, readBelow(proc.get(), "self/gid_map"));
    OwnIds ids{IdRanges::parse(uids), IdRanges::parse(gids)};
    TRY(sys::becomeNamespaceUser(static_cast<uid_t>(ids.uids.acting()),
                                 static_cast<gid_t>(ids.gids.acting())));
    sys::forbidTracing();
    return ids;
}

}  // namespace coracle::store::helper
