// SPDX-License-Identifier: Apache-2.0
// What a new container has together with another one.
#include "core/engine/container_creator.h"
#include "core/engine/local_containers.h"
#include "core/types/namespace_text.h"

#include <algorithm>

namespace coracle::engine {
namespace {

constexpr std::size_t kShortIdLength = 12;

/// A container that keeps its shared memory to itself; podman's default is to share it.
bool sharesIpc(const types::RunSpec& spec) {
    return spec.ipc != "private" && spec.ipc != "none";
}

/// Slices are nobody else's. One that shares another's namespaces has the ids of that one, which its own
/// options do not say; the runtime compares them in the end.
bool haveSameIds(const container::SharedContainer& shared, const KnownContainer& other) {
    return shared.sliceSize == other.details.sliceSize && shared.sliceFirst == other.details.sliceFirst &&
           shared.spec.userns == other.spec.userns && shared.spec.uidMap == other.spec.uidMap &&
           shared.spec.gidMap == other.spec.gidMap;
}

}  // namespace

/// The names that were typed become ids, as with docker: a rename of the other container changes nothing, and
/// another one that gets its name is not meant. What the other one has from this computer, the new one has
/// from there, too. The first of the kinds decides whose ids and rights the new one has: processes are what
/// rights are mostly used on, then the network.
Result<> ContainerCreator::chooseShared() {
    struct Wish {
        std::string* mode;
        std::string types::RunSpec::*theirs;
        std::string container::SharedContainer::*from;
    };
    using container::SharedContainer;
    using types::RunSpec;
    const Wish wishes[] = {{&m_spec.pid, &RunSpec::pid, &SharedContainer::pid},
                           {&m_spec.network, &RunSpec::network, &SharedContainer::network},
                           {&m_spec.ipc, &RunSpec::ipc, &SharedContainer::ipc},
                           {&m_spec.uts, &RunSpec::uts, &SharedContainer::uts}};
    std::string firstName;
    for (const auto& [mode, theirs, from] : wishes) {
        const std::string name = types::sharedContainer(*mode);
        if (name.empty()) {
            continue;
        }
        TRY_ASSIGN(auto record, m_store.containers().load(name));
        const KnownContainer other = understand(m_context, std::move(record));
        if (theirs == &RunSpec::ipc && !sharesIpc(other.spec)) {
            return Error(ErrorKind::Conflict,
                         "container '" + other.record.name + "' does not share its IPC namespace")
                .withHint("make it with --ipc shareable");
        }
        if (other.spec.*theirs == "host") {
            *mode = other.spec.*theirs;
            continue;
        }
        if (m_shared.id.empty()) {
            firstName = other.record.name;
            m_shared.id = other.record.id;
            m_shared.spec = other.spec;
            m_shared.sliceFirst = other.details.sliceFirst;
            m_shared.sliceSize = other.details.sliceSize;
        }
        if (m_shared.id != other.record.id && !haveSameIds(m_shared, other)) {
            return Error(ErrorKind::Unsupported, "namespaces of the containers '" + firstName + "' and '" +
                                                     other.record.name +
                                                     "' cannot be shared at once: they have different ids")
                .withHint("make both with the same --userns");
        }
        *mode = "container:" + other.record.id;
        m_shared.*from = other.record.id;
        if (theirs == &RunSpec::network) {
            m_shared.paths = other.paths;
        }
        if (theirs == &RunSpec::uts || (theirs == &RunSpec::network && m_shared.hostname.empty())) {
            m_shared.hostname = other.details.hostname;
        }
    }
    return {};
}

/// What decides how files are translated: the ids are the other container's.
types::RunSpec ContainerCreator::idsOf() const {
    types::RunSpec spec = m_spec;
    if (!m_shared.id.empty()) {
        spec.userns = m_shared.spec.userns;
        spec.uidMap = m_shared.spec.uidMap;
        spec.gidMap = m_shared.spec.gidMap;
    }
    return spec;
}

/// The files of a network's names are those of the container that made it, which may itself have joined it.
Result<> ContainerCreator::followNames() {
    constexpr int kMaxSteps = 32;
    std::string id = m_shared.network;
    for (int step = 0; !id.empty() && step < kMaxSteps; ++step) {
        TRY_ASSIGN(auto record, m_store.containers().load(id));
        const KnownContainer other = understand(m_context, std::move(record));
        m_shared.paths = other.paths;
        id = types::sharedContainer(other.spec.network);
    }
    return {};
}

/// The runtime asks once more; here is known what the other one is called.
Result<> LocalContainers::checkShared(const KnownContainer& known) {
    const std::pair<const char*, const std::string*> modes[] = {{"process", &known.spec.pid},
                                                                {"IPC", &known.spec.ipc},
                                                                {"UTS", &known.spec.uts},
                                                                {"network", &known.spec.network}};
    for (const auto& [kind, mode] : modes) {
        const std::string id = types::sharedContainer(*mode);
        if (id.empty()) {
            continue;
        }
        TRY_ASSIGN(const auto* store, m_context.store());
        TRY_ASSIGN(auto record, store->containers().find(id));
        const std::string what = "start '" + known.record.name + "': container ";
        if (!record) {
            return Error(ErrorKind::Conflict, what + id.substr(0, kShortIdLength) + ", whose " + kind +
                                                  " namespace it shares, was removed")
                .withHint("make '" + known.record.name +
                          "' again with another container, or bring that one "
                          "back with 'coracle undo'");
        }
        const KnownContainer other = understand(m_context, *std::move(record));
        if (!other.facts.isAlive()) {
            return Error(ErrorKind::Conflict, what + "'" + other.record.name + "', whose " + kind +
                                                  " namespace it shares, is not running")
                .withHint("start it first: coracle start " + other.record.name);
        }
    }
    return {};
}

}  // namespace coracle::engine
