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
    /// `run` leaves the ended container to be asked about and deleted.
    bool keep = false;
};

/// --hold FD is our engine's: see CreateOptions::holdFd.
/// Read the words of `create` or `run`; usage: for the message, without the program's name. Options of
/// runc that cannot mean anything here (--no-pivot, --no-new-keyring, --no-subreaper) are accepted and
/// have no effect. Errors: InvalidArgument.
Result<ParsedCreate> parseCreateOptions(std::span<const std::string> words, const char* usage);

}  // namespace coracle::runtime
