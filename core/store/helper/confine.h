// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/helper/entry_policy.h"
#include "rootless/sys/result.h"

#include <string>
#include <vector>

/// Walls around a process that parses what a stranger wrote. Threat: a bug in the decompressor or the parser
/// gives an image control of this process, which acts with all ids of the user's namespace. What it can do
/// then: write below the folders it was given, and nothing else. It sees no other file (its root is the
/// folder, or Landlock says so), cannot execute, trace or signal anybody, opens no socket, makes no
/// namespace, mounts nothing, and holds only the capabilities that unpacking needs. Two independent walls
/// stand for files: chroot(2) and Landlock; where a kernel has no Landlock, the first stands alone.
namespace coracle::store::helper {

/// In which user namespace to work.
enum class Namespace : std::uint8_t {
    Kept,     ///< join the user's long-lived one
    Single,   ///< make one that maps the caller alone
    Current,  ///< stay; for a caller that has already entered one
};

/// "kept", "single", "current". Errors: InvalidArgument.
Result<Namespace> parseNamespace(const std::string& word);

/// Enter the namespace and become its root; the process has one thread. keeperDir: for Kept. There is no
/// way back. Errors: as userns::enterKeptNamespace(), Unsupported with a hint.
Result<> enterNamespace(Namespace which, const std::string& keeperDir);

/// Id maps of the namespace we are in.
struct OwnIds {
    IdRanges uids;
    IdRanges gids;
};
/// Read them from /proc, so before confine(). Errors: by errno.
Result<OwnIds> readOwnIds();

/// What is left of a folder behind the walls.
enum class Access : std::uint8_t { Read, Write };

/// A folder that stays reachable; the descriptor is borrowed.
struct Reachable {
    int fd;
    Access access;
};

/// Put up the walls; irreversible. `rootFd`: the folder that becomes our root, -1 to keep the root.
/// Everything the process needs to open, load or map by name has to be open, loaded and mapped before.
/// A kernel without Landlock (before 5.19 in the form we use) is no error: with a new root the other wall
/// stands, without one the system call filter and the ids remain.
/// Errors: by errno; Internal when the filter cannot be built.
Result<> confine(int rootFd, const std::vector<Reachable>& folders);

}  // namespace coracle::store::helper
