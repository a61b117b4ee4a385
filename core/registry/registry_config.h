// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/reference.h"
#include "core/registry/http.h"
#include "core/types/registry_settings.h"
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
};

/// A place where an image can be had.
struct Endpoint {
    image::Reference reference;  ///< as that place names it
    bool mirror = false;         ///< trusted with nothing but the tag, and not pushed to
};

/// Per-registry settings: registries.json of ours and docker's certs.d folders; the form is told in
/// core/README.md, "Registries".
///   certs.d/HOST[:PORT]/*.crt are CAs; x.cert with x.key is a client certificate.
class RegistryConfig {
public:
    /// An empty configuration: everything by TLS with the system's certificates, loopback also without.
    RegistryConfig() = default;

    /// The user's: $XDG_CONFIG_HOME/coracle/registries.json, and certs.d in /etc/docker and ~/.config/docker.
    /// A missing file is none. Errors: Corrupt naming file, line and member.
    static Result<RegistryConfig> load();

    /// With explicit places. An empty file name is none; later folders win.
    static Result<RegistryConfig> load(const std::string& file, std::vector<std::string> certificateFolders);

    /// From the text of a file. Errors: Corrupt naming line and member.
    static Result<RegistryConfig> parse(const std::string& text);

    /// What is set, in the order of names.
    std::vector<types::RegistrySettings> rows() const;

    /// By the registry's name in references ("docker.io", "127.0.0.1:5000"). Reads certificates.
    /// Errors: NotFound, Corrupt for a certificate file that is named but unusable.
    Result<HostSettings> find(std::string_view registry) const;

    /// Where to pull an image from, in the order to try: the mirrors, then the place itself, which another
    /// one may stand for ("location"). The last one is the place to push to. The most special row counts.
    /// Errors: PermissionDenied when it is blocked; InvalidArgument when a name becomes none.
    Result<std::vector<Endpoint>> endpointsFor(const image::Reference& reference) const;

    /// Errors: PermissionDenied when all of the registry is blocked.
    Result<> checkAllowed(std::string_view registry) const;

private:
    struct Row : types::RegistrySettings {
        std::size_t line = 0;
    };
    Result<> read(const std::string& text);
    Error blockedBy(const std::string& name, const Row& row) const;

    std::string m_file;
    std::map<std::string, Row, std::less<>> m_rows;  ///< by host, or host and beginning of the repository
    std::vector<std::string> m_certificateFolders;
};

/// Our own file of settings; empty when no home folder is known.
std::string registrySettingsFile();

/// $XDG_CONFIG_HOME or ~/.config; empty when neither is known.
std::string configHome();

}  // namespace coracle::registry
