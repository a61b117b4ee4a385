// SPDX-License-Identifier: Apache-2.0
#include "core/engine/store_settings.h"

#include "core/registry/registry_config.h"
#include "core/text/json_lines.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

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

/// Errors name the member that `member` says.
Result<> readTrash(const nlohmann::json& object, StoreSettings& settings, std::string& member) {
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

Result<> read(const std::string& text, StoreSettings& settings) {
    TRY_ASSIGN(const auto document, json::parse(text));
    if (!document.is_object()) {
        return Error(ErrorKind::Corrupt, "it is not a JSON object");
    }
    for (const auto& [name, value] : document.items()) {
        std::string member;
        const bool known = name == "trash" && value.is_object();
        auto done =
            known
                ? readTrash(value, settings, member)
                : Result<>(Error(ErrorKind::Corrupt, name == "trash" ? "'trash' is not an object"
                                                                     : "there is no setting '" + name + "'"));
        if (!done) {
            const std::size_t line =
                member.empty() ? text::lineOfMember(text, {name}) : text::lineOfMember(text, {name, member});
            return std::move(done).error().context("line " + std::to_string(line));
        }
    }
    return {};
}

}  // namespace

Result<StoreSettings> StoreSettings::load() {
    const std::string home = registry::configHome();
    return load(home.empty() ? std::string() : home + "/coracle/store.json");
}

/// A member of a wrong type is an error and not a default, as in registries.json.
Result<StoreSettings> StoreSettings::load(const std::string& file) {
    StoreSettings settings;
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

}  // namespace coracle::engine
