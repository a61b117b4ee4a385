// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// What the options of the volume driver 'local' say. Pure. Source: docker volume create(1), "Driver specific
/// options".
namespace coracle::types {

/// What is mounted in the place of a volume.
struct VolumeDriver {
    enum class Kind : std::uint8_t {
        Folder,  ///< of the store
        Bind,    ///< `device`, a folder of this computer
        Tmpfs,   ///< memory of each container's own
    };
    Kind kind = Kind::Folder;
    std::string device;
    bool readOnly = false;
    std::vector<std::string> options;  ///< of the mount, without ro and rw

    friend bool operator==(const VolumeDriver&, const VolumeDriver&) = default;
};

/// "type", "device" and "o" as they were given. Errors: InvalidArgument; Unsupported for file systems that
/// only root mounts.
Result<VolumeDriver> parseVolumeOptions(const std::map<std::string, std::string>& options);

}  // namespace coracle::types
