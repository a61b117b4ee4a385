// SPDX-License-Identifier: Apache-2.0
#include "core/store/removals.h"

#include "core/store/containers.h"
#include "core/store/context.h"
#include "core/store/helper_protocol.h"
#include "core/store/images.h"
#include "core/store/measure.h"
#include "core/store/removal_record.h"
#include "core/store/trash.h"
#include "core/store/volumes.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <utility>

namespace coracle::store {
namespace {

constexpr const char* kColumns =
    "SELECT id, batch, kind, name, objectId, removedAt, bytes, record FROM removals ";

Result<RemovalRecord> recordOf(const Statement& row) {
    RemovalRecord record;
    record.id = row.number(0);
    record.batch = row.text(1);
    TRY_ASSIGN(record.kind, parseRemovedKind(row.text(2)));
    record.name = row.text(3);
    record.objectId = row.text(4);
    record.removedAt = fromNanoseconds(row.number(5));
    if (row.findText(6)) {
        record.folderBytes = static_cast<std::uint64_t>(row.number(6));
    }
    record.record = row.text(7);
    if (record.kind == RemovedKind::Volume) {
        TRY_ASSIGN(record.contentOnly, isContentOnly(record.record));
    }
    return record;
}

Result<std::vector<RemovalRecord>> readAll(Statement& row) {
    std::vector<RemovalRecord> records;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) {
            return records;
        }
        TRY_ASSIGN(RemovalRecord record, recordOf(row));
        records.push_back(std::move(record));
    }
}

Result<std::optional<RemovalRecord>> readOne(Database& database, std::int64_t id) {
    const std::string sql = std::string(kColumns) + "WHERE id = ?";
    TRY_ASSIGN(Statement row, database.prepare(sql.c_str()));
    TRY_ASSIGN(auto records, readAll(row.bind(1, id)));
    return records.empty() ? std::nullopt : std::optional<RemovalRecord>(std::move(records.front()));
}

bool hasFolder(RemovedKind kind) {
    return kind == RemovedKind::Container || kind == RemovedKind::Volume;
}

/// Where the folder is while the removal can be undone. A container's id is its own; names of volumes are
/// used again.
std::string keptPath(const Layout& layout, const RemovalRecord& removal) {
    return removal.kind == RemovedKind::Container ? layout.removedDir() + "/" + removal.objectId
                                                  : Removals::keptVolume(layout, removal.id);
}

std::string placeOf(const Layout& layout, RemovedKind kind, const std::string& name) {
    return kind == RemovedKind::Container ? layout.container(name) : layout.volume(name);
}

/// Whether a row says that the place is somebody else's by now.
Result<bool> isPlaceTaken(Database& database, RemovedKind kind, const std::string& name) {
    TRY_ASSIGN(Statement row,
               database.prepare(kind == RemovedKind::Container ? "SELECT 1 FROM containers WHERE id = ?"
                                                               : "SELECT 1 FROM volumes WHERE name = ?"));
    return row.bind(1, name).step();
}

/// Within a transaction that writes. What is at the place of a removal without a folder of its own is the
/// removal's.
Result<> settleRecord(const StoreContext& context, const RemovalRecord& removal) {
    const std::string kept = keptPath(context.layout, removal);
    if (!hasFolder(removal.kind) || sys::pathExists(kept)) {
        return {};
    }
    auto moved = sys::renamePath(placeOf(context.layout, removal.kind, removal.objectId), kept);
    return !moved && moved.error().kind() == ErrorKind::NotFound ? Result<>() : moved;
}

Result<> settleUnlessTaken(const StoreContext& context, const RemovalRecord& removal) {
    if (!hasFolder(removal.kind)) {
        return {};
    }
    TRY_ASSIGN(const bool taken, isPlaceTaken(context.database, removal.kind, removal.objectId));
    return taken ? Result<>() : settleRecord(context, removal);
}

}  // namespace

Result<std::int64_t> noteRemoval(Database& database, const RemovalRecord& removal,
                                 const std::set<std::string>& layers, const std::set<std::string>& blobs) {
    TRY_ASSIGN(Statement row,
               database.prepare("INSERT INTO removals (batch, kind, name, objectId, removedAt, bytes, record)"
                                " VALUES (?,?,?,?,?,?,?) RETURNING id"));
    row.bind(1, removal.batch).bind(2, toText(removal.kind)).bind(3, removal.name);
    row.bind(4, removal.objectId).bind(5, toNanoseconds(std::chrono::system_clock::now()));
    if (hasFolder(removal.kind)) {
        row.bind(6, std::optional<std::string>());
    } else {
        row.bind(6, std::int64_t{0});
    }
    TRY_ASSIGN(const bool made, row.bind(7, removal.record).step());
    const std::int64_t id = made ? row.number(0) : 0;
    TRY(row.step());  // to its end, which is what makes it count
    for (const std::string& layer : layers) {
        TRY_ASSIGN(Statement kept, database.prepare("INSERT INTO removalLayers VALUES (?,?)"));
        TRY(kept.bind(1, id).bind(2, layer).run());
    }
    for (const std::string& blob : blobs) {
        TRY_ASSIGN(Statement kept, database.prepare("INSERT INTO removalBlobs VALUES (?,?)"));
        TRY(kept.bind(1, id).bind(2, blob).run());
    }
    return id;
}

/// Candidates are all layers below what it keeps: a container keeps its top layer only, and the layer its
/// parent.
Result<bool> forgetRemoval(const StoreContext& context, std::int64_t id, FreedContent& freed) {
    Database& database = context.database;
    TRY_ASSIGN(const auto removal, readOne(database, id));
    if (!removal) {
        return false;
    }
    std::set<std::string> layers;
    TRY_ASSIGN(Statement tops, database.prepare("SELECT chainId FROM removalLayers WHERE removalId = ?"));
    TRY_ASSIGN(const auto kept, texts(tops.bind(1, id)));
    for (const std::string& top : kept) {
        if (!layers.contains(top)) {
            TRY_ASSIGN(const auto stack, layerStack(database, top));
            for (const StackedLayer& layer : stack) {
                layers.insert(layer.chainId);
            }
        }
    }
    TRY_ASSIGN(Statement digests, database.prepare("SELECT digest FROM removalBlobs WHERE removalId = ?"));
    TRY_ASSIGN(const auto blobs, texts(digests.bind(1, id)));
    TRY_ASSIGN(Statement row, database.prepare("DELETE FROM removals WHERE id = ?"));
    TRY(row.bind(1, id).run());
    if (hasFolder(removal->kind)) {
        freed.folders.push_back(keptPath(context.layout, *removal));
        freed.bytes += removal->folderBytes.value_or(0);
    }
    TRY(releaseContent(database, context.layout, layers, {blobs.begin(), blobs.end()}, freed));
    return true;
}

/// By purging all, from the oldest on, and taking it back: what is counted is what would be done.
Result<std::vector<RemovalRecord>> Removals::list() const {
    std::vector<RemovalRecord> records;
    Database& database = m_context.database;
    const std::string sql = std::string(kColumns) + "ORDER BY id";
    TRY(database.read([&]() -> Result<> {
        TRY_ASSIGN(Statement row, database.prepare(sql.c_str()));
        TRY_ASSIGN(records, readAll(row));
        return {};
    }));
    if (records.empty()) {
        return records;
    }
    const auto purgeAll = [&]() -> Result<> {
        for (RemovalRecord& record : records) {
            FreedContent freed;
            TRY(forgetRemoval(m_context, record.id, freed));
            record.freedBytes = freed.bytes;
        }
        return {};
    };
    TRY(database.rehearse("look at the trash", purgeAll));
    std::reverse(records.begin(), records.end());
    return records;
}

Result<> Removals::settle(std::int64_t id) const {
    Database& database = m_context.database;
    return database.write(Database::Sync::No, "move to the trash", [&]() -> Result<> {
        TRY_ASSIGN(const auto removal, readOne(database, id));
        return removal ? settleUnlessTaken(m_context, *removal) : Result<>();
    });
}

/// The newest one alone: those before it were settled before their place was used again.
Result<bool> Removals::settlePlace(const StoreContext& context, RemovedKind kind, const std::string& name) {
    const std::string sql =
        std::string(kColumns) + "WHERE kind = ? AND objectId = ? ORDER BY id DESC LIMIT 1";
    TRY_ASSIGN(Statement row, context.database.prepare(sql.c_str()));
    TRY_ASSIGN(const auto records, readAll(row.bind(1, toText(kind)).bind(2, name)));
    if (records.empty() || sys::pathExists(keptPath(context.layout, records.front()))) {
        return false;
    }
    TRY(settleRecord(context, records.front()));
    return true;
}

namespace {

/// The folder first: when the transaction fails it is a removal whose folder is at its old place, and goes
/// back.
Result<> restoreFolder(const StoreContext& context, const RemovalRecord& removal, const std::string& name) {
    const std::string kept = keptPath(context.layout, removal);
    const std::string place = placeOf(context.layout, removal.kind, name);
    if (!sys::pathExists(kept)) {
        return Error(ErrorKind::Corrupt, "the data of " + std::string(toText(removal.kind)) + " '" +
                                             removal.name + "' is gone from '" + context.layout.removedDir() +
                                             "'")
            .withHint("'coracle system check --repair' forgets it");
    }
    if (sys::pathExists(place)) {
        return Error(ErrorKind::AlreadyExists, "the folder '" + place + "' is in the way")
            .withHint("move it away, or bring it back under another name");
    }
    TRY(sys::renamePath(kept, place));
    return sys::syncDirectory(place.substr(0, place.rfind('/')));
}

Result<> restoreContainer(const StoreContext& context, Removals::Restored& restored,
                          const std::string& newName) {
    TRY_ASSIGN(ContainerRecord record, parseContainerRecord(restored.removal.record));
    record.name = newName.empty() ? record.name : newName;
    record.desiredState = "stopped";  // it was, to be removed
    restored.name = record.name;
    TRY(insertContainer(context.database, record));
    return restoreFolder(context, restored.removal, record.id);
}

Result<> restoreVolume(const StoreContext& context, Removals::Restored& restored,
                       const std::string& newName) {
    TRY_ASSIGN(VolumeRecord record, parseVolumeRecord(restored.removal.record));
    record.name = newName.empty() ? record.name : newName;
    if (!isVolumeName(record.name)) {
        return Error(ErrorKind::InvalidArgument, "'" + record.name + "' is not a volume name");
    }
    restored.name = record.name;
    TRY(insertVolume(context, record));
    return restoreFolder(context, restored.removal, record.name);
}

/// What an emptied volume held goes back into it, by one exchange; with another name, or when the volume is
/// gone, it becomes a volume of its own. Whatever fails after the exchange: the removal keeps the empty
/// folder that the volume had.
Result<> restoreContent(const StoreContext& context, Removals::Restored& restored,
                        const std::string& newName) {
    const RemovalRecord& removal = restored.removal;
    TRY_ASSIGN(const bool there, isPlaceTaken(context.database, RemovedKind::Volume, removal.objectId));
    if (!newName.empty() || !there) {
        return restoreVolume(context, restored, newName);
    }
    restored.name = removal.name;
    const std::string kept = keptPath(context.layout, removal);
    if (!sys::pathExists(kept)) {
        return Error(ErrorKind::Corrupt, "what was in volume '" + removal.name + "' is gone from '" +
                                             context.layout.removedDir() + "'")
            .withHint("'coracle system check --repair' forgets it");
    }
    TRY(exchangeFolders(kept, context.layout.volume(removal.objectId)));
    return sys::syncDirectory(context.layout.volumesDir());
}

/// Its names as far as they are free; with another name that alone.
Result<> restoreImage(const StoreContext& context, Removals::Restored& restored, const std::string& newName) {
    Database& database = context.database;
    TRY_ASSIGN(const ImageRecord record, parseImageRecord(restored.removal.record));
    TRY(insertImage(database, record));
    const auto names = newName.empty() ? record.references : std::vector<std::string>{newName};
    for (const std::string& name : names) {
        TRY_ASSIGN(const auto holder, imageOfName(database, name));
        if (holder && *holder != record.id.text()) {
            restored.takenNames.push_back(name);
            continue;
        }
        TRY(nameImage(database, name, record.id.text()));
        restored.names.push_back(name);
    }
    restored.name = restored.names.empty() ? "" : restored.names.front();
    if (!newName.empty() && restored.names.empty()) {
        return Error(ErrorKind::AlreadyExists, "the name '" + newName + "' belongs to another image");
    }
    return {};
}

Result<> restoreName(const StoreContext& context, Removals::Restored& restored, const std::string& newName) {
    const std::string name = newName.empty() ? restored.removal.name : newName;
    TRY_ASSIGN(const auto holder, imageOfName(context.database, name));
    if (holder && *holder != restored.removal.objectId) {
        return Error(ErrorKind::AlreadyExists, "the name '" + name + "' belongs to another image");
    }
    restored.name = name;
    restored.names = {name};
    return nameImage(context.database, name, restored.removal.objectId);
}

}  // namespace

bool Removals::hasLostItsData(const StoreContext& context, const RemovalRecord& removal) {
    return hasFolder(removal.kind) && !sys::pathExists(keptPath(context.layout, removal));
}

std::string Removals::keptVolume(const Layout& layout, std::int64_t id) {
    return layout.removedDir() + "/volume-" + std::to_string(id);
}

/// An emptied volume may have been written to since. Before the transaction, because it walks a folder; who
/// may write into it is kept from starting by the caller.
Result<> Removals::requireEmptyPlace(std::int64_t id) const {
    std::optional<RemovalRecord> removal;
    bool there = false;
    TRY(m_context.database.read([&]() -> Result<> {
        TRY_ASSIGN(removal, readOne(m_context.database, id));
        if (removal && removal->contentOnly) {
            TRY_ASSIGN(there, isPlaceTaken(m_context.database, RemovedKind::Volume, removal->objectId));
        }
        return {};
    }));
    if (!there) {
        return {};
    }
    TRY_ASSIGN(const std::string line,
               runHelper(m_context, {"measure", m_context.layout.volumeData(removal->objectId)}));
    TRY_ASSIGN(const MeasuredTree now, parseMeasuredTree(line));
    return now.files == 0 ? Result<>()
                          : Error(ErrorKind::AlreadyExists,
                                  "volume '" + removal->objectId + "' has files again, which would be lost");
}

Result<Removals::Restored> Removals::restore(std::int64_t id, const std::string& newName) const {
    Restored restored;
    Database& database = m_context.database;
    if (newName.empty()) {
        TRY(requireEmptyPlace(id));
    }
    const auto body = [&]() -> Result<> {
        TRY_ASSIGN(auto removal, readOne(database, id));
        if (!removal) {
            return Error(ErrorKind::NotFound, "it is not in the trash any more");
        }
        restored = {};
        restored.removal = std::move(*removal);
        TRY(settleUnlessTaken(m_context, restored.removal));
        switch (restored.removal.kind) {
        case RemovedKind::Container:
            TRY(restoreContainer(m_context, restored, newName));
            break;
        case RemovedKind::Volume:
            TRY(restored.removal.contentOnly ? restoreContent(m_context, restored, newName)
                                             : restoreVolume(m_context, restored, newName));
            break;
        case RemovedKind::Image:
            TRY(restoreImage(m_context, restored, newName));
            break;
        case RemovedKind::ImageName:
            TRY(restoreName(m_context, restored, newName));
            break;
        }
        TRY_ASSIGN(Statement row, database.prepare("DELETE FROM removals WHERE id = ?"));
        TRY(row.bind(1, id).run());
        return {};
    };
    TRY(database.write(Database::Sync::Yes, "undo a removal", body));
    if (restored.removal.contentOnly) {
        (void)Trash(m_context).moveToTrash(keptPath(m_context.layout, restored.removal));  // else swept later
    }
    return restored;
}

/// Folders are settled before the rows go, so that what is forgotten lies in removed/ and nowhere else.
Result<FreedContent> Removals::purge(const std::vector<std::int64_t>& ids) const {
    TRY_ASSIGN(const StoreLock lock,
               StoreLock::acquire(m_context.layout, LockKind::Image, "", "empty the trash"));
    FreedContent freed;
    Database& database = m_context.database;
    const auto forget = [&]() -> Result<> {
        freed = {};
        for (const std::int64_t id : ids) {
            TRY_ASSIGN(const auto removal, readOne(database, id));
            if (removal) {
                TRY(settleUnlessTaken(m_context, *removal));
            }
            TRY(forgetRemoval(m_context, id, freed));
        }
        return {};
    };
    TRY(database.erase(Database::Sync::Yes, "empty the trash", forget));
    TRY(dropContent(m_context, freed));
    return freed;
}

Result<> Removals::measure(std::stop_token stop) const {
    Database& database = m_context.database;
    std::vector<RemovalRecord> removals;
    std::vector<std::string> layers;
    std::vector<std::string> paths;
    TRY(database.read([&]() -> Result<> {
        const std::string sql = std::string(kColumns) + "WHERE bytes IS NULL";
        TRY_ASSIGN(Statement row, database.prepare(sql.c_str()));
        TRY_ASSIGN(removals, readAll(row));
        TRY_ASSIGN(Statement unknown, database.prepare("SELECT chainId FROM layers WHERE chainId NOT IN"
                                                       " (SELECT chainId FROM layerSizes)"));
        TRY_ASSIGN(layers, texts(unknown));
        return {};
    }));
    for (const RemovalRecord& removal : removals) {
        TRY(settle(removal.id));
        paths.push_back(keptPath(m_context.layout, removal));
    }
    for (const std::string& layer : layers) {
        TRY_ASSIGN(const image::Digest chainId, image::Digest::parse(layer));
        paths.push_back(m_context.layout.layer(chainId));
    }
    if (paths.empty()) {
        return {};
    }
    TRY_ASSIGN(const auto sizes, measureTrees(m_context, paths, stop));
    return database.write(Database::Sync::No, "note sizes", [&]() -> Result<> {
        for (std::size_t i = 0; i < removals.size(); ++i) {
            TRY_ASSIGN(Statement row, database.prepare("UPDATE removals SET bytes = ?2 WHERE id = ?1"));
            TRY(row.bind(1, removals[i].id).bind(2, static_cast<std::int64_t>(sizes[i])).run());
        }
        for (std::size_t i = 0; i < layers.size(); ++i) {
            TRY_ASSIGN(Statement row,
                       database.prepare("INSERT OR REPLACE INTO layerSizes SELECT chainId, ?2 FROM layers"
                                        " WHERE chainId = ?1"));
            const std::uint64_t bytes = sizes[removals.size() + i];
            TRY(row.bind(1, layers[i]).bind(2, static_cast<std::int64_t>(bytes)).run());
        }
        return {};
    });
}

/// A container's removal is not synced, so a power cut may bring its row back and leave its folder here: it
/// goes home.
Result<> Removals::sweep() const {
    Database& database = m_context.database;
    std::vector<RemovalRecord> records;
    TRY_ASSIGN(const auto names, sys::listDirectory(m_context.layout.removedDir()));
    TRY(database.read([&]() -> Result<> {
        TRY_ASSIGN(Statement row, database.prepare(kColumns));
        TRY_ASSIGN(records, readAll(row));
        return {};
    }));
    std::set<std::string> known;
    for (const RemovalRecord& record : records) {
        if (hasLostItsData(m_context, record)) {
            TRY(settle(record.id));
        }
        known.insert(keptPath(m_context.layout, record));
    }
    for (const std::string& name : names) {
        const std::string path = m_context.layout.removedDir() + "/" + name;
        if (known.contains(path)) {
            continue;
        }
        TRY(database.write(Database::Sync::No, "look after the trash", [&]() -> Result<> {
            TRY_ASSIGN(Statement row, database.prepare(kColumns));
            TRY_ASSIGN(records, readAll(row));
            for (const RemovalRecord& record : records) {
                if (keptPath(m_context.layout, record) == path) {
                    return {};  // it was removed since
                }
            }
            TRY_ASSIGN(const bool alive, isPlaceTaken(database, RemovedKind::Container, name));
            if (alive && !sys::pathExists(m_context.layout.container(name))) {
                return sys::renamePath(path, m_context.layout.container(name));
            }
            return Trash(m_context).moveToTrash(path);
        }));
    }
    return {};
}

}  // namespace coracle::store
