// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine_context.h"
#include "core/engine/inspection.h"

namespace coracle::engine {

/// Reads the bundle of a container. Thread-safe: holds nothing but a reference.
class LocalInspection final : public Inspection {
public:
    explicit LocalInspection(EngineContext& context) : m_context(context) {}

    Result<std::string> runtimeConfig(const std::string& id) override;
    Result<types::Confinement> confinement(const std::string& id) override;
    Result<types::AccessReport> explainAccess(const std::string& id, const std::string& path,
                                              const std::optional<std::string>& user) override;
    Result<> signalProcess(const std::string& id, const types::ProcessInfo& process,
                           const std::string& signal) override;

private:
    EngineContext& m_context;
};

}  // namespace coracle::engine
