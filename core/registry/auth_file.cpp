// SPDX-License-Identifier: Apache-2.0
#include "core/registry/auth_file.h"

#include "core/registry/registry_config.h"
#include "core/text/base64.h"
#include "core/text/escape.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/subprocess.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>

#include <signal.h>

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

/// The name becomes a part of a program's name that is looked up in PATH. Docker's file is written by
/// other programs too, so nothing but letters, digits, '-', '_' and '.' is taken: a '/' would make it a
/// path to any program, and "docker-credential-" in front does not change that.
bool isHelperName(std::string_view name) {
    return !name.empty() && name.size() <= 64 && name.front() != '-' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.';
           });
}

/// Ask `docker-credential-NAME get`: the server on its input, JSON on its output. Source:
/// docker-credential-helpers, "Development". The server is written before the program starts, which cannot
/// block because a pipe holds 64 KiB (pipe(7)); so no thread is needed to feed it. Blocks until the helper
/// ends: it may ask the person to unlock a key ring. A stop request kills it, which ends the reading too.
Result<std::optional<Credential>> askHelper(const std::string& name, const std::string& server,
                                            const std::stop_token& stop) {
    const std::string program = "docker-credential-" + name;
    if (!isHelperName(name)) {
        return Error(ErrorKind::Corrupt,
                     "credential helper '" + text::excerptForTerminal(name, 60) + "' has no valid name");
    }
    TRY_ASSIGN(sys::Pipe input, sys::makePipe());
    TRY_ASSIGN(sys::Pipe output, sys::makePipe());
    TRY(sys::writeAll(input.writeEnd.get(), server));  // far below what a pipe holds
    input.writeEnd.reset();
    sys::SpawnOptions options;
    options.argv = {program, "get"};
    options.fds = {{input.readEnd.get(), 0}, {output.writeEnd.get(), 1}};
    auto child = sys::Subprocess::spawn(options);
    if (!child) {
        return std::move(child).error().withHint("install '" + program +
                                                 "' or remove it from the docker configuration");
    }
    output.writeEnd.reset();
    const std::stop_callback interrupt(stop, [&child] { (void)child->kill(SIGKILL); });
    auto text = sys::readAll(output.readEnd.get(), 65536);
    TRY_ASSIGN(const sys::ExitStatus status, child->wait(stop));
    if (!text) {
        return std::move(text).error().context("read the answer of '" + program + "'");
    }
    if (!status.success()) {
        if (text->find("credentials not found") != std::string::npos) {
            return std::optional<Credential>();
        }
        return Error(ErrorKind::Unavailable,
                     "'" + program + " get' failed: " + text::excerptForTerminal(*text, 200));
    }
    TRY_ASSIGN(const Json answer, json::parse(*text));
    TRY_ASSIGN(const std::string userName, json::loadString(answer, "Username"));
    TRY_ASSIGN(std::string secret, json::loadString(answer, "Secret"));
    Credential credential;
    // The helpers' way of saying that the secret is an identity token and not a password.
    if (userName == "<token>") {
        credential.identityToken = Secret(std::move(secret));
    } else {
        credential.userName = userName;
        credential.password = Secret(std::move(secret));
    }
    return std::optional<Credential>(std::move(credential));
}

/// What one file knows. The order is docker's own: a helper that is named for this registry, then an
/// entry, then the helper for all. An entry that is empty does not end the search: docker leaves it there
/// when a helper holds the password.
Result<std::optional<Credential>> findIn(const std::string& file, std::string_view registry,
                                         std::string_view repository, const std::stop_token& stop) {
    TRY_ASSIGN(const Json document, readDocument(file));
    const auto keys = keysFor(registry, repository);
    TRY_ASSIGN(const auto helpers, json::findStringMap(document, "credHelpers"));
    const std::string server = registry == "docker.io" ? kDockerHubKey : std::string(registry);
    for (const std::string& key : keys) {
        if (const auto helper = helpers.find(key); helper != helpers.end()) {
            return askHelper(helper->second, server, stop);
        }
    }
    if (const Json* entries = json::findObject(document, "auths")) {
        for (const std::string& key : keys) {
            if (const Json* entry = json::findObject(*entries, key.c_str())) {
                auto credential = readEntry(*entry, key);
                if (!credential) {
                    return std::move(credential).error().context("read '" + file + "'");
                }
                if (*credential) {
                    return credential;
                }
            }
        }
    }
    TRY_ASSIGN(const auto store, json::findString(document, "credsStore"));
    if (store && !store->empty()) {
        return askHelper(*store, server, stop);
    }
    return std::optional<Credential>();
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
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

Result<> AuthFile::save(std::string_view registry, const Credential& credential) const {
    const std::string key = registry == "docker.io" ? kDockerHubKey : std::string(registry);
    return update(path(), [&](Json& document) {
        Json entry = Json::object();
        entry["auth"] = text::encodeBase64(credential.userName + ":" + credential.password.reveal());
        if (!credential.identityToken.empty()) {
            entry["identitytoken"] = credential.identityToken.reveal();
        }
        if (!document.contains("auths") || !document["auths"].is_object()) {
            document["auths"] = Json::object();
        }
        document["auths"][key] = std::move(entry);
    });
}

Result<bool> AuthFile::remove(std::string_view registry) const {
    bool removed = false;
    if (!sys::pathExists(path())) {
        return removed;
    }
    TRY(update(path(), [&](Json& document) {
        if (document.contains("auths") && document["auths"].is_object()) {
            for (const std::string& key : keysFor(registry, {})) {
                removed = document["auths"].erase(key) > 0 || removed;
            }
        }
    }));
    return removed;
}

}  // namespace coracle::registry
