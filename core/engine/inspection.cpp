// SPDX-License-Identifier: Apache-2.0
#include "core/engine/inspection.h"

#include "core/engine/engine.h"

namespace coracle::engine {
namespace {

Error unsupported() {
    return {ErrorKind::Unsupported, "this engine does not show what its containers are made of"};
}

}  // namespace

Result<std::string> Inspection::runtimeConfig(const std::string& /*id*/) {
    return unsupported();
}

Result<types::Confinement> Inspection::confinement(const std::string& /*id*/) {
    return unsupported();
}

Result<types::AccessReport> Inspection::explainAccess(const std::string& /*id*/, const std::string& /*path*/,
                                                      const std::optional<std::string>& /*user*/) {
    return unsupported();
}

Inspection& Engine::inspection() {
    static Inspection none;
    return none;
}

Result<> Inspection::signalProcess(const std::string& /*id*/, const types::ProcessInfo& /*process*/,
                                   const std::string& /*signal*/) {
    return unsupported();
}

}  // namespace coracle::engine
