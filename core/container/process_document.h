// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/env_file.h"
#include "core/container/user_database.h"
#include "rootless/sys/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::container {

/// One more process in a container, with its user already resolved.
struct ExecRequest {
    std::vector<std::string> command;
    bool tty = false;
    bool privileged = false;  ///< all capabilities inside, whatever the container has
    EnvList env;
    std::optional<std::string> workingDirectory;
    ResolvedUser user;
    std::vector<std::string> defaultEnv;  ///< of the container, before HOME was added
};

/// The `process` object for `coracle-runtime exec`, derived from the container's config.json: it may do what
/// the first process may and, unless `privileged`, never more. Pure. Errors: InvalidArgument for an empty
/// command, Corrupt.
Result<std::string> buildExecProcess(std::string_view configText, const ExecRequest& request);

}  // namespace coracle::container
