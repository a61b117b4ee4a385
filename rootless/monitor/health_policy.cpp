// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/health_policy.h"

#include <utility>

namespace coracle::monitor {

using oci::monitor::HealthRecord;

bool takeProbe(HealthRecord& record, oci::monitor::HealthProbe probe, const HealthRule& rule,
               std::chrono::milliseconds ranFor) {
    const std::string before = record.status;
    const int exitCode = probe.exitCode;
    record.log.push_back(std::move(probe));
    if (record.log.size() > oci::monitor::kMaxHealthProbes) {
        record.log.erase(record.log.begin());
    }
    if (exitCode == 0) {
        record.failingStreak = 0;
        record.status = "healthy";
    } else if (record.status != "starting" || ranFor >= rule.startPeriod) {
        ++record.failingStreak;
        if (record.failingStreak >= static_cast<std::int64_t>(rule.retries)) {
            record.status = "unhealthy";
        }
    }
    return record.status != before;
}

std::chrono::milliseconds nextProbe(const HealthRecord& record, const HealthRule& rule,
                                    std::chrono::milliseconds ranFor) {
    return record.status == "starting" && ranFor < rule.startPeriod ? rule.startInterval : rule.interval;
}

std::string keptOutput(std::string output) {
    if (output.size() > oci::monitor::kMaxProbeOutput) {
        output.resize(oci::monitor::kMaxProbeOutput);
        output += "...";
    }
    return output;
}

}  // namespace coracle::monitor
