// SPDX-License-Identifier: Apache-2.0
#include "core/store/references.h"

namespace coracle::store {

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

/// In rounds: a layer becomes an orphan when the one above it goes. Young ones are spared without
/// candidates, as a pull in progress publishes its layers before its image.
Result<std::vector<OrphanLayer>> deleteOrphanLayers(Database& database, const OrphanFilter& filter) {
    constexpr const char* kFind =
        "SELECT chainId, coalesce(blobDigest, ''), unpackedBytes, createdAt FROM layers AS l"
        " WHERE NOT EXISTS (SELECT 1 FROM imageLayers WHERE chainId = l.chainId)"
        " AND NOT EXISTS (SELECT 1 FROM containers WHERE chainId = l.chainId)"
        " AND NOT EXISTS (SELECT 1 FROM layers WHERE parent = l.chainId)";
    std::vector<OrphanLayer> orphans;
    while (true) {
        std::vector<OrphanLayer> round;
        {
            TRY_ASSIGN(Statement row, database.prepare(kFind));
            while (true) {
                TRY_ASSIGN(const bool more, row.step());
                if (!more) {
                    break;
                }
                const bool may = filter.candidates.empty() ? row.number(3) < filter.createdBefore
                                                           : filter.candidates.contains(row.text(0));
                if (may) {
                    round.push_back({row.text(0), row.text(1), static_cast<std::uint64_t>(row.number(2))});
                }
            }
        }
        if (round.empty()) {
            return orphans;
        }
        for (OrphanLayer& orphan : round) {
            TRY_ASSIGN(Statement remove, database.prepare("DELETE FROM layers WHERE chainId = ?"));
            TRY_ASSIGN(const auto changed, remove.bind(1, orphan.chainId).run());
            (void)changed;
            orphans.push_back(std::move(orphan));
        }
    }
}

/// By an image, a layer, or a name with its digest: the manifest lists that a pull came through are kept
/// by the last.
Result<bool> isBlobUsed(Database& database, const std::string& digest) {
    TRY_ASSIGN(Statement row,
               database.prepare("SELECT 1 FROM images WHERE id = ?1 OR manifestDigest = ?1"
                                " UNION ALL SELECT 1 FROM imageLayers WHERE blobDigest = ?1"
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
