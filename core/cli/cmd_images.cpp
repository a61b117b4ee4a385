// SPDX-License-Identifier: Apache-2.0
#include "core/cli/images_tree.h"
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/text/moment.h"
#include "core/text/time.h"
#include "core/text/units.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <functional>

#include <fnmatch.h>

namespace coracle::cli {
namespace {

using types::ImageSummary;
using Filters = std::vector<std::pair<std::string, std::string>>;
using Labels = std::map<std::string, std::string>;

constexpr std::size_t kShortId = 12;
constexpr int kExactDigits = 4;
constexpr std::array<std::string_view, 7> kKeys = {"before",    "containers", "dangling", "label",
                                                   "reference", "since",      "until"};

struct ImageRow {
    std::string repository = "<none>";
    std::string tag = "<none>";
    std::string digest = "<none>";
    const ImageSummary* image = nullptr;
    Labels labels;
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
        {"VirtualSize", text::humanSize(image.sizeBytes, kExactDigits)},
        {"SharedSize", text::humanSize(image.sharedBytes, kExactDigits)},
        {"UniqueSize",
         text::humanSize(image.sizeBytes - std::min(image.sharedBytes, image.sizeBytes), kExactDigits)},
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

Result<std::chrono::system_clock::time_point> ageOf(engine::Engine& engine, const std::string& reference) {
    TRY_ASSIGN(const auto details, engine.images().inspect(reference));
    return details.summary.createdAt;
}

/// The filters with what `before` and `since` name looked up.
struct Filter {
    std::string key;
    std::string value;
    bool yes = false;
    std::chrono::system_clock::time_point moment;
};

Result<std::vector<Filter>> understand(engine::Engine& engine, const Filters& filters) {
    std::vector<Filter> understood;
    for (const auto& [key, value] : filters) {
        if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
            return unknownFilter(key, kKeys);
        }
        Filter filter{key, value, false, {}};
        if (key == "dangling" || key == "containers") {
            TRY_ASSIGN(filter.yes, filterBool(key, value));
        } else if (key == "before" || key == "since") {
            TRY_ASSIGN(filter.moment, ageOf(engine, value));
        } else if (key == "until") {
            TRY_ASSIGN(filter.moment, text::parseMoment(value, std::chrono::system_clock::now()));
        }
        understood.push_back(std::move(filter));
    }
    return understood;
}

bool passes(const ImageRow& row, const Filter& filter) {
    if (filter.key == "dangling") {
        return row.image->references.empty() == filter.yes;
    }
    if (filter.key == "containers") {
        return row.image->usedBy.empty() != filter.yes;
    }
    if (filter.key == "reference") {
        return matchesReference(row, filter.value);
    }
    if (filter.key == "label") {
        return hasLabel(row.labels, filter.value);
    }
    return filter.key == "since" ? row.image->createdAt > filter.moment
                                 : row.image->createdAt < filter.moment;
}

/// docker: patterns of `reference` are alternatives, everything else must hold.
bool passesAll(const ImageRow& row, const std::vector<Filter>& filters) {
    bool named = false;
    bool wanted = true;
    for (const Filter& filter : filters) {
        const bool passed = passes(row, filter);
        if (filter.key == "reference") {
            wanted = named ? wanted || passed : passed;
            named = true;
        } else if (!passed) {
            return false;
        }
    }
    return wanted;
}

struct ImagesOptions {
    bool all = false;
    bool quiet = false;
    bool full = false;
    bool digests = false;
    bool noHeading = false;
    bool tree = false;
    std::string sort;
    std::string format;
    Words filters;
    Words names;
};

/// podman's words.
Result<> sortBy(const std::string& field, std::vector<ImageRow>& rows) {
    std::function<bool(const ImageRow&, const ImageRow&)> before;
    if (field.empty()) {
        return {};
    }
    if (field == "created") {
        before = [](const auto& a, const auto& b) { return a.image->createdAt > b.image->createdAt; };
    } else if (field == "id") {
        before = [](const auto& a, const auto& b) { return a.image->id < b.image->id; };
    } else if (field == "repository") {
        before = [](const auto& a, const auto& b) { return a.repository < b.repository; };
    } else if (field == "size") {
        before = [](const auto& a, const auto& b) { return a.image->sizeBytes > b.image->sizeBytes; };
    } else if (field == "tag") {
        before = [](const auto& a, const auto& b) { return a.tag < b.tag; };
    } else {
        return Error(ErrorKind::InvalidArgument, "cannot sort by '" + field + "'")
            .withHint("fields are created, id, repository, size and tag");
    }
    std::stable_sort(rows.begin(), rows.end(), before);
    return {};
}

/// Labels stand in the configuration and not in the list, so each image is read for that filter only.
Result<std::vector<ImageRow>> select(engine::Engine& engine, const std::vector<ImageSummary>& images,
                                     const ImagesOptions& options) {
    TRY_ASSIGN(const auto words, parseFilters(options.filters));
    TRY_ASSIGN(const auto filters, understand(engine, words));
    const bool needsLabels =
        std::any_of(filters.begin(), filters.end(), [](const auto& filter) { return filter.key == "label"; });
    std::vector<ImageRow> rows;
    for (const auto& image : images) {
        Labels labels;
        if (needsLabels) {
            TRY_ASSIGN(const auto details, engine.images().inspect(image.id));
            labels = details.labels;
        }
        for (auto& row : rowsOf(image)) {
            row.labels = labels;
            if ((options.names.empty() || matchesReference(row, options.names[0])) &&
                passesAll(row, filters)) {
                rows.push_back(std::move(row));
            }
        }
    }
    TRY(sortBy(options.sort, rows));
    return rows;
}

Listing imageListing(bool digests) {
    Listing listing;
    listing.typeName = "*formatter.imageContext";
    listing.columns = {{"Repository", "REPOSITORY"}, {"Tag", "TAG"}};
    if (digests) {
        listing.columns.emplace_back("Digest", "DIGEST");
    }
    for (const auto& column :
         {std::pair("ID", "IMAGE ID"), std::pair("CreatedSince", "CREATED"), std::pair("Size", "SIZE")}) {
        listing.columns.emplace_back(column.first, column.second);
    }
    listing.moreHeadings = {{"CreatedAt", "CREATED AT"},   {"Digest", "DIGEST"},
                            {"SharedSize", "SHARED SIZE"}, {"UniqueSize", "UNIQUE SIZE"},
                            {"VirtualSize", "SIZE"},       {"Containers", "CONTAINERS"},
                            {"Platform", "PLATFORM"}};
    listing.raw = std::string("repository: {{ .Repository }}\ntag: {{.Tag}}\n") +
                  (digests ? "digest: {{.Digest}}\n" : "") +
                  "image_id: {{.ID}}\ncreated_at: {{.CreatedAt}}\nvirtual_size: {{.Size}}\n";
    return listing;
}

/// A tree is one view for the eye; docker refuses the same options with it.
Result<> checkTree(const ImagesOptions& options) {
    // TABLE
    const std::pair<const char*, bool> others[] = {{"--quiet", options.quiet},
                                                   {"--no-trunc", options.full},
                                                   {"--digests", options.digests},
                                                   {"--noheading", options.noHeading},
                                                   {"--format", !options.format.empty()}};
    for (const auto& [name, given] : others) {
        if (given) {
            return Error(ErrorKind::InvalidArgument,
                         std::string("--tree and ") + name + " exclude each other")
                .withHint("a tree is for reading; leave --tree out for a list that programs read");
        }
    }
    return {};
}

/// Newest first, as the list has them. A damaged image is shown with what the list knows of it.
int printTree(Context& context, engine::Engine& engine, const std::vector<ImageRow>& rows) {
    std::vector<types::ImageDetails> images;
    for (const ImageRow& row : rows) {
        auto details = engine.images().inspect(row.image->id);
        if (!details) {
            details = types::ImageDetails();
            details->summary = *row.image;
        }
        images.push_back(*std::move(details));
    }
    context.console().out(imagesTree(images, context.console().columns()));
    return 0;
}

/// An image is its id, however many names it has.
void keepFirstOfEach(std::vector<ImageRow>& rows) {
    std::vector<std::string> seen;
    std::erase_if(rows, [&](const ImageRow& row) {
        if (std::find(seen.begin(), seen.end(), row.image->id) != seen.end()) {
            return true;
        }
        seen.push_back(row.image->id);
        return false;
    });
}

}  // namespace

int cmdImages(Context& context, const std::string& name, const Words& arguments) {
    ImagesOptions options;
    VerbParser parser(name, "[OPTIONS] [REPOSITORY[:TAG]]", "List images");
    parser.flag("-a,--all", options.all, "Show all images (no image is hidden)")
        .flag("--digests", options.digests, "Show digests")
        .option("-f,--filter", options.filters, "filter", "Filter output based on conditions provided")
        .option("--format", options.format, "string", kFormatHelp)
        .flag("--no-trunc", options.full, "Don't truncate output")
        .flag("-n,--noheading", options.noHeading, "Print no headings")
        .option("--sort", options.sort, "FIELD",
                "Sort by created (newest first), id, repository, size (largest first) or tag")
        .flag("-q,--quiet", options.quiet, "Only show image IDs")
        .flag("--tree", options.tree, "List images as a tree, with the platforms of each")
        .words(options.names, 0, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (options.tree) {
        if (const auto fits = checkTree(options); !fits) {
            return reportError(context.console(), fits.error(), 1);
        }
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto images = engine.images().list();
    if (!images) {
        return reportError(context.console(), images.error());
    }
    auto rows = select(engine, *images, options);
    if (!rows) {
        return reportError(context.console(), rows.error(), 1);
    }
    if (options.tree) {
        keepFirstOfEach(*rows);
        return printTree(context, engine, *rows);
    }
    const bool custom = !options.format.empty() && options.format != "table" && options.format != "raw";
    if (options.quiet && !custom) {
        keepFirstOfEach(*rows);
        options.format = options.format == "raw" ? "image_id: {{.ID}}" : options.format;
    }
    // As docker does: a table of one's own has the digest, too, and rows have it when it is asked for.
    const std::string digest = "{{.Digest}}";
    const bool named = options.format.find(digest) != std::string::npos;
    if (custom && options.digests && options.format.starts_with("table") && !named) {
        options.format += "\t" + digest;
    }
    Listing listing = imageListing(options.digests);
    listing.withoutHeading = options.noHeading;
    for (auto& row : *rows) {
        if (!options.digests && !named) {
            row.digest = "<none>";
        }
        listing.rows.push_back(jsonOf(row, options.full));
    }
    return printListing(context.console(), listing, options.format, options.quiet);
}

}  // namespace coracle::cli
