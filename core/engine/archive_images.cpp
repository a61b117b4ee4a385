// SPDX-License-Identifier: Apache-2.0
#include "core/engine/archive_images.h"

#include "core/text/escape.h"

#include <algorithm>
#include <iterator>

namespace coracle::engine {
namespace {

constexpr std::size_t kMagicBytes = 6;
constexpr const char* kRefName = "org.opencontainers.image.ref.name";
constexpr const char* kContainerdName = "io.containerd.image.name";

std::string shown(const std::string& text) {
    return "'" + text::excerptForTerminal(text, 200) + "'";
}

/// Digest of all bytes of a piece.
Result<image::Digest> digestOf(const store::ArchivePiece& piece, const std::stop_token& stop) {
    image::Hasher hasher;
    TRY(piece.stream(
        [&hasher](std::string_view bytes) -> Result<> {
            hasher.update(bytes);
            return {};
        },
        stop));
    return hasher.finish();
}

/// A layer of a docker-archive: its bytes have no digest in the archive. What is not compressed has the diff
/// id; of the rest the digest is made here. A layer that the store has stands for itself.
Result<LayerSource> dockerLayer(const store::Archive& archive, const store::Store& store,
                                const std::string& name, const image::Digest& diffId,
                                const image::Digest& chainId, const std::stop_token& stop) {
    TRY_ASSIGN(const bool present, store.layers().has(chainId));
    if (present) {
        TRY_ASSIGN(const auto known, findLayerBlob(store, chainId, std::nullopt));
        if (known) {
            return LayerSource{
                {image::layerMediaType(known->compression), known->digest, known->size, {}, {}},
                known->compression,
                {}};
        }
    }
    TRY_ASSIGN(store::ArchivePiece piece, archive.load(name));
    TRY_ASSIGN(const std::string head, piece.head(kMagicBytes));
    const auto compression = store::sniffCompression(head);
    if (!compression) {
        return Error(ErrorKind::Unsupported,
                     "layer " + shown(name) + " is compressed in another way than gzip or zstd");
    }
    image::Digest digest = diffId;
    if (*compression != image::Compression::None) {
        TRY_ASSIGN(digest, digestOf(piece, stop));
    }
    const std::uint64_t size = piece.size();
    return LayerSource{{image::layerMediaType(*compression), std::move(digest), size, {}, {}},
                       *compression,
                       std::move(piece)};
}

/// "<64 digits>.json" or "blobs/sha256/<64 digits>": the name says which digest the file must have.
std::optional<image::Digest> digestInName(const std::string& name) {
    std::string word = name.substr(name.rfind('/') + 1);
    if (word.ends_with(".json")) {
        word.resize(word.size() - 5);
    }
    auto digest = image::Digest::parse("sha256:" + word);
    return digest ? std::optional(*std::move(digest)) : std::nullopt;
}

Result<ImageSource> dockerImage(const store::Archive& archive, const store::Store& store,
                                const image::DockerArchiveImage& entry, const std::stop_token& stop) {
    TRY_ASSIGN(const store::ArchivePiece configPiece, archive.load(entry.config));
    auto read = configPiece.read(image::kMaxConfigBytes);
    if (!read) {
        return std::move(read).error().context("configuration " + shown(entry.config));
    }
    std::string configText = *std::move(read);
    const image::Digest id = image::Digest::of(configText);
    if (const auto named = digestInName(entry.config); named && *named != id) {
        return Error(ErrorKind::Corrupt,
                     "configuration " + shown(entry.config) + " is damaged: its digest is " + id.text());
    }
    TRY_ASSIGN(image::ImageConfig config, image::parseConfig(configText));
    if (config.diffIds.size() != entry.layers.size()) {
        return Error(ErrorKind::Corrupt, "manifest.json names " + std::to_string(entry.layers.size()) +
                                             " layers, the configuration " +
                                             std::to_string(config.diffIds.size()));
    }
    std::vector<LayerSource> layers;
    std::vector<image::Descriptor> blobs;
    const auto chains = image::chainIds(config.diffIds);
    for (std::size_t i = 0; i < chains.size(); ++i) {
        TRY_ASSIGN(LayerSource layer,
                   dockerLayer(archive, store, entry.layers[i], config.diffIds[i], chains[i], stop));
        blobs.push_back(layer.blob);
        layers.push_back(std::move(layer));
    }
    std::string manifest = image::manifestText({image::kOciConfigType, id, configText.size(), {}, {}}, blobs);
    image::Digest manifestDigest = image::Digest::of(manifest);
    ImageSource source{id,
                       std::move(manifestDigest),
                       std::move(manifest),
                       image::kOciManifestType,
                       std::move(configText),
                       std::move(config),
                       std::move(layers),
                       {},
                       {}};
    for (const std::string& name : entry.names) {
        auto reference = image::Reference::parseNewName(name);
        if (!reference) {
            return Error(ErrorKind::Corrupt, "manifest.json: " + shown(name) + " is no name with a tag");
        }
        source.names.push_back(*std::move(reference));
    }
    return source;
}

Result<> eachOciImage(const store::Archive& archive, const store::ArchivePiece& indexPiece,
                      const image::Platform& platform, const std::function<Result<>(ImageSource)>& take) {
    auto text = indexPiece.read(image::kMaxManifestBytes);
    if (!text) {
        return std::move(text).error().context("index.json");
    }
    TRY_ASSIGN(const auto parsed, image::parseManifest(*text, image::kOciIndexType));
    if (!parsed.index) {
        return Error(ErrorKind::Corrupt, "index.json is not an index");
    }
    // One entry a name; an image that has several comes once.
    std::vector<std::pair<image::Descriptor, std::vector<image::Reference>>> images;
    for (const image::Descriptor& entry : parsed.index->manifests) {
        auto known = std::find_if(images.begin(), images.end(),
                                  [&](const auto& image) { return image.first.digest == entry.digest; });
        if (known == images.end()) {
            images.push_back({entry, {}});
            known = std::prev(images.end());
        }
        for (auto& name : namesOf(entry.annotations)) {
            known->second.push_back(std::move(name));
        }
    }
    if (images.empty()) {
        return Error(ErrorKind::Corrupt, "index.json names no image");
    }
    const bool platforms =
        images.size() > 1 && std::all_of(images.begin(), images.end(), [](const auto& image) {
            return image.second.empty() && image.first.platform;
        });
    if (platforms) {  // one image for several processors
        TRY_ASSIGN(const image::Descriptor own, parsed.index->select(platform));
        images = {{own, {}}};
    }
    for (auto& [descriptor, names] : images) {
        TRY_ASSIGN(ImageSource source, readOciImage(archive, descriptor, platform));
        source.names = std::move(names);
        TRY(take(std::move(source)));
    }
    return {};
}

}  // namespace

std::vector<image::Reference> namesOf(const std::map<std::string, std::string>& annotations) {
    std::vector<image::Reference> names;
    if (const auto found = annotations.find(kContainerdName); found != annotations.end()) {
        const auto reference = image::Reference::parseNewName(found->second);
        if (reference) {
            names.push_back(*reference);
            return names;
        }
    }
    const auto found = annotations.find(kRefName);
    if (found == annotations.end() || found->second.find_first_of("/:") == std::string::npos) {
        return names;
    }
    auto reference = image::Reference::parseNewName(found->second);
    if (!reference) {
        return names;
    }
    // Whether it was written with a registry: what was filled in is missing from the text.
    if (!found->second.starts_with(reference->registry() + "/")) {
        reference = image::Reference::parse("localhost/" + found->second);
    }
    if (reference) {
        names.push_back(*std::move(reference));
    }
    return names;
}

Result<std::optional<StoredBlob>> findLayerBlob(const store::Store& store, const image::Digest& chainId,
                                                const std::optional<image::Digest>& likely) {
    std::vector<image::Digest> candidates;
    if (likely) {
        candidates.push_back(*likely);
    }
    TRY_ASSIGN(const auto row, store.layers().load(chainId));
    if (row.blobDigest) {
        candidates.push_back(*row.blobDigest);
    }
    for (const image::Digest& digest : candidates) {
        const auto size = store.blobs().size(digest);
        if (!size) {
            continue;
        }
        TRY_ASSIGN(sys::UniqueFd file, store.blobs().open(digest));
        TRY_ASSIGN(const std::string head, store::ArchivePiece(file.get(), 0, *size).head(kMagicBytes));
        if (const auto compression = store::sniffCompression(head)) {
            return std::optional(StoredBlob{digest, *size, *compression});
        }
    }
    return std::optional<StoredBlob>();
}

Result<> eachImage(const store::Archive& archive, const store::Store& store, const image::Platform& platform,
                   const std::stop_token& stop, const std::function<Result<>(ImageSource)>& take) {
    TRY_ASSIGN(const auto layout, archive.find("oci-layout"));
    TRY_ASSIGN(const auto index, archive.find("index.json"));
    if (layout && index) {
        return eachOciImage(archive, *index, platform, take);
    }
    TRY_ASSIGN(const auto manifest, archive.find("manifest.json"));
    if (!manifest) {
        return Error(ErrorKind::InvalidArgument,
                     "it holds no image: neither 'index.json' nor 'manifest.json'")
            .withHint("a container's files, as 'export' writes them, are taken by 'coracle import'");
    }
    auto text = manifest->read(image::kMaxManifestBytes);
    if (!text) {
        return std::move(text).error().context("manifest.json");
    }
    TRY_ASSIGN(const auto images, image::parseDockerArchive(*text));
    for (const image::DockerArchiveImage& entry : images) {
        TRY_ASSIGN(ImageSource source, dockerImage(archive, store, entry, stop));
        TRY(take(std::move(source)));
    }
    return {};
}

}  // namespace coracle::engine
