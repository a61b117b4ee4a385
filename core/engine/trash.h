// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/removal.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace coracle::engine {

/// What was removed and can be brought back, and what must not be removed. Members that an engine does not
/// have answer Unsupported. Threads as for the interfaces in engine.h.
class Trash {
public:
    virtual ~Trash() = default;
    /// Newest first. Walks what nobody has measured yet.
    virtual Result<std::vector<types::Removal>> list(std::stop_token stop);
    /// Bring back the last command's removals, or those asked for; the newest first. One that cannot be
    /// brought back is among the answers with its reason, and the others are brought back all the same.
    /// Errors: NotFound when there is nothing of that kind; InvalidArgument for a name for several things.
    virtual Result<std::vector<types::Restored>> undo(const types::UndoOptions& options);
    /// Delete these for good; empty: all. Blocks until the room is free. Those that were brought back
    /// meanwhile are left alone, and are not in the answer.
    virtual Result<types::EmptiedTrash> empty(const std::vector<std::int64_t>& numbers, std::stop_token stop);
    /// What nobody should wait for: measure what is new, and delete for good what is older than the settings
    /// say or more than they allow. Of two at once the second does nothing.
    virtual Result<> tidy(std::stop_token stop);

    /// Keep a container, an image or a volume from being removed, or let it be again. What it is and what it
    /// is called, for the answer. Errors: NotFound; Conflict for a container that removes itself.
    virtual Result<types::ObjectKind> setProtected(const std::string& nameOrId, bool isProtected);
};

/// A word for RemoveContainerOptions::batch and its likes: removals of one command share one.
std::string newRemovalBatch();

}  // namespace coracle::engine
