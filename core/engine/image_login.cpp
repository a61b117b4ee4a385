// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_images.h"
#include "core/registry/puller.h"

namespace coracle::engine {

Result<> LocalImages::login(const std::string& registry, const Credentials& credentials,
                            std::stop_token stop) {
    return loginAndKeep(registry, credentials, types::KeepLogin::Usual, stop);
}

/// Tried with the registry first: a login that is wrong is not stored.
Result<> LocalImages::loginAndKeep(const std::string& registry, const Credentials& credentials,
                                   types::KeepLogin keep, const std::stop_token& stop) {
    TRY_ASSIGN(const auto http, m_context.http());
    TRY_ASSIGN(const auto config, registry::RegistryConfig::load());
    TRY(config.checkAllowed(registry));
    const auto logins = registry::AuthFile::ofUser();
    registry::Puller puller(*http, config, logins);
    registry::Credential credential;
    credential.userName = credentials.userName;
    credential.password = registry::Secret(credentials.password);
    TRY(puller.checkLogin(registry, credential, stop));
    auto saved = logins.save(registry, credential, stop, keep);
    return saved ? std::move(saved)
                 : std::move(saved).error().context("the password is right and was not kept");
}

Result<> LocalImages::logout(const std::string& registry) {
    TRY_ASSIGN(const auto outcome, registry::AuthFile::ofUser().remove(registry, {}));
    if (outcome.elsewhere) {
        return Error(ErrorKind::Conflict,
                     std::string(outcome.removed ? "forgot our own login, but" : "the login") +
                         (outcome.removed ? " that of '" : " of '") + registry + "' in '" +
                         *outcome.elsewhere + "' is another program's")
            .withHint("log out with the program that made it, or remove the entry from the file");
    }
    if (!outcome.removed) {
        return Error(ErrorKind::NotFound, "not logged in to '" + registry + "'");
    }
    return {};
}

}  // namespace coracle::engine
