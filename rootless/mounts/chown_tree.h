// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <sys/types.h>

namespace coracle::mounts {

/// Give a file, or a folder with everything in it, to an owner; what is his already is left alone. `fd` may
/// be O_PATH. Set-user-ID bits and capabilities of files go, as chown(2) has it. Security: the content may be
/// a stranger's and change meanwhile. Every name is one component below a descriptor and no link is followed,
/// so nothing outside of the tree is ever given away; the depth is bounded, for each level holds a descriptor
/// and a stack frame. Errors: by errno, naming the file; Corrupt for folders nested deeper than 200. What was
/// given until then stays.
Result<> chownTree(int fd, uid_t uid, gid_t gid);

}  // namespace coracle::mounts
