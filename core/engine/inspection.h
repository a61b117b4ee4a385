// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/access.h"
#include "core/types/confinement.h"
#include "core/types/process_info.h"
#include "rootless/sys/result.h"

#include <optional>
#include <string>

namespace coracle::engine {

/// What a container is made of, below the words of `inspect`, and the single process in it. Members that an
/// engine does not have answer Unsupported. Threads as for the interfaces in engine.h.
class Inspection {
public:
    virtual ~Inspection() = default;
    /// The text of config.json, which the runtime obeys at the next start. Errors: NotFound; Unavailable when
    /// the document went with a restart of the computer.
    virtual Result<std::string> runtimeConfig(const std::string& id);
    /// What holds it back, from the same documents, and what the kernel says while it runs. Errors: as
    /// runtimeConfig(), Corrupt.
    virtual Result<types::Confinement> confinement(const std::string& id);
    /// Whether a user of a container gets to a file of this computer that is mounted in it, folder by folder,
    /// and what would help. path: inside. user: "uid[:gid]" or names; none: the container's. It need not run.
    /// Errors: NotFound for a path that is in no mount, InvalidArgument for the user.
    virtual Result<types::AccessReport> explainAccess(const std::string& id, const std::string& path,
                                                      const std::optional<std::string>& user);
    /// Signal a process that Resources::processes() has told of: this very one, and never another that got
    /// its number meanwhile. Errors: Conflict when the container does not run, NotFound when the process has
    /// ended or is not in it, InvalidArgument for a signal that is none.
    virtual Result<> signalProcess(const std::string& id, const types::ProcessInfo& process,
                                   const std::string& signal);
};

}  // namespace coracle::engine
