// SPDX-License-Identifier: Apache-2.0
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/text/time.h"
#include "core/text/units.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::cli {
namespace {

constexpr std::size_t kShortId = 12;
constexpr std::size_t kShortStep = 45;
constexpr const char* kMissing = "<missing>";

struct HistoryOptions {
    bool full = false;
    bool quiet = false;
    bool human = true;
    std::string format;
};

std::string shortId(const std::string& id, bool full) {
    const std::string hex = id.substr(std::min(id.find(':') + 1, id.size()));
    return full ? id : hex.substr(0, kShortId);
}

/// A script of several lines would be several rows; docker takes tabs out for the same reason.
std::string oneLine(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
    return text;
}

/// The newest step first; it alone has an id, that of the image.
Listing listingOf(const types::ImageDetails& details, const HistoryOptions& options) {
    Listing listing;
    listing.columns = {
        {"ID", "IMAGE"},
        {options.human ? "CreatedSince" : "CreatedAt", options.human ? "CREATED" : "CREATED AT"},
        {"CreatedBy", "CREATED BY"},
        {"Size", "SIZE"},
        {"Comment", "COMMENT"}};
    listing.moreHeadings = {{"CreatedSince", "CREATED"}, {"CreatedAt", "CREATED AT"}};
    const auto now = std::chrono::system_clock::now();
    for (auto step = details.history.rbegin(); step != details.history.rend(); ++step) {
        const bool newest = step == details.history.rbegin();
        listing.rows.push_back(
            {{"ID", newest ? shortId(details.summary.id, options.full) : kMissing},
             {"CreatedSince", step->createdAt ? text::humanAgo(*step->createdAt, now) : "N/A"},
             {"CreatedAt", step->createdAt ? text::formatTime(*step->createdAt) : "N/A"},
             {"CreatedBy",
              options.full ? oneLine(step->createdBy) : ellipsize(oneLine(step->createdBy), kShortStep)},
             {"Size", options.human ? text::humanSize(step->sizeBytes) : std::to_string(step->sizeBytes)},
             {"Comment", step->comment}});
    }
    return listing;
}

}  // namespace

int cmdHistory(Context& context, const std::string& name, const Words& arguments) {
    HistoryOptions options;
    Words names;
    VerbParser parser(name, "[OPTIONS] IMAGE", "Show how an image was made");
    parser.flag("-H,--human", options.human, "Sizes and dates as people read them (the default)")
        .flag("--no-trunc", options.full, "Show everything in full")
        .flag("-q,--quiet", options.quiet, "Print ids only")
        .option("--format", options.format, "TEMPLATE", "table, json or a Go template")
        .words(names, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto details = engine.images().inspect(names[0]);
    if (!details) {
        return reportError(context.console(), details.error(), 1);
    }
    const Listing listing = listingOf(*details, options);
    if (options.quiet) {
        for (const auto& row : listing.rows) {
            context.console().out(row["ID"].get<std::string>() + "\n");
        }
        return 0;
    }
    return printListing(context.console(), listing, options.format == "table" ? "" : options.format);
}

}  // namespace coracle::cli
