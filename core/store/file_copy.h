// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/copy.h"
#include "core/types/found_files.h"
#include "core/types/image_files.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace coracle::store {

/// Where files are: below a container's root or in a volume, or of this computer, or a stream.
struct FileCopyEnd {
    int processFd = -1;  ///< pidfd of a process of the container, borrowed; -1: this computer
    std::string path;    ///< absolute; empty: the stream
    int streamFd = -1;   ///< borrowed
    /// Words of the helper for a folder of the store that is the root of `path`, in the namespace that its
    /// owners are of; empty: none (Volumes::placeOf).
    std::vector<std::string> below = {};
};

struct FileCopy {
    FileCopyEnd from;
    FileCopyEnd to;
    types::CopyOptions options;
    std::string windowFolder;                  ///< of the store, for the window of a stream; empty: memory
    std::function<void(std::uint64_t)> moved;  ///< bytes so far; called from the caller's thread
};

/// Copy a file or folder. Two confined helpers, one at each end, speak tar over a pipe of ours, so no path of
/// a container is ever looked up on this computer. Blocks. On a stop request the reading end is killed and
/// the writing one, which finds its archive cut off, takes its half file away. Errors: NotFound, Conflict (a
/// folder onto a file), Io, Cancelled, by errno.
Result<types::CopyReport> copyFiles(const FileCopy& copy, const std::stop_token& stop);

/// What is in a folder, not what is below that: paths are names, in no order, without hashes; a socket counts
/// as a device. Links on the way are followed as there. Errors: NotFound, Conflict for what is no folder,
/// Unsupported for one with too many names, Cancelled, by errno.
Result<std::vector<types::ImageFile>> listFolder(const FileCopyEnd& place, const std::stop_token& stop);

/// Files in a folder and all below it that are meant by `words` (helper/file_finder.h), at most
/// kMaxFoundFiles. Errors: as listFolder(), InvalidArgument without words.
Result<types::FoundFiles> findFiles(const FileCopyEnd& place, const std::string& words,
                                    const std::stop_token& stop);

/// The first kMaxReadBytes (helper_protocol.h) of a file; a link is not followed. Errors: NotFound,
/// Unsupported for what is no file, Cancelled, by errno.
Result<std::string> readFileStart(const FileCopyEnd& place, const std::stop_token& stop);

/// Delete a file or folder of a container or a volume; a link at the end of the path is what goes. A missing
/// one is success. Errors: Cancelled, when a part may be gone; by errno.
Result<> eraseFile(const FileCopyEnd& place, const std::stop_token& stop);

}  // namespace coracle::store
