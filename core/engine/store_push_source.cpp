// SPDX-License-Identifier: Apache-2.0
#include "core/engine/store_push_source.h"

#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

#include <sys/stat.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

/// How many repositories a registry is asked to take a blob from before it is sent.
constexpr std::size_t kMaxRepositories = 3;

bool contains(const store::ImageRecord& record, const image::Digest& digest) {
    return record.id == digest || std::find(record.layerDigests.begin(), record.layerDigests.end(), digest) !=
                                      record.layerDigests.end();
}

/// A blob as a descriptor of a manifest; its compression is read from its first bytes.
Result<image::Descriptor> describeBlob(const store::Store& store, const image::Digest& digest,
                                       bool dockerTypes) {
    TRY_ASSIGN(const auto fd, store.blobs().open(digest));
    std::array<unsigned char, 4> magic{};
    struct stat status {};
    if (::pread(fd.get(), magic.data(), magic.size(), 0) < 0 || ::fstat(fd.get(), &status) != 0) {
        return Error::fromErrno("read blob " + digest.text());
    }
    const bool gzip = magic[0] == 0x1f && magic[1] == 0x8b;
    const bool zstd = magic == std::array<unsigned char, 4>{0x28, 0xb5, 0x2f, 0xfd};
    const char* type = "application/vnd.oci.image.layer.v1.tar";
    if (dockerTypes && !zstd) {
        type = gzip ? "application/vnd.docker.image.rootfs.diff.tar.gzip"
                    : "application/vnd.docker.image.rootfs.diff.tar";
    } else if (gzip || zstd) {
        type = gzip ? "application/vnd.oci.image.layer.v1.tar+gzip"
                    : "application/vnd.oci.image.layer.v1.tar+zstd";
    }
    return image::Descriptor{type, digest, static_cast<std::uint64_t>(status.st_size), std::nullopt};
}

/// Whether everything below a manifest is in the store.
bool isComplete(const store::Store& store, const image::Descriptor& entry) {
    const auto bytes = store.blobs().read(entry.digest, image::kMaxManifestBytes);
    const auto parsed =
        bytes ? image::parseManifest(*bytes, entry.mediaType) : Result<image::ManifestOrIndex>(bytes.error());
    if (!parsed || !parsed->manifest || !store.blobs().has(parsed->manifest->config.digest)) {
        return false;
    }
    const auto& layers = parsed->manifest->layers;
    return std::all_of(layers.begin(), layers.end(),
                       [&](const image::Descriptor& layer) { return store.blobs().has(layer.digest); });
}

/// Another manifest of the same image, all of which is here: the image may have come with layers in several
/// compressions, of which only the first was kept.
std::optional<image::Descriptor> findCompleteManifest(const store::Store& store,
                                                      const store::ImageRecord& record) {
    for (const std::string& name : record.repoDigests) {
        const auto digest = image::Digest::parse(name.substr(name.find('@') + 1));
        const auto bytes = digest ? store.blobs().read(*digest, image::kMaxManifestBytes)
                                  : Result<std::string>(digest.error());
        const auto parsed =
            bytes ? image::parseManifest(*bytes, {}) : Result<image::ManifestOrIndex>(bytes.error());
        if (!parsed || !parsed->manifest || parsed->manifest->config.digest != record.id) {
            continue;
        }
        const image::Descriptor found{parsed->manifest->mediaType, *digest, 0, std::nullopt};
        if (isComplete(store, found)) {
            return found;
        }
    }
    return std::nullopt;
}

/// The image's manifest, or another one that names the blobs that are here.
Result<image::Descriptor> manifestWithBlobs(const store::Store& store, const store::ImageRecord& record) {
    const image::Descriptor own{record.manifestMediaType, record.manifestDigest, 0, std::nullopt};
    if (isComplete(store, own)) {
        return own;
    }
    if (auto other = findCompleteManifest(store, record)) {
        return *std::move(other);
    }
    TRY_ASSIGN(const auto bytes, store.blobs().read(record.manifestDigest, image::kMaxManifestBytes));
    TRY_ASSIGN(const auto parsed, image::parseManifest(bytes, record.manifestMediaType));
    if (!parsed.manifest || parsed.manifest->layers.size() != record.chainIds.size()) {
        return own;
    }
    TRY_ASSIGN(auto document, json::parse(bytes, image::kMaxManifestBytes));
    const bool dockerTypes = parsed.manifest->mediaType.find("docker") != std::string::npos;
    bool changed = false;
    for (std::size_t i = 0; i < record.chainIds.size(); ++i) {
        const image::Digest& wanted = parsed.manifest->layers[i].digest;
        if (store.blobs().has(wanted)) {
            continue;
        }
        TRY_ASSIGN(const auto layer, store.layers().load(record.chainIds[i]));
        if (!layer.blobDigest || !store.blobs().has(*layer.blobDigest)) {
            return Error(ErrorKind::NotFound, "layer " + std::to_string(i + 1) + " ('" + wanted.text() +
                                                  "') is here without its archive")
                .withHint("remove the image with 'coracle rmi' and get it again");
        }
        TRY_ASSIGN(const auto blob, describeBlob(store, *layer.blobDigest, dockerTypes));
        document["layers"][i] = {
            {"mediaType", blob.mediaType}, {"digest", blob.digest.text()}, {"size", blob.size}};
        changed = true;
    }
    if (!changed) {
        return own;
    }
    TRY_ASSIGN(const auto digest, store.blobs().put(json::toText(document)));
    return image::Descriptor{parsed.manifest->mediaType, digest, 0, std::nullopt};
}

}  // namespace

std::optional<KnownIndex> findIndex(const store::Store& store, const store::ImageRecord& record,
                                    const std::string& repository) {
    auto names = record.repoDigests;
    std::stable_partition(names.begin(), names.end(), [&](const std::string& name) {
        return name.substr(0, name.find('@')) == repository;
    });
    for (const std::string& name : names) {
        const auto digest = image::Digest::parse(name.substr(name.find('@') + 1));
        if (!digest || *digest == record.manifestDigest) {
            continue;
        }
        const auto bytes = store.blobs().read(*digest, image::kMaxManifestBytes);
        auto parsed =
            bytes ? image::parseManifest(*bytes, {}) : Result<image::ManifestOrIndex>(bytes.error());
        if (!parsed || !parsed->index) {
            continue;
        }
        const auto& entries = parsed->index->manifests;
        const bool holdsIt = std::any_of(entries.begin(), entries.end(), [&](const image::Descriptor& entry) {
            return entry.digest == record.manifestDigest;
        });
        if (holdsIt) {
            return KnownIndex{*digest, *std::move(parsed->index)};
        }
    }
    return std::nullopt;
}

Result<std::string> StorePushSource::readDocument(const image::Digest& digest, std::size_t maxBytes) {
    return m_store.blobs().read(digest, maxBytes);
}

Result<sys::UniqueFd> StorePushSource::openBlob(const image::Digest& digest) {
    return m_store.blobs().open(digest);
}

std::vector<std::string> StorePushSource::repositoriesWith(const std::string& registry,
                                                           const image::Digest& digest) {
    const std::lock_guard lock(m_mutex);
    if (!m_images) {
        auto images = m_store.images().list();
        m_images = images ? *std::move(images) : std::vector<store::ImageRecord>();  // only a short cut
    }
    std::vector<std::string> repositories;
    for (const auto& record : *m_images) {
        if (!contains(record, digest)) {
            continue;
        }
        for (const std::string& name : record.repoDigests) {
            const auto reference = image::Reference::parse(name);
            if (reference && reference->registry() == registry && repositories.size() < kMaxRepositories &&
                std::find(repositories.begin(), repositories.end(), reference->repository()) ==
                    repositories.end()) {
                repositories.push_back(reference->repository());
            }
        }
    }
    return repositories;
}

Result<PushRoot> choosePushRoot(const store::Store& store, const store::ImageRecord& record,
                                const std::string& repository,
                                const std::optional<image::Platform>& platform) {
    const auto known = findIndex(store, record, repository);
    if (platform && platform->text() != record.platform) {
        const auto entry = known ? known->index.select(*platform)
                                 : Result<image::Descriptor>(Error(ErrorKind::NotFound, "no index"));
        if (!entry || !isComplete(store, *entry)) {
            return Error(ErrorKind::NotFound, "the image of this name on this computer is for " +
                                                  record.platform + ", not for " + platform->text())
                .withHint("fetch it with 'coracle pull --platform " + platform->text() + "'");
        }
        if (entry->digest != record.manifestDigest) {
            return PushRoot{*entry, std::nullopt};
        }
    } else if (!platform && known) {
        const auto& entries = known->index.manifests;
        const bool all = std::all_of(entries.begin(), entries.end(), [&](const image::Descriptor& entry) {
            return isComplete(store, entry);
        });
        if (all) {
            return PushRoot{{known->index.mediaType, known->digest, 0, std::nullopt}, std::nullopt};
        }
    }
    TRY_ASSIGN(const auto manifest, manifestWithBlobs(store, record));
    std::optional<std::string> note;
    if (!platform && known && known->index.manifests.size() > 1) {
        note = "only the image for " + record.platform +
               " is on this computer and is pushed, not the index '" + known->digest.text() +
               "' with other platforms";
    }
    return PushRoot{manifest, std::move(note)};
}

}  // namespace coracle::engine
