// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstddef>
#include <string>
#include <vector>

namespace coracle::registry {

/// Where a push takes what it sends. The registry code knows the protocol and nothing about the store; the
/// engine implements this with the store, and tests with a directory. May be called from several threads.
class PushSource {
public:
    virtual ~PushSource() = default;

    /// A manifest, index or configuration, verified against its digest. Errors: NotFound; Corrupt.
    virtual Result<std::string> readDocument(const image::Digest& digest, std::size_t maxBytes) = 0;

    /// A layer as it came, for reading; not verified. Errors: NotFound.
    virtual Result<sys::UniqueFd> openBlob(const image::Digest& digest) = 0;

    /// Repositories of that registry ("team/base") that are known to have the blob, the likeliest first.
    virtual std::vector<std::string> repositoriesWith(const std::string& registry,
                                                      const image::Digest& digest) = 0;
};

}  // namespace coracle::registry
