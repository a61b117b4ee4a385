// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_command.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace coracle::types {

/// One row of the table of options of `run` and `create`.
struct RunOption {
    RunOptionHelp help;
    /// `value` is "true" or "false" for a switch.
    Result<> (*apply)(ParsedRunCommand& parsed, const std::string& value, const RunCommandContext& context);

    bool isSwitch() const { return help.placeholder.empty(); }
};

/// In the order in which `--help` shows them.
std::span<const RunOption> runOptions();

/// An option of docker that Coracle knows of but does nothing with.
struct ForeignOption {
    std::string_view name;
    char shortName = 0;
    bool isSwitch = false;
    bool ignored = false;  ///< accepted with a warning; else an error that says "not supported yet"
};
/// Options of docker's and podman's `run` that are not in runOptions(). Lasts for the program.
std::span<const ForeignOption> foreignOptions();

/// Why an option does nothing, or is refused, in half a sentence; empty when there is nothing to say but that
/// it is not made yet.
std::string_view foreignReason(std::string_view name);
/// What to do instead of one that is refused; may be empty.
std::string_view foreignHint(std::string_view name);

/// A mask of permissions as people write it: "0027".
std::string octalText(std::int64_t mask);

/// "no", "always", "unless-stopped", "on-failure[:TIMES]". Errors: InvalidArgument.
Result<RestartSpec> parseRestart(const std::string& text);

/// The words of `--entrypoint`: one program, or a JSON list of strings; "" clears the image's entrypoint.
/// Never fails: what is no such list is the name of a program, spaces included.
std::vector<std::string> parseEntrypoint(const std::string& text);
/// The shortest text that parseEntrypoint() reads as these words.
std::string entrypointText(const std::vector<std::string>& words);

}  // namespace coracle::types
