// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

namespace coracle::mounts {

/// Fill an empty folder with a copy of another: owners, modes, times, extended attributes of the user
/// namespace, links. Sockets and devices are left out. A folder that holds anything is left alone. Both
/// descriptors may be O_PATH. The content is a stranger's: no link is followed and no file of another kind is
/// opened. Errors: by errno; Corrupt for folders nested deeper than 200.
Result<> copyUpIfEmpty(int fromFd, int toFd);

}  // namespace coracle::mounts
