// SPDX-License-Identifier: Apache-2.0
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/text/time.h"
#include "core/text/units.h"

#include <nlohmann/json.hpp>

#include <algorithm>

#include <fnmatch.h>

namespace coracle::cli {
namespace {

using types::ImageSummary;

constexpr std::size_t kShortId = 12;

struct ImageRow {
    std::string repository = "<none>";
    std::string tag = "<none>";
    std::string digest = "<none>";
    const ImageSummary* image = nullptr;
};

/// One row for each name; a nameless image has one row.
std::vector<ImageRow> rowsOf(const ImageSummary& image) {
    ImageRow base;
    base.image = &image;
    if (!image.repoDigests.empty()) {
        const std::string& text = image.repoDigests.front();
        base.digest = text.substr(std::min(text.find('@') + 1, text.size()));
        base.repository = text.substr(0, text.find('@'));
    }
    if (image.references.empty()) {
        return {base};
    }
    std::vector<ImageRow> rows;
    for (const auto& reference : image.references) {
        ImageRow row = base;
        const std::size_t colon = reference.rfind(':');
        row.repository = reference.substr(0, colon);
        row.tag = colon == std::string::npos ? "latest" : reference.substr(colon + 1);
        rows.push_back(std::move(row));
    }
    return rows;
}

nlohmann::json jsonOf(const ImageRow& row, bool full) {
    const auto& image = *row.image;
    const std::string hex = image.id.substr(std::min(image.id.find(':') + 1, image.id.size()));
    const auto now = std::chrono::system_clock::now();
    return {
        {"Repository", row.repository},
        {"Tag", row.tag},
        {"Digest", row.digest},
        {"ID", full ? image.id : hex.substr(0, kShortId)},
        {"CreatedSince", text::humanAgo(image.createdAt, now)},
        {"CreatedAt", text::formatLocalTime(image.createdAt)},
        {"Size", text::humanSize(image.sizeBytes)},
        {"SharedSize", text::humanSize(image.sharedBytes)},
        {"Platform", image.platform},
        {"Containers", std::to_string(image.usedBy.size())},
    };
}

/// Shell patterns where a '/' is only matched by itself (fnmatch(3), FNM_PATHNAME), as docker's
/// path.Match.
bool matchesReference(const ImageRow& row, const std::string& pattern) {
    const std::string whole = row.repository + ":" + row.tag;
    return ::fnmatch(pattern.c_str(), whole.c_str(), FNM_PATHNAME) == 0 ||
           ::fnmatch(pattern.c_str(), row.repository.c_str(), FNM_PATHNAME) == 0;
}

Result<bool> passes(const ImageRow& row, const std::map<std::string, std::string>& labels,
                    const std::string& key, const std::string& value) {
    if (key == "dangling") {
        return (row.image->references.empty()) == (value == "true" || value == "1");
    }
    if (key == "reference") {
        return matchesReference(row, value);
    }
    if (key == "label") {
        return hasLabel(labels, value);
    }
    return Error(ErrorKind::InvalidArgument, "filter '" + key + "' is not known")
        .withHint("filters are dangling, label and reference");
}

struct ImagesOptions {
    bool all = false;
    bool quiet = false;
    bool full = false;
    bool digests = false;
    std::string format;
    Words filters;
    Words names;
};

/// Labels stand in the configuration and not in the list, so each image is read for that filter only.
Result<std::vector<ImageRow>> select(engine::Engine& engine, const std::vector<ImageSummary>& images,
                                     const ImagesOptions& options) {
    TRY_ASSIGN(const auto filters, parseFilters(options.filters));
    const bool needsLabels = std::any_of(filters.begin(), filters.end(),
                                         [](const auto& filter) { return filter.first == "label"; });
    std::vector<ImageRow> rows;
    for (const auto& image : images) {
        std::map<std::string, std::string> labels;
        if (needsLabels) {
            TRY_ASSIGN(const auto details, engine.images().inspect(image.id));
            labels = details.labels;
        }
        for (auto& row : rowsOf(image)) {
            bool kept = options.names.empty() || matchesReference(row, options.names[0]);
            for (const auto& [key, value] : filters) {
                TRY_ASSIGN(const bool passed, passes(row, labels, key, value));
                kept = kept && passed;
            }
            if (kept) {
                rows.push_back(std::move(row));
            }
        }
    }
    return rows;
}

}  // namespace

int cmdImages(Context& context, const std::string& name, const Words& arguments) {
    ImagesOptions options;
    VerbParser parser(name, "[OPTIONS] [NAME[:TAG]]", "List images");
    parser.flag("-a,--all", options.all, "Accepted; no image is hidden")
        .flag("--digests", options.digests, "Show digests")
        .option("-f,--filter", options.filters, "KEY=VALUE", "Show only those that fit")
        .option("--format", options.format, "TEMPLATE", "table, json or a Go template")
        .flag("--no-trunc", options.full, "Do not shorten anything")
        .flag("-q,--quiet", options.quiet, "Print ids only")
        .words(options.names, 0, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto images = engine.images().list();
    if (!images) {
        return reportError(context.console(), images.error());
    }
    const auto rows = select(engine, *images, options);
    if (!rows) {
        return reportError(context.console(), rows.error(), 1);
    }
    Listing listing;
    listing.columns = {{"Repository", "REPOSITORY"}, {"Tag", "TAG"}};
    if (options.digests) {
        listing.columns.emplace_back("Digest", "DIGEST");
    }
    for (const auto& column :
         {std::pair("ID", "IMAGE ID"), std::pair("CreatedSince", "CREATED"), std::pair("Size", "SIZE")}) {
        listing.columns.emplace_back(column.first, column.second);
    }
    listing.moreHeadings = {{"CreatedAt", "CREATED AT"}, {"Digest", "DIGEST"}, {"SharedSize", "SHARED SIZE"}};
    Words seen;
    for (const auto& row : *rows) {
        listing.rows.push_back(jsonOf(row, options.full));
        const auto id = listing.rows.back()["ID"].get<std::string>();
        if (options.quiet && std::find(seen.begin(), seen.end(), id) == seen.end()) {
            seen.push_back(id);
            context.console().out(id + "\n");
        }
    }
    if (options.quiet) {
        return 0;
    }
    const auto text = renderListing(listing, options.format);
    if (!text) {
        return reportError(context.console(), text.error(), 1);
    }
    context.console().out(*text);
    return 0;
}

}  // namespace coracle::cli
