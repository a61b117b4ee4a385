// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registry_config.h"

#include "core/text/escape.h"
#include "core/text/json_lines.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
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

/// "host[:port]" or that with the beginning of a repository, as references write it.
Result<> checkName(const std::string& name) {
    const std::string first = name.substr(0, name.find('/'));
    const bool isHost = first.find_first_of(".:") != std::string::npos || first == "localhost";
    const auto reference = image::Reference::parse(name + "/x");
    if (!isHost || !reference || reference->tag() != "latest" || reference->digest()) {
        return Error(ErrorKind::Corrupt,
                     "'" + text::excerptForTerminal(name, 100) + "' is not HOST[:PORT] or HOST[:PORT]/PATH");
    }
    return {};
}

/// A setting that nobody knows would be a rule that nobody keeps.
Result<> checkMember(const std::string& name, const std::string& member) {
    constexpr std::array kForAll{"mirrors", "location", "blocked"};
    constexpr std::array kForHosts{"insecure", "ca", "clientCertificate", "clientKey"};
    if (std::find(kForAll.begin(), kForAll.end(), member) != kForAll.end()) {
        return {};
    }
    if (std::find(kForHosts.begin(), kForHosts.end(), member) == kForHosts.end()) {
        return Error(ErrorKind::Corrupt,
                     "there is no setting '" + text::excerptForTerminal(member, 60) + "'");
    }
    if (name.find('/') != std::string::npos) {
        return Error(ErrorKind::Corrupt, "'" + member + "' is a matter of the whole host '" +
                                             name.substr(0, name.find('/')) + "'");
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

std::string registrySettingsFile() {
    const std::string home = configHome();
    return home.empty() ? std::string() : home + "/coracle/registries.json";
}

Result<RegistryConfig> RegistryConfig::load() {
    const std::string home = configHome();
    std::vector<std::string> folders{"/etc/docker/certs.d"};
    if (!home.empty()) {
        folders.push_back(home + "/docker/certs.d");
    }
    return load(registrySettingsFile(), std::move(folders));
}

Result<RegistryConfig> RegistryConfig::parse(const std::string& text) {
    RegistryConfig config;
    TRY(config.read(text));
    return config;
}

std::vector<types::RegistrySettings> RegistryConfig::rows() const {
    std::vector<types::RegistrySettings> all;
    for (const auto& [name, row] : m_rows) {
        all.push_back(row);
    }
    return all;
}

/// A member of a wrong type is an error and not a default: "insecure": "false" must not be guessed at.
Result<> RegistryConfig::read(const std::string& text) {
    TRY_ASSIGN(const auto document, json::parse(text));
    if (!document.is_object()) {
        return Error(ErrorKind::Corrupt, "it is not a JSON object");
    }
    for (const auto& [name, settings] : document.items()) {
        Row row;
        row.name = name;
        row.line = text::lineOfMember(text, {name});
        std::string member;
        const auto readRow = [&]() -> Result<> {
            TRY(checkName(name));
            if (!settings.is_object()) {
                return Error(ErrorKind::Corrupt, "it is not an object");
            }
            for (const auto& item : settings.items()) {
                member = item.key();
                TRY(checkMember(name, member));
            }
            const auto textOf = [&](const char* key, std::string& target) -> Result<> {
                member = key;
                TRY_ASSIGN(auto value, json::findString(settings, key));
                target = std::move(value).value_or("");
                return {};
            };
            const auto truthOf = [&](const char* key, bool& target) -> Result<> {
                member = key;
                TRY_ASSIGN(const auto value, json::findBool(settings, key));
                target = value.value_or(false);
                return {};
            };
            TRY(truthOf("insecure", row.insecure));
            TRY(truthOf("blocked", row.blocked));
            TRY(textOf("ca", row.caFile));
            TRY(textOf("clientKey", row.clientKey));
            TRY(textOf("clientCertificate", row.clientCertificate));
            if (row.clientCertificate.empty() != row.clientKey.empty()) {
                return Error(ErrorKind::Corrupt, "'clientCertificate' and 'clientKey' belong together");
            }
            TRY(textOf("location", row.location));
            TRY(row.location.empty() ? Result<>() : checkName(row.location));
            member = "mirrors";
            TRY_ASSIGN(row.mirrors, json::findStrings(settings, "mirrors"));
            for (const std::string& mirror : row.mirrors) {
                TRY(checkName(mirror));
            }
            return {};
        };
        if (auto done = readRow(); !done) {
            const std::size_t line = member.empty() ? row.line : text::lineOfMember(text, {name, member});
            return std::move(done).error().context("line " + std::to_string(line) + ", '" + name + "'");
        }
        m_rows.emplace(name, std::move(row));
    }
    return {};
}

Result<RegistryConfig> RegistryConfig::load(const std::string& file,
                                            std::vector<std::string> certificateFolders) {
    RegistryConfig config;
    config.m_file = file;
    config.m_certificateFolders = std::move(certificateFolders);
    if (file.empty() || !sys::pathExists(file)) {
        return config;
    }
    const auto text = sys::readFile(file);
    auto done = text ? config.read(*text) : Result<>(text.error());
    if (!done) {
        return std::move(done).error().context("read '" + file + "'");
    }
    return config;
}

Result<HostSettings> RegistryConfig::find(std::string_view registry) const {
    HostSettings settings;
    settings.host = registry == "docker.io" ? "registry-1.docker.io" : std::string(registry);
    settings.plainHttpAllowed = isLoopbackHost(hostPart(registry));
    for (const std::string& folder : m_certificateFolders) {
        TRY(readCertificates(folder + "/" + settings.host, settings.tls));
    }
    const auto row = m_rows.find(registry);
    if (row == m_rows.end()) {
        return settings;
    }
    settings.insecure = row->second.insecure;
    if (!row->second.caFile.empty()) {
        auto pem = sys::readFile(row->second.caFile);
        if (!pem) {
            return std::move(pem).error().context("certificate of '" + std::string(registry) + "'");
        }
        settings.tls.caPem += *pem + "\n";
    }
    for (const std::string* path : {&row->second.clientCertificate, &row->second.clientKey}) {
        if (!path->empty() && !sys::pathExists(*path)) {
            return Error(ErrorKind::NotFound,
                         "client certificate of '" + std::string(registry) + "': no file '" + *path + "'");
        }
    }
    if (!row->second.clientCertificate.empty()) {
        settings.tls.clientCertificate = row->second.clientCertificate;
        settings.tls.clientKey = row->second.clientKey;
    }
    if (settings.insecure) {
        settings.plainHttpAllowed = true;
        settings.tls.verify = VerifyTls::No;
    }
    return settings;
}

Error RegistryConfig::blockedBy(const std::string& name, const Row& row) const {
    return Error(ErrorKind::PermissionDenied, "'" + name + "' is blocked")
        .withHint("by line " + std::to_string(row.line) + " of '" + m_file + "'");
}

Result<> RegistryConfig::checkAllowed(std::string_view registry) const {
    const auto row = m_rows.find(registry);
    return row != m_rows.end() && row->second.blocked ? Result<>(blockedBy(row->first, row->second))
                                                      : Result<>();
}

Result<std::vector<Endpoint>> RegistryConfig::endpointsFor(const image::Reference& reference) const {
    const std::string whole = reference.name();
    std::string prefix = whole;
    auto row = m_rows.find(prefix);
    while (row == m_rows.end() && prefix.find('/') != std::string::npos) {
        prefix.erase(prefix.rfind('/'));
        row = m_rows.find(prefix);
    }
    std::vector<Endpoint> endpoints;
    if (row == m_rows.end()) {
        endpoints.push_back({reference, false});
        return endpoints;
    }
    if (row->second.blocked) {
        return blockedBy(prefix, row->second);
    }
    // What stands for the prefix, then what followed it.
    const auto at = [&](const std::string& place) -> Result<image::Reference> {
        std::string name = place + whole.substr(prefix.size());
        name += reference.tag() ? ":" + *reference.tag() : "";
        name += reference.digest() ? "@" + reference.digest()->text() : "";
        return image::Reference::parse(name);
    };
    for (const std::string& mirror : row->second.mirrors) {
        TRY_ASSIGN(auto there, at(mirror));
        endpoints.push_back({std::move(there), true});
    }
    if (row->second.location.empty()) {
        endpoints.push_back({reference, false});
        return endpoints;
    }
    TRY_ASSIGN(auto there, at(row->second.location));
    endpoints.push_back({std::move(there), false});
    return endpoints;
}

}  // namespace coracle::registry
