// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/image/manifest.h"
#include "core/image/reference.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// Where a pull puts what it gets. The registry code knows the protocol and nothing about the store; the
/// engine implements this with the store, and tests with a directory.
///
/// Order of calls for one pull: documents are looked up (readDocument), then requireSpace, then beginLayer
/// for every missing layer **from the base upward** on one thread, then the layers are filled on several
/// threads (one thread at a time for each LayerSink), then putDocument for index, manifest and configuration,
/// then commit. When anything fails or the pull is cancelled, every LayerSink is destroyed without a commit.
namespace coracle::registry {

struct LayerRequest {
    image::Descriptor blob;  ///< compressed: digest, exact size
    image::Digest diffId;    ///< of the uncompressed tar
    image::Digest chainId;
    std::optional<image::Digest> parent;  ///< chain id of the layer below; none: the base
    image::Compression compression = image::Compression::Gzip;
    std::uint32_t index = 0;  ///< from the base upward
};

/// One layer that is being filled: the compressed bytes go to a blob and through the unpacker at once.
/// Nothing of it is visible before PullTarget::commit(), but a verified blob may stay for a next pull. The
/// destructor drops what was not committed.
class LayerSink {
public:
    virtual ~LayerSink() = default;

    /// The next bytes of the blob: in order, each once, at most blob.size in sum. A broken connection is
    /// mended by the caller and not seen here. May block on the unpacker; should return Cancelled soon after
    /// a stop request of beginLayer's token.
    virtual Result<> write(std::string_view bytes) = 0;

    /// All blob.size bytes were written: verify the blob's digest (the sink hashes, because it has to anyway
    /// to name the blob), then wait for the unpacker and verify the diffId. Errors: Corrupt for either
    /// digest, Io, Cancelled.
    virtual Result<> finish(std::stop_token stop) = 0;

    /// Instead of write() and finish(): unpack the blob that is already there, because hasBlob() said so or
    /// another layer of this pull with the same blob was finished. Verifies the diffId.
    virtual Result<> fillFromBlob(std::stop_token stop) = 0;
};

struct PulledLayer {
    image::Descriptor blob;
    image::Digest diffId;
    image::Digest chainId;
};

/// A complete image, verified down to the last byte.
struct PulledImage {
    std::optional<image::Reference> reference;  ///< what was asked for; none: it came without a registry
    image::Digest id;                           ///< digest of the configuration
    image::Digest sourceDigest;    ///< what the reference points at: of the index, or of the manifest
    image::Digest manifestDigest;  ///< of the manifest for the platform
    std::string manifestMediaType;
    image::ImageConfig config;
    std::vector<PulledLayer> layers;      ///< from the base upward
    std::vector<image::Reference> names;  ///< further ones that it gets, each with a tag
};

class PullTarget {
public:
    virtual ~PullTarget() = default;

    /// What the reference pointed at when it was last pulled (sourceDigest); none: never. Lets a pull of an
    /// unchanged tag end after one small request.
    virtual std::optional<image::Digest> lastSource(const image::Reference& reference) = 0;

    /// A manifest, index or configuration that is there, verified against its digest; none: not there or
    /// damaged. At most maxBytes.
    virtual std::optional<std::string> readDocument(const image::Digest& digest, std::size_t maxBytes) = 0;
    virtual Result<> putDocument(const image::Digest& digest, std::string_view bytes) = 0;

    virtual Result<bool> hasLayer(const image::Digest& chainId) = 0;
    virtual bool hasBlob(const image::Digest& digest) = 0;

    /// Whether another process makes the layer just now, so that beginLayer() will wait; only for a word to
    /// the person.
    virtual bool isBeingMade(const image::Digest& /*chainId*/) { return false; }

    /// Compressed bytes that are about to be fetched, and those that are about to be unpacked, fetched now or
    /// earlier. Errors: Io with needed and free room and a hint, before anything is downloaded (fault M15).
    virtual Result<> requireSpace(std::uint64_t fetchedBytes, std::uint64_t layerBytes) = 0;

    /// Take on the making of a layer. null: it is there now, because another process has just made it.
    virtual Result<std::unique_ptr<LayerSink>> beginLayer(const LayerRequest& request,
                                                          std::stop_token stop) = 0;

    /// Make layers visible and record the image with its name, durably. `layers`: the sinks of the layers
    /// that were made, from the base upward. Also called when there was nothing to do, with no layers.
    virtual Result<> commit(const PulledImage& image, std::vector<std::unique_ptr<LayerSink>> layers) = 0;
};

}  // namespace coracle::registry
