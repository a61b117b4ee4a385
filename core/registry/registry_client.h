// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/image/manifest.h"
#include "core/image/reference.h"
#include "core/registry/registry_session.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace coracle::registry {

/// A manifest or index as it came: the bytes are what the digest is over, so they are kept and not printed
/// anew.
struct FetchedManifest {
    std::string bytes;
    std::string mediaType;  ///< Content-Type; what it promises is checked by image::parseManifest
    image::Digest digest;
};

/// The pull side of the distribution protocol for one registry. All methods block, may be called from several
/// threads at once, and return Cancelled soon after a stop request. Passing failures are retried. No error
/// message holds a credential, a token or the query of an address.
/// Source: OCI distribution-spec 1.1.
class RegistryClient {
public:
    RegistryClient(Http& http, SessionOptions options) : m_session(http, std::move(options)) {}

    /// Whether the registry is there and accepts the login of the options; a registry that wants none is
    /// success. Errors: Unauthenticated, Unavailable, NotFound when there is no registry.
    Result<> checkLogin(std::stop_token stop);

    /// What a tag stands for now; none when the registry does not say so. One round trip without a body.
    Result<std::optional<image::Digest>> headManifest(const image::Reference& reference,
                                                      std::stop_token stop);

    /// By digest when the reference has one or `digest` is given, else by tag; verified against either.
    /// Errors: NotFound, Unauthenticated, Corrupt (digest, Docker-Content-Digest, size), Unavailable.
    Result<FetchedManifest> fetchManifest(const image::Reference& reference,
                                          const std::optional<image::Digest>& digest, std::stop_token stop);

    /// A small blob such as a configuration, verified. Errors: Corrupt for a wrong size or digest.
    Result<std::string> fetchDocument(const image::Reference& reference, const image::Descriptor& descriptor,
                                      std::stop_token stop);

    /// A blob, delivered in order and each byte once, whatever breaks in between: a broken connection is
    /// resumed by a range request. Exactly descriptor.size bytes, else Corrupt; the digest is for the
    /// receiver to check. An error of `write` ends the transfer and is returned.
    Result<> fetchBlob(const image::Reference& reference, const image::Descriptor& descriptor,
                       const std::function<Result<>(std::string_view)>& write, std::stop_token stop);

private:
    RegistrySession m_session;
};

}  // namespace coracle::registry
