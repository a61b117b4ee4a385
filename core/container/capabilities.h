// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace coracle::container {

/// The set that `run` gives: podman's eleven (security.md 4.3), sorted.
std::vector<std::string> defaultCapabilities();

/// Default set, plus `add`, minus `drop`, in docker's order: ALL first, then single names; a name in both is
/// added. Names may lack CAP_ and be in any case. The result is sorted and has full names.
/// Errors: InvalidArgument for a name that does not exist.
Result<std::vector<std::string>> effectiveCapabilities(const std::vector<std::string>& add,
                                                       const std::vector<std::string>& drop);

}  // namespace coracle::container
