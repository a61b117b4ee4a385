// SPDX-License-Identifier: Apache-2.0
#include "core/store/containers.h"

#include "core/store/context.h"
#include "core/store/helper_protocol.h"
#include "core/store/protections.h"
#include "core/store/references.h"
#include "core/store/removal_record.h"
#include "core/store/removals.h"
#include "core/store/trash.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace coracle::store {
namespace {

constexpr const char* kColumns =
    "SELECT id, name, image, imageId, chainId, createdAt, spec, details, desiredState, autoRemove FROM "
    "containers ";

Result<> changeOne(Statement& row, const std::string& id) {
    TRY_ASSIGN(const auto changed, row.run());
    return changed > 0 ? Result<>() : Result<>(Error(ErrorKind::NotFound, "no container '" + id + "'"));
}

Result<ContainerRecord> recordOf(const Statement& row) {
    ContainerRecord record;
    record.id = row.text(0);
    record.name = row.text(1);
    record.image = row.text(2);
    record.imageId = row.text(3);
    if (const auto chainId = row.findText(4)) {
        TRY_ASSIGN(record.chainId, image::Digest::parse(*chainId));
    }
    record.createdAt = fromNanoseconds(row.number(5));
    record.specJson = row.text(6);
    record.detailsJson = row.text(7);
    record.desiredState = row.text(8);
    record.removeWhenStopped = row.number(9) != 0;
    return record;
}

Result<> readVolumes(Database& database, ContainerRecord& record) {
    TRY_ASSIGN(Statement volumes, database.prepare("SELECT volume FROM containerVolumes WHERE containerId = ?"
                                                   " ORDER BY volume"));
    TRY_ASSIGN(record.volumes, texts(volumes.bind(1, record.id)));
    return {};
}

Result<> readImages(Database& database, ContainerRecord& record) {
    TRY_ASSIGN(Statement row, database.prepare("SELECT imageId, chainId FROM containerImages"
                                               " WHERE containerId = ? ORDER BY imageId"));
    row.bind(1, record.id);
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) {
            return {};
        }
        TRY_ASSIGN(image::Digest chainId, image::Digest::parse(row.text(1)));
        record.images.push_back({row.text(0), std::move(chainId)});
    }
}

/// As allVolumes(); few containers have any.
Result<std::map<std::string, std::vector<MountedImage>>> allImages(Database& database) {
    std::map<std::string, std::vector<MountedImage>> images;
    TRY_ASSIGN(Statement row, database.prepare("SELECT containerId, imageId, chainId FROM containerImages"
                                               " ORDER BY containerId, imageId"));
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) {
            return images;
        }
        TRY_ASSIGN(image::Digest chainId, image::Digest::parse(row.text(2)));
        images[row.text(0)].push_back({row.text(1), std::move(chainId)});
    }
}

/// Of all containers by one statement: a thousand of them would be half of the time of a list.
Result<std::map<std::string, std::vector<std::string>>> allVolumes(Database& database) {
    std::map<std::string, std::vector<std::string>> volumes;
    TRY_ASSIGN(Statement row, database.prepare("SELECT containerId, volume FROM containerVolumes"
                                               " ORDER BY containerId, volume"));
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) {
            return volumes;
        }
        volumes[row.text(0)].push_back(row.text(1));
    }
}

/// LIMIT 2 tells one from several; whether two or two hundred ids begin so does not matter.
Result<std::optional<ContainerRecord>> findOne(Database& database, const std::string& where,
                                               const std::string& value) {
    const std::string sql = kColumns + where + " LIMIT 2";
    TRY_ASSIGN(Statement row, database.prepare(sql.c_str()));
    TRY_ASSIGN(const bool found, row.bind(1, value).step());
    if (!found) {
        return std::optional<ContainerRecord>();
    }
    TRY_ASSIGN(ContainerRecord record, recordOf(row));
    TRY(readVolumes(database, record));
    TRY(readImages(database, record));
    TRY_ASSIGN(const bool ambiguous, row.step());
    if (ambiguous) {
        return Error(ErrorKind::InvalidArgument, "'" + value + "' is the beginning of several container ids")
            .withHint("write more digits");
    }
    return std::optional<ContainerRecord>(std::move(record));
}

/// Errors: AlreadyExists when another container than `id` has the name.
Result<> requireFreeName(Database& database, const std::string& id, const std::string& name) {
    TRY_ASSIGN(Statement row, database.prepare("SELECT id FROM containers WHERE name = ?"));
    TRY_ASSIGN(const bool taken, row.bind(1, name).step());
    if (taken && row.text(0) != id) {
        return Error(ErrorKind::AlreadyExists,
                     "the name '" + name + "' belongs to container " + row.text(0).substr(0, 12))
            .withHint("remove or rename that container, or choose another name");
    }
    return {};
}

/// Errors: AlreadyExists.
Result<> requireFreeId(Database& database, const std::string& id) {
    TRY_ASSIGN(Statement row, database.prepare("SELECT 1 FROM containers WHERE id = ?"));
    TRY_ASSIGN(const bool taken, row.bind(1, id).step());
    return taken ? Result<>(Error(ErrorKind::AlreadyExists, "container " + id.substr(0, 12) + " exists"))
                 : Result<>();
}

/// A volume that was removed between its making and this row is missing here, and the container is not
/// created.
Result<> insertVolumes(Database& database, const ContainerRecord& record) {
    for (const std::string& volume : record.volumes) {
        TRY_ASSIGN(Statement known, database.prepare("SELECT 1 FROM volumes WHERE name = ?"));
        TRY_ASSIGN(const bool present, known.bind(1, volume).step());
        if (!present) {
            return Error(ErrorKind::NotFound, "no volume '" + volume + "'");
        }
        TRY_ASSIGN(Statement row, database.prepare("INSERT OR IGNORE INTO containerVolumes VALUES (?,?)"));
        TRY_ASSIGN(const auto changed, row.bind(1, record.id).bind(2, volume).run());
        (void)changed;
    }
    return {};
}

/// The layers are asked for in requireLayers().
Result<> insertImages(Database& database, const ContainerRecord& record) {
    for (const MountedImage& mounted : record.images) {
        TRY_ASSIGN(Statement row, database.prepare("INSERT OR IGNORE INTO containerImages VALUES (?,?,?)"));
        TRY(row.bind(1, record.id).bind(2, mounted.imageId).bind(3, mounted.chainId.text()).run());
    }
    return {};
}

Result<> requireLayer(Database& database, const std::string& chainId, const std::string& image) {
    TRY_ASSIGN(Statement known, database.prepare("SELECT 1 FROM layers WHERE chainId = ?"));
    TRY_ASSIGN(const bool present, known.bind(1, chainId).step());
    return present ? Result<>()
                   : Result<>(Error(ErrorKind::NotFound, "the image '" + image + "' was removed meanwhile"));
}

/// Asked in the transaction that inserts: an image may have been removed between the caller's look and
/// now.
Result<> requireLayers(Database& database, const ContainerRecord& record) {
    if (record.chainId) {
        TRY(requireLayer(database, record.chainId->text(), record.image));
    }
    for (const MountedImage& mounted : record.images) {
        TRY(requireLayer(database, mounted.chainId.text(), mounted.imageId));
    }
    return {};
}

Result<> requireInsertable(Database& database, const ContainerRecord& record) {
    TRY(requireFreeId(database, record.id));
    TRY(requireFreeName(database, record.id, record.name));
    return requireLayers(database, record);
}

void bindRecord(Statement& row, const ContainerRecord& record) {
    row.bind(1, record.id).bind(2, record.name).bind(3, record.image).bind(4, record.imageId);
    row.bind(5, record.chainId ? std::optional(record.chainId->text()) : std::nullopt);
    row.bind(6, toNanoseconds(record.createdAt)).bind(7, record.specJson).bind(8, record.detailsJson);
    row.bind(9, record.desiredState).bind(10, std::int64_t{record.removeWhenStopped});
}

/// For a removal by order: is it allowed, and what has to be kept? none: nothing.
Result<std::optional<std::int64_t>> noteContainer(Database& database, const std::string& id,
                                                  const RemovalOrder& order) {
    TRY_ASSIGN(const auto record, findOne(database, "WHERE id = ?", id));
    if (!record) {
        return std::optional<std::int64_t>();
    }
    TRY(requireUnprotected(database, RemovedKind::Container, id, record->name));
    if (order.fate != Fate::Kept) {
        return std::optional<std::int64_t>();
    }
    RemovalRecord removal;
    removal.batch = order.batch;
    removal.kind = RemovedKind::Container;
    removal.name = record->name;
    removal.objectId = id;
    removal.record = toJson(*record);
    std::set<std::string> layers;
    if (record->chainId) {
        layers.insert(record->chainId->text());
    }
    for (const MountedImage& mounted : record->images) {
        layers.insert(mounted.chainId.text());
    }
    TRY_ASSIGN(const std::int64_t number, noteRemoval(database, removal, layers, {}));
    return std::optional(number);
}

}  // namespace

Result<> insertContainer(Database& database, const ContainerRecord& record) {
    TRY(requireInsertable(database, record));
    TRY_ASSIGN(Statement row, database.prepare("INSERT INTO containers VALUES (?,?,?,?,?,?,?,?,?,?)"));
    bindRecord(row, record);
    TRY_ASSIGN(const auto changed, row.run());
    (void)changed;
    TRY(insertVolumes(database, record));
    return insertImages(database, record);
}

/// With the lock held, by which nothing that was seen changes before the file is there.
Result<> Containers::insertPending(const ContainerRecord& record) const {
    TRY_ASSIGN(const StoreLock lock,
               StoreLock::acquire(m_context.layout, LockKind::Database, "", "create a container"));
    if (!m_context.lookups.isNew(record) || m_context.pending.hasName(record.name)) {
        Database& database = m_context.database;
        TRY(database.read([&] { return requireInsertable(database, record); }));
    }
    return m_context.pending.add(record);
}

/// Without a sync: a container that is lost with the power was made a moment ago and can be made again;
/// `run` would pay for the disk each time.
Result<> Containers::insert(const ContainerRecord& record) const {
    if (PendingContainers::suits(record)) {
        return insertPending(record);
    }
    Database& database = m_context.database;
    return database.write(Database::Sync::No, "create a container",
                          [&] { return insertContainer(database, record); });
}

Result<> Containers::update(const ContainerRecord& record) const {
    Database& database = m_context.database;
    return database.write(Database::Sync::No, "update a container", [&]() -> Result<> {
        TRY(requireFreeName(database, record.id, record.name));
        TRY(requireLayers(database, record));
        TRY_ASSIGN(
            Statement row,
            database.prepare("UPDATE containers SET name=?2, image=?3, imageId=?4, chainId=?5, spec=?7,"
                             " details=?8, desiredState=?9, autoRemove=?10 WHERE id=?1 AND ?6 IS NOT NULL"));
        bindRecord(row, record);
        TRY(changeOne(row, record.id));
        TRY_ASSIGN(Statement clear, database.prepare("DELETE FROM containerVolumes WHERE containerId = ?"));
        TRY(clear.bind(1, record.id).run());
        TRY_ASSIGN(Statement unmount, database.prepare("DELETE FROM containerImages WHERE containerId = ?"));
        TRY(unmount.bind(1, record.id).run());
        TRY(insertVolumes(database, record));
        return insertImages(database, record);
    });
}

Result<> Containers::setDesiredState(const std::string& id, const std::string& state) const {
    Database& database = m_context.database;
    return database.write(Database::Sync::No, "update a container", [&]() -> Result<> {
        TRY_ASSIGN(Statement row, database.prepare("UPDATE containers SET desiredState = ?2 WHERE id = ?1"));
        row.bind(1, id).bind(2, state);
        return changeOne(row, id);
    });
}

Result<> Containers::rename(const std::string& id, const std::string& newName) const {
    Database& database = m_context.database;
    return database.write(Database::Sync::No, "rename a container", [&]() -> Result<> {
        TRY(requireFreeName(database, id, newName));
        TRY_ASSIGN(Statement row, database.prepare("UPDATE containers SET name = ?2 WHERE id = ?1"));
        row.bind(1, id).bind(2, newName);
        return changeOne(row, id);
    });
}

/// The whole id, then the name, then the beginning of an id: a name that looks like one wins.
Result<std::optional<ContainerRecord>> Containers::find(const std::string& nameOrId) const {
    std::optional<ContainerRecord> record = m_context.pending.find(nameOrId);
    if (record) {
        return record;
    }
    Database& database = m_context.database;
    TRY(database.read([&]() -> Result<> {
        TRY_ASSIGN(record, findOne(database, "WHERE id = ?", nameOrId));
        if (!record) {
            TRY_ASSIGN(record, findOne(database, "WHERE name = ?", nameOrId));
        }
        const bool isPrefix =
            !nameOrId.empty() && nameOrId.find_first_not_of("0123456789abcdef") == std::string::npos;
        if (!record && isPrefix) {
            TRY_ASSIGN(record, findOne(database, "WHERE substr(id, 1, length(?1)) = ?1", nameOrId));
        }
        return {};
    }));
    return record;
}

Result<ContainerRecord> Containers::load(const std::string& nameOrId) const {
    TRY_ASSIGN(auto record, find(nameOrId));
    if (!record) {
        return Error(ErrorKind::NotFound, "no container '" + nameOrId + "'");
    }
    return std::move(*record);
}

bool Containers::isUntouched(const ContainerRecord& record) const {
    return PendingContainers::suits(record) && m_context.pending.has(record);
}

Result<std::vector<ContainerRecord>> Containers::list() const {
    std::vector<ContainerRecord> records;
    Database& database = m_context.database;
    TRY(database.read([&]() -> Result<> {
        TRY_ASSIGN(auto volumes, allVolumes(database));
        TRY_ASSIGN(auto images, allImages(database));
        // Read in the order of the table, each page once, and sorted by us: SQLite would copy all rows to
        // sort them.
        TRY_ASSIGN(Statement row, database.prepare(kColumns));
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) {
                return {};
            }
            TRY_ASSIGN(ContainerRecord record, recordOf(row));
            if (const auto own = volumes.find(record.id); own != volumes.end()) {
                record.volumes = std::move(own->second);
            }
            if (const auto own = images.find(record.id); own != images.end()) {
                record.images = std::move(own->second);
            }
            records.push_back(std::move(record));
        }
    }));
    std::sort(records.begin(), records.end(), [](const auto& left, const auto& right) {
        return left.createdAt != right.createdAt ? left.createdAt > right.createdAt : left.id < right.id;
    });
    return records;
}

/// Whether it was pending and is gone. A killed writer may have left it both pending and a row: then the row
/// is what has to be deleted.
Result<bool> Containers::removePending(const std::string& id) const {
    if (!m_context.pending.has(id)) {
        return false;
    }
    TRY_ASSIGN(const StoreLock lock,
               StoreLock::acquire(m_context.layout, LockKind::Database, "", "remove a container"));
    bool isRow = false;
    if (!m_context.lookups.hasNoRow(id)) {
        TRY(m_context.database.readCommitted([&]() -> Result<> {
            TRY_ASSIGN(Statement row, m_context.database.prepare("SELECT 1 FROM containers WHERE id = ?"));
            TRY_ASSIGN(isRow, row.bind(1, id).step());
            return {};
        }));
    }
    return isRow ? Result<bool>(false) : m_context.pending.remove(id);
}

/// The row first, then the folder (layout.h, "How it goes"). Only something of the form of an id becomes a
/// path: what a person types must not be able to name another folder.
Result<Containers::Removed> Containers::remove(const std::string& id, const RemovalOrder& order) const {
    Removed removed;
    if (order.fate == Fate::DeletedAtEnd) {
        TRY_ASSIGN(removed.existed, removePending(id));
    }
    if (!removed.existed) {
        TRY_ASSIGN(removed, removeRow(id, order));
    }
    const bool isId = id.size() == 64 && id.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (isId && !removed.removal) {
        TRY(Trash(m_context).moveToTrash(bundlePath(id), id));
    }
    return removed;
}

Result<Containers::Removed> Containers::removeRow(const std::string& id, const RemovalOrder& order) const {
    Removed removed;
    Database& database = m_context.database;
    TRY(database.erase(Database::Sync::No, "remove a container", [&]() -> Result<> {
        removed = {};
        TRY_ASSIGN(
            Statement volumes,
            database.prepare("SELECT v.volume FROM containerVolumes AS v JOIN volumes ON volumes.name ="
                             " v.volume WHERE v.containerId = ?1 AND volumes.anonymous = 1 AND NOT EXISTS"
                             " (SELECT 1 FROM containerVolumes AS o WHERE o.volume = v.volume AND"
                             " o.containerId <> ?1) ORDER BY v.volume"));
        TRY_ASSIGN(removed.anonymousVolumes, texts(volumes.bind(1, id)));
        if (order.fate != Fate::DeletedAtEnd) {
            TRY_ASSIGN(removed.removal, noteContainer(database, id, order));
        }
        TRY_ASSIGN(Statement row, database.prepare("DELETE FROM containers WHERE id = ?"));
        TRY_ASSIGN(const auto changed, row.bind(1, id).run());
        removed.existed = changed > 0;
        return {};
    }));
    return removed;
}

Result<std::uint64_t> Containers::measure(const std::string& folder, std::stop_token stop) const {
    TRY_ASSIGN(const std::string line, runHelper(m_context, {"measure", folder}, std::move(stop)));
    TRY_ASSIGN(const MeasuredTree tree, parseMeasuredTree(line));
    return tree.bytes;
}

std::string Containers::bundlePath(const std::string& id) const {
    return m_context.layout.container(id);
}

}  // namespace coracle::store
