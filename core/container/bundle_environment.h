// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container_edit.h"
#include "rootless/sys/result.h"

#include <string>
#include <vector>

namespace coracle::container {

/// "K=V" lines after the change: each in the place it had, new ones at the end. Pure.
std::vector<std::string> changeVariables(std::vector<std::string> env,
                                         const types::EnvironmentChange& change);

/// A config.json with these variables of its process. Pure. Errors: Corrupt.
Result<std::string> replaceVariables(const std::string& config, const std::vector<std::string>& env);

}  // namespace coracle::container
