// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace coracle::store {

struct StoreContext;

/// What trees take on the disk, in the order of the paths, counted inside the user namespace; one that is
/// gone takes nothing. Walks them. Errors: the helper's, Cancelled.
Result<std::vector<std::uint64_t>> measureTrees(const StoreContext& context,
                                                const std::vector<std::string>& paths,
                                                const std::stop_token& stop);

}  // namespace coracle::store
