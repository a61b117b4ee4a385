// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/store/helper/tree_packer.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace coracle::store::helper {

/// What was written.
struct PackedStream {
    image::Digest diffId;  ///< of the archive before compression
    std::uint64_t tarBytes = 0;
    std::uint64_t compressedBytes = 0;
    std::uint64_t changedFiles = 0;  ///< became shorter while they were read: zeros stand for the rest
    PackReport tree;
};

/// What becomes of holes of files. Kept, they cost nothing, but not every reader of archives knows of them; a
/// file whose holes have changed is another archive.
enum class Holes : std::uint8_t { Zeros, Keep };

/// What hands entries to a sink.
using Walk = std::function<Result<PackReport>(PackSink& sink)>;
/// Write what a walk finds as an archive to a descriptor. As below.
Result<PackedStream> packWalk(const Walk& walk, std::string_view compression, int outputFd, Holes holes);

/// Write a tree as an archive to a descriptor. compression: "gzip" or "none". Two threads share the work:
/// this one walks and reads, the other hashes and compresses. The same tree gives the same archive; the
/// compressed bytes are the same for the same version of the compressor. Errors: as packTree(); Io for the
/// descriptor.
Result<PackedStream> packStream(const std::vector<int>& rootFds, const PackOptions& options,
                                std::string_view compression, int outputFd, Holes holes = Holes::Zeros);

}  // namespace coracle::store::helper
