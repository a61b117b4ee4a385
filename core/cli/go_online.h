// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

namespace coracle::cli {

/// Go on as `coracle-online` with the same words, from the beginning: the same process, its descriptors but
/// those that are CLOEXEC, its folder and environment. Returns only on failure: NotFound when the
/// installation is incomplete; by errno of execve(2).
Error goOnline(char* const* argv);

}  // namespace coracle::cli
