// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// <run>/health.json: how the checks of a container went. Written by its monitor at the start and after each
/// check, replaced as a whole, there only for a container with a check; it tells of the last run.
///   {"status":"healthy","failingStreak":0,"log":[{"startedAt":ns,"finishedAt":ns,"exitCode":0,"output":".."}]}
namespace coracle::oci::monitor {

/// One check.
struct HealthProbe {
    std::int64_t startedAt = 0;  ///< nanoseconds since the epoch
    std::int64_t finishedAt = 0;
    int exitCode = 0;    ///< -1: it took too long, or could not be run
    std::string output;  ///< cut; a stranger's bytes
};

struct HealthRecord {
    std::string status = "starting";  ///< or "healthy", "unhealthy"
    std::int64_t failingStreak = 0;
    std::vector<HealthProbe> log;  ///< the last kMaxHealthProbes, the oldest first
};

/// docker's numbers.
inline constexpr std::size_t kMaxHealthProbes = 5;
inline constexpr std::size_t kMaxProbeOutput = 4096;

/// The text of health.json, and back. Errors: Corrupt.
std::string toJsonText(const HealthRecord& record);
Result<HealthRecord> parseHealth(std::string_view text);
/// Errors: NotFound when there is none, Corrupt.
Result<HealthRecord> readHealth(const std::string& runDir);

}  // namespace coracle::oci::monitor
