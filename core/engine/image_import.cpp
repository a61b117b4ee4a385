// SPDX-License-Identifier: Apache-2.0
#include "core/engine/image_import.h"

#include <set>

namespace coracle::engine {
namespace {

using types::LayerState;
using types::PullEvent;

constexpr int kMaxIndexDepth = 3;

std::string blobName(const image::Digest& digest) {
    return "blobs/sha256/" + std::string(digest.hex());
}

void report(const types::PullProgress& progress, const PullEvent& event) {
    if (progress) {
        progress(event);
    }
}

Result<std::string> readVerified(const store::Archive& layout, const image::Descriptor& descriptor,
                                 std::size_t maxBytes) {
    TRY_ASSIGN(const store::ArchivePiece piece, layout.load(blobName(descriptor.digest)));
    auto text = piece.read(maxBytes);
    if (!text) {
        return std::move(text).error().context("blob " + descriptor.digest.text());
    }
    if (image::Digest::of(*text) != descriptor.digest) {
        return Error(ErrorKind::Corrupt, "blob " + descriptor.digest.text() + " is damaged");
    }
    return text;
}

Result<> fill(const LayerSource& layer, registry::LayerSink& sink, registry::PullTarget& target,
              const PullEvent& event, const types::PullProgress& progress, const std::stop_token& stop) {
    if (target.hasBlob(layer.blob.digest)) {
        return sink.fillFromBlob(stop);
    }
    if (!layer.piece) {
        return Error(ErrorKind::Corrupt, "the blob " + layer.blob.digest.text() + " is missing");
    }
    constexpr std::uint64_t kReportBytes = 8U << 20U;
    PullEvent now = event;
    now.doneBytes = 0;
    std::uint64_t reported = 0;
    TRY(layer.piece->stream(
        [&](std::string_view bytes) -> Result<> {
            now.doneBytes += bytes.size();
            if (now.doneBytes - reported >= kReportBytes) {
                reported = now.doneBytes;
                report(progress, now);
            }
            return sink.write(bytes);
        },
        stop));
    return sink.finish(stop);
}

/// As PullTarget::requireSpace() wants them.
struct MissingBytes {
    std::uint64_t fetched = 0;
    std::uint64_t layers = 0;
};

Result<MissingBytes> missingBytes(const ImageSource& source, const std::vector<image::Digest>& chains,
                                  registry::PullTarget& target) {
    // What the target reckons with is compressed and grows threefold.
    constexpr std::uint64_t kExpansion = 3;
    MissingBytes sum;
    std::set<image::Digest> counted;
    for (std::size_t i = 0; i < chains.size(); ++i) {
        const auto& [blob, compression, piece] = source.layers[i];
        TRY_ASSIGN(const bool present, target.hasLayer(chains[i]));
        if (present) {
            continue;
        }
        sum.layers += compression == image::Compression::None ? blob.size / kExpansion : blob.size;
        if (!target.hasBlob(blob.digest) && counted.insert(blob.digest).second) {
            sum.fetched += blob.size;
        }
    }
    return sum;
}

/// The layers that the target lacks, from the base upward; sinks in the same order.
Result<std::vector<std::unique_ptr<registry::LayerSink>>> importLayers(
    const ImageSource& source, const std::vector<image::Digest>& chains, registry::PullTarget& target,
    const types::PullProgress& progress, const std::stop_token& stop) {
    std::vector<std::unique_ptr<registry::LayerSink>> sinks;
    PullEvent event;
    event.kind = PullEvent::Kind::Layer;
    for (std::size_t i = 0; i < chains.size(); ++i) {
        const LayerSource& layer = source.layers[i];
        event.layerIndex = static_cast<std::uint32_t>(i);
        event.layerDigest = layer.blob.digest.text();
        event.doneBytes = event.totalBytes = layer.blob.size;
        event.state = LayerState::AlreadyPresent;
        TRY_ASSIGN(const bool present, target.hasLayer(chains[i]));
        std::unique_ptr<registry::LayerSink> sink;
        if (!present) {
            const registry::LayerRequest request{
                .blob = layer.blob,
                .diffId = source.config.diffIds[i],
                .chainId = chains[i],
                .parent = i > 0 ? std::optional<image::Digest>(chains[i - 1]) : std::nullopt,
                .compression = layer.compression,
                .index = event.layerIndex};
            TRY_ASSIGN(sink, target.beginLayer(request, stop));
        }
        if (sink) {
            event.state = LayerState::Extracting;
            report(progress, event);
            auto filled = fill(layer, *sink, target, event, progress, stop);
            if (!filled) {
                return std::move(filled).error().context("layer " + std::to_string(i + 1));
            }
            sinks.push_back(std::move(sink));
            event.state = LayerState::Done;
        }
        report(progress, event);
    }
    return sinks;
}

}  // namespace

Result<ImageSource> readOciImage(const store::Archive& layout, const image::Descriptor& descriptor,
                                 const image::Platform& platform) {
    image::Descriptor at = descriptor;
    std::string text;
    image::ManifestOrIndex parsed;
    for (int depth = 0;; ++depth) {
        TRY_ASSIGN(text, readVerified(layout, at, image::kMaxManifestBytes));
        TRY_ASSIGN(parsed, image::parseManifest(text, at.mediaType));
        if (parsed.manifest) {
            break;
        }
        if (depth == kMaxIndexDepth) {
            return Error(ErrorKind::Corrupt, "image index within an index, more than " +
                                                 std::to_string(kMaxIndexDepth) + " deep");
        }
        TRY_ASSIGN(at, parsed.index->select(platform));
    }
    const image::Manifest& manifest = *parsed.manifest;
    TRY_ASSIGN(std::string configText, readVerified(layout, manifest.config, image::kMaxConfigBytes));
    TRY_ASSIGN(image::ImageConfig config, image::parseConfig(configText));
    if (config.diffIds.size() != manifest.layers.size()) {
        return Error(ErrorKind::Corrupt, "manifest and configuration differ in the number of layers");
    }
    ImageSource source{manifest.config.digest,
                       at.digest,
                       std::move(text),
                       manifest.mediaType,
                       std::move(configText),
                       std::move(config),
                       {},
                       {},
                       {}};
    for (const image::Descriptor& layer : manifest.layers) {
        TRY_ASSIGN(const image::Compression compression, image::layerCompression(layer.mediaType));
        TRY_ASSIGN(auto piece, layout.find(blobName(layer.digest)));
        if (piece && piece->size() != layer.size) {
            return Error(ErrorKind::Corrupt,
                         "blob " + layer.digest.text() + " is " + std::to_string(piece->size()) +
                             " bytes long, the manifest says " + std::to_string(layer.size));
        }
        source.layers.push_back({layer, compression, std::move(piece)});
    }
    return source;
}

Result<> importImage(const ImageSource& source, registry::PullTarget& target,
                     const types::PullProgress& progress, const std::stop_token& stop) {
    const auto chains = image::chainIds(source.config.diffIds);
    PullEvent event;
    event.kind = PullEvent::Kind::Resolved;
    event.text = source.manifestDigest.text();
    event.layerCount = static_cast<std::uint32_t>(chains.size());
    report(progress, event);
    TRY_ASSIGN(const MissingBytes missing, missingBytes(source, chains, target));
    TRY(target.requireSpace(missing.fetched, missing.layers));
    TRY_ASSIGN(auto sinks, importLayers(source, chains, target, progress, stop));
    TRY(target.putDocument(source.manifestDigest, source.manifestText));
    TRY(target.putDocument(source.id, source.configText));
    registry::PulledImage image{.reference = source.reference,
                                .id = source.id,
                                .sourceDigest = source.manifestDigest,
                                .manifestDigest = source.manifestDigest,
                                .manifestMediaType = source.manifestMediaType,
                                .config = source.config,
                                .layers = {},
                                .names = source.names};
    for (std::size_t i = 0; i < chains.size(); ++i) {
        image.layers.push_back({source.layers[i].blob, source.config.diffIds[i], chains[i]});
    }
    if (stop.stop_requested()) {
        return Error(ErrorKind::Cancelled, "cancelled");
    }
    TRY(target.commit(image, std::move(sinks)));
    event.kind = PullEvent::Kind::Done;
    event.text = source.id.text();
    report(progress, event);
    return {};
}

}  // namespace coracle::engine
