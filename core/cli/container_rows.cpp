// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_rows.h"

#include "core/cli/verb_helpers.h"
#include "core/text/escape.h"
#include "core/text/time.h"
#include "core/text/units.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <tuple>

namespace coracle::cli {
namespace {

using types::ContainerStatus;
using types::ContainerSummary;

constexpr std::size_t kShortId = 12;
constexpr std::size_t kCommandColumns = 20;
constexpr std::size_t kMountColumns = 15;

std::chrono::seconds since(types::Time time) {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now() - time);
}

std::string upText(const ContainerSummary& summary) {
    if (summary.upFor) {
        return "Up " + text::humanDuration(*summary.upFor);
    }
    return summary.startedAt ? "Up " + text::humanDuration(since(*summary.startedAt)) : "Up";
}

/// strconv.Quote's: what a double quote and a backslash need.
std::string inQuotes(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        result += c == '"' || c == '\\' ? "\\" : "";
        result += c == '\n' ? "\\n" : c == '\t' ? "\\t" : std::string(1, c);
    }
    return result + "\"";
}

std::string joined(const std::vector<std::string>& words, const char* between) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : between) + word;
    }
    return text;
}

std::string mountsText(const ContainerSummary& summary, bool full) {
    std::vector<std::string> names;
    for (const auto& mount : summary.mounts) {
        if (mount.kind != types::MountSpec::Kind::Tmpfs) {
            names.push_back(full ? mount.source : ellipsize(mount.source, kMountColumns));
        }
    }
    return joined(names, ",");
}

std::string sizeText(const std::optional<types::ContainerSize>& size) {
    if (!size) {
        return "0B";
    }
    const std::string own = text::humanSize(size->changedBytes);
    return size->imageBytes == 0
               ? own
               : own + " (virtual " + text::humanSize(size->changedBytes + size->imageBytes) + ")";
}

/// A port as docker sorts and groups it.
struct ShownPort {
    std::uint16_t inside = 0;
    std::string address;  ///< empty: only exposed
    std::uint16_t outside = 0;
    std::string protocol;
    auto operator<=>(const ShownPort&) const = default;
};

/// An address before a port, as Go's net.JoinHostPort writes it.
std::string bracketed(const std::string& address) {
    return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

struct PortGroup {
    std::string address;
    std::string protocol;
    std::uint16_t first = 0;
    std::uint16_t last = 0;

    std::string text() const {
        std::string range = std::to_string(first);
        if (first != last) {
            range += "-" + std::to_string(last);
        }
        return (address.empty() ? range : bracketed(address) + ":" + range + "->" + range) + "/" + protocol;
    }
};

std::vector<ShownPort> shownPorts(const ContainerSummary& summary) {
    std::vector<ShownPort> ports;
    for (const auto& port : summary.ports) {
        ports.push_back({port.containerPort, port.hostIp.empty() ? "0.0.0.0" : port.hostIp, port.hostPort,
                         std::string(net::toText(port.protocol))});
    }
    for (const auto exposed : summary.exposedPorts) {
        const bool published = std::any_of(ports.begin(), ports.end(), [&](const ShownPort& port) {
            return port.inside == exposed && port.protocol == "tcp" && !port.address.empty();
        });
        if (!published) {
            ports.push_back({exposed, "", 0, "tcp"});
        }
    }
    std::sort(ports.begin(), ports.end());
    return ports;
}

/// What a row is made of.
struct Shown {
    const ContainerSummary& summary;
    bool full = false;
    const std::optional<types::ContainerSize>& size;
};

struct Column {
    const char* field;
    const char* heading;
    std::string (*text)(const Shown&);
};

/// docker's table, in its order. Each cell is made only when it is shown: a list of a thousand containers
/// spends more on its rows than on reading the database.
constexpr std::array<Column, 8> kColumns = {{
    {"ID", "CONTAINER ID", [](const Shown& row) { return shownId(row.summary, row.full); }},
    {"Image", "IMAGE", [](const Shown& row) { return row.summary.image; }},
    {"Command", "COMMAND",
     [](const Shown& row) {
         const std::string command = joined(row.summary.command, " ");
         return inQuotes(row.full ? command : ellipsize(command, kCommandColumns));
     }},
    {"RunningFor", "CREATED",
     [](const Shown& row) { return text::humanDuration(since(row.summary.createdAt)) + " ago"; }},
    {"Status", "STATUS", [](const Shown& row) { return statusText(row.summary); }},
    {"Ports", "PORTS", [](const Shown& row) { return portsText(row.summary); }},
    {"Names", "NAMES", [](const Shown& row) { return row.summary.name; }},
    {"Size", "SIZE", [](const Shown& row) { return sizeText(row.size); }},
}};

/// The last one is shown when it is asked for.
std::size_t shownColumns(bool withSize) {
    return kColumns.size() - (withSize ? 0 : 1);
}

}  // namespace

std::string shownId(const ContainerSummary& summary, bool full) {
    return full ? summary.id : summary.id.substr(0, kShortId);
}

std::string statusText(const ContainerSummary& summary) {
    switch (summary.status) {
    case ContainerStatus::Running:
        return upText(summary) + (summary.health.empty()         ? ""
                                  : summary.health == "starting" ? " (health: starting)"
                                                                 : " (" + summary.health + ")");
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
        return upText(summary) + " (Paused)";
    case ContainerStatus::Unknown:
        break;
    }
    return "Unknown (damaged record)";
}

std::string portsText(const ContainerSummary& summary) {
    if (summary.pid <= 0) {
        return "";
    }
    std::vector<PortGroup> open;  // by address and protocol, in the order in which they were met
    std::vector<std::string> done;
    std::vector<std::string> mapped;
    for (const auto& port : shownPorts(summary)) {
        if (!port.address.empty() && port.outside != port.inside) {
            mapped.push_back(bracketed(port.address) + ":" + std::to_string(port.outside) + "->" +
                             std::to_string(port.inside) + "/" + port.protocol);
            continue;
        }
        const auto group = std::find_if(open.begin(), open.end(), [&](const PortGroup& other) {
            return other.address == port.address && other.protocol == port.protocol;
        });
        if (group == open.end()) {
            open.push_back({port.address, port.protocol, port.inside, port.inside});
        } else if (port.inside == group->last + 1) {
            group->last = port.inside;
        } else {
            done.push_back(group->text());
            group->first = group->last = port.inside;
        }
    }
    for (const auto& group : open) {
        done.push_back(group.text());
    }
    done.insert(done.end(), mapped.begin(), mapped.end());
    return joined(done, ", ");
}

Listing containerListing(bool withSize) {
    Listing listing;
    listing.typeName = "*formatter.ContainerContext";
    listing.parseFault = "failed to parse template: ";
    listing.renderFault = "failed to execute template: ";
    for (std::size_t i = 0; i < shownColumns(withSize); ++i) {
        listing.columns.emplace_back(kColumns[i].field, kColumns[i].heading);
    }
    listing.moreHeadings = {{"CreatedAt", "CREATED AT"}, {"State", "STATE"},
                            {"Labels", "LABELS"},        {"Mounts", "MOUNTS"},
                            {"Networks", "NETWORKS"},    {"Size", "SIZE"},
                            {"Platform", "PLATFORM"},    {"LocalVolumes", "LOCAL VOLUMES"}};
    listing.raw =
        "container_id: {{.ID}}\nimage: {{.Image}}\ncommand: {{.Command}}\ncreated_at: {{.CreatedAt}}\n"
        "state: {{- pad .State 1 0}}\nstatus: {{- pad .Status 1 0}}\nnames: {{.Names}}\n"
        "labels: {{- pad .Labels 1 0}}\nports: {{- pad .Ports 1 0}}\n";
    if (withSize) {
        listing.raw += "size: {{.Size}}\n";
    }
    return listing;
}

void addContainerRow(Listing& listing, const ContainerSummary& summary, bool full,
                     const std::optional<types::ContainerSize>& size) {
    const auto volumes = std::count_if(summary.mounts.begin(), summary.mounts.end(), [](const auto& mount) {
        return mount.kind == types::MountSpec::Kind::Volume;
    });
    nlohmann::json row{
        {"CreatedAt", text::formatLocalTime(summary.createdAt)},
        {"State", types::toText(summary.status)},
        {"Labels", labelText(summary.labels)},
        {"Mounts", mountsText(summary, full)},
        {"Networks", summary.network},
        {"LocalVolumes", std::to_string(volumes)},
        {"Platform", nullptr},
    };
    for (const Column& column : kColumns) {
        row[column.field] = column.text({summary, full, size});
    }
    listing.labels.push_back(summary.labels);
    listing.rows.push_back(std::move(row));
}

ContainerTable::ContainerTable(const TableStyle& style) : m_style(style) {
    std::vector<std::string> headings;
    for (std::size_t i = 0; i < shownColumns(style.withSize); ++i) {
        headings.emplace_back(kColumns[i].heading);
    }
    m_rows.push_back(std::move(headings));
}

void ContainerTable::add(const ContainerSummary& summary, const std::optional<types::ContainerSize>& size) {
    std::vector<std::string> cells;
    cells.reserve(m_rows.front().size());
    for (std::size_t i = 0; i < m_rows.front().size(); ++i) {
        std::string text = kColumns[i].text({summary, m_style.full, size});
        cells.push_back(m_style.terminal ? text::escapeForTerminal(text) : std::move(text));
    }
    m_rows.push_back(std::move(cells));
}

std::string ContainerTable::text() const {
    std::string table = alignColumns(m_rows);
    return m_style.noHeading ? table.substr(table.find('\n') + 1) : table;
}

}  // namespace coracle::cli
