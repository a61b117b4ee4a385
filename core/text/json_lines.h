// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::text {

/// The line (from 1) of a member of nested objects, {"outer", "inner"}, in a JSON document that was parsed
/// already; for messages. A key that is written with escapes is not found: the line of the last one that was,
/// else 1.
std::size_t lineOfMember(std::string_view json, const std::vector<std::string>& path);

}  // namespace coracle::text
