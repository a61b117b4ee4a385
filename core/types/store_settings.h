// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace coracle::types {

/// How the store keeps house: $XDG_CONFIG_HOME/coracle/store.json, told in core/README.md, "Settings". What
/// the file leaves out is as here.
struct StoreSettings {
    std::int64_t trashDays = 7;       ///< 0: nothing is kept
    std::int64_t trashPercent = 10;   ///< of the file system; 0: nothing is kept
    std::uint64_t reserveBytes = 0;   ///< of the disk, which no new image may take; a least reserve stays
    std::int64_t reservePercent = 0;  ///< instead, as a share of the file system
    std::uint64_t quotaBytes = 0;     ///< for layers and blobs of all images together; 0: no end

    friend bool operator==(const StoreSettings&, const StoreSettings&) = default;
};

}  // namespace coracle::types
