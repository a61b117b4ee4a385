// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/seccomp/profile.h"
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

/// What the first filter leaves to the second.
struct DenyOptions {
    bool allow32Bit = false;  ///< programs of the 32-bit ABI may run
    bool keysAbsent = false;  ///< keyring calls answer ENOSYS, so that engines inside go without keyrings
};

/// TIOCSTI and TIOCLINUX (compared in the 32 bits that the kernel looks at) and the keyring calls answer
/// EPERM, audit sockets EINVAL. The x32 calls answer ENOSYS and another architecture ends the process.
std::vector<sock_filter> denyFilter(DenyOptions options = {});

/// A program and what it means for the deny filter.
struct Program {
    std::vector<sock_filter> rows;
    bool allows32Bit = false;
};

/// A built-in profile: "default", "docker", or "default+X+Y" with features of resources/seccomp/default.json
/// (`nested`, `debug`, `32bit`, in this order). `capabilities` (the bounding set) decides for docker alone,
/// whose program for another set than docker's own is compiled and cached like a foreign profile.
/// Errors: InvalidArgument for an unknown word, Unsupported where a feature means nothing.
Result<Program> builtInProfile(std::string_view word, const std::set<std::string>& capabilities,
                               const std::string& cacheDirectory);

/// The default profile for the native architecture, compiled when Coracle was built.
std::span<const sock_filter> defaultFilter();

/// Program of another profile, from the cache when it is there. `cacheDirectory` empty: do not keep it.
/// The cache is a folder of the user's with mode 0700. An entry begins with the whole key (version,
/// context, text), so neither a collision of hashes nor a damaged file can put another profile's program
/// in the place of the wanted one.
/// Errors: as parseProfile() and compile(). A cache that cannot be read or written is ignored.
Result<Program> loadProfile(std::string_view profileJson, const ProfileContext& context,
                            const std::string& cacheDirectory);

}  // namespace coracle::seccomp
