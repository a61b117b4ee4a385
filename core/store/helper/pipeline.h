// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/store/helper/inflate.h"
#include "core/store/helper/tar_parser.h"
#include "rootless/sys/result.h"

#include <cstdint>

namespace coracle::store::helper {

/// What went through.
struct StreamReport {
    image::Digest diffId;
    std::uint64_t compressedBytes = 0;
    std::uint64_t tarBytes = 0;
};

/// Read a compressed archive from a descriptor to its end, hash the tar and hand its entries to the sink. Two
/// threads, so that two processors share the work: this one reads and inflates, the other hashes and parses.
/// The sink is called from the other thread only, and no more once this returns.
/// Errors: Corrupt (malformed, truncated, beyond the inflation limits), Io, the sink's.
Result<StreamReport> unpackStream(int inputFd, Inflater& inflater, tar::Sink& sink);

}  // namespace coracle::store::helper
