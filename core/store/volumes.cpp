// SPDX-License-Identifier: Apache-2.0
#include "core/store/volumes.h"

#include "core/store/context.h"
#include "core/store/helper_protocol.h"
#include "core/store/measure.h"
#include "core/store/protections.h"
#include "core/store/references.h"
#include "core/store/removal_record.h"
#include "core/store/removals.h"
#include "core/store/trash.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>

#include <sys/stat.h>

namespace coracle::store {
namespace {

constexpr std::size_t kMaxNameBytes = 255;
constexpr std::size_t kAnonymousDigits = 64;
constexpr std::size_t kMaxOptionBytes = 64U << 10U;

bool isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Beside the data, so that they go with it into the trash and come back; mostly there are none.
Result<std::map<std::string, std::string>> readOptions(const Layout& layout, const std::string& name) {
    const auto text = sys::readFile(layout.volume(name) + "/options.json", kMaxOptionBytes);
    if (!text) {
        return text.error().kind() == ErrorKind::NotFound
                   ? Result<std::map<std::string, std::string>>(std::map<std::string, std::string>())
                   : text.error();
    }
    TRY_ASSIGN(const auto document, json::parse(*text));
    return json::findStringMap(document, "options");
}

Result<VolumeRecord> recordOf(const StoreContext& context, const Statement& row) {
    VolumeRecord record;
    record.name = row.text(0);
    record.dataPath = context.layout.volumeData(record.name);
    record.anonymous = row.number(1) != 0;
    record.createdAt = fromNanoseconds(row.number(2));
    TRY_ASSIGN(const auto labels, json::parse(row.text(3)));
    for (const auto& [key, value] : labels.items()) {
        if (value.is_string()) {
            record.labels[key] = value.get<std::string>();
        }
    }
    TRY_ASSIGN(record.options, readOptions(context.layout, record.name));
    TRY_ASSIGN(Statement users,
               context.database.prepare("SELECT c.name FROM containers AS c JOIN containerVolumes AS v ON"
                                        " v.containerId = c.id WHERE v.volume = ? ORDER BY c.name"));
    TRY_ASSIGN(record.usedBy, texts(users.bind(1, record.name)));
    return record;
}

constexpr const char* kColumns = "SELECT name, anonymous, createdAt, labels FROM volumes ";

/// The folder of the data has the mode that a container expects of an empty folder, whatever the umask.
Result<> makeData(const Layout& layout, const std::string& name) {
    TRY(sys::makeDirectories(layout.volume(name)));
    const std::string data = layout.volumeData(name);
    TRY(sys::makeDirectories(data, 0755));
    return ::chmod(data.c_str(), 0755) == 0 ? Result<>()
                                            : Result<>(Error::fromErrno("set mode of '" + data + "'"));
}

/// A folder that is taken over may have those of a volume that was.
Result<> writeOptions(const Layout& layout, const std::string& name,
                      const std::map<std::string, std::string>& options) {
    const std::string path = layout.volume(name) + "/options.json";
    if (options.empty()) {
        return sys::removeFile(path);
    }
    return sys::replaceFile(path, json::toText({{"options", options}}), 0600, sys::Durability::Disk);
}

}  // namespace

bool isVolumeName(std::string_view name) {
    return !name.empty() && name.size() <= kMaxNameBytes && isAlphanumeric(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return isAlphanumeric(c) || c == '_' || c == '.' || c == '-'; });
}

Result<std::optional<VolumeRecord>> readVolume(const StoreContext& context, const std::string& name) {
    const std::string sql = std::string(kColumns) + "WHERE name = ?";
    TRY_ASSIGN(Statement row, context.database.prepare(sql.c_str()));
    TRY_ASSIGN(const bool found, row.bind(1, name).step());
    if (!found) {
        return std::optional<VolumeRecord>();
    }
    TRY_ASSIGN(VolumeRecord record, recordOf(context, row));
    return std::optional<VolumeRecord>(std::move(record));
}

Result<> insertVolume(const StoreContext& context, const VolumeRecord& record) {
    TRY_ASSIGN(const auto known, readVolume(context, record.name));
    if (known) {
        return Error(ErrorKind::AlreadyExists, "volume '" + record.name + "' exists");
    }
    TRY_ASSIGN(Statement row, context.database.prepare("INSERT INTO volumes VALUES (?,?,?,?)"));
    row.bind(1, record.name).bind(2, std::int64_t{record.anonymous});
    row.bind(3, toNanoseconds(record.createdAt));
    TRY_ASSIGN(const auto changed, row.bind(4, json::toText(nlohmann::json(record.labels))).run());
    (void)changed;
    return {};
}

/// The folder is made within the transaction: without the row it is found and taken over by the next of
/// that name.
Result<VolumeRecord> Volumes::create(const std::string& name,
                                     const std::map<std::string, std::string>& labels,
                                     const std::map<std::string, std::string>& options) const {
    const bool anonymous = name.empty();
    const std::string chosen = anonymous ? sys::randomHex(kAnonymousDigits) : name;
    if (!isVolumeName(chosen)) {
        return Error(ErrorKind::InvalidArgument, "'" + chosen + "' is not a volume name")
            .withHint("use letters, digits, '_', '.' and '-', beginning with a letter or digit");
    }
    VolumeRecord record;
    const auto insert = [&]() -> Result<> {
        record = {};
        record.name = chosen;
        record.anonymous = anonymous;
        record.createdAt = std::chrono::system_clock::now();
        record.labels = labels;
        TRY(insertVolume(m_context, record));
        // Data without a row is kept and taken over: the database may have been lost, and it may be
        // somebody's only copy. But not that of a removal, which whoever removed it had no time to move.
        TRY_ASSIGN(const bool moved, Removals::settlePlace(m_context, RemovedKind::Volume, chosen));
        (void)moved;
        TRY(makeData(m_context.layout, chosen));
        TRY(writeOptions(m_context.layout, chosen, options));
        TRY_ASSIGN(const auto made, readVolume(m_context, chosen));
        record = *made;
        return {};
    };
    TRY(m_context.database.write(Database::Sync::Yes, "create a volume", insert));
    return record;
}

Result<VolumeRecord> Volumes::ensure(const std::string& name) const {
    TRY_ASSIGN(auto known, find(name));
    if (known) {
        return std::move(*known);
    }
    auto made = create(name, {});
    if (!made && made.error().kind() == ErrorKind::AlreadyExists) {
        return load(name);  // another process was faster
    }
    return made;
}

Result<std::optional<VolumeRecord>> Volumes::find(const std::string& name) const {
    std::optional<VolumeRecord> record;
    TRY(m_context.database.read([&]() -> Result<> {
        TRY_ASSIGN(record, readVolume(m_context, name));
        return {};
    }));
    return record;
}

Result<VolumeRecord> Volumes::load(const std::string& name) const {
    TRY_ASSIGN(auto record, find(name));
    if (!record) {
        return Error(ErrorKind::NotFound, "no volume '" + name + "'");
    }
    return std::move(*record);
}

Result<std::vector<VolumeRecord>> Volumes::list() const {
    std::vector<VolumeRecord> records;
    TRY(m_context.database.read([&]() -> Result<> {
        const std::string sql = std::string(kColumns) + "ORDER BY name";
        TRY_ASSIGN(Statement row, m_context.database.prepare(sql.c_str()));
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) {
                return {};
            }
            TRY_ASSIGN(VolumeRecord record, recordOf(m_context, row));
            records.push_back(std::move(record));
        }
    }));
    return records;
}

Result<> Volumes::remove(const std::string& name, const RemovalOrder& order) const {
    std::optional<std::int64_t> kept;
    const auto body = [&]() -> Result<> {
        kept = std::nullopt;
        TRY_ASSIGN(const auto record, readVolume(m_context, name));
        if (!record) {
            return Error(ErrorKind::NotFound, "no volume '" + name + "'");
        }
        if (!record->usedBy.empty()) {
            std::string users;
            for (const auto& user : record->usedBy) {
                users += (users.empty() ? "'" : ", '") + user + "'";
            }
            return Error(ErrorKind::Conflict, "volume '" + name + "' is used by the containers " + users)
                .withHint("remove the containers first");
        }
        TRY(requireUnprotected(m_context.database, RemovedKind::Volume, name, name));
        TRY_ASSIGN(Statement row, m_context.database.prepare("DELETE FROM volumes WHERE name = ?"));
        TRY_ASSIGN(const auto changed, row.bind(1, name).run());
        (void)changed;
        if (order.fate == Fate::Kept) {
            RemovalRecord removal;
            removal.batch = order.batch;
            removal.kind = RemovedKind::Volume;
            removal.name = name;
            removal.objectId = name;
            removal.record = toJson(*record);
            TRY_ASSIGN(kept, noteRemoval(m_context.database, removal, {}, {}));
        }
        return {};
    };
    TRY(m_context.database.erase(Database::Sync::Yes, "remove a volume", body));
    if (kept) {
        (void)Removals(m_context).settle(*kept);  // it is removed; whoever comes next moves the folder
        return {};
    }
    return Trash(m_context).moveToTrash(m_context.layout.volume(name));
}

Result<std::uint64_t> Volumes::measure(const std::string& name, std::stop_token stop) const {
    TRY_ASSIGN(const VolumeRecord record, load(name));
    TRY_ASSIGN(const auto sizes, measureTrees(m_context, {m_context.layout.volume(record.name)}, stop));
    return sizes.front();
}

Result<MeasuredTree> Volumes::count(const std::string& name, std::stop_token stop) const {
    TRY_ASSIGN(const VolumeRecord record, load(name));
    TRY_ASSIGN(const std::string line, runHelper(m_context, {"measure", record.dataPath}, stop));
    return parseMeasuredTree(line);
}

}  // namespace coracle::store
