// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/runtime/verbs.h"

#include <string>
#include <vector>

namespace coracle::runtime {

/// What a document asked for and does not get: a line for each in the log, or on standard error when there is
/// none. Source: OCI runtime-spec 1.1, config.md, "MUST be logged as a warning".
void warn(const Log& log, const std::vector<std::string>& warnings);

}  // namespace coracle::runtime
