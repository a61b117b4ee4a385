// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine_context.h"
#include "core/engine/local_images.h"
#include "core/engine/registries.h"

namespace coracle::engine {

/// Registries by the settings and logins of the person. Thread-safe: holds nothing but references.
class LocalRegistries final : public Registries {
public:
    LocalRegistries(EngineContext& context, LocalImages& images) : m_context(context), m_images(images) {}

    Result<types::PushedImage> push(const std::string& reference, const PushOptions& options,
                                    const types::PushProgress& progress, std::stop_token stop) override;
    Result<std::vector<types::FoundImage>> search(const types::SearchQuery& query,
                                                  std::stop_token stop) override;
    Result<> login(const std::string& registry, const Credentials& credentials, types::KeepLogin keep,
                   std::stop_token stop) override;
    Result<types::LoginPlaces> loginPlaces(const std::string& registry, std::stop_token stop) override;
    Result<std::string> loginPlace(const std::string& registry) override;
    Result<std::vector<types::RegistryLogin>> logins(std::stop_token stop) override;
    Result<std::vector<types::RegistrySettings>> settings() override;
    Result<> setSettings(const types::RegistrySettings& settings, const std::string& replaced) override;
    Result<> forgetSettings(const std::string& name) override;
    Result<std::vector<std::string>> logoutAll(std::stop_token stop) override;

private:
    EngineContext& m_context;
    LocalImages& m_images;
};

}  // namespace coracle::engine
