// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/verb_parser.h"
#include "rootless/sys/result.h"

#include <optional>

namespace coracle::cli {

/// What to tell about a command of docker's or podman's that is not there: why, and what does its work. None
/// for words that are neither's.
std::optional<Error> foreignVerb(const Words& words);

/// The same for an option before the command: "--context", "-H". None for what is neither's.
std::optional<Error> foreignGlobal(const std::string& name);

}  // namespace coracle::cli
