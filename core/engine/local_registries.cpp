// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_registries.h"

#include "core/engine/store_push_source.h"
#include "core/registry/pusher.h"
#include "core/registry/registry_settings_file.h"
#include "core/registry/search_client.h"

namespace coracle::engine {
namespace {

/// "docker://registry.example/app:1" as podman writes it, or the name alone.
Result<image::Reference> parseDestination(const std::string& text) {
    constexpr std::string_view kTransport = "docker://";
    const auto mark = text.find("://");
    std::string name = text;
    if (text.starts_with(kTransport)) {
        name = text.substr(kTransport.size());
    } else if (mark != std::string::npos || text.starts_with("oci:") || text.starts_with("dir:") ||
               text.starts_with("oci-archive:") || text.starts_with("docker-archive:")) {
        return Error(ErrorKind::Unsupported, "push to '" + text + "': only registries can be pushed to")
            .withHint("'coracle save' writes an archive");
    }
    TRY_ASSIGN(auto reference, image::Reference::parse(name));
    if (reference.digest()) {
        return Error(ErrorKind::InvalidArgument,
                     "push to '" + text + "': a digest cannot be chosen, only a tag");
    }
    return reference;
}

}  // namespace

Result<types::PushedImage> LocalRegistries::push(const std::string& name, const PushOptions& options,
                                                 const types::PushProgress& progress, std::stop_token stop) {
    std::optional<image::Platform> platform;
    if (options.platform) {
        TRY_ASSIGN(platform, image::Platform::parse(*options.platform));
    }
    TRY_ASSIGN(const auto destination, parseDestination(options.destination.value_or(name)));
    TRY_ASSIGN(const auto found, m_images.find(name));
    if (!found) {
        return Error(ErrorKind::NotFound, "no image '" + name + "' on this computer")
            .withHint("'coracle images' lists those that are there, 'coracle tag' gives them names");
    }
    TRY_ASSIGN(const auto* store, m_context.store());
    auto root = choosePushRoot(*store, *found, destination.name(), platform);
    if (!root) {
        return std::move(root).error().context("push '" + destination.familiarText() + "'");
    }
    if (root->note && progress) {
        types::PushEvent event;
        event.text = *root->note;
        progress(event);
    }
    TRY_ASSIGN(const auto http, m_context.http());
    TRY_ASSIGN(const auto config, registry::RegistryConfig::load());
    const auto logins = registry::AuthFile::ofUser();
    registry::Pusher pusher(*http, config, logins);
    StorePushSource source(*store);
    TRY_ASSIGN(auto pushed, pusher.push(destination, root->document, source, progress, std::move(stop)));
    // From now on the registry is known to have the image under this name: a later push to it takes layers
    // from there, and `images --digests` shows it.
    TRY(store->images().addRepoDigest(found->id, destination.name() + "@" + pushed.digest));
    store->events().append("image", "push", found->id.text(), {{"name", destination.familiarText()}});
    return pushed;
}

Result<> LocalRegistries::login(const std::string& registry, const Credentials& credentials,
                                types::KeepLogin keep, std::stop_token stop) {
    return m_images.loginAndKeep(registry, credentials, keep, stop);
}

Result<types::LoginPlaces> LocalRegistries::loginPlaces(const std::string& registry, std::stop_token stop) {
    return registry::AuthFile::ofUser().places(registry, stop);
}

Result<std::string> LocalRegistries::loginPlace(const std::string& registry) {
    return registry::AuthFile::ofUser().placeOf(registry);
}

Result<std::vector<types::RegistryLogin>> LocalRegistries::logins(std::stop_token stop) {
    return registry::AuthFile::ofUser().list(stop);
}

Result<std::vector<types::RegistrySettings>> LocalRegistries::settings() {
    TRY_ASSIGN(const auto config, registry::RegistryConfig::load());
    return config.rows();
}

Result<> LocalRegistries::setSettings(const types::RegistrySettings& settings, const std::string& replaced) {
    return registry::saveRegistry(registry::registrySettingsFile(), settings, replaced);
}

Result<> LocalRegistries::forgetSettings(const std::string& name) {
    return registry::forgetRegistry(registry::registrySettingsFile(), name);
}

Result<std::vector<std::string>> LocalRegistries::logoutAll(std::stop_token stop) {
    return registry::AuthFile::ofUser().removeAll(stop);
}

Result<std::vector<types::FoundImage>> LocalRegistries::search(const types::SearchQuery& query,
                                                               std::stop_token stop) {
    TRY_ASSIGN(const auto http, m_context.http());
    TRY_ASSIGN(const auto config, registry::RegistryConfig::load());
    const auto logins = registry::AuthFile::ofUser();
    return registry::searchImages(*http, config, logins, query, std::move(stop));
}

}  // namespace coracle::engine
