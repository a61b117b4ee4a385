// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/image/manifest.h"
#include "core/store/helper_protocol.h"
#include "core/types/archive.h"
#include "rootless/sys/result.h"

#include <stop_token>
#include <string>
#include <vector>

namespace coracle::store {

struct StoreContext;

/// A container's writable folder and what it lies on.
struct PackRequest {
    std::vector<std::string> folders;      ///< the upper folder, or layers; top first
    std::vector<std::string> below;        ///< top first
    std::vector<std::string> mountPoints;  ///< absolute paths in the container
    bool namedWhiteouts = false;           ///< fuse-overlayfs made them
    bool whole = false;                    ///< all that is seen through the folders, as a layer of its own
};

/// A layer that was made from folders; its blob is in the store and has no image yet.
struct PackedBlob {
    image::Digest blob;
    std::uint64_t blobBytes = 0;
    image::Compression compression = image::Compression::Gzip;
    PackedTree tree;
};

/// Making archives of folders, in the confined helper. The folders are a stranger's and may change meanwhile.
/// All methods may be called from any thread.
class Packing {
public:
    explicit Packing(const StoreContext& context) : m_context(context) {}

    /// The folders as one layer, durable when it returns. Compressed, unless it is of the kind that would
    /// pass for a decompression bomb. Errors: Unsupported for a tree that no layer can hold, Io, Cancelled.
    Result<PackedBlob> makeLayer(const PackRequest& request, const std::stop_token& stop) const;

    /// What a container sees, as an archive without compression, to a descriptor.
    Result<PackedTree> flatten(const PackRequest& request, int outputFd, const std::stop_token& stop) const;

    /// What the folders do to those below, in the order of paths.
    Result<std::vector<types::Change>> changes(const PackRequest& request, const std::stop_token& stop) const;

    /// Store an archive that is read from a descriptor, unpacked from its compression, as a blob, whose
    /// digest then is its diff id. Not looked into.
    Result<PackedBlob> takeArchive(int inputFd, const std::stop_token& stop) const;

private:
    Result<PackedBlob> packAs(const PackRequest& request, image::Compression compression,
                              const std::stop_token& stop) const;

    const StoreContext& m_context;
};

}  // namespace coracle::store
