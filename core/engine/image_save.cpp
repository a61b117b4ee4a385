// SPDX-License-Identifier: Apache-2.0
#include "core/engine/image_save.h"

#include "core/engine/archive_images.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>

namespace coracle::engine {
namespace {

using nlohmann::json;
using types::ArchiveFormat;

std::string blobName(const image::Digest& digest) {
    return "blobs/sha256/" + std::string(digest.hex());
}

/// A layer as the store has it and as the archive gets it.
struct SavedLayer {
    StoredBlob stored;
    image::Digest diffId;
    image::Descriptor written;
    bool inflate = false;
};

/// One image, with its documents for the archive.
struct Plan {
    std::string configText;
    image::Digest id;
    std::string manifestText;
    image::Digest manifestDigest;
    std::string platformText;
    std::vector<SavedLayer> layers;
    std::vector<std::string> names;
};

Result<std::vector<SavedLayer>> planLayers(const store::Store& store, const store::ImageRecord& record,
                                           ArchiveFormat format) {
    std::vector<SavedLayer> layers;
    for (std::size_t i = 0; i < record.chainIds.size(); ++i) {
        TRY_ASSIGN(const auto row, store.layers().load(record.chainIds[i]));
        TRY_ASSIGN(const auto blob, findLayerBlob(store, record.chainIds[i], record.layerDigests[i]));
        if (!blob) {
            return Error(ErrorKind::NotFound, "the archive of layer " + std::to_string(i + 1) + " (" +
                                                  row.diffId.text() + ") is not in the store any more")
                .withHint("pull or load the image again");
        }
        SavedLayer layer{*blob,
                         row.diffId,
                         {image::layerMediaType(blob->compression), blob->digest, blob->size, {}, {}},
                         false};
        if (format == ArchiveFormat::DockerArchive) {
            layer.inflate = blob->compression != image::Compression::None;
            layer.written = {image::layerMediaType(image::Compression::None),
                             row.diffId,
                             layer.inflate ? row.tarBytes : blob->size,
                             {},
                             {}};
        }
        layers.push_back(std::move(layer));
    }
    return layers;
}

/// Whether the manifest that came with the image says just what is written.
bool fits(const std::string& text, const std::vector<SavedLayer>& layers) {
    const auto parsed = image::parseManifest(text, {});
    if (!parsed || !parsed->manifest || parsed->manifest->mediaType != image::kOciManifestType ||
        parsed->manifest->layers.size() != layers.size()) {
        return false;
    }
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (parsed->manifest->layers[i].digest != layers[i].written.digest) {
            return false;
        }
    }
    return true;
}

Result<Plan> planImage(const store::Store& store, const SavedImage& saved, ArchiveFormat format) {
    TRY_ASSIGN(std::string configText, store.blobs().read(saved.record.id, image::kMaxConfigBytes));
    TRY_ASSIGN(auto layers, planLayers(store, saved.record, format));
    const auto known = store.blobs().read(saved.record.manifestDigest, image::kMaxManifestBytes);
    std::string manifest;
    if (known && fits(*known, layers)) {
        manifest = *known;
    } else {
        std::vector<image::Descriptor> blobs;
        for (const SavedLayer& layer : layers) {
            blobs.push_back(layer.written);
        }
        manifest =
            image::manifestText({image::kOciConfigType, saved.record.id, configText.size(), {}, {}}, blobs);
    }
    image::Digest digest = image::Digest::of(manifest);
    return Plan{std::move(configText), saved.record.id,   std::move(manifest), std::move(digest),
                saved.record.platform, std::move(layers), saved.names};
}

json platformOf(const std::string& text) {
    const auto platform = image::Platform::parse(text);
    if (!platform) {
        return {};
    }
    json object{{"os", platform->os}, {"architecture", platform->architecture}};
    if (!platform->variant.empty()) {
        object["variant"] = platform->variant;
    }
    return object;
}

/// One entry for each name, as the layout has it; one without a name for an image that has none.
std::string indexText(const std::vector<Plan>& plans) {
    json manifests = json::array();
    for (const Plan& plan : plans) {
        json entry{{"mediaType", image::kOciManifestType},
                   {"digest", plan.manifestDigest.text()},
                   {"size", plan.manifestText.size()}};
        if (const json platform = platformOf(plan.platformText); !platform.is_null()) {
            entry["platform"] = platform;
        }
        if (plan.names.empty()) {
            manifests.push_back(entry);
        }
        for (const std::string& name : plan.names) {
            entry["annotations"] = {{"io.containerd.image.name", name},
                                    {"org.opencontainers.image.ref.name", name}};
            manifests.push_back(entry);
        }
    }
    return coracle::json::toText(
        {{"schemaVersion", 2}, {"mediaType", image::kOciIndexType}, {"manifests", std::move(manifests)}});
}

std::string dockerManifestText(const std::vector<Plan>& plans) {
    json images = json::array();
    for (const Plan& plan : plans) {
        json names = json::array();
        for (const std::string& name : plan.names) {
            const auto reference = image::Reference::parse(name);
            names.push_back(reference ? reference->familiarText() : name);
        }
        json layers = json::array();
        for (const SavedLayer& layer : plan.layers) {
            layers.push_back(blobName(layer.written.digest));
        }
        images.push_back({{"Config", blobName(plan.id)},
                          {"RepoTags", names.empty() ? json() : std::move(names)},
                          {"Layers", std::move(layers)}});
    }
    return coracle::json::toText(images);
}

/// The blob as it is, hashed on the way.
Result<> copyBlob(const store::Store& store, const StoredBlob& blob, int fd, const std::stop_token& stop) {
    TRY_ASSIGN(sys::UniqueFd file, store.blobs().open(blob.digest));
    image::Hasher hasher;
    TRY(store::ArchivePiece(std::move(file), blob.size)
            .stream(
                [&](std::string_view bytes) -> Result<> {
                    hasher.update(bytes);
                    return sys::writeAll(fd, bytes);
                },
                stop));
    if (hasher.finish() != blob.digest) {
        return Error(ErrorKind::Corrupt, "the blob " + blob.digest.text() + " is damaged")
            .withHint("pull or load the image again");
    }
    return {};
}

Result<> writeLayer(const store::Store& store, const SavedLayer& layer, ArchiveOutput& output,
                    const std::stop_token& stop) {
    return output.add(blobName(layer.written.digest), layer.written.size, [&](int fd) -> Result<> {
        if (!layer.inflate) {
            return copyBlob(store, layer.stored, fd, stop);
        }
        TRY_ASSIGN(const std::uint64_t bytes,
                   store.inflateLayer(layer.stored.digest, layer.stored.compression, layer.diffId, fd, stop));
        if (bytes != layer.written.size) {
            return Error(ErrorKind::Corrupt, "the layer " + layer.diffId.text() + " has " +
                                                 std::to_string(bytes) + " bytes instead of " +
                                                 std::to_string(layer.written.size))
                .withHint("remove the image and pull it again");
        }
        return {};
    });
}

}  // namespace

Result<> saveImages(const store::Store& store, const std::vector<SavedImage>& images, ArchiveFormat format,
                    const types::OutputPlace& place, const std::stop_token& stop) {
    std::vector<Plan> plans;
    for (const SavedImage& image : images) {
        TRY_ASSIGN(Plan plan, planImage(store, image, format));
        plans.push_back(std::move(plan));
    }
    TRY_ASSIGN(const auto output, makeArchiveOutput(format, place));
    TRY(output->add("oci-layout", R"({"imageLayoutVersion":"1.0.0"})"));
    TRY(output->add("index.json", indexText(plans)));
    if (format == ArchiveFormat::DockerArchive) {
        TRY(output->add("manifest.json", dockerManifestText(plans)));
    }
    for (const Plan& plan : plans) {
        TRY(output->add(blobName(plan.manifestDigest), plan.manifestText));
        TRY(output->add(blobName(plan.id), plan.configText));
    }
    for (const Plan& plan : plans) {
        for (const SavedLayer& layer : plan.layers) {
            if (stop.stop_requested()) {
                return Error(ErrorKind::Cancelled, "cancelled");
            }
            TRY(writeLayer(store, layer, *output, stop));
        }
    }
    return output->commit();
}

}  // namespace coracle::engine
