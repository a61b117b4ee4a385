// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/image/manifest.h"
#include "core/store/helper_protocol.h"
#include "core/store/lock.h"
#include "core/store/records.h"
#include "core/store/staging.h"
#include "core/types/image_files.h"
#include "rootless/sys/result.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::store {

struct StoreContext;

/// What a caller knows about a layer before it is unpacked.
struct LayerPlan {
    image::Digest chainId;
    image::Digest diffId;
    std::optional<image::Digest> parent;  ///< chain id of the layer below; none: this is the base
    image::Compression compression = image::Compression::Gzip;
    std::optional<image::Digest> blobDigest;  ///< of the compressed blob, for the record
    std::uint64_t blobBytes = 0;              ///< compressed size; 0: unknown
};

/// A layer that is being made by us; holds the layer's lock, so that a second pull waits for it instead
/// of making it again. The destructor kills the helper and drops what was unpacked. One thread at a time.
/// The work is the helper's (helper/unpacker.h): this side only feeds a pipe and believes nothing but the
/// digest that the plan demands.
class LayerWriter {
public:
    LayerWriter(LayerWriter&&) noexcept;
    LayerWriter& operator=(LayerWriter&&) noexcept;
    ~LayerWriter();

    /// What is being made.
    const LayerPlan& plan() const noexcept { return m_plan; }

    /// Start the helper, so that it is ready when the first bytes come; the first write() does it
    /// otherwise. Errors: by errno, NotFound for a missing program.
    Result<> start();

    /// Feed compressed bytes; blocks while the helper is busy, for at most the no-progress limit.
    /// Errors: the helper's own when it gave up (Corrupt, Io on a full disk).
    Result<> write(std::string_view bytes);

    /// End of the stream: wait for the helper and compare the digest of the tar with the plan's diffId.
    /// Errors: Corrupt, Io, Cancelled.
    Result<UnpackedLayer> finish(std::stop_token stop = {});

    /// Where its files are until it is published.
    std::string stagedPath() const { return m_staging.path() + "/diff"; }

private:
    friend class Layers;
    LayerWriter(const StoreContext& context, LayerPlan plan, StoreLock lock, StagingEntry staging);
    Error helperError();
    Result<> complete();

    const StoreContext* m_context;
    LayerPlan m_plan;
    StoreLock m_lock;
    StagingEntry m_staging;
    std::optional<sys::Subprocess> m_helper;
    sys::UniqueFd m_input;
    sys::UniqueFd m_output;
    sys::UniqueFd m_errors;
    std::optional<UnpackedLayer> m_unpacked;
};

/// Unpacked layers by chain id. All methods may be called from any thread.
class Layers {
public:
    explicit Layers(const StoreContext& context) : m_context(context) {}

    /// Whether the layer is complete: it has a row and its directory.
    Result<bool> has(const image::Digest& chainId) const;
    /// Whether somebody makes the layer just now; begin() would wait for that one.
    bool isBeingMade(const image::Digest& chainId) const;
    /// Absolute path of its files, for an overlay's lower directory. The folder is immutable: it is
    /// shared by every container of every image with this layer.
    std::string path(const image::Digest& chainId) const;
    /// What is recorded of a layer. Errors: NotFound.
    Result<LayerRecord> load(const image::Digest& chainId) const;
    /// The directories of a layer and all below it, top first, as an overlay wants them. Errors: NotFound.
    Result<std::vector<std::string>> stackPaths(const image::Digest& topChainId) const;
    /// Unpacked bytes of all layers in the stack. Errors: NotFound.
    Result<std::uint64_t> stackBytes(const image::Digest& topChainId) const;

    /// Take on the making of a layer. none: it is there, perhaps because another process has just made it; we
    /// waited for that one. Layers of one image must be begun from the base upward, which is what keeps two
    /// pulls from waiting for each other in a circle. Blocks; cancel by `stop`.
    /// Errors: Cancelled; Io when the disk has not enough room, with the numbers.
    Result<std::optional<LayerWriter>> begin(const LayerPlan& plan, std::stop_token stop = {}) const;

    /// Make finished layers visible, from the base upward, with one sync of the file system for all. Durable
    /// when it returns. Errors: Internal when one is not finished, NotFound when a parent is missing.
    Result<> publish(std::vector<LayerWriter> layers) const;

    /// What the layer says about each of its paths, from its index; one that has none is walked first, which
    /// reads all its content. Errors: NotFound, Corrupt, Io, Cancelled.
    Result<std::vector<types::ImageFile>> files(const image::Digest& chainId,
                                                const std::stop_token& stop) const;

    /// Unpack a layer once more from its blob, beside the one that is there: to compare it (stagedPath) or to
    /// put it in its place (replace). Errors: as LayerWriter; NotFound without its blob.
    Result<LayerWriter> rebuild(const LayerPlan& plan, int blobFd, std::stop_token stop) const;
    /// The folder of the other goes to the trash. Nobody may be using it.
    Result<> replace(LayerWriter layer) const;

    /// All layers, in no order.
    Result<std::vector<LayerRecord>> list() const;

private:
    Result<> publishRange(std::span<LayerWriter> layers) const;

    const StoreContext& m_context;
};

}  // namespace coracle::store
