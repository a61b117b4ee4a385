// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace coracle::types {

/// What a person says about the health check of a container, as typed. Source: docker run(1), "--health-cmd".
struct HealthOptions {
    /// In docker's form: {"CMD-SHELL", "curl ..."}, {"CMD", "curl", ...} or {"NONE"}; none: the image's.
    std::optional<std::vector<std::string>> test;
    std::optional<std::string> interval;  ///< "30s", as the next three
    std::optional<std::string> timeout;
    std::optional<std::string> startPeriod;
    std::optional<std::string> startInterval;
    std::optional<std::int64_t> retries;

    friend bool operator==(const HealthOptions&, const HealthOptions&) = default;
};

/// A health check as the image and the person together have it. 0 means docker's default.
struct HealthPlan {
    std::vector<std::string> test;  ///< as above; empty: there is none
    std::chrono::nanoseconds interval{0};
    std::chrono::nanoseconds timeout{0};
    std::chrono::nanoseconds startPeriod{0};
    std::chrono::nanoseconds startInterval{0};
    std::int64_t retries = 0;

    /// Whether anything is run.
    bool isActive() const { return test.size() > 1 && test.front() != "NONE"; }

    friend bool operator==(const HealthPlan&, const HealthPlan&) = default;
};

/// One run of a check.
struct HealthProbe {
    std::chrono::system_clock::time_point startedAt;
    std::chrono::system_clock::time_point finishedAt;
    int exitCode = 0;    ///< -1: it took too long, or could not be run
    std::string output;  ///< cut; a stranger's bytes
};

}  // namespace coracle::types
