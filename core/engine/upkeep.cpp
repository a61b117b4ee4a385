// SPDX-License-Identifier: Apache-2.0
#include "core/engine/upkeep.h"

#include "core/engine/engine.h"

namespace coracle::engine {
namespace {

Error unsupported() {
    return {ErrorKind::Unsupported, "this engine does not look after its store"};
}

}  // namespace

Result<types::PrunePlan> Upkeep::planPrune(const types::PruneOptions& /*options*/, std::stop_token /*stop*/) {
    return unsupported();
}

Result<types::Pruned> Upkeep::prune(const types::PrunePlan& /*plan*/, std::stop_token /*stop*/) {
    return unsupported();
}

Result<types::DiskUsage> Upkeep::diskUsage(std::stop_token /*stop*/) {
    return unsupported();
}

Result<> Upkeep::check(const types::CheckOptions& /*options*/,
                       const std::function<void(const types::CheckFinding&)>& /*told*/,
                       std::stop_token /*stop*/) {
    return unsupported();
}

Upkeep& Engine::upkeep() {
    static Upkeep none;
    return none;
}

Result<types::StoreSettings> Upkeep::settings() {
    return unsupported();
}

Result<> Upkeep::setSettings(const types::StoreSettings& /*settings*/) {
    return unsupported();
}

}  // namespace coracle::engine
