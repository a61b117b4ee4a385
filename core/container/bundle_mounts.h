// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/spec_builder.h"

#include <nlohmann/json_fwd.hpp>

namespace coracle::container {

/// Where `--init` puts its program.
inline constexpr const char* kInitPath = "/run/.coracle-init";

/// The `mounts` of config.json: what every Linux container has, the three files that say who it is, and what
/// the user asked for, parents before children. Pure. Errors: InvalidArgument.
/// Source: OCI runtime-spec 1.1, config-linux.md, "Default Filesystems"; security.md 4.4.
Result<nlohmann::json> buildMounts(const BundleInput& input);

}  // namespace coracle::container
