// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/manifest.h"
#include "core/image/reference.h"
#include "core/registry/auth_file.h"
#include "core/registry/http.h"
#include "core/registry/pull_target.h"
#include "core/registry/registry_client.h"
#include "core/registry/registry_config.h"
#include "core/registry/retry.h"
#include "core/types/progress.h"

#include <stop_token>

namespace coracle::registry {

/// How hard a pull works. Three layers at once is docker's number ("max-concurrent-downloads").
struct PullerOptions {
    unsigned parallelLayers = 3;
    RetryPolicy retry;
};

/// Pulls images. Theory of operation:
///  1. What the reference stands for is resolved on the calling thread: the manifest (through an index for
///  the
///     platform) and the configuration, from the target where it has them. A tag that was pulled before is
///     asked for with HEAD, so an unchanged image costs one small request.
///  2. Layers whose chain id the target lacks are begun from the base upward and then filled by up to
///     parallelLayers threads, the largest first: the longest one decides when all are done.
///  3. The first error stops the others; nothing is committed then.
///  4. The target commits: layers, then the record with the name.
/// Mirrors are tried before the registry itself; digests are verified, so a mirror is trusted with nothing
/// but the tag. No lock is held while content is fetched, parsed or unpacked.
class Puller {
public:
    /// The arguments have to outlive the puller.
    Puller(Http& http, const RegistryConfig& config, const AuthFile& logins, PullerOptions options = {})
        : m_http(http), m_config(config), m_logins(logins), m_options(options) {}

    /// Blocks. `progress` may be empty. Errors: NotFound, Unauthenticated, Unavailable, Corrupt, Unsupported,
    /// Io, Cancelled; each begins with "pull 'NAME'".
    Result<PulledImage> pull(const image::Reference& reference, const image::Platform& platform,
                             PullTarget& target, const types::PullProgress& progress, std::stop_token stop);

    /// The manifest or index that a reference stands for, as the registry has it. Errors: as pull().
    Result<std::string> fetchManifest(const image::Reference& reference, std::stop_token stop);

    /// Whether a registry accepts a login. Errors: Unauthenticated, Unavailable, NotFound.
    Result<> checkLogin(const std::string& registry, const Credential& credential, std::stop_token stop);

private:
    /// For the registry of `place`, with its settings and logins. Errors: of the configuration.
    Result<SessionOptions> sessionOptions(const image::Reference& place) const;

    Http& m_http;
    const RegistryConfig& m_config;
    const AuthFile& m_logins;
    const PullerOptions m_options;
};

}  // namespace coracle::registry
