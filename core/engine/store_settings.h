// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <string>

namespace coracle::engine {

/// How the store keeps house: $XDG_CONFIG_HOME/coracle/store.json, told in core/README.md, "Settings". What
/// the file leaves out is as here.
struct StoreSettings {
    std::int64_t trashDays = 7;       ///< 0: nothing is kept
    std::int64_t trashPercent = 10;   ///< of the file system; 0: nothing is kept
    std::uint64_t reserveBytes = 0;   ///< of the disk, which no new image may take; a least reserve stays
    std::int64_t reservePercent = 0;  ///< the same as a share of the file system; the larger of both counts
    std::uint64_t quotaBytes = 0;     ///< for layers and blobs of all images together; 0: no end

    /// The user's. A missing file is none. Errors: Corrupt naming file, line and member.
    static Result<StoreSettings> load();
    /// Of a file; an empty name is none.
    static Result<StoreSettings> load(const std::string& file);
};

}  // namespace coracle::engine
