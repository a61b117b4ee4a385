// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/layout.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/result.h"

#include <optional>
#include <string>

namespace coracle::store {

/// A name in staging/ that belongs to us as long as we live: `<id>` is the owner's to create, `<id>.lock`
/// is locked. A stale entry is one whose lock nobody holds: the kernel drops the locks of the dead, so no
/// time has to be guessed after which something counts as left behind. The destructor moves what is left
/// at path() to the trash (or deletes it when it is a plain file) and drops the lock.
class StagingEntry {
public:
    /// Take a new name. `operation` names us to others. Errors: Io, PermissionDenied, Unavailable when
    /// sweepers were faster sixteen times.
    static Result<StagingEntry> create(const Layout& layout, const std::string& operation);

    StagingEntry(StagingEntry&& other) noexcept;
    StagingEntry& operator=(StagingEntry&& other) noexcept;
    ~StagingEntry();

    /// Absolute; nothing is there at first.
    const std::string& path() const noexcept { return m_path; }

    /// Drop what is there now instead of at destruction.
    void abandon() noexcept;

private:
    StagingEntry(const Layout& layout, std::string path, sys::FileLock lock)
        : m_layout(&layout), m_path(std::move(path)), m_lock(std::move(lock)) {}

    const Layout* m_layout;
    std::string m_path;
    std::optional<sys::FileLock> m_lock;
};

/// Move entries without a living owner to the trash. How many there were. Errors: by errno.
Result<std::size_t> sweepStaging(const Layout& layout);

}  // namespace coracle::store
