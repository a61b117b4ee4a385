// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/volume_owner.h"

#include "rootless/mounts/chown_tree.h"
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

Result<> giveOwnedMounts(const oci::Bundle& bundle, const userns::IdMaps& container) {
    const auto& process = bundle.config.process;
    const auto& overlays = bundle.extension->mountOverlays;
    for (const oci::Mount& mount : bundle.config.mounts) {
        const auto& owned = bundle.extension->owned;
        const bool isOwned = std::find(owned.begin(), owned.end(), mount.destination) != owned.end();
        const bool covered = std::any_of(overlays.begin(), overlays.end(), [&](const auto& overlay) {
            return overlay.destination == mount.destination;
        });
        if (!isOwned || covered) {
            continue;
        }
        TRY_ASSIGN(const sys::UniqueFd source, sys::openAt(AT_FDCWD, mount.source, O_PATH));
        const uid_t uid =
            container.uids.empty() ? process.user.uid : outsideOf(container.uids, process.user.uid);
        const gid_t gid =
            container.gids.empty() ? process.user.gid : outsideOf(container.gids, process.user.gid);
        auto given = mounts::chownTree(source.get(), uid, gid);
        if (!given) {
            return std::move(given).error().context("give '" + mount.source + "' to the container's user");
        }
    }
    return {};
}

}  // namespace coracle::runtime
