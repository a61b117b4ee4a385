// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace coracle::store {

struct StoreContext;

/// What a store takes on the disk, by who answers for it. All parts together are what du(1) says of the root.
struct StoreUsage {
    std::uint64_t contentBytes = 0;  ///< layers and blobs of images and containers
    std::uint64_t trashBytes = 0;    ///< what purging all removals frees
    std::uint64_t otherBytes = 0;    ///< records, the ballast, what is being made or deleted, garbage
    std::map<std::string, std::uint64_t> containers;  ///< by id, the whole folder
    std::map<std::string, std::uint64_t> volumes;     ///< by name
};

/// Counts. All methods may be called from any thread.
class Usage {
public:
    explicit Usage(const StoreContext& context) : m_context(context) {}

    /// Walks containers, volumes and what waits to be deleted; of layers and removals only those that were
    /// never measured. Errors: the helper's, Cancelled.
    Result<StoreUsage> count(std::stop_token stop = {}) const;

    /// Bytes of all layers and of all blobs that a row names, those in the trash included. Walks layers that
    /// were never measured.
    Result<std::uint64_t> images(const std::stop_token& stop = {}) const;

    /// Bytes of the folders of containers and volumes.
    Result<std::vector<std::uint64_t>> folders(const std::vector<std::string>& containers,
                                               const std::vector<std::string>& volumes,
                                               const std::stop_token& stop) const;

    /// Bytes of layers and blobs that the disk has back when these containers and images go, and the trash is
    /// emptied. Nothing is removed.
    Result<std::uint64_t> contentOf(const std::vector<std::string>& containers,
                                    const std::vector<std::string>& images) const;

private:
    struct Content {
        std::uint64_t namedBytes = 0;  ///< layers, and blobs that a row names
        std::uint64_t otherBytes = 0;  ///< the other blobs
    };
    Result<Content> content() const;
    Result<std::uint64_t> otherBytes(const std::vector<std::string>& layers,
                                     const std::vector<std::string>& containers,
                                     const std::vector<std::string>& volumes,
                                     const std::stop_token& stop) const;
    const StoreContext& m_context;
};

}  // namespace coracle::store
