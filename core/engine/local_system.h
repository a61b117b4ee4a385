// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "core/engine/engine_context.h"

namespace coracle::engine {

/// What this computer is and can do. Thread-safe: holds nothing but a reference.
class LocalSystem final : public System {
public:
    explicit LocalSystem(EngineContext& context) : m_context(context) {}

    Result<types::HostInfo> info() override;
    Result<std::vector<types::HealthCheck>> doctor(std::stop_token stop) override;
    PortCheck checkPort(const net::PortMapping& mapping) override;
    Result<> watch(const std::function<void(const types::Event&)>& sink, std::stop_token stop) override;
    Result<> events(const types::EventRange& range, const std::function<void(const types::Event&)>& sink,
                    std::stop_token stop) override;

private:
    EngineContext& m_context;
};

}  // namespace coracle::engine
