// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/config.h"
#include "rootless/sys/result.h"
#include "rootless/userns/id_map.h"

namespace coracle::runtime {

/// A new volume is a folder of the user's. Where the user does not exist inside (nomap, auto, some own
/// maps), it would be nobody's and not even root could write to it; so while it is empty it is given to
/// the container's root. The caller is root of the kept namespace. Volumes are those mounts that
/// coracle.json wants filled.
/// One that holds anything, or has another owner already, is left alone: it is in use by somebody.
/// Errors: by errno.
Result<> giveNewVolumes(const oci::Bundle& bundle, const userns::IdMaps& container);

/// Give the files of the mounts that coracle.json lists as owned to the user of the first process (-v ...:U).
/// From outside, because a file may have an owner whom the container does not know. Mounts that show an
/// overlay are left alone: their sources are not to change. The caller is root of the kept namespace.
/// Errors: by errno, naming mount and file.
Result<> giveOwnedMounts(const oci::Bundle& bundle, const userns::IdMaps& container);

}  // namespace coracle::runtime
