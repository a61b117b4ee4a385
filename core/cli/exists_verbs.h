// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/verb.h"

#include <string>

namespace coracle::cli {

/// podman's questions whether something is there: exit code 0 or 1, and 125 when that cannot be found out.
int cmdContainerExists(Context& context, const std::string& name, const Words& arguments);
int cmdImageExists(Context& context, const std::string& name, const Words& arguments);
int cmdVolumeExists(Context& context, const std::string& name, const Words& arguments);

}  // namespace coracle::cli
