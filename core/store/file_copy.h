// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/copy.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace coracle::store {

/// Where files are: below a container's root, or of this computer, or a stream.
struct FileCopyEnd {
    int processFd = -1;  ///< pidfd of a process of the container, borrowed; -1: this computer
    std::string path;    ///< absolute; empty: the stream
    int streamFd = -1;   ///< borrowed
};

struct FileCopy {
    FileCopyEnd from;
    FileCopyEnd to;
    types::CopyOptions options;
    std::function<void(std::uint64_t)> moved;  ///< bytes so far; called from the caller's thread
};

/// Copy a file or folder. Two confined helpers, one at each end, speak tar over a pipe of ours, so no path of
/// a container is ever looked up on this computer. Blocks. On a stop request the reading end is killed and
/// the writing one, which finds its archive cut off, takes its half file away. Errors: NotFound, Conflict (a
/// folder onto a file), Io, Cancelled, by errno.
Result<types::CopyReport> copyFiles(const FileCopy& copy, const std::stop_token& stop);

}  // namespace coracle::store
