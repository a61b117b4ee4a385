// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/verb_parser.h"
#include "rootless/sys/result.h"

#include <string>

namespace coracle::cli {

/// The error of a program that could not be run, with what is likely meant when its name is an option or has
/// blanks in it. command: the words that were typed; before: what they came after, "the container" or "the
/// image".
Error withProgramHint(Error error, const Words& command, const std::string& before);

/// The same for the value of --entrypoint.
Error withEntrypointHint(Error error, const Words& entrypoint);

}  // namespace coracle::cli
