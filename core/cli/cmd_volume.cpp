// SPDX-License-Identifier: Apache-2.0
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::cli {
namespace {

Result<bool> passes(const types::VolumeSummary& volume, const std::string& key, const std::string& value) {
    if (key == "name") {
        return volume.name.find(value) != std::string::npos;
    }
    if (key == "label") {
        return hasLabel(volume.labels, value);
    }
    if (key == "dangling") {
        return volume.usedBy.empty() == (value == "true" || value == "1");
    }
    if (key == "driver") {
        return value == "local";
    }
    return Error(ErrorKind::InvalidArgument, "filter '" + key + "' is not known")
        .withHint("filters are dangling, driver, label and name");
}

/// All filters have to hold.
Result<std::vector<types::VolumeSummary>> select(engine::Engine& engine, const Words& words) {
    TRY_ASSIGN(const auto filters, parseFilters(words));
    TRY_ASSIGN(const auto volumes, engine.volumes().list());
    std::vector<types::VolumeSummary> chosen;
    for (const auto& volume : volumes) {
        bool kept = true;
        for (const auto& [key, value] : filters) {
            TRY_ASSIGN(const bool passed, passes(volume, key, value));
            kept = kept && passed;
        }
        if (kept) {
            chosen.push_back(volume);
        }
    }
    return chosen;
}

}  // namespace

int cmdVolumeCreate(Context& context, const std::string& name, const Words& arguments) {
    engine::VolumeOptions options;
    std::string driver = "local";
    Words labels;
    Words driverOptions;
    Words names;
    VerbParser parser(name, "[OPTIONS] [VOLUME]", "Create a volume");
    parser.option("-d,--driver", driver, "DRIVER", "Only 'local'")
        .option("--label", labels, "NAME[=VALUE]", "Set a label")
        .option("--name", options.name, "NAME", "The same as the argument")
        .option("-o,--opt", driverOptions, "KEY=VALUE", "Driver options; there are none")
        .words(names, 0, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (driver != "local" || !driverOptions.empty()) {
        const std::string what =
            driver != "local" ? "volume driver '" + driver + "'" : "options of a volume driver";
        return reportError(context.console(), Error(ErrorKind::Unsupported, what + ": not available"), 1);
    }
    for (const auto& label : labels) {
        auto [key, value] = splitAssignment(label);
        options.labels[key] = value;
    }
    if (!names.empty()) {
        options.name = names[0];
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto created = engine.volumes().create(options);
    // docker: creating a volume that is there is success.
    const bool there = !created && created.error().kind() == ErrorKind::AlreadyExists;
    if (!created && !there) {
        return reportError(context.console(), created.error());
    }
    context.console().out((there ? options.name : created->name) + "\n");
    return 0;
}

int cmdVolumeLs(Context& context, const std::string& name, const Words& arguments) {
    bool quiet = false;
    std::string format;
    Words filters;
    Words none;
    VerbParser parser(name, "[OPTIONS]", "List volumes");
    parser.option("-f,--filter", filters, "KEY=VALUE", "Show only those that fit")
        .option("--format", format, "TEMPLATE", "table, json or a Go template")
        .flag("-q,--quiet", quiet, "Print names only")
        .words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto volumes = select(engine, filters);
    if (!volumes) {
        return reportError(context.console(), volumes.error(), 1);
    }
    Listing listing;
    listing.columns = {{"Driver", "DRIVER"}, {"Name", "VOLUME NAME"}};
    listing.moreHeadings = {{"Mountpoint", "MOUNTPOINT"}, {"Labels", "LABELS"}, {"Scope", "SCOPE"}};
    for (const auto& volume : *volumes) {
        if (quiet) {
            context.console().out(volume.name + "\n");
        }
        listing.rows.push_back({{"Driver", "local"},
                                {"Name", volume.name},
                                {"Mountpoint", volume.mountpoint},
                                {"Labels", labelText(volume.labels)},
                                {"Scope", "local"},
                                {"Links", std::to_string(volume.usedBy.size())},
                                {"Size", "N/A"}});
    }
    if (quiet) {
        return 0;
    }
    const auto text = renderListing(listing, format);
    if (!text) {
        return reportError(context.console(), text.error(), 1);
    }
    context.console().out(*text);
    return 0;
}

/// A volume that a container uses is refused also with --force.
int cmdVolumeRm(Context& context, const std::string& name, const Words& arguments) {
    bool force = false;
    Words names;
    VerbParser parser(name, "[OPTIONS] VOLUME [VOLUME...]", "Remove one or more volumes");
    parser.flag("-f,--force", force, "A missing one is no error").words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    return forEach(context, names, [&](const std::string& volume) {
        return engine.volumes().remove(volume, force ? engine::Force::Yes : engine::Force::No);
    });
}

}  // namespace coracle::cli
