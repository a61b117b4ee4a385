// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/registries.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace coracle::cli {
namespace {

constexpr std::size_t kShortDescription = 45;
constexpr std::int64_t kDefaultLimit = 25;

/// "true", "1" and their opposites. Errors: InvalidArgument.
Result<bool> truthOf(const std::string& key, const std::string& value) {
    if (value == "true" || value == "1") {
        return true;
    }
    if (value == "false" || value == "0") {
        return false;
    }
    return Error(ErrorKind::InvalidArgument, "filter '" + key + "=" + value + "': expected true or false");
}

Result<bool> passes(const types::FoundImage& image, const std::string& key, const std::string& value) {
    if (key == "stars") {
        std::int64_t least = 0;
        const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), least);
        if (fault != std::errc() || end != value.data() + value.size()) {
            return Error(ErrorKind::InvalidArgument, "filter 'stars=" + value + "': expected a number");
        }
        return image.stars >= least;
    }
    if (key == "is-official" || key == "is-automated") {
        TRY_ASSIGN(const bool wanted, truthOf(key, value));
        return (key == "is-official" ? image.official : image.automated) == wanted;
    }
    return Error(ErrorKind::InvalidArgument, "there is no filter '" + key + "'")
        .withHint("filters are stars=N, is-official=BOOL and is-automated=BOOL");
}

Result<std::string> render(const std::vector<types::FoundImage>& found, const Words& filters, bool full,
                           const std::string& format, bool terminal) {
    TRY_ASSIGN(const auto wanted, parseFilters(filters));
    Listing listing;
    listing.columns = {
        {"Name", "NAME"}, {"Description", "DESCRIPTION"}, {"StarCount", "STARS"}, {"IsOfficial", "OFFICIAL"}};
    listing.moreHeadings = {{"IsAutomated", "AUTOMATED"}};
    for (const auto& image : found) {
        bool shown = true;
        for (const auto& [key, value] : wanted) {
            TRY_ASSIGN(const bool passed, passes(image, key, value));
            shown = shown && passed;
        }
        if (!shown) {
            continue;
        }
        // A description may have lines; docker makes one of them.
        std::string description = image.description;
        std::replace(description.begin(), description.end(), '\n', ' ');
        std::replace(description.begin(), description.end(), '\r', ' ');
        listing.rows.push_back(
            {{"Name", image.name},
             {"Description", full ? description : ellipsize(description, kShortDescription)},
             {"StarCount", std::to_string(image.stars)},
             {"IsOfficial", image.official ? "[OK]" : ""},
             {"IsAutomated", image.automated ? "[OK]" : ""}});
    }
    return renderListing(listing, format, {.quiet = false, .terminal = terminal});
}

}  // namespace

int cmdSearch(Context& context, const std::string& name, const Words& arguments) {
    std::optional<std::int64_t> limit;
    bool full = false;
    std::string format;
    Words filters;
    Words words;
    VerbParser parser(name, "[OPTIONS] [REGISTRY/]TERM", "Search a registry for images");
    parser.option("--limit", limit, "N", "At most so many results (25)")
        .option("-f,--filter", filters, "FILTER", "stars=N, is-official=BOOL, is-automated=BOOL")
        .option("--format", format, "FORMAT", "'table', 'table TEMPLATE', 'json' or a Go template")
        .flag("--no-trunc", full, "Print whole descriptions")
        .words(words, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    const std::int64_t most = limit.value_or(kDefaultLimit);
    if (most < 1 || most > 100) {
        return reportError(context.console(),
                           Error(ErrorKind::InvalidArgument, "'--limit' takes a number from 1 to 100"), 1);
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    const auto run = [&]() -> Result<std::string> {
        TRY_ASSIGN(const auto found, engine.registries().search({words[0], static_cast<std::uint32_t>(most)},
                                                                interrupt.token()));
        return render(found, filters, full, format, context.console().outIsTerminal());
    };
    const auto text = run();
    if (!text) {
        return reportError(context.console(), text.error(),
                           text.error().kind() == ErrorKind::Cancelled ? 130 : 1);
    }
    context.console().out(*text);
    return 0;
}

}  // namespace coracle::cli
