// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <string>

namespace coracle::types {

/// A secret as everybody may see it: without what it says.
struct SecretSummary {
    std::string id;  ///< 25 hexadecimal digits
    std::string name;
    std::chrono::system_clock::time_point createdAt;
    std::chrono::system_clock::time_point updatedAt;
    std::map<std::string, std::string> labels;
};

}  // namespace coracle::types
