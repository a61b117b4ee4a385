// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace coracle::cli {

/// All spellings of the verb that is called `name`: "coracle ps" -> "coracle container ls", "coracle ps", ...
/// Empty for what is no verb.
std::vector<std::string> spellingsOf(std::string_view name);

}  // namespace coracle::cli
