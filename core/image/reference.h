// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "rootless/sys/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace coracle::image {

/// A complete image name: registry, repository, and tag or digest. "alpine" means
/// docker.io/library/alpine:latest. Source: distribution/reference grammar, as docker uses it.
class Reference {
public:
    /// Parse what people type, filling in docker.io, library/ and :latest. A first component with '.', ':' or
    /// equal to "localhost" is a registry. Errors: InvalidArgument that says which part is wrong.
    static Result<Reference> parse(std::string_view text);
    /// The same for a name that an image is to be given: no digest, and no "sha256:1", which everything that
    /// takes images by their ids would take for one. Errors: as parse().
    static Result<Reference> parseNewName(std::string_view text);

    const std::string& registry() const noexcept { return m_registry; }  ///< "docker.io", "127.0.0.1:5000"
    const std::string& repository() const noexcept { return m_repository; }  ///< "library/alpine"
    const std::optional<std::string>& tag() const noexcept { return m_tag; }
    const std::optional<Digest>& digest() const noexcept { return m_digest; }

    /// "docker.io/library/alpine:latest"; with a digest "...@sha256:..." (the tag is kept when there was
    /// one).
    std::string text() const;
    /// As people write it: "alpine:latest", "127.0.0.1:5000/team/app:1".
    std::string familiarText() const;
    /// Registry and repository: "docker.io/library/alpine".
    std::string name() const;
    /// The same without the default registry and library/: "alpine".
    std::string familiarName() const;

    friend bool operator==(const Reference&, const Reference&) = default;

private:
    std::string m_registry;
    std::string m_repository;
    std::optional<std::string> m_tag;
    std::optional<Digest> m_digest;
};

}  // namespace coracle::image
