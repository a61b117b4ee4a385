// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/helper/copy_place.h"
#include "core/store/helper/pack_stream.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <string>

#include <sys/stat.h>

namespace coracle::store::helper {

/// A file, link or folder that is going to be copied, open.
struct FileSource {
    CopySource what;
    struct stat status {};
    std::string linkTarget;  ///< of a symbolic link
    sys::UniqueFd content;   ///< of a file or folder
};

/// Find and open what a path names. A link at its end is taken as itself, unless `follow` is set or a slash
/// follows. Links on the way are followed inside our own root; those of /proc that lead elsewhere never are.
/// Errors: NotFound; Unsupported for what is neither file, folder, link nor pipe; by errno.
Result<FileSource> openSource(const std::string& path, bool follow);

/// Write it as an archive without compression: first itself under its name (`.` when only its content is
/// wanted), then what is in it. Errors: as packTree().
Result<PackedStream> sendSource(const FileSource& source, int outputFd, Holes holes);

}  // namespace coracle::store::helper
