// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/copy.h"
#include "rootless/sys/result.h"

#include <string>

namespace coracle::cli {

/// "CONTAINER:PATH", "PATH" or "-" as docker reads it: what begins with '/' or '.' is a path of this
/// computer, also with a colon in it. A container's path begins at its root; one of this computer at
/// `folder`. Pure. Errors: InvalidArgument for no path.
Result<types::CopyPlace> parseCopyArgument(const std::string& argument, const std::string& folder);

}  // namespace coracle::cli
