// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <string>

namespace coracle::types {

/// Something changed. The words are docker's: type "container", "image" or "volume"; action "create",
/// "start", "die", "destroy", "pull", "tag", "untag", "delete", ...
struct Event {
    std::chrono::system_clock::time_point time;
    std::string type;
    std::string action;
    std::string id;  ///< container id, image id or volume name
    /// "name", "image", "signal" and the like, as docker's events have them.
    std::map<std::string, std::string> attributes;
};

}  // namespace coracle::types
