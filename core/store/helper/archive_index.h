// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/helper_protocol.h"
#include "rootless/sys/result.h"

namespace coracle::store::helper {

/// Where the files of an archive that is not compressed lie. Reads headers only: content is passed over,
/// which needs a descriptor that can seek. Names are cleaned as those of a layer are; a link's target is
/// resolved within the archive. Errors: Corrupt for what is no archive, one that ends early, has too many
/// files, two of one name, or a link that leads out of it.
Result<ArchiveIndex> indexArchive(int fd);

}  // namespace coracle::store::helper
