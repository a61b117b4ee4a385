// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/database.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

/// Who refers to what; queries that several parts need. All run within Database::read() or write().
namespace coracle::store {

/// One layer of an image's stack.
struct StackedLayer {
    std::string chainId;
    std::uint64_t unpackedBytes = 0;
};
/// A layer and those below it, top first. Errors: NotFound.
Result<std::vector<StackedLayer>> layerStack(Database& database, const std::string& topChainId);

/// A layer that no image, no container and no other layer needs.
struct OrphanLayer {
    std::string chainId;
    std::string blobDigest;  ///< may be empty
    std::uint64_t unpackedBytes = 0;
};
/// Which layers may go: only these, or all that have been there since before a time. A pull publishes its
/// layers before its image, so a layer without references is not yet garbage.
struct OrphanFilter {
    std::set<std::string> candidates;
    std::int64_t createdBefore = 0;  ///< nanoseconds; looked at when there are no candidates
};
/// Delete the rows of all such layers, from the top down, and tell which they were.
Result<std::vector<OrphanLayer>> deleteOrphanLayers(Database& database, const OrphanFilter& filter);

/// Whether an image (as manifest, config or layer) or a layer refers to the blob.
Result<bool> isBlobUsed(Database& database, const std::string& digest);

/// First column of all rows, as texts.
Result<std::vector<std::string>> texts(Statement& statement);

}  // namespace coracle::store
