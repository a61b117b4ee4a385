// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/text/escape.h"
#include "core/text/units.h"
#include "core/types/image_view.h"

#include <nlohmann/json.hpp>

#include <algorithm>
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

nlohmann::json rowOf(const types::ImageFile& file, std::size_t layer, const std::string& change) {
    const bool link = !file.link.empty();
    const char* const arrow = file.kind == types::ImageFileKind::Hardlink ? " link to /" : " -> ";
    return {{"Change", change},
            {"Mode", change == "D" ? "" : types::modeText(file)},
            {"Owner", change == "D" ? "" : std::to_string(file.uid) + ":" + std::to_string(file.gid)},
            {"Size", change == "D" ? "" : text::humanSize(file.size)},
            {"Bytes", std::to_string(file.size)},
            {"Layer", std::to_string(layer + 1)},
            {"Name", "/" + file.path},
            {"Link", file.link},
            {"Path", "/" + file.path + (link ? arrow + file.link : "")}};
}

/// What a container sees, or what one layer changed.
Result<Listing> filesOf(const std::vector<types::LayerFiles>& layers, const std::string& folder,
                        std::optional<std::size_t> layer) {
    Listing listing;
    listing.moreHeadings = {{"Name", "NAME"}, {"Link", "LINK"}, {"Bytes", "BYTES"}, {"Change", "CHANGE"}};
    listing.quiet = "{{.Name}}";
    listing.columns = {
        {"Mode", "MODE"}, {"Owner", "OWNER"}, {"Size", "SIZE"}, {"Layer", "LAYER"}, {"Path", "PATH"}};
    if (layer) {
        listing.columns.insert(listing.columns.begin(), {"Change", "CHANGE"});
        const auto view = types::viewImage(layers);
        for (const auto& change : view.layers[*layer].changes) {
            const auto& file = layers[*layer].files[change.file];
            if (isBelow(file.path, folder)) {
                listing.rows.push_back(rowOf(file, *layer, std::string(1, change.letter)));
            }
        }
        return listing;
    }
    bool found = folder == ".";
    for (const auto& seen : types::seenFiles(layers, layers.size())) {
        if (isBelow(seen.file->path, folder)) {
            found = true;
            listing.rows.push_back(rowOf(*seen.file, seen.layer, ""));
        }
    }
    if (!found) {
        return Error(ErrorKind::NotFound, "the image has no '/" + folder + "'");
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
    const auto listing = filesOf(layers, names.size() > 1 ? listedPath(names[1]) : ".", *number);
    if (!listing) {
        return reportError(context.console(), listing.error(), 1);
    }
    return printListing(context.console(), *listing, format == "table" ? "" : format, quiet);
}

}  // namespace coracle::cli
