// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace coracle::types {

/// What to look for in a registry.
struct SearchQuery {
    std::string term;  ///< "nginx", or with the registry before it: "registry.example/nginx"
    std::uint32_t limit = 25;
};

/// A repository that a registry found. All of it is the registry's own words.
struct FoundImage {
    std::string name;
    std::string description;
    std::int64_t stars = 0;
    bool official = false;
    bool automated = false;
};

}  // namespace coracle::types
