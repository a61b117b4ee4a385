// SPDX-License-Identifier: Apache-2.0
#include "core/store/references.h"

#include "core/store/context.h"
#include "core/store/trash.h"
#include "rootless/sys/file.h"

#include <sys/stat.h>

namespace coracle::store {
namespace {

/// The unit of st_blocks (stat(2)).
constexpr std::uint64_t kBlockBytes = 512;
/// As many as a usual image has.
constexpr std::size_t kFewBlobs = 32;

}  // namespace

/// From the top down. The recursion ends since a parent's row is there before its child's, so there is no
/// circle.
Result<std::vector<StackedLayer>> layerStack(Database& database, const std::string& topChainId) {
    TRY_ASSIGN(Statement row,
               database.prepare("WITH RECURSIVE stack (chainId, parent, bytes, depth) AS ("
                                " SELECT chainId, parent, unpackedBytes, 0 FROM layers"
                                " WHERE chainId = ?1"
                                " UNION ALL SELECT l.chainId, l.parent, l.unpackedBytes, depth + 1"
                                " FROM layers l JOIN stack s ON l.chainId = s.parent)"
                                " SELECT chainId, bytes FROM stack ORDER BY depth"));
    row.bind(1, topChainId);
    std::vector<StackedLayer> stack;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) {
            break;
        }
        stack.push_back({row.text(0), static_cast<std::uint64_t>(row.number(1))});
    }
    if (stack.empty()) {
        return Error(ErrorKind::NotFound, "no layer " + topChainId);
    }
    return stack;
}

namespace {

constexpr const char* kOrphans =
    "SELECT chainId, coalesce(blobDigest, ''), coalesce((SELECT bytes FROM layerSizes AS s WHERE s.chainId ="
    " l.chainId), unpackedBytes), createdAt FROM layers AS l"
    " WHERE NOT EXISTS (SELECT 1 FROM imageLayers WHERE chainId = l.chainId)"
    " AND NOT EXISTS (SELECT 1 FROM containers WHERE chainId = l.chainId)"
    " AND NOT EXISTS (SELECT 1 FROM containerImages WHERE chainId = l.chainId)"
    " AND NOT EXISTS (SELECT 1 FROM removalLayers WHERE chainId = l.chainId)"
    " AND NOT EXISTS (SELECT 1 FROM layers WHERE parent = l.chainId)";

OrphanLayer orphanOf(const Statement& row) {
    return {row.text(0), row.text(1), static_cast<std::uint64_t>(row.number(2))};
}

/// Those of the candidates, each looked up by its key; of all layers when there are none.
Result<std::vector<OrphanLayer>> findOrphans(Database& database, const OrphanFilter& filter) {
    std::vector<OrphanLayer> found;
    for (const std::string& candidate : filter.candidates) {
        static const std::string kOne = std::string(kOrphans) + " AND l.chainId = ?";
        TRY_ASSIGN(Statement row, database.prepare(kOne.c_str()));
        TRY_ASSIGN(const bool orphan, row.bind(1, candidate).step());
        if (orphan) {
            found.push_back(orphanOf(row));
        }
    }
    if (!filter.candidates.empty()) {
        return found;
    }
    TRY_ASSIGN(Statement row, database.prepare(kOrphans));
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) {
            return found;
        }
        if (row.number(3) < filter.createdBefore) {
            found.push_back(orphanOf(row));
        }
    }
}

}  // namespace

/// In rounds: a layer becomes an orphan when the one above it goes. Young ones are spared without
/// candidates, as a pull in progress publishes its layers before its image.
Result<std::vector<OrphanLayer>> deleteOrphanLayers(Database& database, const OrphanFilter& filter) {
    std::vector<OrphanLayer> orphans;
    OrphanFilter left = filter;
    while (true) {
        TRY_ASSIGN(auto round, findOrphans(database, left));
        for (OrphanLayer& orphan : round) {
            TRY_ASSIGN(Statement remove, database.prepare("DELETE FROM layers WHERE chainId = ?"));
            TRY_ASSIGN(const auto changed, remove.bind(1, orphan.chainId).run());
            (void)changed;
            left.candidates.erase(orphan.chainId);
            orphans.push_back(std::move(orphan));
        }
        const bool allGone = left.candidates.empty() && !filter.candidates.empty();
        if (round.empty() || allGone) {
            return orphans;
        }
    }
}

namespace {

/// Many are looked up in the list of all, few each by itself.
Result<std::set<std::string>> usedAmong(Database& database, const std::set<std::string>& digests) {
    std::set<std::string> used;
    if (digests.size() > kFewBlobs) {
        TRY_ASSIGN(Statement named, database.prepare(kNamedBlobs));
        TRY_ASSIGN(const auto found, texts(named));
        used.insert(found.begin(), found.end());
        return used;
    }
    for (const std::string& digest : digests) {
        TRY_ASSIGN(const bool isUsed, isBlobUsed(database, digest));
        if (isUsed) {
            used.insert(digest);
        }
    }
    return used;
}

}  // namespace

Result<> releaseContent(Database& database, const Layout& layout, const std::set<std::string>& layers,
                        const std::set<std::string>& blobs, FreedContent& freed) {
    std::set<std::string> candidates = blobs;
    if (!layers.empty()) {
        TRY_ASSIGN(auto orphans, deleteOrphanLayers(database, {layers, 0}));
        for (OrphanLayer& orphan : orphans) {
            freed.bytes += orphan.bytes;
            if (!orphan.blobDigest.empty()) {
                candidates.insert(orphan.blobDigest);
            }
            freed.layers.push_back(std::move(orphan));
        }
    }
    TRY_ASSIGN(const auto used, usedAmong(database, candidates));
    for (const std::string& digest : candidates) {
        if (used.contains(digest)) {
            continue;
        }
        TRY_ASSIGN(const image::Digest blob, image::Digest::parse(digest));
        struct stat status {};
        if (::lstat(layout.blob(blob).c_str(), &status) == 0) {
            freed.bytes += static_cast<std::uint64_t>(status.st_blocks) * kBlockBytes;
        }
        freed.blobs.push_back(digest);
    }
    return {};
}

Result<> dropContent(const StoreContext& context, const FreedContent& freed) {
    const Trash trash(context);
    for (const OrphanLayer& layer : freed.layers) {
        TRY_ASSIGN(const image::Digest chainId, image::Digest::parse(layer.chainId));
        TRY(trash.moveToTrash(context.layout.layer(chainId)));
    }
    for (const std::string& folder : freed.folders) {
        TRY(trash.moveToTrash(folder));
    }
    for (const std::string& digest : freed.blobs) {
        TRY_ASSIGN(const image::Digest blob, image::Digest::parse(digest));
        TRY(sys::removeFile(context.layout.blob(blob)));
    }
    return {};
}

/// By an image, a removal, a layer, or a name with its digest: the manifest lists that a pull came through
/// are kept by the last.
Result<bool> isBlobUsed(Database& database, const std::string& digest) {
    TRY_ASSIGN(Statement row,
               database.prepare("SELECT 1 FROM images WHERE id = ?1 OR manifestDigest = ?1"
                                " UNION ALL SELECT 1 FROM imageLayers WHERE blobDigest = ?1"
                                " UNION ALL SELECT 1 FROM removalBlobs WHERE digest = ?1"
                                " UNION ALL SELECT 1 FROM repoDigests WHERE name LIKE '%@' || ?1"
                                " UNION ALL SELECT 1 FROM layers WHERE blobDigest = ?1 LIMIT 1"));
    return row.bind(1, digest).step();
}

Result<std::vector<std::string>> texts(Statement& statement) {
    std::vector<std::string> values;
    while (true) {
        TRY_ASSIGN(const bool more, statement.step());
        if (!more) {
            return values;
        }
        values.push_back(statement.text(0));
    }
}

}  // namespace coracle::store
