// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/http.h"
#include "rootless/sys/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::registry {

/// What is set for one registry.
struct HostSettings {
    std::string host;       ///< "127.0.0.1:5000", where to connect; "registry-1.docker.io" for docker.io
    bool insecure = false;  ///< the certificate is not checked, and plain HTTP is used where there is no TLS
    bool plainHttpAllowed = false;  ///< true for loopback: TLS first, then plain HTTP, as docker does
    TlsSettings tls;
    std::vector<std::string> mirrors;  ///< hosts to try first, in order
};

/// Per-registry settings: registries.json of ours and docker's certs.d folders.
///   {"127.0.0.1:5000": {"insecure": true, "ca": "/path/ca.crt", "mirrors": ["mirror.example"]}}
///   certs.d/HOST[:PORT]/*.crt are CAs; x.cert with x.key is a client certificate.
class RegistryConfig {
public:
    /// An empty configuration: everything by TLS with the system's certificates, loopback also without.
    RegistryConfig() = default;

    /// The user's: $XDG_CONFIG_HOME/coracle/registries.json, and certs.d in /etc/docker and ~/.config/docker.
    /// A missing file is none. Errors: Corrupt naming file and member.
    static Result<RegistryConfig> load();

    /// With explicit places. An empty file name is none; later folders win.
    static Result<RegistryConfig> load(const std::string& file, std::vector<std::string> certificateFolders);

    /// By the registry's name in references ("docker.io", "127.0.0.1:5000"). Reads certificates.
    /// Errors: NotFound, Corrupt for a certificate file that is named but unusable.
    Result<HostSettings> find(std::string_view registry) const;

private:
    struct Row {
        bool insecure = false;
        std::string caFile;
        std::vector<std::string> mirrors;
    };
    std::map<std::string, Row, std::less<>> m_rows;
    std::vector<std::string> m_certificateFolders;
};

/// $XDG_CONFIG_HOME or ~/.config; empty when neither is known.
std::string configHome();

}  // namespace coracle::registry
