// SPDX-License-Identifier: Apache-2.0
#include "core/store/images.h"

#include "core/store/context.h"
#include "core/store/protections.h"
#include "core/store/references.h"
#include "core/store/removal_record.h"
#include "core/store/removals.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace coracle::store {
namespace {

constexpr std::string_view kDigestPrefix = "sha256:";
/// Shortest prefix of an id that is looked up: shorter ones are names that people type.
constexpr std::size_t kMinPrefixDigits = 2;

Result<> runBound(Database& database, const char* sql, const std::string& first,
                  const std::string& second = {}) {
    TRY_ASSIGN(Statement row, database.prepare(sql));
    row.bind(1, first);
    if (!second.empty()) {
        row.bind(2, second);
    }
    TRY_ASSIGN(const auto changed, row.run());
    (void)changed;
    return {};
}

Result<std::vector<std::string>> textsFor(Database& database, const char* sql, const std::string& first) {
    TRY_ASSIGN(Statement row, database.prepare(sql));
    return texts(row.bind(1, first));
}

/// sizeBytes counts a layer once, however often the image has it; sharedBytes is the part that other
/// images of this store have as well.
Result<> readLayers(Database& database, ImageRecord& record) {
    TRY_ASSIGN(
        Statement row,
        database.prepare("SELECT i.chainId, i.blobDigest, l.unpackedBytes, EXISTS (SELECT 1 FROM imageLayers"
                         " AS o WHERE o.chainId = i.chainId AND o.imageId <> i.imageId) FROM imageLayers AS"
                         " i JOIN layers AS l ON l.chainId = i.chainId WHERE i.imageId = ? ORDER BY"
                         " i.position"));
    row.bind(1, record.id.text());
    std::set<std::string> seen;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) {
            return {};
        }
        TRY_ASSIGN(image::Digest chainId, image::Digest::parse(row.text(0)));
        TRY_ASSIGN(image::Digest blob, image::Digest::parse(row.text(1)));
        const auto bytes = static_cast<std::uint64_t>(row.number(2));
        if (seen.insert(row.text(0)).second) {
            record.sizeBytes += bytes;
            record.sharedBytes += row.number(3) != 0 ? bytes : 0;
        }
        record.chainIds.push_back(std::move(chainId));
        record.layerDigests.push_back(std::move(blob));
    }
}

Result<std::optional<ImageRecord>> readImage(Database& database, const std::string& id,
                                             Images::Relations relations = Images::Relations::Read) {
    TRY_ASSIGN(Statement row,
               database.prepare("SELECT manifestDigest, manifestType, platform, createdAt, pulledAt"
                                " FROM images WHERE id = ?"));
    TRY_ASSIGN(const bool found, row.bind(1, id).step());
    if (!found) {
        return std::optional<ImageRecord>();
    }
    TRY_ASSIGN(image::Digest digest, image::Digest::parse(id));
    TRY_ASSIGN(image::Digest manifest, image::Digest::parse(row.text(0)));
    ImageRecord record{
        std::move(digest), std::move(manifest), row.text(1), row.text(2), {}, {}, {}, {}, {}, {}, 0, 0, {}};
    record.createdAt = fromNanoseconds(row.number(3));
    record.pulledAt = fromNanoseconds(row.number(4));
    TRY(readLayers(database, record));
    TRY_ASSIGN(record.references,
               textsFor(database, "SELECT name FROM imageNames WHERE imageId = ? ORDER BY name", id));
    if (relations == Images::Relations::Skip) {
        return std::optional<ImageRecord>(std::move(record));
    }
    TRY_ASSIGN(record.repoDigests,
               textsFor(database, "SELECT name FROM repoDigests WHERE imageId = ? ORDER BY name", id));
    TRY_ASSIGN(record.usedBy,
               textsFor(database,
                        "SELECT name FROM containers WHERE imageId = ?1 UNION SELECT c.name FROM containers"
                        " AS c JOIN containerImages AS i ON i.containerId = c.id WHERE i.imageId = ?1"
                        " ORDER BY name",
                        id));
    return std::optional<ImageRecord>(std::move(record));
}

bool isHexPrefix(std::string_view text) {
    return text.size() >= kMinPrefixDigits && text.size() <= 64 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// Id of the image that a name, digest, id or prefix means; empty: none.
/// Names before prefixes: a tag may look like the beginning of an id ("beef").
Result<std::string> findId(Database& database, const std::string& nameOrId) {
    TRY_ASSIGN(auto ids, textsFor(database,
                                  "SELECT imageId FROM imageNames WHERE name = ?1 UNION"
                                  " SELECT imageId FROM repoDigests WHERE name = ?1",
                                  nameOrId));
    if (ids.empty()) {
        std::string_view prefix = nameOrId;
        if (prefix.starts_with(kDigestPrefix)) {
            prefix.remove_prefix(kDigestPrefix.size());
        }
        if (!isHexPrefix(prefix)) {
            return std::string();
        }
        TRY_ASSIGN(ids,
                   textsFor(database, "SELECT id FROM images WHERE substr(id, 1, length(?1)) = ?1 LIMIT 2",
                            std::string(kDigestPrefix) + std::string(prefix)));
    }
    if (ids.size() > 1) {
        return Error(ErrorKind::InvalidArgument, "'" + nameOrId + "' is the beginning of several image ids")
            .withHint("write more digits");
    }
    return ids.empty() ? std::string() : ids.front();
}

Result<std::vector<LookupCache::KnownContainer>> knownContainers(Database& database) {
    TRY_ASSIGN(Statement row, database.prepare("SELECT id, name FROM containers"));
    std::vector<LookupCache::KnownContainer> containers;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) {
            return containers;
        }
        containers.push_back({row.text(0), row.text(1)});
    }
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "'" : "', '") + word;
    }
    return text + "'";
}

/// What a removal has to do on disk once its transaction is through.
struct Removal {
    RemovedImageRecord result;
    FreedContent freed;
};

/// The layers and blobs that an image names.
struct Content {
    std::set<std::string> layers;
    std::set<std::string> blobs;
};
Content contentOf(const ImageRecord& record) {
    Content content;
    content.blobs = {record.id.text(), record.manifestDigest.text()};
    for (const auto& digest : record.layerDigests) {
        content.blobs.insert(digest.text());
    }
    for (const std::string& name : record.repoDigests) {  // of the index that the image was chosen from
        content.blobs.insert(name.substr(name.find('@') + 1));
    }
    for (const auto& chainId : record.chainIds) {
        content.layers.insert(chainId.text());
    }
    return content;
}

RemovalRecord removalOf(const ImageRecord& record, RemovedKind kind, const std::string& name,
                        const std::string& batch) {
    RemovalRecord removal;
    removal.batch = batch;
    removal.kind = kind;
    removal.name = name;
    removal.objectId = record.id.text();
    removal.record = kind == RemovedKind::Image ? toJson(record) : "{}";
    return removal;
}

/// What docker calls deleted: all that no image and no container has, whatever the trash has. Found by trying
/// it, and taken back.
Result<FreedContent> contentWithoutTrash(const StoreContext& context, const Content& content) {
    Database& database = context.database;
    FreedContent freed;
    TRY(database.execute("SAVEPOINT trial; DELETE FROM removalLayers; DELETE FROM removalBlobs"));
    auto outcome = releaseContent(database, context.layout, content.layers, content.blobs, freed);
    TRY(database.execute("ROLLBACK TO trial; RELEASE trial"));
    TRY(std::move(outcome));
    return freed;
}

/// The image itself, within a transaction. Which layers and blobs go is asked after the row is gone, so
/// that its own references no longer count, and in the same transaction, so that nobody can begin to use
/// one in between. For one that is kept the same is asked, and then not done: by its removal.
Result<> deleteImage(const StoreContext& context, const ImageRecord& record, const RemovalOrder& order,
                     Removal& removal) {
    Database& database = context.database;
    const Content content = contentOf(record);
    TRY(runBound(database, "DELETE FROM images WHERE id = ?", record.id.text()));
    removal.result.deletedImage = record.id;
    if (order.fate != Fate::Kept) {
        return releaseContent(database, context.layout, content.layers, content.blobs, removal.freed);
    }
    TRY_ASSIGN(const FreedContent unused, contentWithoutTrash(context, content));
    for (const OrphanLayer& layer : unused.layers) {
        TRY_ASSIGN(image::Digest chainId, image::Digest::parse(layer.chainId));
        removal.result.deletedLayers.push_back(std::move(chainId));
    }
    removal.result.freedBytes = unused.bytes;
    const std::string name = record.references.empty() ? "" : record.references.front();
    TRY_ASSIGN(const auto id, noteRemoval(database, removalOf(record, RemovedKind::Image, name, order.batch),
                                          content.layers, content.blobs));
    (void)id;
    return {};
}

/// One name of several.
Result<> deleteName(Database& database, const ImageRecord& record, const std::string& name,
                    const RemovalOrder& order) {
    TRY(runBound(database, "DELETE FROM imageNames WHERE name = ?", name));
    if (order.fate == Fate::Kept) {
        TRY_ASSIGN(
            const auto id,
            noteRemoval(database, removalOf(record, RemovedKind::ImageName, name, order.batch), {}, {}));
        (void)id;
    }
    return {};
}

/// docker's rules: a name that is not the last is only untagged; the last one, or an id, takes the image
/// along; containers stand in the way unless forced, and then keep their layers.
Result<> decideRemoval(const StoreContext& context, const std::string& nameOrId, Images::Force force,
                       const RemovalOrder& order, Removal& removal) {
    Database& database = context.database;
    TRY_ASSIGN(const std::string id, findId(database, nameOrId));
    if (id.empty()) {
        return Error(ErrorKind::NotFound, "no image '" + nameOrId + "'");
    }
    TRY_ASSIGN(const auto found, readImage(database, id));
    const ImageRecord& record = *found;
    const auto& names = record.references;
    TRY(requireUnprotected(database, RemovedKind::Image, id, nameOrId));
    const bool byName = std::find(names.begin(), names.end(), nameOrId) != names.end();
    if (byName && names.size() > 1) {
        removal.result.untagged = {nameOrId};
        return deleteName(database, record, nameOrId, order);
    }
    if (force == Images::Force::No && !record.usedBy.empty()) {
        return Error(ErrorKind::Conflict,
                     "image '" + nameOrId + "' is used by the containers " + joined(record.usedBy))
            .withHint("remove the containers first, or force");
    }
    if (force == Images::Force::No && !byName && names.size() > 1) {
        return Error(ErrorKind::Conflict, "image '" + nameOrId + "' has several names: " + joined(names))
            .withHint("remove it by name, or force");
    }
    removal.result.untagged = names;
    return deleteImage(context, record, order, removal);
}

}  // namespace

Result<> insertImage(Database& database, const ImageRecord& record) {
    const std::string& id = record.id.text();
    TRY_ASSIGN(Statement row,
               database.prepare("INSERT INTO images VALUES (?1,?2,?3,?4,?5,?6) ON CONFLICT (id) DO UPDATE SET"
                                " manifestDigest=?2, manifestType=?3, platform=?4, pulledAt=?6"));
    row.bind(1, id).bind(2, record.manifestDigest.text()).bind(3, record.manifestMediaType);
    row.bind(4, record.platform).bind(5, toNanoseconds(record.createdAt));
    row.bind(6, toNanoseconds(record.pulledAt));
    TRY_ASSIGN(auto changed, row.run());
    TRY(runBound(database, "DELETE FROM imageLayers WHERE imageId = ?", id));
    for (std::size_t i = 0; i < record.chainIds.size(); ++i) {
        TRY_ASSIGN(Statement known, database.prepare("SELECT 1 FROM layers WHERE chainId = ?"));
        TRY_ASSIGN(const bool present, known.bind(1, record.chainIds[i].text()).step());
        if (!present) {
            return Error(ErrorKind::NotFound,
                         "the layer " + record.chainIds[i].text() + " is not in the store");
        }
        TRY_ASSIGN(Statement layer, database.prepare("INSERT INTO imageLayers VALUES (?,?,?,?)"));
        layer.bind(1, id).bind(2, static_cast<std::int64_t>(i)).bind(3, record.chainIds[i].text());
        TRY_ASSIGN(changed, layer.bind(4, record.layerDigests[i].text()).run());
    }
    (void)changed;
    for (const std::string& name : record.repoDigests) {
        TRY(runBound(database, "INSERT OR REPLACE INTO repoDigests VALUES (?1, ?2)", name, id));
    }
    return {};
}

Result<std::optional<std::string>> imageOfName(Database& database, const std::string& name) {
    TRY_ASSIGN(Statement row, database.prepare("SELECT imageId FROM imageNames WHERE name = ?"));
    TRY_ASSIGN(const bool found, row.bind(1, name).step());
    return found ? std::optional(row.text(0)) : std::nullopt;
}

Result<> nameImage(Database& database, const std::string& name, const std::string& imageId) {
    TRY_ASSIGN(const bool known, [&]() -> Result<bool> {
        TRY_ASSIGN(Statement row, database.prepare("SELECT 1 FROM images WHERE id = ?"));
        return row.bind(1, imageId).step();
    }());
    if (!known) {
        return Error(ErrorKind::NotFound, "no image '" + imageId + "'");
    }
    return runBound(database, "INSERT OR REPLACE INTO imageNames VALUES (?1, ?2)", name, imageId);
}

/// One transaction with a sync: an image is there as a whole, on the disk, or not at all. Names move here
/// from whatever image had them.
Result<> Images::put(const ImageRecord& record) const {
    if (record.chainIds.size() != record.layerDigests.size()) {
        return Error(ErrorKind::Internal, "an image needs one blob for each layer");
    }
    for (const image::Digest& blob : {record.id, record.manifestDigest}) {
        if (!sys::pathExists(m_context.layout.blob(blob))) {
            return Error(ErrorKind::NotFound, "the blob " + blob.text() + " is not in the store");
        }
    }
    return m_context.database.write(Database::Sync::Yes, "add an image", [&]() -> Result<> {
        TRY(insertImage(m_context.database, record));
        for (const std::string& name : record.references) {
            TRY(runBound(m_context.database, "INSERT OR REPLACE INTO imageNames VALUES (?1, ?2)", name,
                         record.id.text()));
        }
        return {};
    });
}

Result<std::optional<ImageRecord>> Images::find(const std::string& nameOrId, Relations relations) const {
    const bool keeps = relations == Relations::Skip;
    std::optional<ImageRecord> record = keeps ? m_context.lookups.image(nameOrId) : std::nullopt;
    if (record) {
        return record;
    }
    const std::string state = keeps ? m_context.lookups.settledState() : std::string();
    std::vector<LookupCache::KnownContainer> containers;
    Database& database = m_context.database;
    TRY(database.read([&]() -> Result<> {
        TRY_ASSIGN(const std::string id, findId(database, nameOrId));
        if (!id.empty()) {
            TRY_ASSIGN(record, readImage(database, id, relations));
        }
        if (record && !state.empty()) {
            TRY_ASSIGN(containers, knownContainers(database));
        }
        return {};
    }));
    if (record) {
        m_context.lookups.keep(state, nameOrId, *record, containers);
    }
    return record;
}

/// Reads one row: for `run`, which asks with every start.
Result<bool> Images::has(const std::string& nameOrId) const {
    if (m_context.lookups.hasImage(nameOrId)) {
        return true;
    }
    std::string id;
    TRY(m_context.database.read([&]() -> Result<> {
        TRY_ASSIGN(id, findId(m_context.database, nameOrId));
        return {};
    }));
    return !id.empty();
}

Result<ImageRecord> Images::load(const image::Digest& id) const {
    TRY_ASSIGN(auto record, find(id.text()));
    if (!record) {
        return Error(ErrorKind::NotFound, "no image '" + id.text() + "'");
    }
    return std::move(*record);
}

Result<std::vector<ImageRecord>> Images::list() const {
    std::vector<ImageRecord> records;
    TRY(m_context.database.read([&]() -> Result<> {
        TRY_ASSIGN(Statement row,
                   m_context.database.prepare("SELECT id FROM images ORDER BY createdAt DESC, id"));
        TRY_ASSIGN(const auto ids, texts(row));
        for (const std::string& id : ids) {
            TRY_ASSIGN(auto record, readImage(m_context.database, id));
            records.push_back(std::move(*record));
        }
        return {};
    }));
    return records;
}

Result<> Images::addRepoDigest(const image::Digest& id, const std::string& repoDigest) const {
    Database& database = m_context.database;
    return database.write(Database::Sync::Yes, "note where an image is", [&]() -> Result<> {
        TRY_ASSIGN(const auto record, readImage(database, id.text()));
        if (!record) {
            return Error(ErrorKind::NotFound, "no image '" + id.text() + "'");
        }
        return runBound(database, "INSERT OR REPLACE INTO repoDigests VALUES (?1, ?2)", repoDigest,
                        id.text());
    });
}

Result<> Images::tag(const image::Digest& id, const std::string& reference) const {
    Database& database = m_context.database;
    return database.write(Database::Sync::Yes, "tag an image", [&]() -> Result<> {
        TRY_ASSIGN(const auto record, readImage(database, id.text()));
        if (!record) {
            return Error(ErrorKind::NotFound, "no image '" + id.text() + "'");
        }
        return runBound(database, "INSERT OR REPLACE INTO imageNames VALUES (?1, ?2)", reference, id.text());
    });
}

Result<> Images::untag(const std::string& reference) const {
    Database& database = m_context.database;
    return database.erase(Database::Sync::Yes, "untag an image", [&]() -> Result<> {
        TRY_ASSIGN(Statement row, database.prepare("DELETE FROM imageNames WHERE name = ?"));
        TRY_ASSIGN(const auto changed, row.bind(1, reference).run());
        return changed > 0 ? Result<>()
                           : Result<>(Error(ErrorKind::NotFound, "no image '" + reference + "'"));
    });
}

/// The rows go in one transaction that decides, then the files: a crash in between leaves files that
/// nothing names, never rows without files.
Result<RemovedImageRecord> Images::remove(const std::string& nameOrId, Force force,
                                          const RemovalOrder& order) const {
    TRY_ASSIGN(const StoreLock lock,
               StoreLock::acquire(m_context.layout, LockKind::Image, "", "remove an image"));
    Removal removal;
    TRY(m_context.database.erase(Database::Sync::Yes, "remove an image", [&]() -> Result<> {
        removal = {};
        return decideRemoval(m_context, nameOrId, force, order, removal);
    }));
    // From here on it is gone; what cannot be moved away now is garbage that the next collection finds.
    TRY(dropContent(m_context, removal.freed));
    for (const OrphanLayer& layer : removal.freed.layers) {
        TRY_ASSIGN(image::Digest chainId, image::Digest::parse(layer.chainId));
        removal.result.deletedLayers.push_back(std::move(chainId));
    }
    removal.result.freedBytes += removal.freed.bytes;
    return std::move(removal.result);
}

}  // namespace coracle::store
