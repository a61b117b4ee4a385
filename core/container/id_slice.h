// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <vector>

namespace coracle::container {

/// Ids of the kept namespace that belong to one container (`--userns auto`).
struct IdSlice {
    /// Counted in the kept namespace, where 0 is the user; so never 0.
    std::uint32_t first = 0;
    std::uint32_t size = 0;

    friend bool operator==(const IdSlice&, const IdSlice&) = default;
};

/// The lowest free ids. `total`: ids of the kept namespace, whose 0 is the user and never part of a
/// slice. Two containers never share an id, so what breaks out of one cannot touch the other's files.
/// Pure. Errors: Unsupported when there are no subordinate ids or none is free.
Result<IdSlice> chooseIdSlice(std::uint32_t size, std::uint32_t total, std::vector<IdSlice> taken);

}  // namespace coracle::container
