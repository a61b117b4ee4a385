// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cerrno>
#include <string>

namespace coracle::sys {

/// Why inotify does not watch a folder, from its errno. What to raise is said for the limits alone: a folder
/// that is gone or closed wants something else.
Error watchError(const std::string& folder, int err = errno);

}  // namespace coracle::sys
