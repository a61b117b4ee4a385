// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <string>

namespace coracle::engine {

/// How the store keeps house: $XDG_CONFIG_HOME/coracle/store.json, told in core/README.md, "The trash". What
/// the file leaves out is as here.
struct StoreSettings {
    std::int64_t trashDays = 7;      ///< 0: nothing is kept
    std::int64_t trashPercent = 10;  ///< of the file system; 0: nothing is kept

    /// The user's. A missing file is none. Errors: Corrupt naming file, line and member.
    static Result<StoreSettings> load();
    /// Of a file; an empty name is none.
    static Result<StoreSettings> load(const std::string& file);
};

}  // namespace coracle::engine
