// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace coracle::text {

/// How Go's %v prints the value: "map[a:1 b:2]", "[x y]", "<nil>".
std::string printValue(const nlohmann::json& value);

/// Empty, zero, false and null are false; everything else is true.
bool isTrue(const nlohmann::json& value);

/// Call a function of the template language. `and` and `or` are not here: they do not evaluate all of
/// their arguments (go_template.cpp). Errors: InvalidArgument for an unknown name or unfit arguments.
Result<nlohmann::json> callFunction(const std::string& name, const std::vector<nlohmann::json>& arguments);

}  // namespace coracle::text
