// SPDX-License-Identifier: Apache-2.0
#include "core/engine/mount_planning.h"

#include "core/types/volume_text.h"

#include <algorithm>
#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

using types::MountSpec;

/// The first folder on the way that this person may not pass; empty: none.
std::string blockingFolder(const std::string& path) {
    for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
        if (::access(path.substr(0, slash).c_str(), X_OK) != 0) {
            return path.substr(0, slash);
        }
    }
    return {};
}

/// A volume of the driver's options `type=bind` is a folder of this computer, one of `type=tmpfs` is memory
/// that each container has for itself.
Result<> applyVolumeOptions(const std::map<std::string, std::string>& options,
                            container::PlannedMount& planned) {
    TRY_ASSIGN(const auto driver, types::parseVolumeOptions(options));
    if (driver.kind == types::VolumeDriver::Kind::Folder) {
        return {};
    }
    planned.mount.options.insert(planned.mount.options.begin(), driver.options.begin(), driver.options.end());
    planned.mount.readOnly = planned.mount.readOnly || driver.readOnly;
    if (driver.kind == types::VolumeDriver::Kind::Tmpfs) {
        std::erase(planned.mount.options, "nocopy");
        planned.mount.kind = MountSpec::Kind::Tmpfs;
        planned.hostPath.clear();
    } else {
        planned.hostPath = driver.device;
    }
    return {};
}

/// Those without a name get one that is an id.
Result<container::PlannedMount> planVolume(const store::Store& store, const MountSpec& mount) {
    container::PlannedMount planned;
    planned.mount = mount;
    if (mount.source.empty()) {
        TRY_ASSIGN(const auto volume, store.volumes().create("", {}));
        planned.volumeName = volume.name;
        planned.hostPath = volume.dataPath;
    } else {
        TRY_ASSIGN(const auto volume, store.volumes().ensure(mount.source));
        planned.volumeName = volume.name;
        planned.hostPath = volume.dataPath;
        TRY(applyVolumeOptions(volume.options, planned));
        if (planned.mount.kind == MountSpec::Kind::Tmpfs) {
            return planned;
        }
    }
    planned.copyUp = std::find(mount.options.begin(), mount.options.end(), "nocopy") == mount.options.end();
    return planned;
}

}  // namespace

bool isAnonymousVolume(const MountSpec& mount) {
    return mount.kind == MountSpec::Kind::Volume && mount.source.empty();
}

/// docker makes a missing bind source as root's folder; here it is an error, for the folder is mostly a
/// typing mistake.
Result<container::PlannedMount> planMount(const store::Store& store, const MountSpec& mount) {
    if (mount.kind == MountSpec::Kind::Volume) {
        return planVolume(store, mount);
    }
    container::PlannedMount planned;
    planned.mount = mount;
    if (mount.kind == MountSpec::Kind::Tmpfs) {
        return planned;
    }
    planned.hostPath = mount.source;
    struct stat info {};
    if (::stat(mount.source.c_str(), &info) != 0) {
        const int err = errno;
        if (err == ENOENT || err == ENOTDIR) {
            return Error(ErrorKind::InvalidArgument, "bind source '" + mount.source + "' does not exist")
                .withHint("make the folder first, or use a name without '/' for a volume");
        }
        Error error = Error::fromErrno("bind source '" + mount.source + "'", err);
        const std::string blocking = err == EACCES ? blockingFolder(mount.source) : std::string();
        return blocking.empty() ? error
                                : std::move(error).withHint("you may not pass the folder '" + blocking + "'");
    }
    return planned;
}

}  // namespace coracle::engine
