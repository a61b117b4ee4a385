// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/mounts/mount_plan.h"
#include "rootless/sys/unique_fd.h"

#include <vector>

namespace coracle::runtime {

/// A user namespace for each step of the plan that translates ids, with the step's map or else the
/// container's; the plan gets the numbers. The descriptors have to live as long as the plan is carried
/// out. Empty when no step translates.
/// Errors: InvalidArgument for a step without any map; as those of the map writers. Source:
/// mount_setattr(2), "ID-mapped mounts".
Result<std::vector<sys::UniqueFd>> openIdMaps(mounts::MountPlan& plan, const userns::IdMaps& container);

}  // namespace coracle::runtime
