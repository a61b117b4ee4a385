// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image_files.h"
#include "rootless/sys/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The list of a layer's files, kept beside its folder as `index`, so that nobody has to walk the folder to
/// show it. Written by the confined helper while it unpacks, read by the engine: what is in it was written by
/// somebody who parsed a stranger's bytes, so the reader believes no length and no letter.
///
/// Form: the line "coracle layer index 1", then for each file the length of what follows as 4 bytes, then
/// kind 1, mode 4, uid 4, gid 4, size 8, mtime 8, content hash 16, length of the path 2, path, and the link
/// target to the end; then a length of 0. Numbers are little-endian. A file without its end is damaged.
namespace coracle::store {

/// Longest file that is written and read: as much as a layer with the most entries and long names needs.
inline constexpr std::size_t kMaxIndexBytes = 512U << 20U;

/// Writes an index to a descriptor, a piece at a time. Single-threaded.
class LayerIndexWriter {
public:
    /// fd: borrowed, at its beginning.
    explicit LayerIndexWriter(int fd);

    /// Errors: by errno of write(2); Unsupported beyond kMaxIndexBytes.
    Result<> add(const types::ImageFile& file);
    /// The end mark and what is left. Nothing may be added any more. Errors: as add().
    Result<> finish();

private:
    Result<> flush();

    int m_fd;
    std::size_t m_written = 0;
    std::string m_buffer;
};

/// The bytes of an index as files. Errors: Corrupt with what is wrong with it.
Result<std::vector<types::ImageFile>> parseLayerIndex(std::string_view bytes);

/// As parseLayerIndex(). Errors: also NotFound, Io.
Result<std::vector<types::ImageFile>> readLayerIndex(const std::string& path);

}  // namespace coracle::store
