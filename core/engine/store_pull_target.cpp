// SPDX-License-Identifier: Apache-2.0
#include "core/engine/store_pull_target.h"

#include "core/engine/room.h"
#include "core/text/time.h"

#include <algorithm>
#include <array>
#include <utility>

#include <unistd.h>

namespace coracle::engine {
namespace {

constexpr std::size_t kCopyBytes = 1U << 20U;
constexpr std::size_t kPieceBytes = 256U << 10U;

/// Both ways of a layer at once: its bytes are hashed into a blob and unpacked. Neither counts alone: the
/// blob is compared with the manifest's digest, the unpacked layer with the config's diffId, and the layer
/// becomes visible only with the image's commit.
class StoreLayerSink final : public registry::LayerSink {
public:
    StoreLayerSink(const store::Store& store, registry::LayerRequest request, store::LayerWriter writer,
                   StorePullTarget::StoredBlobs& stored)
        : m_store(store), m_request(std::move(request)), m_writer(std::move(writer)), m_stored(stored) {}

    /// To the blob and to the unpacker both: each byte is read from the net once and from the disk never.
    /// The network hands out small pieces; together they cost fewer system calls and wake the helper less
    /// often.
    Result<> write(std::string_view bytes) override {
        m_pending.append(bytes);
        return m_pending.size() < kPieceBytes ? Result<>() : passOn();
    }

    /// The blob first: whole bytes with the wrong content inside may be kept, wrong bytes never.
    Result<> finish(std::stop_token stop) override {
        TRY(passOn());
        TRY(m_blob->commit(m_request.blob.digest));
        if (const auto stored = m_store.blobs().lastUse(m_request.blob.digest)) {
            const std::lock_guard lock(m_stored.mutex);
            m_stored.blobs.emplace(m_request.blob.digest, *stored);
        }
        TRY(m_writer.finish(std::move(stop)));
        return {};
    }

    /// The blob was verified when it was stored and is named by its digest; the layer's own digest is
    /// checked by the writer all the same.
    Result<> fillFromBlob(std::stop_token stop) override {
        TRY_ASSIGN(const auto file, m_store.blobs().open(m_request.blob.digest));
        std::string buffer(kCopyBytes, '\0');
        while (true) {
            if (stop.stop_requested()) {
                return Error(ErrorKind::Cancelled, "unpacking was interrupted");
            }
            const auto got = ::read(file.get(), buffer.data(), buffer.size());
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got < 0) {
                return Error::fromErrno("read blob " + m_request.blob.digest.text());
            }
            if (got == 0) {
                break;
            }
            TRY(m_writer.write(std::string_view(buffer).substr(0, static_cast<std::size_t>(got))));
        }
        TRY(m_writer.finish(std::move(stop)));
        return {};
    }

    store::LayerWriter takeWriter() { return std::move(m_writer); }

private:
    /// Makes the blob's file even for no bytes.
    Result<> passOn() {
        if (!m_blob) {
            TRY_ASSIGN(auto blob, m_store.blobs().create(m_request.blob.size));
            m_blob.emplace(std::move(blob));
        }
        TRY(m_blob->write(m_pending));
        TRY(m_writer.write(m_pending));
        m_pending.clear();
        return {};
    }

    const store::Store& m_store;
    registry::LayerRequest m_request;
    store::LayerWriter m_writer;
    std::string m_pending;  ///< taken from the network, not passed on yet
    std::optional<store::BlobWriter> m_blob;
    StorePullTarget::StoredBlobs& m_stored;
};

}  // namespace

/// A hint that is verified by the registry's answer: any error counts as "not pulled".
std::optional<image::Digest> StorePullTarget::lastSource(const image::Reference& reference) {
    const auto record = m_store.images().find(reference.text());
    if (!record || !*record) {
        return std::nullopt;
    }
    const std::string prefix = reference.name() + "@";
    for (const auto& text : (*record)->repoDigests) {
        if (text.rfind(prefix, 0) == 0) {
            auto digest = image::Digest::parse(text.substr(prefix.size()));
            if (digest) {
                return *std::move(digest);
            }
        }
    }
    return std::nullopt;
}

std::optional<std::string> StorePullTarget::readDocument(const image::Digest& digest, std::size_t maxBytes) {
    auto text = m_store.blobs().read(digest, maxBytes);
    return text ? std::optional<std::string>(*std::move(text)) : std::nullopt;
}

Result<> StorePullTarget::putDocument(const image::Digest& digest, std::string_view bytes) {
    TRY_ASSIGN(const auto stored, m_store.blobs().put(bytes));
    if (stored != digest) {
        return Error(ErrorKind::Corrupt, "document " + digest.text() + " has digest " + stored.text());
    }
    return {};
}

Result<bool> StorePullTarget::hasLayer(const image::Digest& chainId) {
    return m_store.layers().has(chainId);
}

bool StorePullTarget::hasBlob(const image::Digest& digest) {
    return m_store.blobs().has(digest);
}

bool StorePullTarget::isBeingMade(const image::Digest& chainId) {
    return m_store.layers().isBeingMade(chainId);
}

Result<> StorePullTarget::requireSpace(std::uint64_t fetchedBytes, std::uint64_t layerBytes) {
    // Unpacked layers take about three times as much as compressed ones, and the blobs stay.
    constexpr std::uint64_t kExpansion = 3;
    return requireRoom(m_store, fetchedBytes + layerBytes * kExpansion, "store the image");
}

/// null: another pull has stored it meanwhile.
Result<std::unique_ptr<registry::LayerSink>> StorePullTarget::beginLayer(
    const registry::LayerRequest& request, std::stop_token stop) {
    const store::LayerPlan plan{.chainId = request.chainId,
                                .diffId = request.diffId,
                                .parent = request.parent,
                                .compression = request.compression,
                                .blobDigest = request.blob.digest,
                                .blobBytes = request.blob.size};
    TRY_ASSIGN(auto writer, m_store.layers().begin(plan, std::move(stop)));
    if (!writer) {
        return std::unique_ptr<registry::LayerSink>();
    }
    return std::unique_ptr<registry::LayerSink>(
        std::make_unique<StoreLayerSink>(m_store, request, *std::move(writer), m_stored));
}

/// Layers before the image that names them; one transaction for the image with its names.
Result<> StorePullTarget::commit(const registry::PulledImage& image,
                                 std::vector<std::unique_ptr<registry::LayerSink>> layers) {
    std::vector<store::LayerWriter> writers;
    for (const auto& layer : layers) {
        // Only beginLayer() above makes them.
        writers.push_back(static_cast<StoreLayerSink&>(*layer).takeWriter());
    }
    TRY(m_store.layers().publish(std::move(writers)));
    store::ImageRecord record{.id = image.id,
                              .manifestDigest = image.manifestDigest,
                              .manifestMediaType = image.manifestMediaType,
                              .platform = image.config.platform.text(),
                              .chainIds = {},
                              .layerDigests = {},
                              .createdAt = {},
                              .pulledAt = std::chrono::system_clock::now(),
                              .references = {},
                              .repoDigests = {},
                              .usedBy = {}};
    for (const auto& layer : image.layers) {
        record.chainIds.push_back(layer.chainId);
        record.layerDigests.push_back(layer.blob.digest);
    }
    if (const auto created = text::parseTime(image.config.created)) {
        record.createdAt = *created;
    }
    if (image.reference) {
        const image::Reference& reference = *image.reference;
        if (reference.tag() || !reference.digest()) {
            const auto named =
                image::Reference::parse(reference.name() + ":" + reference.tag().value_or("latest"));
            record.references.push_back(named ? named->text() : reference.text());
        }
        record.repoDigests.push_back(reference.name() + "@" + image.sourceDigest.text());
    }
    for (const auto& name : image.names) {
        record.references.push_back(name.text());
    }
    return m_store.images().put(record);
}

}  // namespace coracle::engine
