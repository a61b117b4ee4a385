// SPDX-License-Identifier: Apache-2.0
#include "core/image/manifest.h"
#include "core/text/escape.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

namespace coracle::image {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxImages = 1024;
constexpr std::size_t kMaxNames = 1024;

Error corrupt(const std::string& what) {
    return {ErrorKind::Corrupt, "manifest.json: " + what};
}

Json descriptorOf(const Descriptor& descriptor) {
    return {
        {"mediaType", descriptor.mediaType}, {"digest", descriptor.digest.text()}, {"size", descriptor.size}};
}

/// "./a//b" -> "a/b", as the archive's own names are cleaned. Errors: Corrupt for "..".
Result<std::string> cleanName(const std::string& name) {
    std::string clean;
    for (std::size_t start = 0; start < name.size();) {
        const std::size_t end = std::min(name.find('/', start), name.size());
        const std::string part = name.substr(start, end - start);
        start = end + 1;
        if (part == "..") {
            return corrupt("'" + text::excerptForTerminal(name, 200) + "' leads out of the archive");
        }
        if (!part.empty() && part != ".") {
            clean += (clean.empty() ? "" : "/") + part;
        }
    }
    return clean.empty() ? Result<std::string>(corrupt("an empty file name")) : Result<std::string>(clean);
}

Result<DockerArchiveImage> readImage(const Json& entry) {
    DockerArchiveImage image;
    TRY_ASSIGN(const std::string config, json::loadString(entry, "Config"));
    TRY_ASSIGN(image.config, cleanName(config));
    TRY_ASSIGN(image.names, json::findStrings(entry, "RepoTags"));
    TRY_ASSIGN(const auto layers, json::findStrings(entry, "Layers"));
    if (image.names.size() > kMaxNames) {
        return corrupt("an image has more than " + std::to_string(kMaxNames) + " names");
    }
    if (layers.size() > kMaxLayers) {
        return corrupt("an image has more than " + std::to_string(kMaxLayers) + " layers");
    }
    for (const std::string& layer : layers) {
        TRY_ASSIGN(std::string name, cleanName(layer));
        image.layers.push_back(std::move(name));
    }
    return image;
}

}  // namespace

Result<std::vector<DockerArchiveImage>> parseDockerArchive(std::string_view text) {
    auto document = json::parse(text, kMaxManifestBytes);
    if (!document) {
        return std::move(document).error().context("manifest.json");
    }
    if (!document->is_array() || document->empty() || document->size() > kMaxImages) {
        return corrupt("it is not a list of 1 to " + std::to_string(kMaxImages) + " images");
    }
    std::vector<DockerArchiveImage> images;
    for (const Json& entry : *document) {
        if (!entry.is_object()) {
            return corrupt("an image is not an object");
        }
        auto image = readImage(entry);
        if (!image) {
            return std::move(image).error().context("manifest.json");
        }
        images.push_back(*std::move(image));
    }
    return images;
}

std::string manifestText(const Descriptor& config, const std::vector<Descriptor>& layers,
                         ManifestStyle style) {
    Json list = Json::array();
    for (const Descriptor& layer : layers) {
        list.push_back(descriptorOf(layer));
    }
    return json::toText({{"schemaVersion", 2},
                         {"mediaType", manifestMediaType(style)},
                         {"config", descriptorOf(config)},
                         {"layers", std::move(list)}});
}

}  // namespace coracle::image
