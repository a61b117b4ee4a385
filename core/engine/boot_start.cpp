// SPDX-License-Identifier: Apache-2.0
#include "core/engine/boot_start.h"

#include "core/engine/local_upkeep.h"
#include "core/types/namespace_text.h"

#include <algorithm>

namespace coracle::engine {

bool startsAtBoot(const BootCandidate& container) {
    if (container.desiredState == "created" || container.restart.policy == "no") {
        return false;
    }
    if (container.restart.policy == "always") {
        return true;
    }
    const bool endedWell = container.restart.policy == "on-failure" && container.exitCode == 0;
    return container.desiredState == "running" && !endedWell;
}

std::vector<std::string> bootOrder(const std::vector<BootCandidate>& containers) {
    std::vector<BootCandidate> left;
    std::copy_if(containers.begin(), containers.end(), std::back_inserter(left), startsAtBoot);
    std::vector<std::string> order;
    while (!left.empty()) {
        const auto waits = [&](const BootCandidate& one) {
            return std::any_of(one.dependsOn.begin(), one.dependsOn.end(), [&](const std::string& id) {
                return std::any_of(left.begin(), left.end(),
                                   [&](const auto& other) { return other.id == id && other.id != one.id; });
            });
        };
        auto next = std::find_if_not(left.begin(), left.end(), waits);
        next = next == left.end() ? left.begin() : next;
        order.push_back(next->id);
        left.erase(next);
    }
    return order;
}

Result<> Upkeep::startContainers(
    const std::function<void(const std::string& name, const Result<>&)>& /*told*/) {
    return Error(ErrorKind::Unsupported, "this engine starts no containers by itself");
}

Result<> LocalUpkeep::startContainers(
    const std::function<void(const std::string& name, const Result<>&)>& told) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(auto records, store->containers().list());
    std::vector<BootCandidate> candidates;
    std::map<std::string, std::string> names;
    for (auto record = records.rbegin(); record != records.rend(); ++record) {  // the oldest first
        const KnownContainer known = understand(m_context, std::move(*record));
        if (known.damaged || known.facts.isAlive() || known.facts.monitored) {
            continue;
        }
        BootCandidate candidate{
            known.record.id, known.spec.restart, known.record.desiredState, known.facts.exitCode, {}};
        for (const auto* mode : {&known.spec.pid, &known.spec.ipc, &known.spec.uts, &known.spec.network}) {
            if (const std::string id = types::sharedContainer(*mode); !id.empty()) {
                candidate.dependsOn.push_back(id);
            }
        }
        for (const auto& link : known.details.links) {
            candidate.dependsOn.push_back(link.id);
        }
        names[candidate.id] = known.record.name;
        candidates.push_back(std::move(candidate));
    }
    for (const std::string& id : bootOrder(candidates)) {
        const auto started = m_engine.containers().start(id, std::nullopt);
        told(names[id], started ? Result<>() : Result<>(started.error()));
    }
    return {};
}

}  // namespace coracle::engine
