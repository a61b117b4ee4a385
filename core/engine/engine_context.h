// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/container_paths.h"
#include "core/container/record_details.h"
#include "core/container/status.h"
#include "core/container/unstarted.h"
#include "core/container/user_database.h"
#include "core/engine/local_engine.h"
#include "core/store/store.h"
#include "core/types/container.h"
#include "core/types/run_spec.h"
#include "rootless/oci/health_record.h"
#include "rootless/sys/result.h"

#include <mutex>
#include <optional>
#include <string>

namespace coracle::engine {

/// What the parts of the local engine share: the places and the open store. Thread-safe.
enum class RemovedAtEnd : bool { No, Yes };

class EngineContext {
public:
    EngineContext(store::StorePaths paths, Lifetime lifetime, MakeHttp makeHttp);
    /// Starts what tidyTrashLater() asked for.
    ~EngineContext();
    EngineContext(const EngineContext&) = delete;
    EngineContext& operator=(const EngineContext&) = delete;

    /// Opened by the first caller; a failure is not remembered, so that a repaired store works at once.
    Result<const store::Store*> store();

    const store::StorePaths& places() const noexcept { return m_places; }
    Lifetime lifetime() const noexcept { return m_lifetime; }
    /// For one operation, so that a program that lives long sees changed settings. Errors: Unavailable.
    Result<std::unique_ptr<registry::Http>> http() const;

    /// removed: whether it is removed at its end. Its documents are worth nothing after a reboot then and
    /// live in the run folder, where making and deleting a file costs the disk nothing.
    container::ContainerPaths paths(const std::string& id, RemovedAtEnd removed) const;

    /// Something was moved to the trash: let `coracle trash tidy` look after it, in a process that goes on
    /// without us. For one command at its end, for a program that lives long at once.
    void tidyTrashLater();
    /// Held by whoever tidies.
    std::string tidyLock() const { return m_places.runRoot + "/locks/tidy"; }

private:
    void startTidying() const;

    const store::StorePaths m_places;
    const Lifetime m_lifetime;
    const MakeHttp m_makeHttp;
    std::mutex m_mutex;
    std::optional<store::Store> m_store;
    bool m_tidies = false;  ///< guarded by m_mutex
};

/// A container's row, understood, with what is true of it now.
struct KnownContainer {
    store::ContainerRecord record;
    types::RunSpec spec;
    container::RecordDetails details;
    container::ContainerPaths paths;
    /// Of the moment when the container was loaded: whoever acts on them takes the operation lock and
    /// reads them again.
    container::ContainerFacts facts;
    std::optional<oci::monitor::HealthRecord> health;  ///< of the last run; none: there is no check
    bool damaged = false;  ///< the row's texts cannot be read; it can still be removed
};

/// A container that is removed at its end, and whose end a restart of the computer was: nothing of it is left
/// but the row and what it wrote.
bool isLost(const KnownContainer& known);

/// A row with its facts. Never fails: a damaged row is a container of status Unknown, which can still be
/// listed and removed. unstarted: of all, when it is one of many.
KnownContainer understand(const EngineContext& context, store::ContainerRecord record,
                          const container::UnstartedContainers* unstarted = nullptr);

/// Put a monitor in the place of one that was killed, and look again. A failure changes nothing: what can be
/// done without a monitor still works.
void takeOver(KnownContainer& known);

/// With takeOver. Errors: NotFound; InvalidArgument for an ambiguous prefix.
Result<KnownContainer> loadContainer(EngineContext& context, const std::string& nameOrId);

/// The users that a container knows, running or not. Errors: Corrupt, PermissionDenied, NotFound when it has
/// just ended.
Result<container::UserDatabase> readUsers(EngineContext& context, const KnownContainer& known);

/// Ports that it says it listens on: "53/udp".
std::vector<std::string> exposedBy(const KnownContainer& known);

/// The mappings that it asked for, those of --publish-all included.
std::vector<net::PortMapping> requestedPorts(const KnownContainer& known);

/// The part of it that lists show. Ports are those that were really published, while it runs.
types::ContainerSummary summarise(KnownContainer known);

}  // namespace coracle::engine
