// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/archive.h"
#include "core/store/blobs.h"
#include "core/store/check.h"
#include "core/store/containers.h"
#include "core/store/events.h"
#include "core/store/images.h"
#include "core/store/layers.h"
#include "core/store/layout.h"
#include "core/store/pack.h"
#include "core/store/protections.h"
#include "core/store/records.h"
#include "core/store/removals.h"
#include "core/store/trash.h"
#include "core/store/usage.h"
#include "core/store/volumes.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <map>
#include <memory>
#include <stop_token>
#include <string>

namespace coracle::store {

/// A store, open: the one object that the engine holds (layout.h has the theory of operation). Moving it
/// does not move its parts. All methods may be called from any thread; any number of processes may have
/// the same store open.
class Store {
public:
    /// Open a store, making it when there is none; sweeps what killed processes left. Takes about a
    /// millisecond. Errors: Unsupported for a store of a newer version; Corrupt for a damaged database;
    /// PermissionDenied, Io, Unavailable (lock).
    static Result<Store> open(const StorePaths& paths, IdMapping mapping = IdMapping::Kept);

    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();

    /// The parts, owned by the store and valid as long as it is.
    const Layout& layout() const noexcept;
    const Blobs& blobs() const noexcept;
    const Layers& layers() const noexcept;
    const Images& images() const noexcept;
    const Containers& containers() const noexcept;
    const Volumes& volumes() const noexcept;
    const Trash& trash() const noexcept;
    const Removals& removals() const noexcept;
    const Protections& protections() const noexcept;
    const Usage& usage() const noexcept;
    const Events& events() const noexcept;
    const Packing& packing() const noexcept;

    /// What a person allows images to take.
    struct RoomLimits {
        std::uint64_t reservedBytes = 0;  ///< stay free on the disk; kReservedBytes do anyway
        std::uint64_t quotaBytes = 0;     ///< for what Usage::images() counts; 0: no end
    };
    /// Whether the store may take that many more bytes for an image. A quota makes it measure layers that
    /// never were; a disk without that much room, wait for what is in Trash to be deleted. Errors: Io
    /// (ENOSPC, EDQUOT) with both numbers and a hint. `what` begins the message.
    Result<> requireSpace(std::uint64_t bytes, const std::string& what, const RoomLimits& limits,
                          const std::stop_token& stop = {}) const;

    /// Archive::openStream with this store's staging folder and helper.
    Result<Archive> openArchive(int inputFd, const std::stop_token& stop) const;
    /// Write what a layer's blob unpacks to, verified against its diff id, to a descriptor. Bytes written.
    /// Errors: Corrupt for a damaged blob, NotFound, Cancelled.
    Result<std::uint64_t> inflateLayer(const image::Digest& blob, image::Compression compression,
                                       const image::Digest& diffId, int outputFd,
                                       const std::stop_token& stop) const;

    /// What nobody should wait for: keep the next command's opening short (Database::writeLogBack).
    Result<> tidy() const;
    /// Whether it is time for tidy(). Costs one stat(2).
    bool wantsTidying() const;

    /// Move to the trash the folders of containers whose making was cut off by a kill. Cheap.
    Result<> sweepContainers() const;

    /// Check::run(), and with repair collectGarbage() after it.
    Result<> check(const CheckOptions& options, const std::function<void(const Finding&)>& told,
                   const std::stop_token& stop) const;

    /// Remove blobs that were stored for an image which is not wanted any more: of each digest the lastUse()
    /// of then. Leaves alone what an image or a layer names and what somebody else has asked for since.
    Result<> dropBlobs(const std::map<image::Digest, Time>& blobs) const;

    /// Move to the trash what no row names: layers, blobs older than a day, container folders. Layers that
    /// nobody refers to lose their row. Puts right removals that were cut off. Leaves alone what somebody is
    /// making.
    Result<GarbageReport> collectGarbage() const;

private:
    struct State;
    explicit Store(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace coracle::store
