// SPDX-License-Identifier: Apache-2.0
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/text/time.h"
#include "core/text/units.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::cli {
namespace {

using types::ContainerStatus;
using types::ContainerSummary;
using Clock = std::chrono::system_clock;
using Filters = std::vector<std::pair<std::string, std::string>>;

/// docker's lengths: 12 of 64 digits, 20 columns of the command.
constexpr std::size_t kShortId = 12;
constexpr std::size_t kCommandColumns = 20;

std::chrono::seconds since(types::Time time) {
    return std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - time);
}

/// docker's sentences, which scripts match ("Up ", "Exited (0)"). The time a container is up comes from a
/// clock that nobody sets; the rest from wall-clock times and may be wrong after the clock was set.
std::string statusText(const ContainerSummary& summary) {
    switch (summary.status) {
    case ContainerStatus::Running:
        if (summary.upFor) {
            return "Up " + text::humanDuration(*summary.upFor);
        }
        return summary.startedAt ? "Up " + text::humanDuration(since(*summary.startedAt)) : "Up";
    case ContainerStatus::Exited:
    case ContainerStatus::Restarting: {
        const std::string code = summary.exitCode ? std::to_string(*summary.exitCode) : "unknown";
        const std::string when =
            summary.finishedAt ? " " + text::humanDuration(since(*summary.finishedAt)) + " ago" : "";
        const bool restarting = summary.status == ContainerStatus::Restarting;
        return (restarting ? "Restarting (" : "Exited (") + code + ")" + when;
    }
    case ContainerStatus::Created:
        return "Created";
    case ContainerStatus::Starting:
        return "Starting";
    case ContainerStatus::Stopping:
        return "Stopping";
    case ContainerStatus::Paused:
        return (summary.startedAt ? "Up " + text::humanDuration(since(*summary.startedAt)) : "Up") +
               " (Paused)";
    case ContainerStatus::Unknown:
        break;
    }
    return "Unknown (damaged record)";
}

/// Ports are real while a container runs only: a stopped one has none that answer.
std::string portsText(const ContainerSummary& summary) {
    std::string text;
    for (const auto& port : summary.ports) {
        std::string ip = port.hostIp.empty() ? "0.0.0.0" : port.hostIp;
        if (ip.find(':') != std::string::npos) {
            ip.insert(0, "[").push_back(']');
        }
        text += (text.empty() ? "" : ", ") + ip + ":" + std::to_string(port.hostPort) + "->" +
                std::to_string(port.containerPort) + "/" + std::string(net::toText(port.protocol));
    }
    return summary.pid > 0 ? text : "";
}

std::string commandText(const ContainerSummary& summary) {
    std::string text;
    for (const auto& word : summary.command) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

std::string mountsText(const ContainerSummary& summary) {
    std::string text;
    for (const auto& mount : summary.mounts) {
        if (mount.kind != types::MountSpec::Kind::Tmpfs) {
            text += (text.empty() ? "" : ",") + mount.source;
        }
    }
    return text;
}

/// All texts, as docker's templates have them, also the numbers. Size is empty: docker measures it with
/// --size only.
nlohmann::json rowOf(const ContainerSummary& summary, bool full) {
    const std::string command = commandText(summary);
    const std::string age = text::humanDuration(since(summary.createdAt)) + " ago";
    return {
        {"ID", full ? summary.id : summary.id.substr(0, kShortId)},
        {"Image", summary.image},
        {"ImageID", summary.imageId},
        {"Command", "\"" + (full ? command : ellipsize(command, kCommandColumns)) + "\""},
        {"CreatedAt", text::formatLocalTime(summary.createdAt)},
        {"RunningFor", age},
        {"State", types::toText(summary.status)},
        {"Status", statusText(summary)},
        {"Ports", portsText(summary)},
        {"Names", summary.name},
        {"Labels", labelText(summary.labels)},
        {"Mounts", mountsText(summary)},
        {"Networks", summary.network},
        {"LocalVolumes", std::to_string(std::count_if(summary.mounts.begin(), summary.mounts.end(),
                                                      [](const auto& mount) {
                                                          return mount.kind == types::MountSpec::Kind::Volume;
                                                      }))},
        {"Size", ""},
    };
}

bool usesVolume(const ContainerSummary& summary, const std::string& wanted) {
    return std::any_of(summary.mounts.begin(), summary.mounts.end(),
                       [&](const auto& mount) { return mount.source == wanted || mount.target == wanted; });
}

bool publishesPort(const ContainerSummary& summary, const std::string& wanted) {
    return std::any_of(summary.ports.begin(), summary.ports.end(), [&](const auto& port) {
        const std::string host = std::to_string(port.hostPort);
        return wanted == host || wanted == host + "/" + std::string(net::toText(port.protocol));
    });
}

Result<bool> passes(const ContainerSummary& summary, const std::string& key, const std::string& value) {
    if (key == "id") {
        return summary.id.rfind(value, 0) == 0;
    }
    if (key == "name") {
        return summary.name.find(value) != std::string::npos;
    }
    if (key == "status") {
        return types::toText(summary.status) == value;
    }
    if (key == "exited") {
        return summary.status == ContainerStatus::Exited && summary.exitCode &&
               std::to_string(*summary.exitCode) == value;
    }
    if (key == "label") {
        return hasLabel(summary.labels, value);
    }
    if (key == "ancestor") {
        return summary.image == value || summary.image == value + ":latest" || summary.imageId == value ||
               summary.imageId.rfind("sha256:" + value, 0) == 0;
    }
    if (key == "volume") {
        return usesVolume(summary, value);
    }
    if (key == "network") {
        return summary.network == value;
    }
    if (key == "publish") {
        return publishesPort(summary, value);
    }
    return Error(ErrorKind::InvalidArgument, "filter '" + key + "' is not known")
        .withHint("filters are ancestor, exited, id, label, name, network, publish, status and volume");
}

/// docker: values of one key are alternatives, keys must all hold; labels must all hold.
Result<bool> passesAll(const ContainerSummary& summary, const Filters& filters) {
    std::map<std::string, bool> groups;
    for (const auto& [key, value] : filters) {
        TRY_ASSIGN(const bool passed, passes(summary, key, value));
        if (key == "label" && !passed) {
            return false;
        }
        groups[key] = groups[key] || passed;
    }
    return std::all_of(groups.begin(), groups.end(), [](const auto& group) { return group.second; });
}

struct PsOptions {
    bool all = false;
    bool quiet = false;
    bool latest = false;
    bool full = false;
    std::optional<std::int64_t> last;
    std::string format;
    Words filters;
    Words none;
};

/// Filters on the status look at all containers, as docker's do: `ps -f status=exited` would be empty
/// otherwise. `live` counts those without a process that will have one in a moment. The engine's list is
/// newest first.
Result<std::vector<ContainerSummary>> select(engine::Engine& engine, const PsOptions& options) {
    TRY_ASSIGN(const auto filters, parseFilters(options.filters));
    TRY_ASSIGN(const auto everything, engine.containers().list());
    const bool byStatus = std::any_of(filters.begin(), filters.end(), [](const auto& filter) {
        return filter.first == "status" || filter.first == "exited";
    });
    const bool all = options.all || options.latest || options.last || byStatus;
    std::vector<ContainerSummary> chosen;
    for (const auto& summary : everything) {
        const bool live = summary.pid > 0 || summary.status == ContainerStatus::Starting ||
                          summary.status == ContainerStatus::Restarting;
        TRY_ASSIGN(const bool passed, passesAll(summary, filters));
        if (passed && (all || live)) {
            chosen.push_back(summary);
        }
    }
    const auto limit = options.latest ? std::optional<std::int64_t>(1) : options.last;
    if (limit && *limit >= 0 && chosen.size() > static_cast<std::size_t>(*limit)) {
        chosen.resize(static_cast<std::size_t>(*limit));
    }
    return chosen;
}

}  // namespace

int cmdPs(Context& context, const std::string& name, const Words& arguments) {
    PsOptions options;
    VerbParser parser(name, "[OPTIONS]", "List containers");
    parser.flag("-a,--all", options.all, "Show all, not only those that run")
        .option("-f,--filter", options.filters, "KEY=VALUE", "Show only those that fit")
        .option("--format", options.format, "TEMPLATE", "table, json or a Go template")
        .option("-n,--last", options.last, "NUMBER", "Show the newest, running or not")
        .flag("-l,--latest", options.latest, "Show the newest one, running or not")
        .flag("--no-trunc", options.full, "Do not shorten anything")
        .flag("-q,--quiet", options.quiet, "Print ids only")
        .words(options.none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto chosen = select(engine, options);
    if (!chosen) {
        return reportError(context.console(), chosen.error(), 1);
    }
    if (options.quiet) {
        for (const auto& summary : *chosen) {
            context.console().out((options.full ? summary.id : summary.id.substr(0, kShortId)) + "\n");
        }
        return 0;
    }
    Listing listing;
    listing.columns = {{"ID", "CONTAINER ID"},    {"Image", "IMAGE"},   {"Command", "COMMAND"},
                       {"RunningFor", "CREATED"}, {"Status", "STATUS"}, {"Ports", "PORTS"},
                       {"Names", "NAMES"}};
    listing.moreHeadings = {{"CreatedAt", "CREATED AT"},
                            {"State", "STATE"},
                            {"Labels", "LABELS"},
                            {"Mounts", "MOUNTS"},
                            {"Networks", "NETWORKS"},
                            {"Size", "SIZE"},
                            {"LocalVolumes", "LOCAL VOLUMES"}};
    for (const auto& summary : *chosen) {
        listing.rows.push_back(rowOf(summary, options.full));
    }
    const auto text = renderListing(listing, options.format);
    if (!text) {
        return reportError(context.console(), text.error(), 1);
    }
    context.console().out(*text);
    return 0;
}

}  // namespace coracle::cli
