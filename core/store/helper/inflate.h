// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace coracle::store::helper {

/// One piece of decompression.
struct InflateStep {
    std::size_t consumed = 0;
    std::size_t produced = 0;
};

/// A streaming decompressor: memory in, memory out. Memory of its own is bounded by the format
/// (gzip: 32 KiB of window) or by kMaxZstdWindowLog. How much may come out is the caller's to bound
/// (pipeline.cpp).
class Inflater {
public:
    virtual ~Inflater() = default;
    /// Turn some input into some output. Makes progress unless the input is empty and nothing is pending.
    /// Errors: Corrupt.
    virtual Result<InflateStep> step(std::span<const std::byte> input, std::span<std::byte> output) = 0;
    /// Whether the input may end here.
    virtual bool complete() const = 0;
};

/// `name`: "gzip" (any number of members), "zstd" (any number of frames), "xz", "none", or "auto": whichever
/// of them the first bytes say; something else passes as it is. `folder`: a descriptor, needed for this call
/// only, of a folder on a disk that may hold a large window without a name (window_memory.h), or -1. Errors:
/// InvalidArgument for another word.
Result<std::unique_ptr<Inflater>> makeInflater(std::string_view name, int folder = -1);

/// Name of the format that data with these first bytes (six are enough) is in; "none" for all others.
std::string_view compressionOf(std::span<const std::byte> head);

}  // namespace coracle::store::helper
