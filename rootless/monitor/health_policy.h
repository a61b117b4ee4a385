// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/health_record.h"

#include <chrono>
#include <string>

/// docker's rules for health, without clocks or processes. Pure.
namespace coracle::monitor {

/// How a container is checked; an empty `process`: it is not.
struct HealthRule {
    std::string process;  ///< absolute path of an OCI process object
    std::chrono::milliseconds interval{30'000};
    std::chrono::milliseconds timeout{30'000};
    std::chrono::milliseconds startPeriod{0};  ///< failures in it do not count while nothing has succeeded
    std::chrono::milliseconds startInterval{5'000};  ///< between checks in it
    unsigned retries = 3;                            ///< failures in a row that make it unhealthy
};

/// Take one result in; whether the status is another one now. ranFor: how long the container had run when the
/// check began.
bool takeProbe(oci::monitor::HealthRecord& record, oci::monitor::HealthProbe probe, const HealthRule& rule,
               std::chrono::milliseconds ranFor);

/// How long to wait for the next check.
std::chrono::milliseconds nextProbe(const oci::monitor::HealthRecord& record, const HealthRule& rule,
                                    std::chrono::milliseconds ranFor);

/// What of a check's output is kept: at most kMaxProbeOutput bytes, an ellipsis for the rest.
std::string keptOutput(std::string output);

}  // namespace coracle::monitor
