// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/seccomp/profile.h"
#include "rootless/sys/result.h"

#include <vector>

#include <linux/filter.h>

namespace coracle::seccomp {

/// Turn a profile into a program for the kernel by libseccomp, as a binary tree with a leaf for each call.
/// Calls of another architecture than the native one and the profile's own end the process: a filter by
/// number means nothing for them (security.md 0.5). Calls that this libseccomp does not know keep the
/// default action. Takes milliseconds. Errors: Unsupported when libseccomp refuses a rule.
Result<std::vector<sock_filter>> translate(const Profile& profile);

/// The same program in as few rows as asRangeTree() makes of it. Errors: as translate().
Result<std::vector<sock_filter>> compile(const Profile& profile);

}  // namespace coracle::seccomp
