// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/health_record.h"

#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

namespace coracle::oci::monitor {

std::string toJsonText(const HealthRecord& record) {
    nlohmann::json log = nlohmann::json::array();
    for (const HealthProbe& probe : record.log) {
        log.push_back({{"startedAt", probe.startedAt},
                       {"finishedAt", probe.finishedAt},
                       {"exitCode", probe.exitCode},
                       {"output", probe.output}});
    }
    return json::toText({{"status", record.status}, {"failingStreak", record.failingStreak}, {"log", log}});
}

Result<HealthRecord> parseHealth(std::string_view text) {
    TRY_ASSIGN(const auto document, json::parse(text));
    HealthRecord record;
    TRY_ASSIGN(record.status, json::loadString(document, "status"));
    TRY_ASSIGN(record.failingStreak, json::loadInteger(document, "failingStreak"));
    if (const auto* log = json::findArray(document, "log")) {
        for (const auto& entry : *log) {
            HealthProbe probe;
            TRY_ASSIGN(probe.startedAt, json::loadInteger(entry, "startedAt"));
            TRY_ASSIGN(probe.finishedAt, json::loadInteger(entry, "finishedAt"));
            TRY_ASSIGN(const auto code, json::loadInteger(entry, "exitCode"));
            probe.exitCode = static_cast<int>(code);
            TRY_ASSIGN(probe.output, json::loadString(entry, "output"));
            record.log.push_back(std::move(probe));
        }
    }
    return record;
}

Result<HealthRecord> readHealth(const std::string& runDir) {
    TRY_ASSIGN(const std::string text, sys::readFile(runDir + "/health.json"));
    return parseHealth(text);
}

}  // namespace coracle::oci::monitor
