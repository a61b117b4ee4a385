// SPDX-License-Identifier: Apache-2.0
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/trash.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace coracle::cli {
namespace {

constexpr std::array<std::string_view, 4> kKeys = {"dangling", "driver", "label", "name"};

Result<bool> passes(const types::VolumeSummary& volume, const std::string& key, const std::string& value) {
    if (key == "name") {
        return Pattern(value).matches(volume.name);
    }
    if (key == "label") {
        return hasLabel(volume.labels, value);
    }
    if (key == "dangling") {
        TRY_ASSIGN(const bool dangling, filterBool(key, value));
        return volume.usedBy.empty() == dangling;
    }
    if (key == "driver") {
        return Pattern(value).matches("local");
    }
    return unknownFilter(key, kKeys);
}

/// docker: labels must all hold, values of another key are alternatives.
Result<bool> passesAll(const types::VolumeSummary& volume,
                       const std::vector<std::pair<std::string, std::string>>& filters) {
    std::map<std::string, bool> groups;
    for (const auto& [key, value] : filters) {
        TRY_ASSIGN(const bool passed, passes(volume, key, value));
        if (key == "label" && !passed) {
            return false;
        }
        groups[key] = groups[key] || passed;
    }
    return std::all_of(groups.begin(), groups.end(), [](const auto& group) { return group.second; });
}

/// By name, as docker lists them.
Result<std::vector<types::VolumeSummary>> select(engine::Engine& engine, const Words& words) {
    TRY_ASSIGN(const auto filters, parseFilters(words));
    TRY(passesAll({}, filters));
    TRY_ASSIGN(const auto volumes, engine.volumes().list());
    std::vector<types::VolumeSummary> chosen;
    for (const auto& volume : volumes) {
        TRY_ASSIGN(const bool passed, passesAll(volume, filters));
        if (passed) {
            chosen.push_back(volume);
        }
    }
    std::sort(chosen.begin(), chosen.end(),
              [](const auto& left, const auto& right) { return left.name < right.name; });
    return chosen;
}

Listing volumeListing() {
    Listing listing;
    listing.typeName = "*formatter.volumeContext";
    listing.columns = {{"Driver", "DRIVER"}, {"Name", "VOLUME NAME"}};
    listing.moreHeadings = {{"Mountpoint", "MOUNTPOINT"},
                            {"Labels", "LABELS"},
                            {"Scope", "SCOPE"},
                            {"Links", "LINKS"},
                            {"Size", "SIZE"},
                            {"Group", "GROUP"},
                            {"Status", "STATUS"},
                            {"Availability", "AVAILABILITY"}};
    listing.quiet = "{{.Name}}";
    listing.raw = "name: {{.Name}}\ndriver: {{.Driver}}\n";
    return listing;
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
        .option("-o,--opt", driverOptions, "KEY=VALUE",
                "type=bind and device=FOLDER for a folder of this computer, type=tmpfs for memory; o=OPTIONS")
        .words(names, 0, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (driver != "local") {
        return reportError(context.console(),
                           Error(ErrorKind::Unsupported,
                                 "volume driver '" + driver + "' is not available; there is 'local'"),
                           1);
    }
    for (const auto& option : driverOptions) {
        auto [key, value] = splitAssignment(option);
        options.driverOptions[key] = value;
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
    parser.option("-f,--filter", filters, "filter", "Provide filter values (e.g. \"dangling=true\")")
        .option("--format", format, "string", kFormatHelp)
        .flag("-q,--quiet", quiet, "Only display volume names")
        .words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto volumes = select(engine, filters);
    if (!volumes) {
        return reportError(context.console(), volumes.error(), 1);
    }
    Listing listing = volumeListing();
    for (const auto& volume : *volumes) {
        listing.labels.push_back(volume.labels);
        listing.rows.push_back({{"Driver", "local"},
                                {"Name", volume.name},
                                {"Mountpoint", volume.mountpoint},
                                {"Labels", labelText(volume.labels)},
                                {"Scope", "local"},
                                {"Links", "N/A"},
                                {"Group", "N/A"},
                                {"Availability", "N/A"},
                                {"Status", "N/A"},
                                {"Size", "N/A"}});
    }
    if (quiet && format == "raw") {
        format = "name: {{.Name}}";
    }
    return printListing(context.console(), listing, format, quiet);
}

int cmdVolumeRm(Context& context, const std::string& name, const Words& arguments) {
    bool force = false;
    Words names;
    VerbParser parser(name, "[OPTIONS] VOLUME [VOLUME...]", "Remove one or more volumes");
    parser.flag("-f,--force", force, "A missing one is no error").words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const std::string batch = engine::newRemovalBatch();
    return forEach(context, names, [&](const std::string& volume) {
        return engine.volumes().remove(volume, {force ? engine::Force::Yes : engine::Force::No, batch});
    });
}

}  // namespace coracle::cli
