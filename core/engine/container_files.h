// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine_context.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace coracle::engine {

/// A container's files as it sees them, with all that is mounted in it: those of its process when it runs,
/// else of a process that the runtime makes for them alone, which runs nothing and ends with this object,
/// also when we are killed. Nobody starts or removes a stopped container meanwhile: its operation lock is
/// held.
class ContainerFiles {
public:
    /// Errors: Conflict between two runs of a restart policy; Unavailable naming who holds the lock; those of
    /// the runtime.
    static Result<std::unique_ptr<ContainerFiles>> open(EngineContext& context, const KnownContainer& known);

    /// The files of its image alone, as a container made of it anew would see them, without mounts. Of those
    /// who change a container this one waits for nobody: the caller holds its operation lock, or has its open
    /// files. Errors: those of the runtime.
    static Result<std::unique_ptr<ContainerFiles>> openImage(const KnownContainer& known);

    ContainerFiles(const ContainerFiles&) = delete;
    ContainerFiles& operator=(const ContainerFiles&) = delete;
    ~ContainerFiles();

    /// Whether they are those of the container's own process.
    bool isRunning() const noexcept { return m_bundle.empty(); }
    /// Pidfd of a process that sees them; borrowed.
    int processFd() const noexcept { return m_process.get(); }
    /// Id of the container.
    const std::string& id() const noexcept { return m_id; }

private:
    explicit ContainerFiles(const KnownContainer& known)
        : m_id(known.record.id), m_runtimeRoot(known.paths.runtimeRoot()) {}
    /// What the runtime calls the process ends with `word`.
    Result<> hold(const KnownContainer& known, std::string_view word);

    std::string m_id;
    std::string m_runtimeRoot;
    sys::UniqueFd m_process;
    // Of a container that does not run.
    std::optional<sys::FileLock> m_lock;
    std::string m_bundle;    ///< a folder of our own; empty: it runs
    std::string m_heldId;    ///< what the runtime calls it
    sys::UniqueFd m_holder;  ///< closed: its process ends
};

}  // namespace coracle::engine
