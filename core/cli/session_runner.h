// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/console.h"
#include "core/engine/engine.h"
#include "rootless/sys/result.h"

#include <string>

namespace coracle::cli {

/// How a session is wired to our own standard streams.
struct SessionOptions {
    bool tty = false;            ///< the container has a terminal: ours goes into raw mode
    bool standardInput = false;  ///< pass our input on
    /// Show its output; one that is not shown is taken all the same. With neither the session ends, and the
    /// program goes on, when the input has ended, or at once without input.
    bool standardOutput = true;
    bool standardError = true;
    bool signalProxy = true;  ///< pass our signals on
    std::string detachKeys;   ///< with tty and input only
};

struct SessionEnd {
    bool detached = false;
    int exitCode = 0;
};

/// Errors: InvalidArgument when a terminal is wanted for input that has none; docker's words.
Result<> checkTerminal(const Console& console, bool tty, bool standardInput);

/// Copy input, output, signals and terminal sizes until the process ends or the person detaches. One thread;
/// input is only read while the container takes it, so neither side can block the other for ever. The
/// terminal is as before when it returns. Errors: those of the session; Io when standard output is closed.
Result<SessionEnd> runSession(engine::Session& session, const SessionOptions& options);

}  // namespace coracle::cli
