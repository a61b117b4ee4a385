// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coracle::container {

/// Names and values in order; a name may come twice, and the later one counts.
using EnvList = std::vector<std::pair<std::string, std::string>>;

/// Docker's `--env-file`: `NAME=value` a line, `#` comments, `NAME` alone takes the value from `environment`
/// and is left out when it has none. Values are taken literally, quotes included.
/// Errors: InvalidArgument naming the line.
Result<EnvList> parseEnvFile(
    std::string_view text, const std::function<std::optional<std::string>(const std::string&)>& environment);

}  // namespace coracle::container
