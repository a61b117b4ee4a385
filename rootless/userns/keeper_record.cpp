// SPDX-License-Identifier: Apache-2.0
#include "rootless/userns/keeper_record.h"

#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

namespace coracle::userns {
namespace {

constexpr std::size_t kMaxRecordBytes = 65536;

/// A record without a mirror is that of a keeper for which none could be made.
Result<std::optional<MirrorRecord>> parseMirror(const nlohmann::json& document) {
    TRY_ASSIGN(const nlohmann::json* member, json::loadObjectIfAny(document, "mirror"));
    if (member == nullptr) {
        return std::optional<MirrorRecord>();
    }
    MirrorRecord mirror;
    TRY_ASSIGN(const auto fd, json::loadInteger(*member, "fd"));
    TRY_ASSIGN(const std::string uids, json::loadString(*member, "uids"));
    TRY_ASSIGN(const std::string gids, json::loadString(*member, "gids"));
    TRY_ASSIGN(mirror.limits, json::loadString(*member, "limits"));
    TRY_ASSIGN(mirror.maps.uids, parseMap(uids));
    TRY_ASSIGN(mirror.maps.gids, parseMap(gids));
    mirror.fd = static_cast<int>(fd);
    return std::optional(std::move(mirror));
}

}  // namespace

Result<KeeperRecord> readKeeperRecord(const std::string& keeperDir) {
    TRY_ASSIGN(const std::string text, sys::readFile(keeperDir + "/keeper.json", kMaxRecordBytes));
    TRY_ASSIGN(const auto document, json::parse(text));
    KeeperRecord record;
    TRY_ASSIGN(const auto pid, json::loadInteger(document, "pid"));
    TRY_ASSIGN(const auto startTicks, json::loadInteger(document, "startTicks"));
    TRY_ASSIGN(record.process.bootId, json::loadString(document, "bootId"));
    TRY_ASSIGN(const auto single, json::findBool(document, "single"));
    TRY_ASSIGN(const auto reason, json::findString(document, "reason"));
    TRY_ASSIGN(record.mirror, parseMirror(document));
    record.process.pid = static_cast<pid_t>(pid);
    record.process.startTicks = static_cast<std::uint64_t>(startTicks);
    record.single = single.value_or(false);
    record.reason = reason.value_or("");
    return record;
}

Result<> writeKeeperRecord(const std::string& keeperDir, const KeeperRecord& record) {
    nlohmann::json document{{"pid", record.process.pid},
                            {"startTicks", record.process.startTicks},
                            {"bootId", record.process.bootId},
                            {"single", record.single}};
    if (record.single) {
        document["reason"] = record.reason;
    }
    if (record.mirror) {
        document["mirror"] = {{"fd", record.mirror->fd},
                              {"uids", toText(record.mirror->maps.uids)},
                              {"gids", toText(record.mirror->maps.gids)},
                              {"limits", record.mirror->limits}};
    }
    return sys::replaceFile(keeperDir + "/keeper.json", json::toText(document) + "\n", 0600,
                            sys::Durability::Process);
}

}  // namespace coracle::userns
