// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

namespace coracle::mounts {

/// Fill an empty folder with a copy of another: owners, modes, times, extended attributes of the user
/// namespace, links. This is how a new volume gets what the image has in its place, as docker does it.
/// Sockets and devices are left out. A folder that holds anything is left alone: it is in use, or was
/// filled before. Both descriptors may be O_PATH.
/// Security: the content is a stranger's, the caller root of the container. No link is followed and no
/// file of another kind is opened (O_NOFOLLOW, O_NONBLOCK); every name is one component below a
/// descriptor; the depth is bounded, for each level holds two descriptors and a stack frame.
/// Blocks on the disk for as long as the content is large. Errors: by errno; Corrupt for folders nested
/// deeper than 200. What was copied until then stays.
Result<> copyUpIfEmpty(int fromFd, int toFd);

}  // namespace coracle::mounts
