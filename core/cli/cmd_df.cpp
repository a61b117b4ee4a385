// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_rows.h"
#include "core/cli/interrupt.h"
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/upkeep.h"
#include "core/text/escape.h"
#include "core/text/units.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::cli {
namespace {

constexpr std::size_t kShortId = 12;
constexpr std::uint64_t kHundred = 100;

using Rows = std::vector<std::vector<std::string>>;

std::string reclaimable(const types::UsageRow& row) {
    const std::string size = text::humanSize(row.reclaimable);
    return row.bytes == 0 ? size
                          : size + " (" + std::to_string(row.reclaimable * kHundred / row.bytes) + "%)";
}

nlohmann::json rowOf(const char* type, const types::UsageRow& row) {
    return {{"Type", type},
            {"TotalCount", std::to_string(row.total)},
            {"Active", std::to_string(row.active)},
            {"Size", text::humanSize(row.bytes)},
            {"Reclaimable", reclaimable(row)},
            {"Bytes", std::to_string(row.bytes)}};
}

/// docker's rows, and two of ours, with which the sum is what the store takes.
Listing summary(const types::DiskUsage& usage) {
    Listing listing;
    listing.typeName = "*formatter.diskUsageContext";
    listing.columns = {{"Type", "TYPE"},
                       {"TotalCount", "TOTAL"},
                       {"Active", "ACTIVE"},
                       {"Size", "SIZE"},
                       {"Reclaimable", "RECLAIMABLE"}};
    listing.moreHeadings = {{"Bytes", "BYTES"}};
    listing.rows = {rowOf("Images", usage.images),         rowOf("Containers", usage.containers),
                    rowOf("Local Volumes", usage.volumes), rowOf("Build Cache", {}),
                    rowOf("Trash", usage.trash),           rowOf("Other", usage.other)};
    return listing;
}

std::string shortId(const std::string& id) {
    const std::size_t colon = id.find(':');
    return (colon == std::string::npos ? id : id.substr(colon + 1)).substr(0, kShortId);
}

std::string ago(std::chrono::system_clock::time_point moment) {
    return text::humanAgo(moment, std::chrono::system_clock::now());
}

Rows imageTable(const types::DiskUsage& usage) {
    Rows rows{
        {"REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE", "SHARED SIZE", "UNIQUE SIZE", "CONTAINERS"}};
    for (const auto& image : usage.imageList) {
        const std::string name = image.references.empty() ? "" : image.references.front();
        const std::size_t colon = name.rfind(':');
        const auto unique = image.sizeBytes - std::min(image.sharedBytes, image.sizeBytes);
        rows.push_back({name.empty() ? "<none>" : name.substr(0, colon),
                        name.empty() || colon == std::string::npos ? "<none>" : name.substr(colon + 1),
                        shortId(image.id), ago(image.createdAt), text::humanSize(image.sizeBytes),
                        text::humanSize(image.sharedBytes), text::humanSize(unique),
                        std::to_string(image.usedBy.size())});
    }
    return rows;
}

Rows containerTable(const types::DiskUsage& usage) {
    Rows rows{{"CONTAINER ID", "IMAGE", "COMMAND", "LOCAL VOLUMES", "SIZE", "CREATED", "STATUS", "NAMES"}};
    for (const auto& [container, bytes] : usage.containerList) {
        std::string command;
        for (const auto& word : container.command) {
            command += (command.empty() ? "" : " ") + word;
        }
        const auto volumes =
            std::count_if(container.mounts.begin(), container.mounts.end(),
                          [](const auto& mount) { return mount.kind == types::MountSpec::Kind::Volume; });
        rows.push_back({shortId(container.id), container.image, "\"" + ellipsize(command, 18) + "\"",
                        std::to_string(volumes), text::humanSize(bytes), ago(container.createdAt),
                        statusText(container), container.name});
    }
    return rows;
}

Rows volumeTable(const types::DiskUsage& usage) {
    Rows rows{{"VOLUME NAME", "LINKS", "SIZE"}};
    for (const auto& volume : usage.volumeList) {
        rows.push_back({volume.name, std::to_string(volume.usedBy.size()),
                        text::humanSize(volume.sizeBytes.value_or(0))});
    }
    return rows;
}

Rows trashTable(const types::DiskUsage& usage) {
    Rows rows{{"NUMBER", "KIND", "NAME", "REMOVED", "SIZE"}};
    for (const auto& removal : usage.removals) {
        rows.push_back({std::to_string(removal.number), types::toText(removal.kind),
                        removal.name.empty() ? "<none>" : removal.name, ago(removal.removedAt),
                        text::humanSize(removal.bytes)});
    }
    return rows;
}

void printTable(Console& console, const std::string& title, Rows rows) {
    for (auto& row : rows) {
        for (auto& cell : row) {
            cell = console.outIsTerminal() ? text::escapeForTerminal(cell) : cell;
        }
    }
    console.out(title + "\n\n" + alignColumns(rows) + "\n");
}

void printDetails(Console& console, const types::DiskUsage& usage) {
    printTable(console, "Images space usage:", imageTable(usage));
    printTable(console, "Containers space usage:", containerTable(usage));
    printTable(console, "Local Volumes space usage:", volumeTable(usage));
    console.out("Build cache usage: 0B\n\n");
    printTable(console, "Trash space usage: " + text::humanSize(usage.trash.bytes), trashTable(usage));
    console.out("Other, records of the store and what waits to be deleted: " +
                text::humanSize(usage.other.bytes) + "\n");
}

}  // namespace

int cmdSystemDf(Context& context, const std::string& name, const Words& arguments) {
    bool verbose = false;
    std::string format;
    Words none;
    VerbParser parser(name, "[OPTIONS]", "Show disk usage");
    parser.option("--format", format, "string", kFormatHelp)
        .flag("-v,--verbose", verbose, "Show detailed information on space usage")
        .words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    const auto usage = engine.upkeep().diskUsage(interrupt.token());
    if (!usage) {
        return reportError(context.console(), usage.error());
    }
    if (verbose && format.empty()) {
        printDetails(context.console(), *usage);
        return 0;
    }
    return printListing(context.console(), summary(*usage), format);
}

}  // namespace coracle::cli
