// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/mounts/mount_plan.h"
#include "rootless/oci/extension.h"
#include "rootless/overlay/driver.h"
#include "rootless/sys/result.h"

#include <vector>

namespace coracle::runtime {

/// What the driver of the root is to mount before the sources of mounts are opened: for each overlay of a
/// mount its layers below the container's own folder. The folder is made when it is missing, as a writable
/// layer with the owner and the mode of what it covers, which is what the place will have. Ids are those on
/// the disk, as for any other mount; those of an image are translated as `root` translates, and its writable
/// layer is a new one. The caller is root of the kept namespace.
/// Errors: NotFound for a source that is gone, by errno.
Result<std::vector<overlay::MountRequest>> prepareMountOverlays(const oci::Extension& extension,
                                                                const overlay::MountRequest& root);

/// Let the steps of mounts that show a part of an overlay or a volume walk to it.
void nameParts(mounts::MountPlan& plan, const oci::Extension& extension);

}  // namespace coracle::runtime
