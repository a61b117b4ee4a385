// SPDX-License-Identifier: Apache-2.0
#include "core/engine/embedded_image.h"

#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"

#include <cstdlib>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

using types::LayerState;
using types::PullEvent;

constexpr std::size_t kCopyBytes = 256U << 10U;

std::string blobPath(const std::string& folder, const image::Digest& digest) {
    return folder + "/blobs/sha256/" + std::string(digest.hex());
}

/// The layout is part of the installation, but $CORACLE_DATADIR may name another folder, so it is believed
/// no more than a registry.
Result<std::string> readVerified(const std::string& folder, const image::Digest& digest,
                                 std::size_t maxBytes) {
    TRY_ASSIGN(auto text, sys::readFile(blobPath(folder, digest), maxBytes));
    if (image::Digest::of(text) != digest) {
        return Error(ErrorKind::Corrupt, "blob " + digest.text() + " is damaged");
    }
    return text;
}

struct Documents {
    std::string manifestText;
    std::string configText;
    image::Descriptor manifestDescriptor;
    image::Manifest manifest;
    image::ImageConfig config;
};

/// The same checks as for an image from the net: the layout is ours, but a disk may have damaged it.
Result<Documents> readDocuments(const std::string& folder, const image::Platform& platform) {
    TRY_ASSIGN(const auto indexText, sys::readFile(folder + "/index.json", image::kMaxManifestBytes));
    TRY_ASSIGN(const auto index, image::parseManifest(indexText, "application/vnd.oci.image.index.v1+json"));
    if (!index.index) {
        return Error(ErrorKind::Corrupt, "index.json is not an index");
    }
    TRY_ASSIGN(const auto descriptor, index.index->select(platform));
    TRY_ASSIGN(auto manifestText, readVerified(folder, descriptor.digest, image::kMaxManifestBytes));
    TRY_ASSIGN(auto parsed, image::parseManifest(manifestText, descriptor.mediaType));
    if (!parsed.manifest) {
        return Error(ErrorKind::Corrupt, "the manifest is an index");
    }
    TRY_ASSIGN(auto configText, readVerified(folder, parsed.manifest->config.digest, image::kMaxConfigBytes));
    TRY_ASSIGN(auto config, image::parseConfig(configText));
    if (config.diffIds.size() != parsed.manifest->layers.size()) {
        return Error(ErrorKind::Corrupt, "manifest and configuration differ in the number of layers");
    }
    return Documents{std::move(manifestText), std::move(configText), descriptor, *std::move(parsed.manifest),
                     std::move(config)};
}

/// The sink verifies the digest of what it gets.
Result<> copyBlob(const std::string& path, registry::LayerSink& sink, const std::stop_token& stop) {
    TRY_ASSIGN(const auto file, sys::openAt(AT_FDCWD, path, O_RDONLY));
    std::string buffer(kCopyBytes, '\0');
    while (true) {
        if (stop.stop_requested()) {
            return Error(ErrorKind::Cancelled, "interrupted");
        }
        const auto got = ::read(file.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return Error::fromErrno("read '" + path + "'");
        }
        if (got == 0) {
            return sink.finish(stop);
        }
        TRY(sink.write(std::string_view(buffer).substr(0, static_cast<std::size_t>(got))));
    }
}

void report(const types::PullProgress& progress, const PullEvent& event) {
    if (progress) {
        progress(event);
    }
}

/// One layer from the folder into the target; null when it was there.
Result<std::unique_ptr<registry::LayerSink>> importLayer(const std::string& folder,
                                                         const registry::LayerRequest& request,
                                                         registry::PullTarget& target, PullEvent event,
                                                         const types::PullProgress& progress,
                                                         const std::stop_token& stop) {
    TRY_ASSIGN(const bool present, target.hasLayer(request.chainId));
    std::unique_ptr<registry::LayerSink> sink;
    if (!present) {
        TRY_ASSIGN(sink, target.beginLayer(request, stop));
    }
    event.state = LayerState::AlreadyPresent;
    if (sink) {
        event.state = LayerState::Extracting;
        report(progress, event);
        TRY(copyBlob(blobPath(folder, request.blob.digest), *sink, stop));
        event.state = LayerState::Done;
    }
    report(progress, event);
    return sink;
}

/// The same steps as a pull's and into the same target, so that an image that came with the installation
/// cannot differ from one that was fetched.
Result<std::string> import(const std::string& folder, const image::Platform& platform,
                           const image::Reference& reference, registry::PullTarget& target,
                           const types::PullProgress& progress, const std::stop_token& stop) {
    TRY_ASSIGN(const auto documents, readDocuments(folder, platform));
    const auto chains = image::chainIds(documents.config.diffIds);
    PullEvent event;
    event.kind = PullEvent::Kind::Resolved;
    event.text = documents.manifestDescriptor.digest.text();
    event.layerCount = static_cast<std::uint32_t>(chains.size());
    report(progress, event);
    std::vector<std::unique_ptr<registry::LayerSink>> sinks;
    registry::PulledImage pulled{.reference = reference,
                                 .id = documents.manifest.config.digest,
                                 .sourceDigest = documents.manifestDescriptor.digest,
                                 .manifestDigest = documents.manifestDescriptor.digest,
                                 .manifestMediaType = documents.manifest.mediaType,
                                 .config = documents.config,
                                 .layers = {}};
    event.kind = PullEvent::Kind::Layer;
    for (std::size_t i = 0; i < chains.size(); ++i) {
        const auto& blob = documents.manifest.layers[i];
        TRY_ASSIGN(const auto compression, image::layerCompression(blob.mediaType));
        event.layerIndex = static_cast<std::uint32_t>(i);
        event.layerDigest = blob.digest.text();
        event.doneBytes = event.totalBytes = blob.size;
        const registry::LayerRequest request{
            .blob = blob,
            .diffId = documents.config.diffIds[i],
            .chainId = chains[i],
            .parent = i > 0 ? std::optional<image::Digest>(chains[i - 1]) : std::nullopt,
            .compression = compression,
            .index = event.layerIndex};
        TRY_ASSIGN(auto sink, importLayer(folder, request, target, event, progress, stop));
        if (sink) {
            sinks.push_back(std::move(sink));
        }
        pulled.layers.push_back({blob, documents.config.diffIds[i], chains[i]});
    }
    TRY(target.putDocument(documents.manifestDescriptor.digest, documents.manifestText));
    TRY(target.putDocument(documents.manifest.config.digest, documents.configText));
    TRY(target.commit(pulled, std::move(sinks)));
    event.kind = PullEvent::Kind::Done;
    event.text = pulled.id.text();
    report(progress, event);
    return pulled.id.text();
}

/// share/coracle beside the programs: in a build tree, and in an installation.
Result<std::string> findEmbedded() {
    std::vector<std::string> candidates;
    if (const char* own = std::getenv("CORACLE_DATADIR")) {  // NOLINT(concurrency-mt-unsafe): not set by us
        candidates.push_back(std::string(own) + "/welcome");
    }
    TRY_ASSIGN(const auto helper, sys::findHelper("coracle-store"));
    const std::string folder = helper.substr(0, helper.rfind('/'));
    for (const char* up : {"/../share/coracle", "/../../share/coracle"}) {
        candidates.push_back(folder + up + "/welcome");
    }
    for (const auto& candidate : candidates) {
        if (sys::pathExists(candidate + "/index.json")) {
            return candidate;
        }
    }
    return Error(ErrorKind::NotFound, "the embedded image 'welcome' is not installed")
        .withHint("expected it in '" + candidates.front() + "'");
}

}  // namespace

bool isEmbedded(const image::Reference& reference) {
    return reference.text() == "docker.io/library/welcome:latest";
}

Result<std::string> importLayout(const std::string& folder, const image::Platform& platform,
                                 const image::Reference& reference, registry::PullTarget& target,
                                 const types::PullProgress& progress, std::stop_token stop) {
    auto imported = import(folder, platform, reference, target, progress, stop);
    if (!imported) {
        return std::move(imported).error().context("import '" + folder + "'");
    }
    return imported;
}

Result<std::string> importEmbedded(const image::Platform& platform, const image::Reference& reference,
                                   registry::PullTarget& target, const types::PullProgress& progress,
                                   std::stop_token stop) {
    TRY_ASSIGN(const auto folder, findEmbedded());
    return importLayout(folder, platform, reference, target, progress, std::move(stop));
}

}  // namespace coracle::engine
