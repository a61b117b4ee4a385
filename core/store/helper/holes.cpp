// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/holes.h"

#include <algorithm>
#include <cerrno>

#include <unistd.h>

namespace coracle::store::helper {
namespace {

/// none: there is nothing but a hole, or the file has become shorter.
Result<std::uint64_t> seek(int fd, std::uint64_t from, int what, std::uint64_t size) {
    const off_t found = ::lseek(fd, static_cast<off_t>(from), what);
    if (found >= 0) {
        return std::min(static_cast<std::uint64_t>(found), size);
    }
    if (errno == ENXIO) {
        return size;
    }
    // COMPAT(a file system without holes): all of it is content.
    const bool unknown = errno == EINVAL || errno == EOPNOTSUPP || errno == ESPIPE;
    return unknown ? Result<std::uint64_t>(what == SEEK_DATA ? from : size)
                   : Result<std::uint64_t>(Error::fromErrno("look for holes of a file"));
}

}  // namespace

Result<std::vector<tar::SparseSegment>> piecesOf(int fd, std::uint64_t size) {
    std::vector<tar::SparseSegment> pieces;
    for (std::uint64_t at = 0; at < size;) {
        TRY_ASSIGN(const std::uint64_t begin, seek(fd, at, SEEK_DATA, size));
        if (begin == size) {
            break;
        }
        TRY_ASSIGN(std::uint64_t end, seek(fd, begin, SEEK_HOLE, size));
        end = std::max(end, begin + 1);  // written to or cut off meanwhile: go on in any case
        const bool close =
            !pieces.empty() && begin - (pieces.back().offset + pieces.back().length) < kLeastHoleBytes;
        if (close) {
            pieces.back().length = end - pieces.back().offset;
        } else if (pieces.size() == kMaxPieces) {
            pieces.back().length = size - pieces.back().offset;
            break;
        } else {
            pieces.push_back({begin, end - begin});
        }
        at = end;
    }
    return pieces;
}

std::uint64_t bytesOf(const std::vector<tar::SparseSegment>& pieces) {
    std::uint64_t bytes = 0;
    for (const auto& piece : pieces) {
        bytes += piece.length;
    }
    return bytes;
}

}  // namespace coracle::store::helper
