// SPDX-License-Identifier: Apache-2.0
// Logins and settings of registries.
#include "core/engine/registries.h"
#include "gui/engine_service.h"
#include "gui/engine_service_calls.h"

namespace coracle::gui {
namespace {

/// The registry, and a minute for the password of the keyring.
constexpr std::chrono::milliseconds kLoginDeadline{150'000};

}  // namespace

Request EngineService::login(QObject* context, const std::string& registry,
                             const engine::Credentials& credentials, types::KeepLogin keep, Done<void> done) {
    return submit<void>(
        context, Lane::Long, kLoginDeadline, "log in",
        [registry, credentials, keep](engine::Engine& e, const std::stop_token& stop) {
            return keep == types::KeepLogin::Usual ? e.images().login(registry, credentials, stop)
                                                   : e.registries().login(registry, credentials, keep, stop);
        },
        std::move(done));
}

Request EngineService::loginPlaces(QObject* context, const std::string& registry,
                                   Done<types::LoginPlaces> done) {
    return submit<types::LoginPlaces>(
        context, Lane::Long, kActionDeadline, "look for the keyring",
        [registry](engine::Engine& e, const std::stop_token& stop) {
            return e.registries().loginPlaces(registry, stop);
        },
        std::move(done));
}

Request EngineService::logout(QObject* context, const std::string& registry, Done<void> done) {
    return submit<void>(
        context, Lane::Long, kActionDeadline, "log out",
        [registry](engine::Engine& e, const std::stop_token&) { return e.images().logout(registry); },
        std::move(done));
}

Request EngineService::registryLogins(QObject* context, Done<std::vector<types::RegistryLogin>> done) {
    return submit<std::vector<types::RegistryLogin>>(
        context, Lane::Long, kActionDeadline, "list the logins",
        [](engine::Engine& e, const std::stop_token& stop) { return e.registries().logins(stop); },
        std::move(done));
}

Request EngineService::registrySettings(QObject* context, Done<std::vector<types::RegistrySettings>> done) {
    return submit<std::vector<types::RegistrySettings>>(
        context, Lane::Quick, kQuickDeadline, "read the settings",
        [](engine::Engine& e, const std::stop_token&) { return e.registries().settings(); }, std::move(done));
}

Request EngineService::setRegistrySettings(QObject* context, const types::RegistrySettings& settings,
                                           const std::string& replaced, Done<void> done) {
    return submit<void>(
        context, Lane::Long, kActionDeadline, "write the settings",
        [settings, replaced](engine::Engine& e, const std::stop_token&) {
            return e.registries().setSettings(settings, replaced);
        },
        std::move(done));
}

Request EngineService::forgetRegistrySettings(QObject* context, const std::string& name, Done<void> done) {
    return submit<void>(
        context, Lane::Long, kActionDeadline, "write the settings",
        [name](engine::Engine& e, const std::stop_token&) { return e.registries().forgetSettings(name); },
        std::move(done));
}

}  // namespace coracle::gui
