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

}  // namespace

/// The names that were typed become ids, as with docker: a rename of the other container changes nothing, and
/// another one that gets its name is not meant. What the other one has from this computer, the new one has
/// from there, too.
Result<> ContainerCreator::chooseShared() {
    struct Wish {
        std::string* mode;
        bool container::SharedContainer::*member;
    };
    const Wish wishes[] = {{&m_spec.pid, &container::SharedContainer::pid},
                           {&m_spec.ipc, &container::SharedContainer::ipc},
                           {&m_spec.uts, &container::SharedContainer::uts},
                           {&m_spec.network, &container::SharedContainer::network}};
    std::string firstName;
    for (const auto& [mode, member] : wishes) {
        const std::string name = types::sharedContainer(*mode);
        if (name.empty()) {
            continue;
        }
        TRY_ASSIGN(auto record, m_store.containers().load(name));
        const KnownContainer other = understand(m_context, std::move(record));
        if (!m_shared.id.empty() && m_shared.id != other.record.id) {
            return Error(ErrorKind::Unsupported, "the namespaces of two containers, '" + firstName +
                                                     "' and '" + other.record.name +
                                                     "', cannot be shared at once")
                .withHint("without root each container has ids of its own, and there can be only one kind");
        }
        if (mode == &m_spec.ipc && !sharesIpc(other.spec)) {
            return Error(ErrorKind::Conflict,
                         "container '" + other.record.name + "' does not share its IPC namespace")
                .withHint("make it with --ipc shareable");
        }
        const std::string& theirs = mode == &m_spec.ipc       ? other.spec.ipc
                                    : mode == &m_spec.uts     ? other.spec.uts
                                    : mode == &m_spec.network ? other.spec.network
                                                              : other.spec.pid;
        if (theirs == "host") {
            *mode = theirs;
            continue;
        }
        firstName = other.record.name;
        *mode = "container:" + other.record.id;
        m_shared.id = other.record.id;
        m_shared.hostname = other.details.hostname;
        m_shared.paths = other.paths;
        m_shared.spec = other.spec;
        m_shared.sliceFirst = other.details.sliceFirst;
        m_shared.sliceSize = other.details.sliceSize;
        m_shared.*member = true;
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
    std::string id = types::sharedContainer(m_shared.spec.network);
    for (int step = 0; m_shared.network && !id.empty() && step < kMaxSteps; ++step) {
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
