// SPDX-License-Identifier: Apache-2.0
#include "core/registry/auth_file.h"

#include "core/registry/credential_helper.h"
#include "core/registry/registry_config.h"
#include "core/text/base64.h"
#include "core/text/escape.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <map>
#include <set>

namespace coracle::registry {
namespace {

using Json = nlohmann::json;

/// A login holds the lock for one read and one write of a small file; who waits this long waits for a
/// stopped process, and is told so.
constexpr std::chrono::milliseconds kLockTimeout{5000};
/// Docker Hub's key in config.json is the address of its first index service, whatever server is asked
/// today. Docker and podman write this one, so a login made by them is found and ours is found by them.
constexpr const char* kDockerHubKey = "https://index.docker.io/v1/";

/// Keys under which an entry for this registry may stand, the most special first: HOST/team/app,
/// HOST/team, then the host in the spellings that docker's versions have written (with a scheme, with a
/// trailing slash, with the version of the interface).
std::vector<std::string> keysFor(std::string_view registry, std::string_view repository) {
    std::vector<std::string> keys;
    const std::string host(registry);
    for (std::string path(repository); !path.empty();
         path.erase(path.rfind('/') == std::string::npos ? 0 : path.rfind('/'))) {
        keys.push_back(host + "/" + path);
    }
    std::vector<std::string> hosts{host};
    if (host == "docker.io") {
        hosts.insert(hosts.end(), {"index.docker.io", "registry-1.docker.io"});
    }
    for (const std::string& name : hosts) {
        for (const char* scheme : {"", "https://", "http://"}) {
            for (const char* tail : {"", "/", "/v1/", "/v2/"}) {
                keys.push_back(scheme + name + tail);
            }
        }
    }
    return keys;
}

Result<Json> readDocument(const std::string& file) {
    const auto read = [&]() -> Result<Json> {
        TRY_ASSIGN(const std::string text, sys::readFile(file));
        TRY_ASSIGN(Json document, json::parse(text.empty() ? "{}" : text));
        if (!document.is_object()) {
            return Error(ErrorKind::Corrupt, "it is not a JSON object");
        }
        return document;
    };
    auto document = read();
    if (!document) {
        return std::move(document).error().context("read '" + file + "'");
    }
    return document;
}

/// An entry of "auths". none: it holds nothing (docker leaves {} there when a helper has the password).
Result<std::optional<Credential>> readEntry(const Json& entry, const std::string& key) {
    TRY_ASSIGN(auto token, json::findString(entry, "identitytoken"));
    TRY_ASSIGN(auto userName, json::findString(entry, "username"));
    TRY_ASSIGN(auto password, json::findString(entry, "password"));
    TRY_ASSIGN(const auto packed, json::findString(entry, "auth"));
    Credential credential;
    if (packed && !packed->empty()) {
        const auto text = text::decodeBase64(*packed);
        const auto colon = text ? text->find(':') : std::string::npos;
        if (colon == std::string::npos) {
            return Error(ErrorKind::Corrupt, "the entry for '" + text::excerptForTerminal(key, 100) +
                                                 "' is not base64 of NAME:PASSWORD");
        }
        credential.userName = text->substr(0, colon);
        std::string secret = text->substr(colon + 1);
        while (secret.ends_with('\0')) {
            secret.pop_back();  // as old docker versions padded it
        }
        credential.password = Secret(std::move(secret));
    } else {
        credential.userName = userName.value_or("");
        credential.password = Secret(password.value_or(""));
    }
    if (token && !token->empty()) {
        credential.identityToken = Secret(*std::move(token));
    }
    if (credential.password.empty() && credential.identityToken.empty()) {
        return std::optional<Credential>();
    }
    return std::optional<Credential>(std::move(credential));
}

/// What a helper knows a registry by.
std::string serverFor(std::string_view registry) {
    return registry == "docker.io" ? kDockerHubKey : std::string(registry);
}

Result<std::optional<Credential>> askHelper(const std::string& name, std::string_view registry,
                                            const std::stop_token& stop) {
    TRY_ASSIGN(const auto helper, CredentialHelper::named(name));
    return helper.find(serverFor(registry), stop);
}

/// The helper of one registry ("credHelpers"); empty: none.
Result<std::string> ownHelper(const Json& document, const std::vector<std::string>& keys) {
    TRY_ASSIGN(const auto helpers, json::findStringMap(document, "credHelpers"));
    for (const std::string& key : keys) {
        if (const auto helper = helpers.find(key); helper != helpers.end()) {
            return helper->second;
        }
    }
    return std::string();
}

/// The helper that keeps the logins of a registry by this document; empty: the document itself does.
Result<std::string> helperFor(const Json& document, std::string_view registry) {
    TRY_ASSIGN(const std::string own, ownHelper(document, keysFor(registry, {})));
    if (!own.empty()) {
        return own;
    }
    TRY_ASSIGN(const auto store, json::findString(document, "credsStore"));
    return store.value_or("");
}

/// The entry of "auths" that holds something. none: there is none.
Result<std::optional<Credential>> findEntry(const Json& document, const std::vector<std::string>& keys) {
    const Json* entries = json::findObject(document, "auths");
    for (std::size_t i = 0; entries != nullptr && i < keys.size(); ++i) {
        if (const Json* entry = json::findObject(*entries, keys[i].c_str())) {
            TRY_ASSIGN(auto credential, readEntry(*entry, keys[i]));
            if (credential) {
                return credential;
            }
        }
    }
    return std::optional<Credential>();
}

/// What one file knows. The order is docker's own: a helper that is named for this registry, then an
/// entry, then the helper for all. An entry that is empty does not end the search: docker leaves it there
/// when a helper holds the password.
Result<std::optional<Credential>> findIn(const std::string& file, std::string_view registry,
                                         std::string_view repository, const std::stop_token& stop) {
    TRY_ASSIGN(const Json document, readDocument(file));
    const auto keys = keysFor(registry, repository);
    TRY_ASSIGN(const std::string own, ownHelper(document, keys));
    if (!own.empty()) {
        return askHelper(own, registry, stop);
    }
    auto entry = findEntry(document, keys);
    if (!entry) {
        return std::move(entry).error().context("read '" + file + "'");
    }
    if (*entry) {
        return entry;
    }
    TRY_ASSIGN(const auto store, json::findString(document, "credsStore"));
    return store && !store->empty() ? askHelper(*store, registry, stop)
                                    : Result<std::optional<Credential>>(std::optional<Credential>());
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

/// What references call the registry that an entry is about, however docker's versions have written it.
std::string registryOf(const std::string& key) {
    std::string name = key;
    for (const char* scheme : {"https://", "http://"}) {
        name = name.starts_with(scheme) ? name.substr(std::string_view(scheme).size()) : name;
    }
    for (const char* tail : {"/v1/", "/v2/", "/v1", "/v2", "/"}) {
        if (name.ends_with(tail)) {
            name.resize(name.size() - std::string_view(tail).size());
            break;
        }
    }
    return name == "index.docker.io" || name == "registry-1.docker.io" ? "docker.io" : name;
}

/// All helpers that a document names.
Result<std::set<std::string>> helpersIn(const Json& document) {
    TRY_ASSIGN(const auto special, json::findStringMap(document, "credHelpers"));
    TRY_ASSIGN(const auto common, json::findString(document, "credsStore"));
    std::set<std::string> names;
    for (const auto& [server, name] : special) {
        names.insert(name);
    }
    if (common && !common->empty()) {
        names.insert(*common);
    }
    return names;
}

/// Change our file under a lock: two logins at once must not lose one.
Result<> update(const std::string& file, const std::function<void(Json&)>& change) {
    const std::string folder = file.substr(0, file.rfind('/'));
    TRY(sys::makeDirectories(folder));
    TRY_ASSIGN(const sys::FileLock lock,
               sys::FileLock::acquire(file + ".lock", sys::LockMode::Exclusive, kLockTimeout, "login"));
    Json document = Json::object();
    if (sys::pathExists(file)) {
        TRY_ASSIGN(document, readDocument(file));
    }
    change(document);
    return sys::replaceFile(file, json::toText(document, 2) + "\n", 0600, sys::Durability::Disk);
}

}  // namespace

AuthFile AuthFile::ofUser() {
    if (const std::string only = environment("REGISTRY_AUTH_FILE"); !only.empty()) {
        return AuthFile({only});
    }
    std::vector<std::string> files{configHome() + "/coracle/auth.json"};
    const std::string docker = environment("DOCKER_CONFIG");
    files.push_back((docker.empty() ? environment("HOME") + "/.docker" : docker) + "/config.json");
    if (const std::string runtime = environment("XDG_RUNTIME_DIR"); !runtime.empty()) {
        files.push_back(runtime + "/containers/auth.json");
    }
    return AuthFile(std::move(files));
}

Result<std::optional<Credential>> AuthFile::find(std::string_view registry, std::string_view repository,
                                                 const std::stop_token& stop) const {
    for (const std::string& file : m_files) {
        if (!sys::pathExists(file)) {
            continue;
        }
        TRY_ASSIGN(auto credential, findIn(file, registry, repository, stop));
        if (credential) {
            return credential;
        }
    }
    return std::optional<Credential>();
}

/// The first helper that a file names for the registry; empty: none does.
Result<std::string> AuthFile::helperOf(std::string_view registry) const {
    for (const std::string& file : m_files) {
        if (sys::pathExists(file)) {
            TRY_ASSIGN(const Json document, readDocument(file));
            TRY_ASSIGN(std::string helper, helperFor(document, registry));
            if (!helper.empty()) {
                return helper;
            }
        }
    }
    return std::string();
}

Result<std::string> AuthFile::placeOf(std::string_view registry) const {
    TRY_ASSIGN(const std::string name, helperOf(registry));
    if (name.empty()) {
        return path();
    }
    TRY_ASSIGN(const auto helper, CredentialHelper::named(name));
    return helper.program();
}

Result<> AuthFile::save(std::string_view registry, const Credential& credential,
                        const std::stop_token& stop) const {
    TRY_ASSIGN(const std::string name, helperOf(registry));
    if (!name.empty()) {
        TRY_ASSIGN(const auto helper, CredentialHelper::named(name));
        TRY(helper.store(serverFor(registry), credential, stop));
        TRY_ASSIGN(const bool older, removeEntry(registry));  // it would be found first
        (void)older;
        return {};
    }
    return update(path(), [&](Json& document) {
        Json entry = Json::object();
        entry["auth"] = text::encodeBase64(credential.userName + ":" + credential.password.reveal());
        if (!credential.identityToken.empty()) {
            entry["identitytoken"] = credential.identityToken.reveal();
        }
        if (!document.contains("auths") || !document["auths"].is_object()) {
            document["auths"] = Json::object();
        }
        document["auths"][serverFor(registry)] = std::move(entry);
    });
}

Result<bool> AuthFile::removeEntry(std::string_view registry) const {
    if (!sys::pathExists(path())) {
        return false;
    }
    bool removed = false;
    TRY(update(path(), [&](Json& document) {
        if (document.contains("auths") && document["auths"].is_object()) {
            for (const std::string& key : keysFor(registry, {})) {
                removed = document["auths"].erase(key) > 0 || removed;
            }
        }
    }));
    return removed;
}

Result<AuthFile::Removal> AuthFile::remove(std::string_view registry, const std::stop_token& stop) const {
    Removal outcome;
    TRY_ASSIGN(outcome.removed, removeEntry(registry));
    TRY_ASSIGN(const std::string name, helperOf(registry));
    if (!name.empty()) {
        TRY_ASSIGN(const auto helper, CredentialHelper::named(name));
        // Most helpers call it success to erase what is not there.
        TRY_ASSIGN(const auto known, helper.find(serverFor(registry), stop));
        if (known) {
            TRY_ASSIGN(const bool erased, helper.erase(serverFor(registry), stop));
            outcome.removed = outcome.removed || erased;
        }
    }
    for (std::size_t i = 1; i < m_files.size() && !outcome.elsewhere; ++i) {
        if (sys::pathExists(m_files[i])) {
            TRY_ASSIGN(const Json document, readDocument(m_files[i]));
            TRY_ASSIGN(const auto entry, findEntry(document, keysFor(registry, {})));
            outcome.elsewhere = entry ? std::optional(m_files[i]) : std::nullopt;
        }
    }
    return outcome;
}

Result<std::vector<types::RegistryLogin>> AuthFile::list(const std::stop_token& stop) const {
    std::map<std::string, types::RegistryLogin> found;  // the first file that has one wins
    for (const std::string& file : m_files) {
        if (!sys::pathExists(file)) {
            continue;
        }
        TRY_ASSIGN(const Json document, readDocument(file));
        const bool ours = file == path();
        if (const Json* entries = json::findObject(document, "auths")) {
            for (const auto& entry : entries->items()) {
                const auto credential = readEntry(entry.value(), entry.key());
                if (credential && *credential) {
                    const std::string name = registryOf(entry.key());
                    found.try_emplace(name, types::RegistryLogin{name, (*credential)->userName, file, ours});
                }
            }
        }
        TRY_ASSIGN(const auto names, helpersIn(document));
        for (const std::string& helperName : names) {
            const auto helper = CredentialHelper::named(helperName);
            const auto users = helper ? helper->list(stop) : helper.error();
            if (!users) {
                continue;
            }
            for (const auto& [server, user] : *users) {
                const std::string name = registryOf(server);
                found.try_emplace(name, types::RegistryLogin{name, user, helper->program(), true});
            }
        }
    }
    std::vector<types::RegistryLogin> logins;
    for (auto& [name, login] : found) {
        logins.push_back(std::move(login));
    }
    return logins;
}

Result<std::vector<std::string>> AuthFile::removeAll(const std::stop_token& stop) const {
    std::vector<std::string> removed;
    if (sys::pathExists(path())) {
        TRY(update(path(), [&](Json& document) {
            if (const Json* entries = json::findObject(document, "auths")) {
                for (const auto& entry : entries->items()) {
                    removed.push_back(entry.key());
                }
                document["auths"] = Json::object();
            }
        }));
    }
    for (const std::string& file : m_files) {
        if (!sys::pathExists(file)) {
            continue;
        }
        TRY_ASSIGN(const Json document, readDocument(file));
        TRY_ASSIGN(const auto names, helpersIn(document));
        for (const std::string& name : names) {
            TRY_ASSIGN(const auto helper, CredentialHelper::named(name));
            TRY_ASSIGN(const auto users, helper.list(stop));
            for (const auto& [server, user] : users) {
                TRY_ASSIGN(const bool erased, helper.erase(server, stop));
                if (erased) {
                    removed.push_back(server);
                }
            }
        }
    }
    return removed;
}

}  // namespace coracle::registry
