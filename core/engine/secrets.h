// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/secret.h"
#include "rootless/sys/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::engine {

/// A secret to be made.
struct SecretOptions {
    std::string name;
    std::map<std::string, std::string> labels;
    bool replace = false;  ///< one that has the name gets the new content
};

/// Small texts that containers get in memory, by name, id or unique beginning of the id. An engine that has
/// none answers Unsupported. Threads as for the interfaces in engine.h.
class Secrets {
public:
    virtual ~Secrets() = default;
    /// Errors: AlreadyExists; InvalidArgument for its name or size.
    virtual Result<types::SecretSummary> create(const SecretOptions& options, std::string_view content);
    /// Sorted by name.
    virtual Result<std::vector<types::SecretSummary>> list();
    /// Errors: NotFound, InvalidArgument for the beginning of several.
    virtual Result<types::SecretSummary> inspect(const std::string& nameOrId);
    /// What it says. Errors: as inspect().
    virtual Result<std::string> reveal(const std::string& nameOrId);
    /// The id of what is gone; containers keep their copies. Errors: as inspect().
    virtual Result<std::string> remove(const std::string& nameOrId);
};

}  // namespace coracle::engine
