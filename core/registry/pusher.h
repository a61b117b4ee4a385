// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/manifest.h"
#include "core/image/reference.h"
#include "core/registry/auth_file.h"
#include "core/registry/blob_upload.h"
#include "core/registry/http.h"
#include "core/registry/push_source.h"
#include "core/registry/registry_config.h"
#include "core/registry/retry.h"
#include "core/types/push.h"

#include <stop_token>

namespace coracle::registry {

struct PusherOptions {
    unsigned parallelLayers = 3;
    RetryPolicy retry;
    UploadLimits limits;
};

/// Pushes images. Theory of operation:
///  1. What the root stands for is read on the calling thread: one manifest, or an index with all of its
///     manifests.
///  2. Each layer is asked for (HEAD) and sent if the registry lacks it (BlobUpload), by up to parallelLayers
///     threads, the largest first. The first error stops the others.
///  3. Then the configurations, then the manifests, an index after those in it, the root under the tag last:
///     a tag never names something that is incomplete.
/// What is sent is what is stored, byte for byte, so digests stay the same. Mirrors are not pushed to.
class Pusher {
public:
    /// The arguments have to outlive the pusher.
    Pusher(Http& http, const RegistryConfig& config, const AuthFile& logins, PusherOptions options = {})
        : m_http(http), m_config(config), m_logins(logins), m_options(options) {}

    /// Blocks. `progress` may be empty. `destination` has a tag. Errors: NotFound (something is missing on
    /// this computer), Unauthenticated, PermissionDenied, Unavailable, Corrupt, Cancelled; each begins with
    /// "push 'NAME'".
    /// root: a manifest or index; its size does not count.
    Result<types::PushedImage> push(const image::Reference& destination, const image::Descriptor& root,
                                    PushSource& source, const types::PushProgress& progress,
                                    std::stop_token stop);

private:
    Http& m_http;
    const RegistryConfig& m_config;
    const AuthFile& m_logins;
    const PusherOptions m_options;
};

}  // namespace coracle::registry
