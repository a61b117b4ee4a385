// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/resource_spec.h"
#include "core/types/run_spec.h"
#include "rootless/sys/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace coracle::container {

/// Major and minor number of each block device that a limit names.
using DeviceNumbers = std::map<std::string, std::pair<std::uint32_t, std::uint32_t>>;

/// `linux.resources` of config.json. Pure. A device without numbers is left out.
/// Source: OCI runtime-spec 1.1, config-linux.md, "Control groups".
nlohmann::json resourcesDocument(const types::ResourceSpec& resources, const DeviceNumbers& devices);

/// `process.rlimits`: what the user asks for, over the defaults. A hard limit above `openFilesHard` cannot be
/// had without root and is an error of the start, not cut here.
nlohmann::json rlimitsDocument(const std::vector<types::UlimitSpec>& asked, std::uint64_t openFilesHard);

/// For the container's record: only what is set. Errors of parsing: Corrupt.
nlohmann::json toJson(const types::ResourceSpec& resources);
Result<types::ResourceSpec> parseResourceSpec(const nlohmann::json& object);

/// Members of the record about limits outside of control groups.
void putLimits(nlohmann::json& document, const types::RunSpec& spec);
Result<> parseLimits(const nlohmann::json& document, types::RunSpec& spec);

/// A config.json with other resources. Errors: Corrupt.
Result<std::string> replaceResources(const std::string& config, const nlohmann::json& resources);

}  // namespace coracle::container
