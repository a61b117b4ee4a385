// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace coracle::types {

/// What `--preserve-fds` takes: how many descriptors from 3 on go along. Pure.
/// Errors: InvalidArgument for what is no number, or too large a one.
Result<std::vector<int>> parsePreservedCount(std::string_view text);

/// What `--preserve-fd` takes: descriptors, with commas between them. In order, each once. Pure.
/// Errors: InvalidArgument; 0 to 2 are the standard streams, which go along in any case.
Result<std::vector<int>> parsePreservedList(std::string_view text);

/// Add those of another `--preserve-fd`.
void addPreserved(std::vector<int>& fds, const std::vector<int>& more);

/// "3,5,7". The inverse of parsePreservedList().
std::string toText(const std::vector<int>& preservedFds);

}  // namespace coracle::types
