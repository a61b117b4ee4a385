// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registry_config.h"

#include "core/text/escape.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>

namespace coracle::registry {
namespace {

/// The host of "HOST[:PORT]"; the text itself when it is no address, which is then no loopback either.
std::string hostPart(std::string_view registry) {
    auto url = Url::parse("https://" + std::string(registry));
    return url ? url->host : std::string(registry);
}

/// Add docker's certs.d/HOST: every *.crt is a CA, x.cert with x.key is the client's certificate. Sorted
/// by name, so the same files give the same result everywhere; the last client certificate wins. A key
/// that is missing is an error and not skipped: without its certificate the registry would answer with a
/// refusal that explains nothing.
Result<> readCertificates(const std::string& folder, TlsSettings& tls) {
    auto names = sys::listDirectory(folder);
    if (!names) {
        return {};  // no folder, or not ours to read: nothing is set
    }
    std::sort(names->begin(), names->end());
    for (const std::string& name : *names) {
        const std::string path = folder + "/" + name;
        if (name.ends_with(".crt")) {
            TRY_ASSIGN(const std::string pem, sys::readFile(path));
            tls.caPem += pem + "\n";
        } else if (name.ends_with(".cert")) {
            const std::string key = path.substr(0, path.size() - 5) + ".key";
            if (!sys::pathExists(key)) {
                return Error(ErrorKind::NotFound,
                             "client certificate '" + path + "' has no key '" + key + "'");
            }
            tls.clientCertificate = path;
            tls.clientKey = key;
        }
    }
    return {};
}

}  // namespace

std::string configHome() {
    if (const char* config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && config[0] == '/') {
        return config;
    }
    const char* home = std::getenv("HOME");
    return home != nullptr && home[0] == '/' ? std::string(home) + "/.config" : std::string();
}

Result<RegistryConfig> RegistryConfig::load() {
    const std::string home = configHome();
    std::vector<std::string> folders{"/etc/docker/certs.d"};
    if (!home.empty()) {
        folders.push_back(home + "/docker/certs.d");
    }
    return load(home.empty() ? std::string() : home + "/coracle/registries.json", std::move(folders));
}

Result<RegistryConfig> RegistryConfig::load(const std::string& file,
                                            std::vector<std::string> certificateFolders) {
    RegistryConfig config;
    config.m_certificateFolders = std::move(certificateFolders);
    if (file.empty() || !sys::pathExists(file)) {
        return config;
    }
    // A member of a wrong type is an error and not a default: "insecure": "false" must not be guessed at.
    const auto read = [&]() -> Result<> {
        TRY_ASSIGN(const std::string text, sys::readFile(file));
        TRY_ASSIGN(const auto document, json::parse(text));
        if (!document.is_object()) {
            return Error(ErrorKind::Corrupt, "it is not a JSON object");
        }
        for (const auto& [host, settings] : document.items()) {
            if (!settings.is_object()) {
                return Error(ErrorKind::Corrupt, "member '" + host + "' is not an object");
            }
            Row row;
            TRY_ASSIGN(const auto insecure, json::findBool(settings, "insecure"));
            TRY_ASSIGN(auto ca, json::findString(settings, "ca"));
            TRY_ASSIGN(row.mirrors, json::findStrings(settings, "mirrors"));
            row.insecure = insecure.value_or(false);
            row.caFile = std::move(ca).value_or("");
            config.m_rows.emplace(host, std::move(row));
        }
        return {};
    };
    if (auto done = read(); !done) {
        return std::move(done).error().context("read '" + file + "'");
    }
    return config;
}

Result<HostSettings> RegistryConfig::find(std::string_view registry) const {
    HostSettings settings;
    settings.host = registry == "docker.io" ? "registry-1.docker.io" : std::string(registry);
    settings.plainHttpAllowed = isLoopbackHost(hostPart(registry));
    if (const auto row = m_rows.find(registry); row != m_rows.end()) {
        settings.insecure = row->second.insecure;
        settings.mirrors = row->second.mirrors;
        if (!row->second.caFile.empty()) {
            auto pem = sys::readFile(row->second.caFile);
            if (!pem) {
                return std::move(pem).error().context("certificate of '" + std::string(registry) + "'");
            }
            settings.tls.caPem = *std::move(pem) + "\n";
        }
    }
    if (settings.insecure) {
        settings.plainHttpAllowed = true;
        settings.tls.verify = VerifyTls::No;
    }
    for (const std::string& folder : m_certificateFolders) {
        TRY(readCertificates(folder + "/" + settings.host, settings.tls));
    }
    return settings;
}

}  // namespace coracle::registry
