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
/// The keyring's program may have to be started by the bus.
constexpr std::chrono::milliseconds kProbeTimeLimit{25'000};
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

/// What a document names a helper for.
struct HelperUse {
    std::string name;
    bool forAll = false;
    std::set<std::string> registries;  ///< as references name them; matters when it is not for all

    bool covers(const std::string& registry) const { return forAll || registries.count(registry) > 0; }
};

/// All helpers that a document names.
Result<std::vector<HelperUse>> helpersIn(const Json& document) {
    TRY_ASSIGN(const auto special, json::findStringMap(document, "credHelpers"));
    TRY_ASSIGN(const auto common, json::findString(document, "credsStore"));
    std::map<std::string, HelperUse> uses;
    for (const auto& [server, name] : special) {
        uses[name].registries.insert(registryOf(server));
    }
    if (common && !common->empty()) {
        uses[*common].forAll = true;
    }
    std::vector<HelperUse> all;
    for (auto& [name, use] : uses) {
        use.name = name;
        all.push_back(std::move(use));
    }
    return all;
}

/// Take the entries of a registry out of a member of the document; whether there were any.
bool eraseKeys(Json& document, const char* member, std::string_view registry) {
    bool erased = false;
    if (document.contains(member) && document[member].is_object()) {
        for (const std::string& key : keysFor(registry, {})) {
            erased = document[member].erase(key) > 0 || erased;
        }
        if (erased && document[member].empty() && std::string_view(member) == "credHelpers") {
            document.erase(member);
        }
    }
    return erased;
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
        AuthFile shared({only});
        shared.m_isShared = true;
        return shared;
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
    if (name == CredentialHelper::kKeyringName) {
        return std::string(types::kKeyringPlace);  // also where the program is missing
    }
    TRY_ASSIGN(const auto helper, CredentialHelper::named(name));
    return helper.place();
}

Result<> AuthFile::checkKeyring() const {
    return m_isShared ? Error(ErrorKind::Unsupported,
                              "REGISTRY_AUTH_FILE names the file of all logins: '" + path() + "'")
                            .withHint("unset it to keep a password in the desktop's keyring")
                      : Result<>();
}

Result<types::LoginPlaces> AuthFile::places(std::string_view registry, const std::stop_token& stop) const {
    types::LoginPlaces places;
    TRY_ASSIGN(places.usual, placeOf(registry));
    places.file = path();
    const auto probe = [&]() -> Result<bool> {
        TRY(checkKeyring());
        TRY_ASSIGN(const auto keyring, CredentialHelper::keyring(kProbeTimeLimit));
        return keyring.probeIsOpen(stop);
    };
    const auto isOpen = probe();
    if (!isOpen && isOpen.error().kind() == ErrorKind::Cancelled) {
        return isOpen.error();
    }
    places.keyringIsLocked = isOpen && !*isOpen;
    places.whyNoKeyring = isOpen ? "" : isOpen.error().message();
    places.keyringAdvice = isOpen ? "" : isOpen.error().hint();
    return places;
}

/// The helper first: when it fails, what was there before is still used.
Result<> AuthFile::save(std::string_view registry, const Credential& credential, const std::stop_token& stop,
                        types::KeepLogin keep) const {
    std::string name;
    if (keep == types::KeepLogin::Usual) {
        TRY_ASSIGN(name, helperOf(registry));
    } else if (keep == types::KeepLogin::Keyring) {
        TRY(checkKeyring());
        name = CredentialHelper::kKeyringName;
    }
    if (!name.empty()) {
        TRY_ASSIGN(const auto helper, CredentialHelper::named(name));
        TRY(helper.store(serverFor(registry), credential, stop));
        if (keep == types::KeepLogin::Usual) {
            TRY_ASSIGN(const bool older, removeEntry(registry));  // it would be found first
            (void)older;
            return {};
        }
        return update(path(), [&](Json& document) {
            (void)eraseKeys(document, "auths", registry);
            (void)eraseKeys(document, "credHelpers", registry);
            if (!document.contains("credHelpers") || !document["credHelpers"].is_object()) {
                document["credHelpers"] = Json::object();
            }
            document["credHelpers"][std::string(registry)] = name;
        });
    }
    TRY_ASSIGN(const bool wasInKeyring, notesKeyring(registry));
    TRY(saveInFile(registry, credential));
    if (wasInKeyring) {
        // Best effort: whoever chooses the file may do so because the keyring cannot be reached any more.
        // What stays in it is as safe as before, and is not used.
        const auto keyring = CredentialHelper::keyring();
        (void)(keyring ? keyring->erase(serverFor(registry), stop) : Result<bool>(false));
    }
    return {};
}

/// An entry that names a helper for this registry would be obeyed first, so it goes.
Result<> AuthFile::saveInFile(std::string_view registry, const Credential& credential) const {
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
        (void)eraseKeys(document, "credHelpers", registry);
    });
}

/// Whether our file says that the login of the registry is in the keyring.
Result<bool> AuthFile::notesKeyring(std::string_view registry) const {
    if (!sys::pathExists(path())) {
        return false;
    }
    TRY_ASSIGN(const Json document, readDocument(path()));
    TRY_ASSIGN(const std::string own, ownHelper(document, keysFor(registry, {})));
    return own == CredentialHelper::kKeyringName;
}

Result<bool> AuthFile::removeEntry(std::string_view registry) const {
    if (!sys::pathExists(path())) {
        return false;
    }
    bool removed = false;
    TRY(update(path(), [&](Json& document) { removed = eraseKeys(document, "auths", registry); }));
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
    TRY_ASSIGN(const bool noted, notesKeyring(registry));
    if (noted) {
        // Only now: a password that could not be taken out of the keyring is not forgotten.
        TRY(update(path(), [&](Json& document) { (void)eraseKeys(document, "credHelpers", registry); }));
        outcome.removed = true;
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

namespace {

/// The logins of a helper that find() would ask it for. One that fails has none; but of a keyring that is
/// locked or cannot be reached we know of which registries it has logins.
void listHelper(const HelperUse& use, std::map<std::string, types::RegistryLogin>& found,
                const std::stop_token& stop) {
    const auto helper = CredentialHelper::named(use.name);
    const auto users = helper ? helper->list(stop) : helper.error();
    if (users) {
        for (const auto& [server, user] : *users) {
            const std::string name = registryOf(server);
            if (use.covers(name)) {
                found.try_emplace(name, types::RegistryLogin{name, user, helper->place(), true});
            }
        }
    } else if (use.name == CredentialHelper::kKeyringName) {
        for (const std::string& name : use.registries) {
            found.try_emplace(name, types::RegistryLogin{name, {}, types::kKeyringPlace, true});
        }
    }
}

}  // namespace

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
        TRY_ASSIGN(const auto uses, helpersIn(document));
        for (const HelperUse& use : uses) {
            listHelper(use, found, stop);
        }
    }
    std::vector<types::RegistryLogin> logins;
    for (auto& [name, login] : found) {
        logins.push_back(std::move(login));
    }
    return logins;
}

Result<> AuthFile::forgetKeyringNotes() const {
    return update(path(), [](Json& document) {
        if (document.contains("credHelpers") && document["credHelpers"].is_object()) {
            Json& helpers = document["credHelpers"];
            for (auto entry = helpers.begin(); entry != helpers.end();) {
                entry = *entry == CredentialHelper::kKeyringName ? helpers.erase(entry) : std::next(entry);
            }
        }
    });
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
        TRY_ASSIGN(const auto uses, helpersIn(document));
        for (const HelperUse& use : uses) {
            TRY_ASSIGN(const auto helper, CredentialHelper::named(use.name));
            TRY_ASSIGN(const auto users, helper.list(stop));
            for (const auto& [server, user] : users) {
                if (!use.covers(registryOf(server))) {
                    continue;
                }
                TRY_ASSIGN(const bool erased, helper.erase(server, stop));
                if (erased) {
                    removed.push_back(server);
                }
            }
        }
        if (file == path()) {
            TRY(forgetKeyringNotes());
        }
    }
    return removed;
}

}  // namespace coracle::registry
