// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/helper/tar_parser.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <vector>

namespace coracle::store::helper {

/// Holes that are shorter are zeros: a word for them would be longer, and the file have more pieces.
inline constexpr std::uint64_t kLeastHoleBytes = 64U << 10U;
/// Pieces of one file that are told apart; the last one goes on to the end of the file.
inline constexpr std::size_t kMaxPieces = 4096;

/// The pieces of a file that are no holes, ascending; one piece where the file system cannot tell. What is
/// behind `size` is not looked at. The file's offset is left anywhere. Errors: by errno. Source: lseek(2),
/// "SEEK_HOLE and SEEK_DATA".
Result<std::vector<tar::SparseSegment>> piecesOf(int fd, std::uint64_t size);

/// How much of a file of `size` bytes its pieces are.
std::uint64_t bytesOf(const std::vector<tar::SparseSegment>& pieces);

}  // namespace coracle::store::helper
