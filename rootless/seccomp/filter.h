// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <linux/filter.h>

/// Theory of operation. A container process gets two filters; the kernel takes the strictest answer of all.
/// The first one (denyFilter) is fixed and stays even where the user asked for no profile: it refuses what
/// attacks the user's session rather than the kernel. It cannot be part of the second, because an allowlist
/// that allows ioctl(2) wins over a rule for one of its requests: libseccomp accepts both and the request
/// stays allowed (security.md 0.4, seen with 2.5.4). The second one is the profile: the default of
/// resources/seccomp/default.json, compiled when Coracle is built, or the caller's, compiled once and kept
/// below the cache directory under the hash of its text and context.
namespace coracle::seccomp {

/// TIOCSTI and TIOCLINUX (compared in the 32 bits that the kernel looks at) and the keyring calls answer
/// EPERM, audit sockets EINVAL, clone3 ENOSYS (its flags are in memory that a filter cannot read; libc falls
/// back to clone). The x32 calls answer ENOSYS and another architecture ends the process.
std::span<const sock_filter> denyFilter();

/// The default profile for the native architecture.
std::span<const sock_filter> defaultFilter();

/// Program of another profile, from the cache when it is there. `cacheDirectory` empty: do not keep it.
/// Errors: as parseProfile() and compile(). A cache that cannot be read or written is ignored.
Result<std::vector<sock_filter>> loadProfile(std::string_view profileJson,
                                             const std::set<std::string>& capabilities,
                                             const std::string& cacheDirectory);

}  // namespace coracle::seccomp
