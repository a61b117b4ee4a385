// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/archive.h"
#include "core/types/copy.h"
#include "core/types/found_files.h"
#include "core/types/image_files.h"
#include "core/types/progress.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace coracle::engine {

/// Images and containers as files. Members that an engine does not have answer so. Nothing half-written is
/// left when one fails or is cancelled.
class Archives {
public:
    virtual ~Archives() = default;
    /// Write images with their names to a file, folder or stream. A name without a tag stands for all tags of
    /// its repository; an id saves the image without a name. Errors: NotFound, Corrupt, Io, Cancelled.
    virtual Result<> save(const std::vector<std::string>& names, types::ArchiveFormat format,
                          const types::OutputPlace& place, std::stop_token stop);
    /// Bring in the images of an archive, compressed or not, or of an OCI layout's folder; `loaded` is called
    /// for each. Those before one that fails stay. Errors: Corrupt, InvalidArgument, Io, Cancelled.
    virtual Result<> load(const types::InputPlace& place, const types::PullProgress& progress,
                          const std::function<void(const types::LoadedImage&)>& loaded, std::stop_token stop);
    /// Make an image of a container as it is now, running or not. Errors: NotFound, InvalidArgument (changes,
    /// name), Unsupported for files that no layer can hold, Conflict or Unsupported for a pause, Io,
    /// Cancelled.
    virtual Result<types::MadeImage> commit(const std::string& container, const types::CommitOptions& options,
                                            std::stop_token stop);
    /// Write a container's files as a tar. What is mounted in it is not part of them.
    virtual Result<> exportFiles(const std::string& container, const types::OutputPlace& place,
                                 std::stop_token stop);
    /// Make an image of one layer from a tar, compressed or not.
    virtual Result<types::MadeImage> importFiles(const types::InputPlace& place,
                                                 const types::ImportOptions& options, std::stop_token stop);
    /// Copy a file or folder between a container and this computer or an archive, or between two containers,
    /// by docker's rules for paths; running or not. Of the source's owners nothing is kept on this computer,
    /// where files belong to the user; in a container they belong to its root unless the options say
    /// otherwise, and to whom an archive says. moved: bytes so far, from this thread. Errors: NotFound,
    /// Conflict (a folder onto a file; between two runs), Io, Cancelled.
    virtual Result<types::CopyReport> copy(const types::CopyPlace& from, const types::CopyPlace& to,
                                           const types::CopyOptions& options,
                                           const std::function<void(std::uint64_t)>& moved,
                                           std::stop_token stop);
    /// What is in a folder of a container, not what is below that: paths are names, in no order; a socket
    /// counts as a device. Links on the way are followed as in the container. Errors: as copy(), Conflict for
    /// what is no folder, Unsupported for one with too many names.
    virtual Result<std::vector<types::ImageFile>> listFolder(const std::string& container,
                                                             const std::string& path, std::stop_token stop);
    /// Files of a container, with what is mounted in it, that are meant by `words`: part of a name, a pattern
    /// with * or ?, or part of a path when it has a slash; without regard to case. At most 1000 are told.
    /// Errors: as listFolder(), InvalidArgument without words.
    virtual Result<types::FoundFiles> findFiles(const std::string& container, const std::string& words,
                                                std::stop_token stop);
    /// The beginning of a file, at most 1 MiB: as it is in the container, or in its image, without what is
    /// mounted. Errors: NotFound, Unsupported for what is no file, Io, Cancelled.
    virtual Result<std::string> readFileStart(const std::string& container, const std::string& path,
                                              types::FileVersion version, std::stop_token stop);
    /// Make paths of a container what they are in the image: what was changed or deleted comes back with
    /// owner and times, what was added goes. A folder that is in both is left alone. Those before one that
    /// fails stay restored. Errors: as copy().
    virtual Result<> restorePaths(const std::string& container, const std::vector<std::string>& paths,
                                  std::stop_token stop);
    /// What a container did to its image, in the order of paths.
    virtual Result<std::vector<types::Change>> containerChanges(const std::string& container,
                                                                std::stop_token stop);
    /// What an image did to `base`; empty: to all its layers but the last. Where the image does not begin
    /// with the layers of `base`, what differs between the two as their containers see them.
    virtual Result<std::vector<types::Change>> imageChanges(const std::string& image, const std::string& base,
                                                            std::stop_token stop);
    /// The files of an image, layer by layer from the base upward. A layer without an index is read through
    /// first, once. Errors: NotFound, Corrupt, Io, Cancelled.
    virtual Result<std::vector<types::LayerFiles>> imageFiles(const std::string& image, std::stop_token stop);
};

}  // namespace coracle::engine
