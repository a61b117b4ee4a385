// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <stop_token>
#include <string>

namespace coracle::store {

struct StoreContext;

/// What was removed and is not deleted yet. A removal is one rename, whatever the size of the tree; the
/// deletion takes its time and runs inside the user namespace, since only there can files of subordinate
/// ids be removed. All methods may be called from any thread.
class Trash {
public:
    explicit Trash(const StoreContext& context) : m_context(context) {}

    /// Rename something of the store into the trash; it is out of sight when this returns. A missing path is
    /// success. Errors: by errno.
    Result<> moveToTrash(const std::string& path) const;

    /// The same under the name of a container, so that its monitor finds it there; under a random one
    /// when that is taken.
    Result<> moveToTrash(const std::string& path, const std::string& containerId) const;

    /// Delete all that is in the trash, inside the user namespace. Blocks; two purges at once do no harm.
    /// Errors: the helper's, Cancelled.
    Result<> purge(std::stop_token stop = {}) const;

    /// The same by a process that goes on without us: in a session of its own, with nothing of the
    /// caller's open. At most five hundred entries, for the words of one command line; the next opening
    /// goes on. Errors: of starting it.
    Result<> purgeInBackground() const;

    /// Whether nothing waits to be deleted. Errors: by errno.
    Result<bool> empty() const;

private:
    const StoreContext& m_context;
};

}  // namespace coracle::store
