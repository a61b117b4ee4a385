// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/spec_builder.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace coracle::container {

/// Where `--init` puts its program.
inline constexpr const char* kInitPath = "/run/.coracle-init";

/// The `mounts` of config.json: what every Linux container has, the three files that say who it is, and what
/// the user asked for, parents before children. Pure. Errors: InvalidArgument.
/// Source: OCI runtime-spec 1.1, config-linux.md, "Default Filesystems"; security.md 4.4.
Result<nlohmann::json> buildMounts(const BundleInput& input);

/// Add to coracle.json what OCI has no word for: that a volume is filled, given to the container's user, or
/// covered by an overlay. Pure.
void describeMount(const PlannedMount& planned, nlohmann::json& extension);

/// What buildBundle() wrote about mounts, of a container that exists.
struct MountDocuments {
    std::string config;   ///< config.json
    std::string overlay;  ///< coracle.json
};
/// The same without the mounts at some paths inside and with others; whatever is at the path of one that is
/// added goes. The rest of the documents stays as it is. Pure. Errors: InvalidArgument, Corrupt; Unsupported
/// for a path at which every container has something, since that is not known any more.
Result<MountDocuments> changeMounts(const MountDocuments& documents, const std::vector<std::string>& removed,
                                    const std::vector<PlannedMount>& added);

}  // namespace coracle::container
