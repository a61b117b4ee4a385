// SPDX-License-Identifier: Apache-2.0
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/trash.h"
#include "core/text/escape.h"
#include "core/text/moment.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>

namespace coracle::cli {
namespace {

constexpr std::array<std::string_view, 9> kKeys = {"anonymous", "dangling", "driver", "label", "label!",
                                                   "name",      "opt",      "scope",  "until"};

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
    if (key == "driver" || key == "scope") {
        return value == "local";
    }
    if (key == "label!") {
        return !hasLabel(volume.labels, value);
    }
    if (key == "opt") {
        return hasLabel(volume.options, value);
    }
    if (key == "anonymous") {
        TRY_ASSIGN(const bool anonymous, filterBool(key, value));
        return volume.anonymous == anonymous;
    }
    if (key == "until") {
        TRY_ASSIGN(const auto moment, text::parseMoment(value, std::chrono::system_clock::now()));
        return volume.createdAt < moment;
    }
    return unknownFilter(key, kKeys);
}

/// docker: labels must all hold, values of another key are alternatives. What docker has not is podman's.
Result<bool> passesAll(const types::VolumeSummary& volume,
                       const std::vector<std::pair<std::string, std::string>>& filters) {
    std::map<std::string, bool> groups;
    for (const auto& [key, value] : filters) {
        TRY_ASSIGN(const bool passed, passes(volume, key, value));
        if ((key == "label" || key == "label!") && !passed) {
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

std::string optionText(const std::map<std::string, std::string>& options) {
    return options.empty() ? "no options" : "the options " + labelText(options);
}

/// docker: creating a volume that is there is success. It stays what it is, so another file system is an
/// error, and labels that it does not have are said not to be set.
int reportThere(Console& console, const types::VolumeSummary& there, const engine::VolumeOptions& wanted) {
    if (there.options != wanted.driverOptions) {
        return reportError(
            console,
            Error(ErrorKind::AlreadyExists, "volume '" + there.name + "' exists with " +
                                                optionText(there.options) + ", not with " +
                                                optionText(wanted.driverOptions))
                .withHint("choose another name, or remove it first: coracle volume rm " + there.name),
            1);
    }
    const bool same = std::all_of(wanted.labels.begin(), wanted.labels.end(), [&](const auto& label) {
        const auto found = there.labels.find(label.first);
        return found != there.labels.end() && found->second == label.second;
    });
    if (!same) {
        console.err("coracle: warning: volume '" + text::escapeForTerminal(there.name) +
                    "' exists, and keeps its labels\n");
    }
    console.out(there.name + "\n");
    return 0;
}

}  // namespace

int cmdVolumeCreate(Context& context, const std::string& name, const Words& arguments) {
    engine::VolumeOptions options;
    std::string driver = "local";
    Words labels;
    Words driverOptions;
    Words names;
    VerbParser parser(name, "[OPTIONS] [VOLUME]", "Create a volume");
    bool ignore = false;
    parser.option("-d,--driver", driver, "DRIVER", "Only 'local'")
        .flag("--ignore", ignore, "A volume of that name is no error, whatever it is")
        .option("-l,--label", labels, "NAME[=VALUE]", "Set a label")
        .option("--name", options.name, "NAME", "The same as the argument")
        .option("-o,--opt", driverOptions, "KEY=VALUE",
                "type=bind and device=FOLDER for a folder of this computer, type=tmpfs for memory; o=OPTIONS")
        .words(names, 0, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (driver != "local") {
        return reportError(
            context.console(),
            Error(ErrorKind::Unsupported, "volume driver '" + driver + "' is not available; there is 'local'")
                .withHint("what is mounted on this computer becomes a volume with -o type=bind -o "
                          "device=FOLDER"),
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
    if (!created && created.error().kind() == ErrorKind::AlreadyExists) {
        const auto there = engine.volumes().inspect(options.name);
        if (there && !ignore) {
            return reportThere(context.console(), *there, options);
        }
        if (there) {
            context.console().out(there->name + "\n");
            return 0;
        }
    }
    if (!created) {
        return reportError(context.console(), created.error(), 1);
    }
    context.console().out(created->name + "\n");
    return 0;
}

int cmdVolumeLs(Context& context, const std::string& name, const Words& arguments) {
    bool quiet = false;
    bool noHeading = false;
    std::string format;
    Words filters;
    Words none;
    VerbParser parser(name, "[OPTIONS]", "List volumes");
    parser.option("-f,--filter", filters, "filter", "Provide filter values (e.g. \"dangling=true\")")
        .option("--format", format, "string", kFormatHelp)
        .flag("-q,--quiet", quiet, "Only display volume names")
        .flag("-n,--noheading", noHeading, "Print no headings")
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
    listing.withoutHeading = noHeading;
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
    bool all = false;
    Words names;
    VerbParser parser(name, "[OPTIONS] VOLUME [VOLUME...]", "Remove one or more volumes");
    parser.flag("-f,--force", force, "A missing one is no error")
        .flag("-a,--all", all, "Every volume that there is")
        .words(names, 0, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto chosen = chosenVolumes(engine, name, names, all);
    if (!chosen) {
        return reportError(context.console(), chosen.error(), 1);
    }
    const std::string batch = engine::newRemovalBatch();
    return forEach(context, *chosen, [&](const std::string& volume) {
        return engine.volumes().remove(volume, {force ? engine::Force::Yes : engine::Force::No, batch});
    });
}

}  // namespace coracle::cli
