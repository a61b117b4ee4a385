// SPDX-License-Identifier: Apache-2.0
#include "core/store/removal_record.h"

#include "core/store/database.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace coracle::store {
namespace {

// TABLE
constexpr std::array<std::pair<RemovedKind, std::string_view>, 4> kKinds{
    {{RemovedKind::Container, "container"},
     {RemovedKind::Image, "image"},
     {RemovedKind::ImageName, "name"},
     {RemovedKind::Volume, "volume"}}};

Result<Time> loadTime(const nlohmann::json& object, const char* key) {
    TRY_ASSIGN(const std::int64_t nanoseconds, json::loadInteger(object, key));
    return fromNanoseconds(nanoseconds);
}

Result<image::Digest> loadDigest(const nlohmann::json& object, const char* key) {
    TRY_ASSIGN(const std::string text, json::loadString(object, key));
    return image::Digest::parse(text);
}

Result<std::vector<image::Digest>> loadDigests(const nlohmann::json& object, const char* key) {
    TRY_ASSIGN(const auto texts, json::findStrings(object, key));
    std::vector<image::Digest> digests;
    for (const std::string& text : texts) {
        TRY_ASSIGN(image::Digest digest, image::Digest::parse(text));
        digests.push_back(std::move(digest));
    }
    return digests;
}

nlohmann::json textsOf(const std::vector<image::Digest>& digests) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& digest : digests) {
        list.push_back(digest.text());
    }
    return list;
}

nlohmann::json objectOf(const VolumeRecord& record) {
    return {{"name", record.name},
            {"anonymous", record.anonymous},
            {"createdAt", toNanoseconds(record.createdAt)},
            {"labels", record.labels}};
}

}  // namespace

std::string toJson(const ContainerRecord& record) {
    nlohmann::json object = {{"id", record.id},
                             {"name", record.name},
                             {"image", record.image},
                             {"imageId", record.imageId},
                             {"createdAt", toNanoseconds(record.createdAt)},
                             {"spec", record.specJson},
                             {"details", record.detailsJson},
                             {"desiredState", record.desiredState},
                             {"volumes", record.volumes}};
    if (record.chainId) {
        object["chainId"] = record.chainId->text();
    }
    for (const MountedImage& mounted : record.images) {
        object["images"].push_back({{"id", mounted.imageId}, {"chainId", mounted.chainId.text()}});
    }
    return json::toText(object);
}

/// What is removed at its end is not kept, so nothing says that it would be.
Result<ContainerRecord> parseContainerRecord(std::string_view text) {
    TRY_ASSIGN(const auto object, json::parse(text));
    ContainerRecord record;
    TRY_ASSIGN(record.id, json::loadString(object, "id"));
    TRY_ASSIGN(record.name, json::loadString(object, "name"));
    TRY_ASSIGN(record.image, json::loadString(object, "image"));
    TRY_ASSIGN(record.imageId, json::loadString(object, "imageId"));
    TRY_ASSIGN(record.createdAt, loadTime(object, "createdAt"));
    TRY_ASSIGN(record.specJson, json::loadString(object, "spec"));
    TRY_ASSIGN(record.detailsJson, json::loadString(object, "details"));
    TRY_ASSIGN(record.desiredState, json::loadString(object, "desiredState"));
    TRY_ASSIGN(record.volumes, json::findStrings(object, "volumes"));
    TRY_ASSIGN(const auto chainId, json::findString(object, "chainId"));
    if (chainId) {
        TRY_ASSIGN(record.chainId, image::Digest::parse(*chainId));
    }
    const nlohmann::json* images = json::findArray(object, "images");
    for (std::size_t i = 0; images != nullptr && i < images->size(); ++i) {
        TRY_ASSIGN(std::string id, json::loadString((*images)[i], "id"));
        TRY_ASSIGN(image::Digest top, loadDigest((*images)[i], "chainId"));
        record.images.push_back({std::move(id), std::move(top)});
    }
    return record;
}

std::string toJson(const ImageRecord& record) {
    return json::toText({{"id", record.id.text()},
                         {"manifest", record.manifestDigest.text()},
                         {"manifestType", record.manifestMediaType},
                         {"platform", record.platform},
                         {"layers", textsOf(record.chainIds)},
                         {"blobs", textsOf(record.layerDigests)},
                         {"createdAt", toNanoseconds(record.createdAt)},
                         {"pulledAt", toNanoseconds(record.pulledAt)},
                         {"names", record.references},
                         {"repoDigests", record.repoDigests}});
}

Result<ImageRecord> parseImageRecord(std::string_view text) {
    TRY_ASSIGN(const auto object, json::parse(text));
    TRY_ASSIGN(image::Digest id, loadDigest(object, "id"));
    TRY_ASSIGN(image::Digest manifest, loadDigest(object, "manifest"));
    ImageRecord record{std::move(id), std::move(manifest), {}, {}, {}, {}, {}, {}, {}, {}, 0, 0, {}};
    TRY_ASSIGN(record.manifestMediaType, json::loadString(object, "manifestType"));
    TRY_ASSIGN(record.platform, json::loadString(object, "platform"));
    TRY_ASSIGN(record.chainIds, loadDigests(object, "layers"));
    TRY_ASSIGN(record.layerDigests, loadDigests(object, "blobs"));
    TRY_ASSIGN(record.createdAt, loadTime(object, "createdAt"));
    TRY_ASSIGN(record.pulledAt, loadTime(object, "pulledAt"));
    TRY_ASSIGN(record.references, json::findStrings(object, "names"));
    TRY_ASSIGN(record.repoDigests, json::findStrings(object, "repoDigests"));
    if (record.chainIds.size() != record.layerDigests.size()) {
        return Error(ErrorKind::Corrupt, "the record of a removed image has not one blob for each layer");
    }
    return record;
}

std::string toJson(const VolumeRecord& record) {
    return json::toText(objectOf(record));
}

std::string toJsonOfContent(const VolumeRecord& record) {
    nlohmann::json object = objectOf(record);
    object["contentOnly"] = true;
    return json::toText(object);
}

Result<bool> isContentOnly(std::string_view volumeText) {
    TRY_ASSIGN(const auto object, json::parse(volumeText));
    TRY_ASSIGN(const auto only, json::findBool(object, "contentOnly"));
    return only.value_or(false);
}

Result<VolumeRecord> parseVolumeRecord(std::string_view text) {
    TRY_ASSIGN(const auto object, json::parse(text));
    VolumeRecord record;
    TRY_ASSIGN(record.name, json::loadString(object, "name"));
    TRY_ASSIGN(const auto anonymous, json::findBool(object, "anonymous"));
    record.anonymous = anonymous.value_or(false);
    TRY_ASSIGN(record.createdAt, loadTime(object, "createdAt"));
    TRY_ASSIGN(record.labels, json::findStringMap(object, "labels"));
    return record;
}

std::string_view toText(RemovedKind kind) {
    for (const auto& [value, word] : kKinds) {
        if (value == kind) {
            return word;
        }
    }
    return "";
}

Result<RemovedKind> parseRemovedKind(std::string_view word) {
    for (const auto& [value, text] : kKinds) {
        if (text == word) {
            return value;
        }
    }
    return Error(ErrorKind::Corrupt, "'" + std::string(word) + "' is no kind of removal");
}

}  // namespace coracle::store
