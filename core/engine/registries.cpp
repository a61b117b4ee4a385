// SPDX-License-Identifier: Apache-2.0
#include "core/engine/registries.h"

#include "core/engine/engine.h"

namespace coracle::engine {
namespace {

Error unsupported() {
    return {ErrorKind::Unsupported, "this engine does not talk to registries"};
}

}  // namespace

Result<types::PushedImage> Registries::push(const std::string& /*reference*/, const PushOptions& /*options*/,
                                            const types::PushProgress& /*progress*/,
                                            std::stop_token /*stop*/) {
    return unsupported();
}

Result<std::vector<types::FoundImage>> Registries::search(const types::SearchQuery& /*query*/,
                                                          std::stop_token /*stop*/) {
    return unsupported();
}

Result<> Registries::login(const std::string& /*registry*/, const Credentials& /*credentials*/,
                           types::KeepLogin /*keep*/, std::stop_token /*stop*/) {
    return unsupported();
}

Result<types::LoginPlaces> Registries::loginPlaces(const std::string& /*registry*/,
                                                   std::stop_token /*stop*/) {
    return unsupported();
}

Result<std::string> Registries::loginPlace(const std::string& /*registry*/) {
    return unsupported();
}

Result<std::vector<types::RegistryLogin>> Registries::logins(std::stop_token /*stop*/) {
    return unsupported();
}

Result<std::vector<types::RegistrySettings>> Registries::settings() {
    return unsupported();
}

Result<> Registries::setSettings(const types::RegistrySettings& /*settings*/,
                                 const std::string& /*replaced*/) {
    return unsupported();
}

Result<> Registries::forgetSettings(const std::string& /*name*/) {
    return unsupported();
}

Result<std::vector<std::string>> Registries::logoutAll(std::stop_token /*stop*/) {
    return unsupported();
}

Registries& Engine::registries() {
    static Registries none;
    return none;
}

}  // namespace coracle::engine
