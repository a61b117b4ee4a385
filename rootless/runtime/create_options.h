// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/runtime/parent.h"

#include <span>
#include <string>

namespace coracle::runtime {

/// Options of `create` and `run`.
struct ParsedCreate {
    CreateOptions create;
    bool detach = false;
    bool keep = false;
};

/// Errors: InvalidArgument.
Result<ParsedCreate> parseCreateOptions(std::span<const std::string> words, const char* usage);

}  // namespace coracle::runtime
