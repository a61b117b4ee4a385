// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <string>

namespace coracle::sys {

/// A pipe with a name. Who has `bothEnds` is reader and writer at once, so that it never gets SIGPIPE, and
/// what is in the pipe outlives whoever reads it. Source: fifo(7).
struct NamedPipe {
    UniqueFd readEnd;   ///< does not block
    UniqueFd bothEnds;  ///< blocks
};

/// Make a named pipe that everybody may open who reaches it; what was there before is replaced.
/// Everybody, because the container's user may be another id and opens /dev/stdout again by its name; the
/// folder of mode 0700 around it is what keeps other users of the host away. Errors: by errno.
Result<NamedPipe> makeNamedPipe(const std::string& path);

/// Open the non-blocking reading end of an existing named pipe; does not wait for a writer. Errors:
/// Conflict when it is something else, by errno when it is missing.
Result<UniqueFd> openNamedPipe(const std::string& path);

}  // namespace coracle::sys
