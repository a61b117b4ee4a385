// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/settings.h"

#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

namespace coracle::monitor {
namespace {

/// Each part is renamed at each rotation.
constexpr std::int64_t kMaxLogFiles = 1000;
constexpr std::int64_t kHighestSignal = 64;
/// A year: what the loop's clock can add without an overflow, and longer than anybody waits.
constexpr std::int64_t kMaxStopTimeoutMs = 24LL * 3600 * 1000 * 365;

Result<std::string> loadAbsolutePath(const nlohmann::json& document, const char* key) {
    TRY_ASSIGN(std::string path, json::loadString(document, key));
    if (!path.starts_with('/')) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is not an absolute path");
    }
    return path;
}

/// Empty when it is not there.
Result<std::string> findAbsolutePath(const nlohmann::json& document, const char* key) {
    if (!document.contains(key)) {
        return std::string();
    }
    return loadAbsolutePath(document, key);
}

/// Out of range is an error and not clamped: the file is written by the engine, and a number that is wrong
/// is a bug there.
Result<std::int64_t> findNumber(const nlohmann::json& document, const char* key, std::int64_t low,
                                std::int64_t high, std::int64_t otherwise) {
    TRY_ASSIGN(const auto number, json::findInteger(document, key));
    if (number && (*number < low || *number > high)) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is out of range");
    }
    return number.value_or(otherwise);
}

Result<bool> findFlag(const nlohmann::json& document, const char* key) {
    TRY_ASSIGN(const auto flag, json::findBool(document, key));
    return flag.value_or(false);
}

Result<RestartRule> parseRestart(const nlohmann::json& document) {
    TRY_ASSIGN(const auto word, json::findString(document, "restart"));
    RestartRule rule;
    if (word == "always") {
        rule.policy = RestartPolicy::Always;
    } else if (word == "unless-stopped") {
        rule.policy = RestartPolicy::UnlessStopped;
    } else if (word == "on-failure") {
        rule.policy = RestartPolicy::OnFailure;
    } else if (word && *word != "no") {
        return Error(ErrorKind::Corrupt, "member 'restart' is not a restart policy");
    }
    TRY_ASSIGN(const auto retries, findNumber(document, "restartRetries", 0, INT32_MAX, 0));
    rule.maxRetries = static_cast<unsigned>(retries);
    return rule;
}

Result<HealthRule> parseHealthRule(const nlohmann::json& document) {
    HealthRule rule;
    const auto* health = json::findObject(document, "health");
    if (health == nullptr) {
        return rule;
    }
    TRY_ASSIGN(rule.process, loadAbsolutePath(*health, "process"));
    const std::pair<const char*, std::chrono::milliseconds*> spans[] = {
        {"intervalMs", &rule.interval},
        {"timeoutMs", &rule.timeout},
        {"startPeriodMs", &rule.startPeriod},
        {"startIntervalMs", &rule.startInterval},
    };
    for (const auto& [key, span] : spans) {
        TRY_ASSIGN(const auto number, findNumber(*health, key, 0, kMaxStopTimeoutMs, span->count()));
        *span = std::chrono::milliseconds(number);
    }
    TRY_ASSIGN(const auto retries, findNumber(*health, "retries", 1, INT32_MAX, rule.retries));
    rule.retries = static_cast<unsigned>(retries);
    return rule;
}

Result<> readContainerMembers(const nlohmann::json& document, Settings& settings) {
    TRY_ASSIGN(settings.bundle, loadAbsolutePath(document, "bundle"));
    TRY_ASSIGN(const auto events, json::findString(document, "eventsPath"));
    settings.eventsPath = events.value_or("");
    TRY_ASSIGN(settings.eventAttributes, json::findStringMap(document, "eventAttributes"));
    TRY_ASSIGN(const auto log, json::findString(document, "logPath"));
    settings.logPath = log.value_or("");
    TRY_ASSIGN(const auto bytes, findNumber(document, "logMaxBytes", 0, INT64_MAX,
                                            static_cast<std::int64_t>(settings.logMaxBytes)));
    settings.logMaxBytes = static_cast<std::uint64_t>(bytes);
    TRY_ASSIGN(const auto files, findNumber(document, "logMaxFiles", 1, kMaxLogFiles, settings.logMaxFiles));
    settings.logMaxFiles = static_cast<unsigned>(files);
    TRY_ASSIGN(settings.autoStart, findFlag(document, "autoStart"));
    TRY_ASSIGN(settings.autoRemove, findFlag(document, "autoRemove"));
    TRY_ASSIGN(settings.sharesPids, findFlag(document, "sharesPids"));
    TRY_ASSIGN(const auto signal, findNumber(document, "stopSignal", 1, kHighestSignal, settings.stopSignal));
    settings.stopSignal = static_cast<int>(signal);
    TRY_ASSIGN(const auto timeout,
               findNumber(document, "stopTimeoutMs", 0, kMaxStopTimeoutMs, settings.stopTimeout.count()));
    settings.stopTimeout = std::chrono::milliseconds(timeout);
    TRY_ASSIGN(settings.exitCommand, json::findStrings(document, "exitCommand"));
    TRY_ASSIGN(settings.runtimeState, findAbsolutePath(document, "runtimeState"));
    TRY_ASSIGN(settings.trash, findAbsolutePath(document, "trash"));
    if (!settings.trash.empty()) {
        TRY_ASSIGN(settings.data, loadAbsolutePath(document, "data"));
    }
    TRY_ASSIGN(settings.restart, parseRestart(document));
    TRY_ASSIGN(settings.health, parseHealthRule(document));
    TRY_ASSIGN(settings.networkCommand, json::findStrings(document, "networkCommand"));
    TRY_ASSIGN(settings.logAttributes, json::findStringMap(document, "logAttributes"));
    TRY_ASSIGN(const auto journal, json::findString(document, "journalSocket"));
    settings.journalSocket = journal.value_or("");
    return {};
}

}  // namespace

/// The file is the engine's, in a folder of the user. It is checked all the same, as a monitor outlives
/// the engine that wrote it and a newer one may adopt with an older file.
Result<Settings> parseSettings(std::string_view text, Mode mode) {
    TRY_ASSIGN(const auto document, json::parse(text));
    Settings settings;
    settings.mode = mode;
    TRY_ASSIGN(settings.id, json::loadString(document, "id"));
    if (settings.id.empty() || settings.id.front() == '-') {
        return Error(ErrorKind::Corrupt, "member 'id' is not a container id");
    }
    TRY_ASSIGN(settings.runDir, loadAbsolutePath(document, "runDir"));
    TRY_ASSIGN(settings.runtime, loadAbsolutePath(document, "runtime"));
    TRY_ASSIGN(settings.runtimeArgs, json::findStrings(document, "runtimeArgs"));
    TRY_ASSIGN(settings.tty, findFlag(document, "tty"));
    TRY_ASSIGN(settings.openStdin, findFlag(document, "openStdin"));
    TRY_ASSIGN(settings.stdinOnce, findFlag(document, "stdinOnce"));
    if (mode == Mode::Container) {
        TRY(readContainerMembers(document, settings));
    } else {
        TRY_ASSIGN(settings.process, loadAbsolutePath(document, "process"));
        TRY_ASSIGN(settings.detach, findFlag(document, "detach"));
        settings.autoStart = true;
    }
    return settings;
}

Result<Settings> loadSettings(const std::string& path, Mode mode) {
    TRY_ASSIGN(const std::string text, sys::readFile(path));
    auto settings = parseSettings(text, mode);
    if (!settings) {
        return std::move(settings).error().context("read '" + path + "'");
    }
    return settings;
}

}  // namespace coracle::monitor
