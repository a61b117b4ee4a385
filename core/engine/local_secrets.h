// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine_context.h"
#include "core/engine/secrets.h"
#include "core/store/secrets.h"

namespace coracle::engine {

/// Secrets of this computer. Thread-safe: holds nothing but a reference.
class LocalSecrets final : public Secrets {
public:
    explicit LocalSecrets(EngineContext& context) : m_context(context) {}

    Result<types::SecretSummary> create(const SecretOptions& options, std::string_view content) override;
    Result<std::vector<types::SecretSummary>> list() override;
    Result<types::SecretSummary> inspect(const std::string& nameOrId) override;
    Result<std::string> reveal(const std::string& nameOrId) override;
    Result<std::string> remove(const std::string& nameOrId) override;

private:
    EngineContext& m_context;
};

/// "NAME=content" of the secrets that a container has in its environment, from its own copies. Errors: by
/// errno.
Result<std::vector<std::pair<std::string, std::string>>> secretEnvironment(const KnownContainer& known);

}  // namespace coracle::engine
