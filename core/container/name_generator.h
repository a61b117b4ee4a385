// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace coracle::container {

/// A name that a person can say, for containers that were given none: "brave_heron". The same number gives
/// the same name; `attempt` above zero appends a number, for when the name is taken.
std::string generateName(std::uint64_t random, unsigned attempt);

}  // namespace coracle::container
