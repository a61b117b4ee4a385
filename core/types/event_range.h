// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

namespace coracle::types {

/// Which events are wanted. Without `since`: those from now on; without `until`: to the end of time.
struct EventRange {
    std::optional<std::chrono::system_clock::time_point> since;
    std::optional<std::chrono::system_clock::time_point> until;
};

}  // namespace coracle::types
