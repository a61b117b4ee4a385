// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/store/helper/inflate.h"
#include "core/store/helper/limits.h"
#include "core/store/helper/tar_parser.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace coracle::store::helper {

/// What went through.
struct StreamReport {
    image::Digest diffId;
    std::uint64_t compressedBytes = 0;
    std::uint64_t tarBytes = 0;
    std::uint64_t missingBytes = 0;  ///< zeros that the announced digest has at the end, beyond tarBytes
};

/// What a stream may come to.
struct StreamLimits {
    std::string what;  ///< for messages: "layer", "archive"
    std::uint64_t maxBytes = 0;
};

/// Read a compressed archive from a descriptor to its end, hash the tar and hand its entries to the sink. Two
/// threads, so that two processors share the work: this one reads and inflates, the other hashes and parses.
/// The sink is called from the other thread only, and no more once this returns.
/// announced: the digest that the image gives for the archive. One whose writer lost zero blocks at its end
/// (buildah up to 1.28 as zstd:chunked) counts as complete when they are all that is missing from it.
/// Errors: Corrupt (malformed, truncated, beyond the inflation limits), Io, the sink's.
Result<StreamReport> unpackStream(int inputFd, Inflater& inflater, tar::Sink& sink,
                                  const std::optional<image::Digest>& announced = std::nullopt,
                                  const StreamLimits& limits = {"layer", kMaxUnpackedBytes});

/// The same without looking into it: what it inflates to goes to a descriptor, the zeros that the announced
/// digest asks for included. A regular file is not written when little room is left on its disk.
Result<StreamReport> copyStream(int inputFd, Inflater& inflater, int outputFd, const StreamLimits& limits,
                                const std::optional<image::Digest>& announced = std::nullopt);

}  // namespace coracle::store::helper
