// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <optional>
#include <string>

#include <sys/types.h>

/// Theory of operation. Until its execve(2) a container's process runs this very program, and an image may
/// make it execute /proc/self/exe once more. Through that link the container could open the program's file
/// and, if the file belongs to the user as after a build in the home folder, overwrite it: the next start
/// would run the attacker's code outside (CVE-2019-5736). A file of root's cannot be written by any id of a
/// container, so an installed program needs nothing. Otherwise the program first executes itself again from a
/// place that nobody can write: a detached read-only clone of its own mount, which costs half a millisecond,
/// or a sealed copy in memory where no namespace allows mounts.
namespace coracle::runtime {

/// The user that a protected program was started by, before it entered the kept user namespace.
struct Starter {
    uid_t uid = 0;
    gid_t gid = 0;
};

/// Stand in the kept user namespace, as a program that no container can overwrite. May not return but
/// start over; the second time it only answers who started it. Call it before anything is made that needs
/// undoing.
/// Errors: as userns::enterKeptNamespace(); Conflict when the program's file was replaced in between.
Result<Starter> enterKeptAndProtect(const std::string& keeperDir);

/// Protection without a kept user namespace: nobody may mount here, so the copy is one in memory, which
/// costs the reading of the whole program. May not return but start over. Errors: by errno.
Result<> protectByCopy();

/// Whether this program runs in the kept user namespace since it started itself over.
std::optional<Starter> restartedBy();

}  // namespace coracle::runtime
