// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// How things are removed; part of engine.h.
namespace coracle::engine {

/// Whether what stands in the way is run over.
enum class Force : bool { No, Yes };

/// How a container is removed.
struct RemoveContainerOptions {
    Force force = Force::No;  ///< kill it first when it runs
    /// Those that were made for this container alone go with it.
    bool anonymousVolumes = false;
    /// Removals of one command have one batch and are brought back together (trash.h). Empty: one of its own.
    std::string batch = {};
};

/// How an image is removed.
struct RemoveImageOptions {
    Force force = Force::No;
    std::string batch = {};  ///< as RemoveContainerOptions::batch
};

/// What `rmi` did, in docker's words: "Untagged: ...", "Deleted: sha256:...".
struct RemovedImage {
    /// Names that are gone, as people write them; `deleted` holds digests of the image and its layers.
    std::vector<std::string> untagged;
    std::vector<std::string> deleted;
    /// Of layers and blobs that went; the room is there once the trash is emptied.
    std::uint64_t freedBytes = 0;
};

/// How a volume is removed.
struct RemoveVolumeOptions {
    Force force = Force::No;  ///< a missing one is no error
    std::string batch = {};   ///< as RemoveContainerOptions::batch
};

}  // namespace coracle::engine
