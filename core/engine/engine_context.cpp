// SPDX-License-Identifier: Apache-2.0
#include "core/engine/engine_context.h"

#include "core/container/lifecycle.h"
#include "core/container/run_spec_json.h"
#include "core/container/user_files.h"
#include "core/types/exposed_ports.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/subprocess.h"

#include <algorithm>

#include <fcntl.h>

namespace coracle::engine {

EngineContext::EngineContext(store::StorePaths paths, Lifetime lifetime, MakeHttp makeHttp)
    : m_places(std::move(paths)), m_lifetime(lifetime), m_makeHttp(makeHttp) {}

/// Opened at the first use, so that `--help` makes no folders. The store may be used by all threads; the
/// pointer lasts as long as the context.
Result<const store::Store*> EngineContext::store() {
    const std::lock_guard guard(m_mutex);
    if (!m_store) {
        TRY_ASSIGN(auto opened, store::Store::open(m_places));
        m_store.emplace(std::move(opened));
    }
    return &*m_store;
}

Result<std::unique_ptr<registry::Http>> EngineContext::http() const {
    if (m_makeHttp == nullptr) {
        return Error(ErrorKind::Unavailable, "this program does not talk to registries")
            .withHint("'coracle pull' fetches the image");
    }
    return m_makeHttp();
}

EngineContext::~EngineContext() {
    if (m_tidies) {
        startTidying();
    }
}

void EngineContext::tidyTrashLater() {
    const std::lock_guard guard(m_mutex);
    if (m_lifetime == Lifetime::LongLived) {
        startTidying();
    } else {
        m_tidies = true;
    }
}

/// Whoever tidies just now sees what we removed, or the next one does. A failure leaves the trash as it is.
void EngineContext::startTidying() const {
    if (sys::FileLock::mayBeHeld(tidyLock())) {
        return;
    }
    const auto program = sys::findHelper("coracle");
    const auto null = sys::openAt(AT_FDCWD, "/dev/null", O_RDWR);
    if (!program || !null) {
        return;
    }
    sys::SpawnOptions options;
    options.argv = {*program, "--root", m_places.root, "--runroot", m_places.runRoot, "trash", "tidy"};
    options.fds = {{null->get(), 0}, {null->get(), 1}, {null->get(), 2}};
    options.newSession = true;
    options.workingDirectory = "/";
    if (auto child = sys::Subprocess::spawn(options)) {
        child->detach();
    }
}

/// What outlives a boot is below the root, what does not below the run root.
container::ContainerPaths EngineContext::paths(const std::string& id, RemovedAtEnd removed) const {
    container::ContainerPaths paths;
    paths.data = m_places.root + "/containers/" + id;
    paths.runDir = m_places.runRoot + "/containers/" + id;
    paths.bundle = removed == RemovedAtEnd::Yes ? paths.runDir + "/bundle" : paths.data;
    paths.runRoot = m_places.runRoot;
    paths.eventsPath = m_places.runRoot + "/events";
    return paths;
}

/// Never fails: a record that cannot be read is a container too, which can be listed and removed.
KnownContainer understand(const EngineContext& context, store::ContainerRecord record,
                          const container::UnstartedContainers* unstarted) {
    KnownContainer known;
    known.paths = context.paths(record.id, RemovedAtEnd{record.removeWhenStopped});
    if (unstarted == nullptr || record.removeWhenStopped || !unstarted->has(record.id)) {
        known.facts = container::readFacts(known.paths);
    }
    auto spec = container::parseRunSpec(record.specJson);
    auto details = container::parseRecordDetails(record.detailsJson);
    known.damaged = !spec || !details;
    if (known.damaged) {
        known.facts.status = types::ContainerStatus::Unknown;
    }
    if (spec) {
        known.spec = *std::move(spec);
    }
    if (details) {
        known.details = *std::move(details);
    }
    if (known.details.health.isActive() && known.facts.everStarted) {
        const auto health = oci::monitor::readHealth(known.paths.runDir);
        known.health = health ? *health : oci::monitor::HealthRecord();
    }
    known.record = std::move(record);
    return known;
}

bool isLost(const KnownContainer& known) {
    return known.record.removeWhenStopped && !known.facts.isAlive() && !known.facts.monitored &&
           !sys::pathExists(known.paths.bundle);
}

/// Whoever looks at a container repairs it: there is no daemon that would. Two commands at once are kept
/// apart by the monitor's lock.
void takeOver(KnownContainer& known) {
    if (!known.facts.needsMonitor || known.damaged) {
        return;
    }
    const auto program = sys::findHelper("coracle-monitor");
    if (program && container::adopt(known.paths, *program)) {
        known.facts = container::readFacts(known.paths);
    }
}

Result<KnownContainer> loadContainer(EngineContext& context, const std::string& nameOrId) {
    TRY_ASSIGN(const auto* store, context.store());
    TRY_ASSIGN(auto record, store->containers().load(nameOrId));
    KnownContainer known = understand(context, std::move(record));
    takeOver(known);
    return known;
}

/// What fuse-overlayfs serves can be seen inside its user namespace only; then the same files are looked up
/// in the layers, the container's own on top.
Result<container::UserDatabase> readUsers(EngineContext& context, const KnownContainer& known) {
    if (known.facts.isAlive()) {
        auto database = container::readUserDatabaseOfProcess(known.facts.process.pid);
        if (database || database.error().kind() != ErrorKind::PermissionDenied) {
            return database;
        }
    }
    TRY_ASSIGN(const auto* store, context.store());
    std::vector<std::string> folders;
    if (known.record.chainId) {
        TRY_ASSIGN(folders, store->layers().stackPaths(*known.record.chainId));
    }
    folders.insert(folders.begin(), known.paths.upper());
    return container::readUserDatabase(folders);
}

/// Records of older versions know tcp alone.
std::vector<std::string> exposedBy(const KnownContainer& known) {
    if (!known.details.exposed.empty()) {
        return known.details.exposed;
    }
    std::vector<std::string> ports;
    for (const auto port : known.details.exposedPorts) {
        ports.push_back(std::to_string(port) + "/tcp");
    }
    return ports;
}

std::vector<net::PortMapping> requestedPorts(const KnownContainer& known) {
    if (known.spec.network == "host" || known.spec.network == "none") {
        return {};
    }
    return types::portsToPublish(known.spec, exposedBy(known));
}

/// Volumes of the image, which the person did not ask for, are listed from the record; anonymous ones get
/// their real name.
types::ContainerSummary summarise(KnownContainer known) {
    types::ContainerSummary summary;
    auto requested = requestedPorts(known);
    summary.ports =
        known.facts.isAlive() ? container::publishedPorts(known.paths, requested) : std::move(requested);
    summary.id = std::move(known.record.id);
    summary.name = std::move(known.record.name);
    summary.image = std::move(known.record.image);
    summary.imageId = std::move(known.record.imageId);
    summary.command = std::move(known.details.command);
    summary.createdAt = known.record.createdAt;
    summary.status = known.facts.status;
    summary.startedAt = known.facts.startedAt;
    summary.finishedAt = known.facts.finishedAt;
    summary.exitCode = known.facts.exitCode;
    summary.oomKilled = known.facts.oomKilled;
    summary.upFor = known.facts.upFor;
    summary.restartCount = known.facts.restarts;
    summary.error = std::move(known.facts.error);
    summary.health = known.health ? known.health->status : "";
    summary.pid = known.facts.process.pid;
    summary.mounts = std::move(known.spec.mounts);
    for (const auto& volume : known.details.volumes) {
        const bool listed = std::any_of(summary.mounts.begin(), summary.mounts.end(), [&](auto& mount) {
            const bool same = mount.target == volume.target;
            if (same && mount.kind == types::MountSpec::Kind::Volume) {
                mount.source = volume.name;
            }
            return same;
        });
        if (!listed) {
            summary.mounts.push_back({types::MountSpec::Kind::Volume, volume.name, volume.target, false, {}});
        }
    }
    summary.exposedPorts = std::move(known.details.exposedPorts);
    summary.network = std::move(known.spec.network);
    summary.labels = std::move(known.details.labels);
    return summary;
}

}  // namespace coracle::engine
