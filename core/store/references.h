// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/database.h"
#include "core/store/layout.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

/// Who refers to what; queries that several parts need. All run within Database::read() or write().
namespace coracle::store {

struct StoreContext;

/// One layer of an image's stack.
struct StackedLayer {
    std::string chainId;
    std::uint64_t unpackedBytes = 0;
};
/// A layer and those below it, top first. Errors: NotFound.
Result<std::vector<StackedLayer>> layerStack(Database& database, const std::string& topChainId);

/// A layer that no image, no container, no removal and no other layer needs.
struct OrphanLayer {
    std::string chainId;
    std::string blobDigest;   ///< may be empty
    std::uint64_t bytes = 0;  ///< on the disk; as counted while unpacking when it was not measured
};
/// Which layers may go: only these, or all that have been there since before a time. A pull publishes its
/// layers before its image, so a layer without references is not yet garbage.
struct OrphanFilter {
    std::set<std::string> candidates;
    std::int64_t createdBefore = 0;  ///< nanoseconds; looked at when there are no candidates
};
/// Delete the rows of all such layers, from the top down, and tell which they were.
Result<std::vector<OrphanLayer>> deleteOrphanLayers(Database& database, const OrphanFilter& filter);

/// Content that no row names any more, and what it takes on the disk.
struct FreedContent {
    std::vector<OrphanLayer> layers;
    std::vector<std::string> blobs;    ///< digests
    std::vector<std::string> folders;  ///< paths, of containers and volumes
    std::uint64_t bytes = 0;
};
/// Delete the rows of those layers that nobody needs, and add them to `freed` with those of the blobs, and of
/// the layers' blobs, that nothing names then.
Result<> releaseContent(Database& database, const Layout& layout, const std::set<std::string>& layers,
                        const std::set<std::string>& blobs, FreedContent& freed);
/// After the transaction: move layers and folders to the trash, delete blobs. What is gone is success.
Result<> dropContent(const StoreContext& context, const FreedContent& freed);

/// Digests of all blobs that a row names.
inline constexpr const char* kNamedBlobs =
    "SELECT id FROM images UNION SELECT manifestDigest FROM images UNION SELECT blobDigest"
    " FROM imageLayers UNION SELECT digest FROM removalBlobs UNION SELECT blobDigest FROM layers"
    " WHERE blobDigest IS NOT NULL UNION SELECT substr(name, instr(name, '@') + 1) FROM repoDigests";

/// Whether an image (as manifest, config or layer), a removal or a layer refers to the blob.
Result<bool> isBlobUsed(Database& database, const std::string& digest);

/// First column of all rows, as texts.
Result<std::vector<std::string>> texts(Statement& statement);

}  // namespace coracle::store
