// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/runtime/arguments.h"
#include "rootless/runtime/parent.h"

#include <span>
#include <string>
#include <vector>

namespace coracle::runtime {

/// Options of `create` and `run`.
struct ParsedCreate {
    CreateOptions create;
    bool detach = false;
    /// `run` leaves the ended container to be asked about and deleted.
    bool keep = false;
};

/// Which descriptors the program gets: as many from 3 on as --preserve-fds says, and those of each
/// --preserve-fd, which is our engine's. One that nobody handed to this program is left out: its number may
/// be that of a descriptor of our own by now.
Result<std::vector<int>> preservedDescriptors(const Arguments& arguments);

/// --hold FD is our engine's: see CreateOptions::holdFd.
/// Read the words of `create` or `run`; usage: for the message, without the program's name. Options of
/// runc that cannot mean anything here (--no-pivot, --no-new-keyring, --no-subreaper) are accepted and
/// have no effect. Errors: InvalidArgument.
Result<ParsedCreate> parseCreateOptions(std::span<const std::string> words, const char* usage);

}  // namespace coracle::runtime
