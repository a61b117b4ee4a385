// SPDX-License-Identifier: Apache-2.0
#include "core/image/manifest.h"
#include "core/text/escape.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::image {
namespace {

using Json = nlohmann::json;

/// These go into every record of a container of the image and into each listing; a label is a word or a
/// line.
constexpr std::size_t kMaxLabelBytes = 1U << 20U;
constexpr std::size_t kMaxHistorySteps = 4096;
constexpr std::size_t kMaxPorts = 4096;
constexpr std::size_t kMaxVolumes = 4096;

Error corrupt(const std::string& what) {
    return {ErrorKind::Corrupt, what};
}

Result<std::string> textOr(const Json& object, const char* key) {
    TRY_ASSIGN(auto text, json::findString(object, key));
    return std::move(text).value_or(std::string());
}

/// Go's sets: {"80/tcp": {}, "/data": {}}. The values mean nothing. A NUL is refused, because a path that
/// ends at it in a system call is another path than the one that was checked.
Result<std::vector<std::string>> findKeys(const Json& object, const char* key, std::size_t maxKeys) {
    std::vector<std::string> keys;
    if (!object.contains(key) || object.find(key)->is_null()) {
        return keys;
    }
    const Json* set = json::findObject(object, key);
    if (set == nullptr) {
        return corrupt(std::string("member '") + key + "' is not an object");
    }
    if (set->size() > maxKeys) {
        return corrupt(std::string("member '") + key + "' has more than " + std::to_string(maxKeys) +
                       " entries");
    }
    for (const auto& item : set->items()) {
        if (item.key().find('\0') != std::string::npos) {
            return corrupt(std::string("member '") + key + "' holds a NUL character");
        }
        keys.push_back(item.key());
    }
    return keys;
}

/// Source: docker image specification 1.3, "Healthcheck". What is out of range counts as not said.
Result<types::HealthPlan> readHealthcheck(const Json& object) {
    types::HealthPlan health;
    const Json* check = json::findObject(object, "Healthcheck");
    if (check == nullptr) {
        return health;
    }
    TRY_ASSIGN(health.test, json::findStrings(*check, "Test"));
    const std::pair<const char*, std::chrono::nanoseconds*> spans[] = {
        {"Interval", &health.interval},
        {"Timeout", &health.timeout},
        {"StartPeriod", &health.startPeriod},
        {"StartInterval", &health.startInterval},
    };
    for (const auto& [key, span] : spans) {
        TRY_ASSIGN(const auto number, json::findInteger(*check, key));
        *span = std::chrono::nanoseconds(std::max<std::int64_t>(number.value_or(0), 0));
    }
    TRY_ASSIGN(const auto retries, json::findInteger(*check, "Retries"));
    health.retries = std::max<std::int64_t>(retries.value_or(0), 0);
    return health;
}

Result<> readProcess(const Json& object, ImageConfig& config) {
    TRY_ASSIGN(config.env, json::findStrings(object, "Env"));
    TRY_ASSIGN(config.entrypoint, json::findStrings(object, "Entrypoint"));
    TRY_ASSIGN(config.command, json::findStrings(object, "Cmd"));
    TRY_ASSIGN(config.workingDirectory, textOr(object, "WorkingDir"));
    TRY_ASSIGN(config.user, textOr(object, "User"));
    TRY_ASSIGN(config.stopSignal, textOr(object, "StopSignal"));
    TRY_ASSIGN(config.exposedPorts, findKeys(object, "ExposedPorts", kMaxPorts));
    for (std::string& port : config.exposedPorts) {
        if (port.find('/') == std::string::npos) {
            port += "/tcp";
        }
    }
    TRY_ASSIGN(config.health, readHealthcheck(object));
    TRY_ASSIGN(config.volumes, findKeys(object, "Volumes", kMaxVolumes));
    TRY_ASSIGN(config.labels, json::findStringMap(object, "Labels"));
    std::size_t labelBytes = 0;
    for (const auto& [name, value] : config.labels) {
        labelBytes += name.size() + value.size();
    }
    if (labelBytes > kMaxLabelBytes) {
        return corrupt("member 'Labels' is longer than " + std::to_string(kMaxLabelBytes) + " bytes");
    }
    return {};
}

/// A list without an entry is an image without a layer (FROM scratch), which is valid.
Result<std::vector<Digest>> readDiffIds(const Json& document) {
    const Json* rootfs = json::findObject(document, "rootfs");
    if (rootfs == nullptr) {
        return corrupt("member 'rootfs' is missing");
    }
    TRY_ASSIGN(const std::string type, json::loadString(*rootfs, "type"));
    if (type != "layers") {
        return corrupt("member 'rootfs.type' is not 'layers'");
    }
    TRY_ASSIGN(const auto texts, json::findStrings(*rootfs, "diff_ids"));
    if (texts.size() > kMaxLayers) {
        return corrupt("member 'rootfs.diff_ids' has more than " + std::to_string(kMaxLayers) + " entries");
    }
    std::vector<Digest> digests;
    for (const std::string& text : texts) {
        auto digest = Digest::parse(text);
        if (!digest) {
            return corrupt("member 'rootfs.diff_ids': " + digest.error().message());
        }
        digests.push_back(*std::move(digest));
    }
    return digests;
}

Result<std::vector<HistoryStep>> readHistory(const Json& document) {
    std::vector<HistoryStep> steps;
    const Json* entries = json::findArray(document, "history");
    if (entries == nullptr) {
        return steps;
    }
    if (entries->size() > kMaxHistorySteps) {
        return corrupt("member 'history' has more than " + std::to_string(kMaxHistorySteps) + " entries");
    }
    for (const Json& entry : *entries) {
        HistoryStep step;
        TRY_ASSIGN(step.createdBy, textOr(entry, "created_by"));
        TRY_ASSIGN(step.created, textOr(entry, "created"));
        TRY_ASSIGN(step.comment, textOr(entry, "comment"));
        TRY_ASSIGN(step.author, textOr(entry, "author"));
        TRY_ASSIGN(const auto empty, json::findBool(entry, "empty_layer"));
        step.emptyLayer = empty.value_or(false);
        steps.push_back(std::move(step));
    }
    return steps;
}

Result<ImageConfig> readConfig(std::string_view text) {
    TRY_ASSIGN(const Json document, json::parse(text, kMaxConfigBytes));
    if (!document.is_object()) {
        return corrupt("it is not a JSON object");
    }
    ImageConfig config;
    TRY_ASSIGN(config.platform.os, textOr(document, "os"));
    TRY_ASSIGN(config.platform.architecture, textOr(document, "architecture"));
    TRY_ASSIGN(config.platform.variant, textOr(document, "variant"));
    TRY_ASSIGN(config.created, textOr(document, "created"));
    if (const Json* process = json::findObject(document, "config")) {
        TRY(readProcess(*process, config));
    } else if (document.contains("config") && !document.find("config")->is_null()) {
        return corrupt("member 'config' is not an object");
    }
    TRY_ASSIGN(config.diffIds, readDiffIds(document));
    TRY_ASSIGN(config.history, readHistory(document));
    return config;
}

}  // namespace

Result<ImageConfig> parseConfig(std::string_view text) {
    auto config = readConfig(text);
    if (!config) {
        return std::move(config).error().context("image configuration");
    }
    return config;
}

/// Each id stands for its layer and all below it, so two images share a layer on disk only when everything
/// beneath is the same too: an overlay layer's white-outs have no meaning on another base.
std::vector<Digest> chainIds(const std::vector<Digest>& diffIds) {
    std::vector<Digest> chain;
    chain.reserve(diffIds.size());
    for (const Digest& diffId : diffIds) {
        chain.push_back(chain.empty() ? diffId : Digest::of(chain.back().text() + " " + diffId.text()));
    }
    return chain;
}

}  // namespace coracle::image
