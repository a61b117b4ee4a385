// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/health_check.h"
#include "rootless/sys/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

/// The health check of a container from what a person and an image say. Pure.
namespace coracle::container {

/// docker's rule: what the person leaves open is the image's. Errors: InvalidArgument for a duration that is
/// none or below a millisecond, and for --no-healthcheck beside other options.
Result<types::HealthPlan> planHealth(const types::HealthOptions& options, const types::HealthPlan& image);

/// The words to execute for a plan that is active.
std::vector<std::string> healthCommand(const types::HealthPlan& plan);

/// The member "health" of monitor.json, docker's defaults filled in. processPath: of the OCI process object.
nlohmann::json healthDocument(const types::HealthPlan& plan, const std::string& processPath);

}  // namespace coracle::container
