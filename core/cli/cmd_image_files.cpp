// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/text/escape.h"
#include "core/text/units.h"
#include "core/types/image_view.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace coracle::cli {
namespace {

constexpr std::size_t kShortStep = 45;
constexpr std::size_t kWasteRows = 10;

std::string oneLine(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
    return text;
}

/// "+3812 ~31 -2"; nothing of what there is none of.
std::string countsOf(const types::LayerView& layer) {
    std::string text;
    const auto add = [&](char sign, std::size_t count) {
        if (count > 0) {
            text += (text.empty() ? "" : " ") + std::string(1, sign) + std::to_string(count);
        }
    };
    add('+', layer.added);
    add('~', layer.changed);
    add('-', layer.deleted);
    return text;
}

Listing layersOf(const std::vector<types::LayerFiles>& layers, const types::ImageView& view, bool full) {
    Listing listing;
    listing.columns = {{"Layer", "LAYER"}, {"CreatedBy", "CREATED BY"}, {"Files", "FILES"}, {"Size", "SIZE"}};
    listing.moreHeadings = {{"ID", "ID"}, {"Added", "ADDED"}, {"Changed", "CHANGED"}, {"Deleted", "DELETED"}};
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const auto step = oneLine(layers[i].createdBy);
        listing.rows.push_back({{"Layer", std::to_string(i + 1)},
                                {"ID", layers[i].diffId},
                                {"CreatedBy", full ? step : ellipsize(step, kShortStep)},
                                {"Files", countsOf(view.layers[i])},
                                {"Added", std::to_string(view.layers[i].added)},
                                {"Changed", std::to_string(view.layers[i].changed)},
                                {"Deleted", std::to_string(view.layers[i].deleted)},
                                {"Size", text::humanSize(layers[i].unpackedBytes)}});
    }
    return listing;
}

void printWaste(Console& console, const types::ImageView& view, bool full) {
    console.out("\nEfficiency: " + std::to_string(view.efficiency()) + " %");
    if (view.waste.empty()) {
        console.out("\n");
        return;
    }
    console.out(", " + text::humanSize(view.wastedBytes) + " of " + text::humanSize(view.fileBytes) +
                " are deleted or written again by a later layer\n\n");
    std::vector<std::vector<std::string>> rows{{"SIZE", "ADDED IN", "GONE IN", "PATH"}};
    const std::size_t shown = full ? view.waste.size() : std::min(view.waste.size(), kWasteRows);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& waste = view.waste[i];
        rows.push_back(
            {text::humanSize(waste.bytes), std::to_string(waste.addedIn + 1),
             std::to_string(waste.goneIn + 1) + (waste.deleted ? " (deleted)" : " (written again)"),
             "/" + text::escapeForTerminal(waste.path)});
    }
    console.out(alignColumns(rows));
    if (shown < view.waste.size()) {
        console.out("and " + std::to_string(view.waste.size() - shown) + " more; --no-trunc shows all\n");
    }
}

/// `path` as the list has it: without slashes at its ends, "." for the root.
std::string listedPath(std::string path) {
    path.erase(0, std::min(path.find_first_not_of('/'), path.size()));
    while (!path.empty() && path.back() == '/') {
        path.pop_back();
    }
    return path.empty() ? "." : path;
}

bool isBelow(const std::string& path, const std::string& folder) {
    return folder == "." || path == folder || path.starts_with(folder + "/");
}

/// A file of the list that was asked for.
struct ListedFile {
    const types::ImageFile* file = nullptr;
    std::size_t layer = 0;
    char change = 0;  ///< docker's letter; 0: what a container sees, and not what one layer did
};

bool isGone(const ListedFile& listed) {
    return listed.change == 'D';
}

std::string ownerText(const ListedFile& listed) {
    return isGone(listed) ? "" : std::to_string(listed.file->uid) + ":" + std::to_string(listed.file->gid);
}

std::string pathText(const ListedFile& listed) {
    const types::ImageFile& file = *listed.file;
    const char* const arrow = file.kind == types::ImageFileKind::Hardlink ? " link to /" : " -> ";
    return "/" + file.path + (file.link.empty() ? "" : arrow + file.link);
}

struct FileColumn {
    const char* field;
    const char* heading;
    std::string (*text)(const ListedFile&);
};

/// The first one is shown for a layer only. An image has a hundred thousand files: a cell is made when it is
/// shown.
constexpr std::array<FileColumn, 6> kFileColumns = {{
    {"Change", "CHANGE",
     [](const ListedFile& row) { return row.change == 0 ? std::string() : std::string(1, row.change); }},
    {"Mode", "MODE",
     [](const ListedFile& row) { return isGone(row) ? std::string() : types::modeText(*row.file); }},
    {"Owner", "OWNER", ownerText},
    {"Size", "SIZE",
     [](const ListedFile& row) { return isGone(row) ? std::string() : text::humanSize(row.file->size); }},
    {"Layer", "LAYER", [](const ListedFile& row) { return std::to_string(row.layer + 1); }},
    {"Path", "PATH", pathText},
}};

/// What a container sees, or what one layer changed.
Result<std::vector<ListedFile>> filesOf(const std::vector<types::LayerFiles>& layers,
                                        const std::string& folder, std::optional<std::size_t> layer) {
    std::vector<ListedFile> files;
    if (layer) {
        const auto view = types::viewImage(layers);
        for (const auto& change : view.layers[*layer].changes) {
            const auto& file = layers[*layer].files[change.file];
            if (isBelow(file.path, folder)) {
                files.push_back({&file, *layer, change.letter});
            }
        }
        return files;
    }
    for (const auto& seen : types::seenFiles(layers, layers.size())) {
        if (isBelow(seen.file->path, folder)) {
            files.push_back({seen.file, seen.layer, 0});
        }
    }
    if (files.empty() && folder != ".") {
        return Error(ErrorKind::NotFound, "the image has no '/" + folder + "'");
    }
    return files;
}

/// What most ask for, without a document for each row.
std::string plainText(const std::vector<ListedFile>& files, bool ofLayer, bool quiet, bool terminal) {
    const auto safe = [terminal](std::string text) {
        return terminal ? text::escapeForTerminal(text) : text;
    };
    if (quiet) {
        std::string paths;
        for (const ListedFile& listed : files) {
            paths += safe("/" + listed.file->path) + "\n";
        }
        return paths;
    }
    std::vector<std::vector<std::string>> rows(1);
    rows.reserve(files.size() + 1);
    const std::size_t first = ofLayer ? 0 : 1;
    for (std::size_t i = first; i < kFileColumns.size(); ++i) {
        rows[0].emplace_back(kFileColumns[i].heading);
    }
    for (const ListedFile& listed : files) {
        std::vector<std::string> cells;
        cells.reserve(rows[0].size());
        for (std::size_t i = first; i < kFileColumns.size(); ++i) {
            cells.push_back(safe(kFileColumns[i].text(listed)));
        }
        rows.push_back(std::move(cells));
    }
    return alignColumns(rows);
}

Listing listingOf(const std::vector<ListedFile>& files, bool ofLayer) {
    Listing listing;
    listing.moreHeadings = {{"Name", "NAME"}, {"Link", "LINK"}, {"Bytes", "BYTES"}, {"Change", "CHANGE"}};
    listing.quiet = "{{.Name}}";
    for (std::size_t i = ofLayer ? 0 : 1; i < kFileColumns.size(); ++i) {
        listing.columns.emplace_back(kFileColumns[i].field, kFileColumns[i].heading);
    }
    for (const ListedFile& listed : files) {
        nlohmann::json row{{"Bytes", std::to_string(listed.file->size)},
                           {"Name", "/" + listed.file->path},
                           {"Link", listed.file->link}};
        for (const FileColumn& column : kFileColumns) {
            row[column.field] = column.text(listed);
        }
        listing.rows.push_back(std::move(row));
    }
    return listing;
}

/// From 1, as the lists count.
Result<std::optional<std::size_t>> layerNumber(const std::string& text, std::size_t count) {
    if (text.empty()) {
        return std::optional<std::size_t>();
    }
    std::size_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || number == 0 ||
        number > count) {
        return Error(ErrorKind::InvalidArgument,
                     "there is no layer '" + text + "': the image has " + std::to_string(count))
            .withHint("'coracle image layers' lists them");
    }
    return std::optional(number - 1);
}

/// Told when it fails; the exit code.
int loadLayers(Context& context, const std::string& image, std::vector<types::LayerFiles>& layers) {
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    auto found = engine.archives().imageFiles(image, interrupt.token());
    if (!found) {
        return reportError(context.console(), found.error(), 1);
    }
    layers = *std::move(found);
    return 0;
}

}  // namespace

int cmdImageLayers(Context& context, const std::string& name, const Words& arguments) {
    std::string format;
    bool full = false;
    Words names;
    VerbParser parser(name, "[OPTIONS] IMAGE", "Show what each layer of an image adds and wastes");
    parser.flag("--no-trunc", full, "Show steps and wasted paths in full")
        .option("--format", format, "TEMPLATE", "table, json or a Go template")
        .words(names, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    std::vector<types::LayerFiles> layers;
    if (const int code = loadLayers(context, names[0], layers); code != 0) {
        return code;
    }
    const auto view = types::viewImage(layers);
    const bool table = format.empty() || format == "table";
    const int code = printListing(context.console(), layersOf(layers, view, full), table ? "" : format);
    if (code == 0 && table) {
        printWaste(context.console(), view, full);
    }
    return code;
}

int cmdImageFiles(Context& context, const std::string& name, const Words& arguments) {
    std::string format;
    std::string layer;
    bool quiet = false;
    Words names;
    VerbParser parser(name, "[OPTIONS] IMAGE [PATH]", "List the files of an image without running it");
    parser.option("--layer", layer, "NUMBER", "Only what this layer changed")
        .flag("-q,--quiet", quiet, "Print paths only")
        .option("--format", format, "TEMPLATE", "table, json or a Go template")
        .words(names, 1, 2);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    std::vector<types::LayerFiles> layers;
    if (const int code = loadLayers(context, names[0], layers); code != 0) {
        return code;
    }
    const auto number = layerNumber(layer, layers.size());
    if (!number) {
        return reportError(context.console(), number.error(), 1);
    }
    const auto files = filesOf(layers, names.size() > 1 ? listedPath(names[1]) : ".", *number);
    if (!files) {
        return reportError(context.console(), files.error(), 1);
    }
    if (format.empty() || format == "table") {
        context.console().out(
            plainText(*files, number->has_value(), quiet, context.console().outIsTerminal()));
        return 0;
    }
    return printListing(context.console(), listingOf(*files, number->has_value()), format, quiet);
}

}  // namespace coracle::cli
