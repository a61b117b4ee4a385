// SPDX-License-Identifier: Apache-2.0
#include "core/registry/search_client.h"

#include "core/image/reference.h"
#include "core/registry/registry_session.h"
#include "core/text/base64.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

namespace coracle::registry {
namespace {

constexpr std::size_t kMaxAnswerBytes = 4U << 20U;
constexpr std::size_t kMaxTermBytes = 255;

/// "host:5000/term" names a registry before the word, by the rule of image names.
struct Target {
    std::string registry = "docker.io";
    std::string term;
};

Target targetOf(const std::string& text) {
    const auto slash = text.find('/');
    const std::string first = text.substr(0, slash);
    const bool isHost = first.find_first_of(".:") != std::string::npos || first == "localhost";
    if (slash == std::string::npos || !isHost) {
        return {"docker.io", text};
    }
    return {first == "index.docker.io" ? "docker.io" : first, text.substr(slash + 1)};
}

Result<types::FoundImage> readRow(const nlohmann::json& row) {
    types::FoundImage found;
    TRY_ASSIGN(found.name, json::loadString(row, "name"));
    TRY_ASSIGN(auto description, json::findString(row, "description"));
    TRY_ASSIGN(const auto stars, json::findInteger(row, "star_count"));
    TRY_ASSIGN(const auto official, json::findBool(row, "is_official"));
    TRY_ASSIGN(const auto automated, json::findBool(row, "is_automated"));
    found.description = std::move(description).value_or("");
    found.stars = stars.value_or(0);
    found.official = official.value_or(false);
    found.automated = automated.value_or(false);
    return found;
}

Result<std::vector<types::FoundImage>> readAnswer(const std::string& text, std::uint32_t limit) {
    TRY_ASSIGN(const auto document, json::parse(text, kMaxAnswerBytes));
    const auto* rows = json::findArray(document, "results");
    if (rows == nullptr) {
        return Error(ErrorKind::Corrupt, "it has no 'results'");
    }
    std::vector<types::FoundImage> found;
    for (const auto& row : *rows) {
        if (found.size() < limit) {
            TRY_ASSIGN(auto image, readRow(row));
            found.push_back(std::move(image));
        }
    }
    return found;
}

}  // namespace

Result<std::vector<types::FoundImage>> searchImages(Http& http, const RegistryConfig& config,
                                                    const AuthFile& logins, const types::SearchQuery& query,
                                                    std::stop_token stop) {
    const Target target = targetOf(query.term);
    const auto run = [&]() -> Result<std::vector<types::FoundImage>> {
        if (target.term.empty() || target.term.size() > kMaxTermBytes) {
            return Error(ErrorKind::InvalidArgument, "a word to search for has 1 to 255 letters");
        }
        if (query.limit < 1 || query.limit > kMaxSearchResults) {
            return Error(ErrorKind::InvalidArgument, "a limit is a number from 1 to 100");
        }
        TRY(config.checkAllowed(target.registry));
        SessionOptions options;
        options.registryName = target.registry;
        TRY_ASSIGN(options.host, config.find(target.registry));
        if (target.registry == "docker.io") {
            options.host.host = "index.docker.io";  // the registry itself has no search
        }
        options.credentials = [&](const std::stop_token& helperStop) {
            return logins.find(target.registry, {}, helperStop);
        };
        RegistrySession session(http, std::move(options));
        Ask ask;
        ask.path = "/v1/search?q=" + text::encodeUrlPart(target.term) + "&n=" + std::to_string(query.limit);
        ask.subject = "the search";
        TextSink sink(kMaxAnswerBytes);
        const auto response = session.request(ask, sink, stop);
        if (!response && response.error().kind() == ErrorKind::NotFound) {
            return Error(ErrorKind::NotFound, "registry '" + target.registry + "' has no search");
        }
        TRY(response);
        auto found = readAnswer(sink.text(), query.limit);
        return found ? std::move(found)
                     : Result<std::vector<types::FoundImage>>(
                           std::move(found).error().context("answer of registry '" + target.registry + "'"));
    };
    auto found = run();
    return found ? std::move(found)
                 : Result<std::vector<types::FoundImage>>(
                       std::move(found).error().context("search '" + query.term + "'"));
}

}  // namespace coracle::registry
