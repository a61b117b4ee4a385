// SPDX-License-Identifier: Apache-2.0
#include "core/engine/store_settings.h"

#include "core/registry/registry_config.h"
#include "core/text/json_lines.h"
#include "core/types/resource_text.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <utility>

namespace coracle::engine {
namespace {

constexpr std::int64_t kMaxDays = 36'500;
constexpr std::int64_t kMaxPercent = 100;

Result<> readNumber(const nlohmann::json& object, const char* key, std::int64_t most, std::int64_t& target) {
    TRY_ASSIGN(const auto value, json::findInteger(object, key));
    if (value && (*value < 0 || *value > most)) {
        return Error(ErrorKind::Corrupt,
                     std::string("'") + key + "' is not between 0 and " + std::to_string(most));
    }
    target = value.value_or(target);
    return {};
}

Result<> readTrash(const nlohmann::json& object, types::StoreSettings& settings, std::string& member) {
    for (const auto& item : object.items()) {
        member = item.key();
        if (member != "days" && member != "percent") {
            return Error(ErrorKind::Corrupt, "there is no setting '" + member + "'");
        }
    }
    member = "days";
    TRY(readNumber(object, "days", kMaxDays, settings.trashDays));
    member = "percent";
    return readNumber(object, "percent", kMaxPercent, settings.trashPercent);
}

/// "40g"
Result<> readBytes(const nlohmann::json& object, const char* key, std::uint64_t& target) {
    TRY_ASSIGN(const auto text, json::findString(object, key));
    if (text) {
        TRY_ASSIGN(const std::int64_t bytes, types::parseBytes(*text));
        target = static_cast<std::uint64_t>(bytes);
    }
    return {};
}

/// "2g" or "5%"
Result<> readReserve(const nlohmann::json& object, types::StoreSettings& settings) {
    TRY_ASSIGN(const auto text, json::findString(object, "reserve"));
    if (!text || !text->ends_with('%')) {
        return readBytes(object, "reserve", settings.reserveBytes);
    }
    const char* end = text->data() + text->size() - 1;
    const auto [at, error] = std::from_chars(text->data(), end, settings.reservePercent);
    if (error != std::errc() || at != end || settings.reservePercent < 0 ||
        settings.reservePercent > kMaxPercent) {
        return Error(ErrorKind::Corrupt, "'" + *text + "' is not a share between 0% and 100%");
    }
    return {};
}

Result<> readDisk(const nlohmann::json& object, types::StoreSettings& settings, std::string& member) {
    for (const auto& item : object.items()) {
        member = item.key();
        if (member != "reserve" && member != "quota") {
            return Error(ErrorKind::Corrupt, "there is no setting '" + member + "'");
        }
    }
    member = "reserve";
    TRY(readReserve(object, settings));
    member = "quota";
    return readBytes(object, "quota", settings.quotaBytes);
}

/// Errors name the member that `member` says.
Result<> readSection(const std::string& name, const nlohmann::json& value, types::StoreSettings& settings,
                     std::string& member) {
    const auto section = name == "trash" ? readTrash : name == "disk" ? readDisk : nullptr;
    if (section == nullptr) {
        return Error(ErrorKind::Corrupt, "there is no setting '" + name + "'");
    }
    if (!value.is_object()) {
        return Error(ErrorKind::Corrupt, "'" + name + "' is not an object");
    }
    return section(value, settings, member);
}

Result<> read(const std::string& text, types::StoreSettings& settings) {
    TRY_ASSIGN(const auto document, json::parse(text));
    if (!document.is_object()) {
        return Error(ErrorKind::Corrupt, "it is not a JSON object");
    }
    for (const auto& [name, value] : document.items()) {
        std::string member;
        auto done = readSection(name, value, settings, member);
        if (!done) {
            const std::size_t line =
                member.empty() ? text::lineOfMember(text, {name}) : text::lineOfMember(text, {name, member});
            return std::move(done).error().context("line " + std::to_string(line));
        }
    }
    return {};
}

/// "40g" where that is exact; as a person would have written it.
std::string sizeText(std::uint64_t bytes) {
    constexpr std::array<std::pair<std::uint64_t, const char*>, 3> kUnits{
        {{1ULL << 30U, "g"}, {1ULL << 20U, "m"}, {1ULL << 10U, "k"}}};
    for (const auto& [unit, letter] : kUnits) {
        if (bytes % unit == 0) {
            return std::to_string(bytes / unit) + letter;
        }
    }
    return std::to_string(bytes);
}

}  // namespace

std::string storeSettingsFile() {
    const std::string home = registry::configHome();
    return home.empty() ? std::string() : home + "/coracle/store.json";
}

Result<types::StoreSettings> loadStoreSettings() {
    return loadStoreSettings(storeSettingsFile());
}

/// A member of a wrong type is an error and not a default, as in registries.json.
Result<types::StoreSettings> loadStoreSettings(const std::string& file) {
    types::StoreSettings settings;
    if (file.empty() || !sys::pathExists(file)) {
        return settings;
    }
    const auto text = sys::readFile(file);
    auto done = text ? read(*text, settings) : Result<>(text.error());
    if (!done) {
        return std::move(done).error().context("read '" + file + "'");
    }
    return settings;
}

/// Checked by reading what would be written: there is one set of rules.
Result<> saveStoreSettings(const std::string& file, const types::StoreSettings& settings) {
    if (file.empty()) {
        return Error(ErrorKind::NotFound, "no home folder is known to keep settings in");
    }
    nlohmann::json document{{"trash", {{"days", settings.trashDays}, {"percent", settings.trashPercent}}}};
    if (settings.reservePercent > 0) {
        document["disk"]["reserve"] = std::to_string(settings.reservePercent) + "%";
    } else if (settings.reserveBytes > 0) {
        document["disk"]["reserve"] = sizeText(settings.reserveBytes);
    }
    if (settings.quotaBytes > 0) {
        document["disk"]["quota"] = sizeText(settings.quotaBytes);
    }
    const std::string text = document.dump(2) + "\n";
    types::StoreSettings again;
    if (auto done = read(text, again); !done) {
        return Error(ErrorKind::InvalidArgument, done.error().message());
    }
    TRY(sys::makeDirectories(file.substr(0, file.rfind('/')), 0700));
    return sys::replaceFile(file, text, 0600, sys::Durability::Disk);
}

}  // namespace coracle::engine
