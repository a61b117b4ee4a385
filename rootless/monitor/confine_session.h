// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <string>

namespace coracle::monitor {

/// Give up what the monitor of an exec session needs no more once its process runs: from then on it carries
/// bytes, signals and sizes, and starts nothing. No privileges, no program, no new process, no socket, no
/// file but in `runDir`; whatever is refused is an error and not the end of the session. Not for the monitor
/// of a container: it starts programs to the end, and some of them need newuidmap (rootless/README.md).
/// Errors: Unsupported on a kernel without seccomp filters.
Result<> confineSession(const std::string& runDir);

}  // namespace coracle::monitor
