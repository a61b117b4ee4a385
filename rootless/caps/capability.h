// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Capabilities as numbers, names and masks. Decides and touches nothing; applying them is
/// rootless/sys/self.h.
namespace coracle::caps {

/// Number of "CAP_CHOWN", "chown" or "cap_chown". Errors: InvalidArgument. Source: capabilities(7).
Result<int> parse(std::string_view name);

/// "CAP_CHOWN". Empty for a number without a name.
std::string nameOf(int number);

/// Mask with bit N for capability N. Errors: InvalidArgument for a name that is not known: a capability
/// that cannot be kept out of a set must not be passed over.
Result<std::uint64_t> maskOf(const std::vector<std::string>& names);
/// Names of the set bits that have one, in the order of their numbers.
std::vector<std::string> namesOf(std::uint64_t mask);

/// What a container gets that asks for nothing: the eleven of podman. MKNOD, NET_RAW and AUDIT_WRITE, which
/// docker adds, are of no use without privilege over the host. Source: security.md 4.3.
std::uint64_t defaultMask();

}  // namespace coracle::caps
