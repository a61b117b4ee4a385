// SPDX-License-Identifier: Apache-2.0
#include "core/container/record_details.h"

#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::container {

namespace {

nlohmann::json healthDocument(const types::HealthPlan& health) {
    return {{"test", health.test},
            {"interval", health.interval.count()},
            {"timeout", health.timeout.count()},
            {"startPeriod", health.startPeriod.count()},
            {"startInterval", health.startInterval.count()},
            {"retries", health.retries}};
}

Result<types::HealthPlan> parseHealthPlan(const nlohmann::json& document) {
    types::HealthPlan health;
    TRY_ASSIGN(health.test, json::findStrings(document, "test"));
    const std::pair<const char*, std::chrono::nanoseconds*> spans[] = {
        {"interval", &health.interval},
        {"timeout", &health.timeout},
        {"startPeriod", &health.startPeriod},
        {"startInterval", &health.startInterval},
    };
    for (const auto& [key, span] : spans) {
        TRY_ASSIGN(const auto number, json::findInteger(document, key));
        *span = std::chrono::nanoseconds(number.value_or(0));
    }
    TRY_ASSIGN(const auto retries, json::findInteger(document, "retries"));
    health.retries = retries.value_or(0);
    return health;
}

/// One string, since `ps` reads it for every container and has no use for it.
std::string joinWords(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

/// Older records have a list.
Result<std::vector<std::string>> parseCapabilities(const nlohmann::json& document) {
    if (json::findArray(document, "capabilities") != nullptr) {
        return json::findStrings(document, "capabilities");
    }
    TRY_ASSIGN(const auto text, json::findString(document, "capabilities"));
    std::vector<std::string> words;
    for (std::string_view rest = text ? *text : std::string_view(); !rest.empty();) {
        const auto end = std::min(rest.find(' '), rest.size());
        words.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return words;
}

}  // namespace

std::string toJsonText(const RecordDetails& details) {
    nlohmann::json volumes = nlohmann::json::array();
    for (const auto& volume : details.volumes) {
        volumes.push_back({{"name", volume.name}, {"target", volume.target}});
    }
    nlohmann::json document{
        {"command", details.command},
        {"env", details.env},
        {"labels", details.labels},
        {"workingDirectory", details.workingDirectory},
        {"hostname", details.hostname},
        {"overlayDriver", details.overlayDriver},
        {"stopSignal", details.stopSignal},
        {"stopTimeoutSeconds", details.stopTimeoutSeconds},
        {"user", details.user},
        {"capabilities", joinWords(details.capabilities)},
        {"exposedPorts", details.exposedPorts},
        {"exposed", details.exposed},
        {"volumes", volumes},
    };
    json::dropEmpty(document);  // `ps` reads the records of all containers
    if (details.sliceSize > 0) {
        document["sliceFirst"] = details.sliceFirst;
        document["sliceSize"] = details.sliceSize;
    }
    for (const auto& image : details.images) {
        document["images"].push_back(
            {{"target", image.target}, {"id", image.imageId}, {"chainId", image.chainId}});
    }
    for (const auto& link : details.links) {
        document["links"].push_back(
            {{"id", link.id}, {"alias", link.alias}, {"number", link.number}, {"variables", link.variables}});
    }
    if (!details.health.test.empty()) {
        document["health"] = healthDocument(details.health);
    }
    return json::toText(document);
}

/// Members that came later are optional, so records of an older version can be read.
Result<RecordDetails> parseRecordDetails(std::string_view text) {
    TRY_ASSIGN(const auto document, json::parse(text));
    RecordDetails details;
    TRY_ASSIGN(details.command, json::findStrings(document, "command"));
    TRY_ASSIGN(details.env, json::findStrings(document, "env"));
    TRY_ASSIGN(details.labels, json::findStringMap(document, "labels"));
    for (const auto& [key, member] : {std::pair{"workingDirectory", &details.workingDirectory},
                                      {"user", &details.user},
                                      {"hostname", &details.hostname},
                                      {"overlayDriver", &details.overlayDriver}}) {
        TRY_ASSIGN(auto found, json::findString(document, key));
        *member = std::move(found).value_or("");
    }
    TRY_ASSIGN(details.stopSignal, json::loadString(document, "stopSignal"));
    TRY_ASSIGN(details.stopTimeoutSeconds, json::loadInteger(document, "stopTimeoutSeconds"));
    TRY_ASSIGN(details.capabilities, parseCapabilities(document));
    if (const auto* ports = json::findArray(document, "exposedPorts")) {
        for (const auto& port : *ports) {
            if (!port.is_number_unsigned() || port.get<std::uint64_t>() > UINT16_MAX) {
                return Error(ErrorKind::Corrupt, "member 'exposedPorts' holds something that is not a port");
            }
            details.exposedPorts.push_back(port.get<std::uint16_t>());
        }
    }
    TRY_ASSIGN(details.exposed, json::findStrings(document, "exposed"));
    if (const auto* volumes = json::findArray(document, "volumes")) {
        for (const auto& item : *volumes) {
            VolumeUse volume;
            TRY_ASSIGN(volume.name, json::loadString(item, "name"));
            TRY_ASSIGN(volume.target, json::loadString(item, "target"));
            details.volumes.push_back(std::move(volume));
        }
    }
    const auto* images = json::findArray(document, "images");
    for (std::size_t i = 0; images != nullptr && i < images->size(); ++i) {
        ImageUse image;
        TRY_ASSIGN(image.target, json::loadString((*images)[i], "target"));
        TRY_ASSIGN(image.imageId, json::loadString((*images)[i], "id"));
        TRY_ASSIGN(image.chainId, json::loadString((*images)[i], "chainId"));
        details.images.push_back(std::move(image));
    }
    const auto* links = json::findArray(document, "links");
    for (std::size_t i = 0; links != nullptr && i < links->size(); ++i) {
        LinkUse link;
        TRY_ASSIGN(link.id, json::loadString((*links)[i], "id"));
        TRY_ASSIGN(link.alias, json::loadString((*links)[i], "alias"));
        TRY_ASSIGN(const auto number, json::loadInteger((*links)[i], "number"));
        link.number = static_cast<std::uint32_t>(number);
        TRY_ASSIGN(link.variables, json::findStrings((*links)[i], "variables"));
        details.links.push_back(std::move(link));
    }
    TRY_ASSIGN(const auto sliceFirst, json::findInteger(document, "sliceFirst"));
    TRY_ASSIGN(const auto sliceSize, json::findInteger(document, "sliceSize"));
    if (const auto* health = json::findObject(document, "health")) {
        TRY_ASSIGN(details.health, parseHealthPlan(*health));
    }
    details.sliceFirst = static_cast<std::uint32_t>(sliceFirst.value_or(0));
    details.sliceSize = static_cast<std::uint32_t>(sliceSize.value_or(0));
    return details;
}

}  // namespace coracle::container
