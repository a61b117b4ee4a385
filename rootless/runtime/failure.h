// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace coracle::runtime {

/// Exit codes that tell a command that cannot run from a runtime that failed; docker's.
inline constexpr int kExitFailed = 1;
inline constexpr int kExitNotExecutable = 126;
inline constexpr int kExitNotFound = 127;

/// An error and the exit code it asks for.
struct Failure {
    Error error;
    int exitCode = kExitFailed;
};

/// One packet from the container's process to its parent or starter.
std::string encodeFailure(const Failure& failure);

/// none: the packet says something else ("ready").
std::optional<Failure> decodeFailure(std::string_view packet);

/// 127 for a command that is not there, 126 for one that cannot be run.
Failure commandFailure(Error error);

}  // namespace coracle::runtime
