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

/// One packet from the container's process to its parent or starter: a mark, the kind, the exit code, the
/// message, a newline, the hint. Message and hint are cut so that the packet fits the 4096 bytes its
/// readers have.
std::string encodeFailure(const Failure& failure);

/// none: the packet says something else ("ready"). The sender is a process of ours, but one that may run
/// beside the container's: an unknown kind becomes Internal, and nothing of the text is interpreted.
std::optional<Failure> decodeFailure(std::string_view packet);

/// Exit code for a command that could not become the process: 127 for one that is not there, 126 for one
/// that cannot be run, as a shell reports them.
Failure commandFailure(Error error);

}  // namespace coracle::runtime
