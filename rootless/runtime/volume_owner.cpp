// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/volume_owner.h"

#include "rootless/sys/file.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

/// The kept id of what the container calls `inside`; 0, the user, for an id without a mapping, which
/// changes nothing.
std::uint32_t outsideOf(const userns::IdMap& map, std::uint32_t inside) {
    for (const userns::IdRange& range : map) {
        if (inside >= range.inside && inside - range.inside < range.count) {
            return range.outside + (inside - range.inside);
        }
    }
    return 0;
}

bool hasUser(const userns::IdMap& map) {
    return map.empty() || std::any_of(map.begin(), map.end(),
                                      [](const userns::IdRange& range) { return range.outside == 0; });
}

/// Only an empty folder of the namespace's root, which is what the store makes: data that a person put
/// there keep their owner.
Result<> giveIfNew(const std::string& path, uid_t uid, gid_t gid) {
    const auto folder = sys::openDirectory(path);
    if (!folder) {
        return {};  // the mount says what is wrong
    }
    struct stat status {};
    if (::fstat(folder->get(), &status) != 0) {
        return Error::fromErrno("look at volume '" + path + "'");
    }
    TRY_ASSIGN(const auto names, sys::listDirectory(path));
    if (status.st_uid == 0 && names.empty() && ::fchownat(folder->get(), "", uid, gid, AT_EMPTY_PATH) != 0) {
        return Error::fromErrno("give volume '" + path + "' to the container");
    }
    return {};
}

}  // namespace

/// With the caller's own user mapped the folders belong to an id that exists inside; otherwise nobody
/// inside could write to a new volume.
Result<> giveNewVolumes(const oci::Bundle& bundle, const userns::IdMaps& container) {
    if (hasUser(container.uids)) {
        return {};
    }
    const uid_t uid = outsideOf(container.uids, userns::actingId(container.uids));
    const gid_t gid = outsideOf(container.gids, userns::actingId(container.gids));
    const auto& volumes = bundle.extension->copyUp;
    for (const oci::Mount& mount : bundle.config.mounts) {
        if (std::find(volumes.begin(), volumes.end(), mount.destination) != volumes.end()) {
            TRY(giveIfNew(mount.source, uid, gid));
        }
    }
    return {};
}

}  // namespace coracle::runtime
