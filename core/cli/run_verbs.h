// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/verb.h"
#include "core/types/run_command.h"

#include <optional>
#include <string>

namespace coracle::cli {

/// What `run` and `create` have in common: parse the words, print help, and make the container.
/// An exit code when the verb is over already, else the parsed command.
struct RunWords {
    std::optional<int> exitCode;
    types::ParsedRunCommand parsed;
};
/// Warnings of the parser and its help are printed. Mistakes give 125, docker's for `run` and `create`.
RunWords parseRunWords(Context& context, const std::string& name, const std::string& summary,
                       const Words& arguments);

/// Create, pulling the image when needed, with progress on standard error. Ctrl+C leaves nothing.
Result<engine::CreatedContainer> createContainer(Context& context, engine::Engine& engine,
                                                 const types::ParsedRunCommand& parsed);

}  // namespace coracle::cli
