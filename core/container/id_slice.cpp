// SPDX-License-Identifier: Apache-2.0
#include "core/container/id_slice.h"

#include <algorithm>

namespace coracle::container {

/// First fit, from 1 on: 0 is the user. Pure: the caller holds the lock that makes choosing and recording
/// one step.
Result<IdSlice> chooseIdSlice(std::uint32_t size, std::uint32_t total, std::vector<IdSlice> taken) {
    if (total <= 1) {
        return Error(ErrorKind::Unsupported, "user namespace mode 'auto' needs subordinate ids")
            .withHint("add a range for this user to /etc/subuid and /etc/subgid");
    }
    std::sort(taken.begin(), taken.end(),
              [](const IdSlice& a, const IdSlice& b) { return a.first < b.first; });
    std::uint64_t first = 1;
    for (const IdSlice& slice : taken) {
        if (first + size <= slice.first) {
            break;
        }
        first = std::max<std::uint64_t>(first, std::uint64_t{slice.first} + slice.size);
    }
    if (first + size > total) {
        return Error(ErrorKind::Unsupported, "user namespace mode 'auto': no " + std::to_string(size) +
                                                 " ids are free of the " + std::to_string(total - 1) +
                                                 " subordinate ones")
            .withHint(
                "remove containers made with --userns auto and empty the trash, ask for fewer with "
                "auto:size=N, or extend the "
                "ranges in /etc/subuid and /etc/subgid");
    }
    return IdSlice{static_cast<std::uint32_t>(first), size};
}

}  // namespace coracle::container
