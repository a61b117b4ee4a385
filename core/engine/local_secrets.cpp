// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_secrets.h"

#include "core/types/secret_text.h"
#include "rootless/sys/file.h"

namespace coracle::engine {
namespace {

Error none() {
    return {ErrorKind::Unsupported, "this engine has no secrets"};
}

}  // namespace

Result<types::SecretSummary> Secrets::create(const SecretOptions& /*options*/, std::string_view /*content*/) {
    return none();
}

Result<std::vector<types::SecretSummary>> Secrets::list() {
    return none();
}

Result<types::SecretSummary> Secrets::inspect(const std::string& /*nameOrId*/) {
    return none();
}

Result<std::string> Secrets::reveal(const std::string& /*nameOrId*/) {
    return none();
}

Result<std::string> Secrets::remove(const std::string& /*nameOrId*/) {
    return none();
}

Secrets& Engine::secrets() {
    static Secrets kNone;
    return kNone;
}

Result<types::SecretSummary> LocalSecrets::create(const SecretOptions& options, std::string_view content) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(
        auto secret,
        store::Secrets(store->layout()).create({options.name, options.labels, options.replace}, content));
    store->events().append("secret", "create", secret.id, {{"name", secret.name}});
    return secret;
}

Result<std::vector<types::SecretSummary>> LocalSecrets::list() {
    TRY_ASSIGN(const auto* store, m_context.store());
    return store::Secrets(store->layout()).list();
}

Result<types::SecretSummary> LocalSecrets::inspect(const std::string& nameOrId) {
    TRY_ASSIGN(const auto* store, m_context.store());
    return store::Secrets(store->layout()).load(nameOrId);
}

Result<std::string> LocalSecrets::reveal(const std::string& nameOrId) {
    TRY_ASSIGN(const auto* store, m_context.store());
    return store::Secrets(store->layout()).read(nameOrId);
}

Result<std::string> LocalSecrets::remove(const std::string& nameOrId) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(auto id, store::Secrets(store->layout()).remove(nameOrId));
    store->events().append("secret", "remove", id, {});
    return id;
}

Result<std::vector<std::pair<std::string, std::string>>> secretEnvironment(const KnownContainer& known) {
    std::vector<std::pair<std::string, std::string>> variables;
    for (std::size_t i = 0; i < known.spec.secrets.size(); ++i) {
        TRY_ASSIGN(const auto use, types::parseSecretUse(known.spec.secrets[i]));
        if (use.asEnvironment) {
            TRY_ASSIGN(auto content, sys::readFile(known.paths.secret(i), store::kMaxSecretBytes));
            variables.emplace_back(use.target, std::move(content));
        }
    }
    return variables;
}

}  // namespace coracle::engine
