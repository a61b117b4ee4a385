// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine_context.h"
#include "core/engine/sharing.h"

namespace coracle::engine {

/// Changes ports and mounts of this computer's containers. Thread-safe.
class LocalSharing final : public Sharing {
public:
    explicit LocalSharing(EngineContext& context) : m_context(context) {}

    Result<std::vector<std::string>> changeSharing(const std::string& id,
                                                   const types::SharingChange& change) override;
    Result<std::vector<std::string>> changeEnvironment(const std::string& id,
                                                       const types::EnvironmentChange& change) override;

private:
    EngineContext& m_context;
};

}  // namespace coracle::engine
