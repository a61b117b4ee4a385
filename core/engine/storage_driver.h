// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/doctor_facts.h"
#include "core/store/layout.h"
#include "rootless/sys/result.h"

#include <stop_token>
#include <string>

namespace coracle::engine {

/// What a container's root is stacked with.
struct StorageDriver {
    std::string name;         ///< "overlay" or "fuse-overlayfs"
    std::string fuseProgram;  ///< path of fuse-overlayfs when that is the driver
};

/// Which driver a container gets: the kernel's overlay where it works, fuse-overlayfs where the kernel
/// refuses or ids have to be translated (performance.md 2), which `translatedFor` gives the reason of ("" for
/// no need). $CORACLE_STORAGE_DRIVER (overlay, fuse-overlayfs, auto) decides for tests and odd hosts. `auto`
/// asks `coracle-runtime probe`, once a login: the answer is kept in the run root. Errors: Unsupported with
/// the reasons of both drivers, InvalidArgument for an unknown name.
Result<StorageDriver> chooseStorageDriver(const store::StorePaths& places, const std::string& translatedFor);

/// What `coracle-runtime probe` found in a child process.
struct DriverProbes {
    ProbeAnswer kernel;
    ProbeAnswer fuse;
    ProbeAnswer idMaps;  ///< works: the subordinate ids are mapped
};
/// Ask the runtime to try both. Errors: Unsupported when not even a user namespace can be had, NotFound
/// for a missing helper.
Result<DriverProbes> probeStorageDrivers(const store::StorePaths& places, const std::stop_token& stop);

}  // namespace coracle::engine
