// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_rows.h"
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>

namespace coracle::cli {
namespace {

using types::ContainerStatus;
using types::ContainerSummary;

struct PsOptions {
    bool all = false;
    bool quiet = false;
    bool latest = false;
    bool full = false;
    bool size = false;
    bool noHeading = false;
    std::string sort;
    std::optional<std::int64_t> last;
    std::string format;
    Words filters;
    Words none;
};

/// podman's words. Those that are equal stay in the order of their age.
Result<> sortBy(const std::string& field, std::vector<ContainerSummary>& containers) {
    if (field.empty() || field == "created" || field == "runningfor") {
        return {};  // the list is
    }
    std::function<std::string(const ContainerSummary&)> key;
    if (field == "command") {
        key = [](const auto& summary) {
            return summary.command.empty() ? std::string() : summary.command.front();
        };
    } else if (field == "id") {
        key = [](const auto& summary) { return summary.id; };
    } else if (field == "image") {
        key = [](const auto& summary) { return summary.image; };
    } else if (field == "names") {
        key = [](const auto& summary) { return summary.name; };
    } else if (field == "status") {
        key = [](const auto& summary) { return std::string(types::toText(summary.status)); };
    } else {
        return Error(ErrorKind::InvalidArgument, "cannot sort by '" + field + "'")
            .withHint("fields are created, command, id, image, names, runningfor and status");
    }
    std::stable_sort(containers.begin(), containers.end(),
                     [&](const auto& left, const auto& right) { return key(left) < key(right); });
    return {};
}

Result<std::vector<ContainerSummary>> select(engine::Engine& engine, const PsOptions& options) {
    TRY_ASSIGN(const auto filters, parseFilters(options.filters));
    TRY_ASSIGN(auto everything, engine.containers().list());
    TRY_ASSIGN(auto chosen, filterContainers(std::move(everything), filters));
    const auto limit = options.latest ? std::optional<std::int64_t>(1) : options.last;
    const bool all = options.all || (limit && *limit >= 0) || asksForAll(filters);
    std::erase_if(chosen, [all](const ContainerSummary& summary) {
        const bool live = summary.pid > 0 || summary.status == ContainerStatus::Starting ||
                          summary.status == ContainerStatus::Restarting;
        return !all && !live;
    });
    TRY(sortBy(options.sort, chosen));
    if (limit && *limit >= 0 && chosen.size() > static_cast<std::size_t>(*limit)) {
        chosen.resize(static_cast<std::size_t>(*limit));
    }
    return chosen;
}

/// Sizes cost a walk over each container's files, so they are measured only when they are shown.
bool showsSize(const PsOptions& options) {
    if (options.size || options.quiet) {
        return options.size;
    }
    const bool table = options.format.starts_with("table");
    const auto format =
        text::GoTemplate::parse(text::unescapeFormat(table ? options.format.substr(5) : options.format));
    return format && format->mentions("Size");
}

}  // namespace

int cmdPs(Context& context, const std::string& name, const Words& arguments) {
    PsOptions options;
    VerbParser parser(name, "[OPTIONS]", "List containers");
    parser.flag("-a,--all", options.all, "Show all containers (default shows just running)")
        .option("-f,--filter", options.filters, "filter", "Filter output based on conditions provided")
        .option("--format", options.format, "string", kFormatHelp)
        .option("-n,--last", options.last, "int", "Show n last created containers (includes all states)")
        .flag("-l,--latest", options.latest, "Show the latest created container (includes all states)")
        .flag("--no-trunc", options.full, "Don't truncate output")
        .flag("--noheading", options.noHeading, "Print no headings")
        .option("--sort", options.sort, "FIELD",
                "Sort by created (newest first), command, id, image, names, runningfor or status")
        .flag("-q,--quiet", options.quiet, "Only display container IDs")
        .flag("-s,--size", options.size, "Display total file sizes")
        .words(options.none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto chosen = select(engine, options);
    if (!chosen) {
        return reportError(context.console(), chosen.error(), 1);
    }
    if (options.quiet && !options.format.empty()) {
        context.console().err(
            "WARNING: Ignoring custom format, because both --format and --quiet are set.\n");
        options.format = options.format == "raw" ? "container_id: {{.ID}}" : "";
    }
    Listing listing = containerListing(options.size);
    listing.withoutHeading = options.noHeading;
    // What most ask for needs no document for each row.
    const bool plain = options.format.empty() || options.format == "table";
    std::string ids;
    ContainerTable table({options.full, options.size, options.noHeading, context.console().outIsTerminal()});
    std::optional<Interrupt> interrupt;  // a thread, which a list without sizes does not need
    if (showsSize(options)) {
        interrupt.emplace();
    }
    for (const auto& summary : *chosen) {
        std::optional<types::ContainerSize> size;
        if (interrupt) {
            const auto measured = engine.containers().measure(summary.id, interrupt->token());
            if (!measured && measured.error().kind() != ErrorKind::NotFound) {
                return reportError(context.console(), measured.error(), 1);
            }
            size = measured ? std::optional(*measured) : std::nullopt;
        }
        if (plain && options.quiet) {
            ids += shownId(summary, options.full) + "\n";
        } else if (plain) {
            table.add(summary, size);
        } else {
            addContainerRow(listing, summary, options.full, size);
        }
    }
    if (plain) {
        context.console().out(options.quiet ? ids : table.text());
        return 0;
    }
    return printListing(context.console(), listing, options.format, options.quiet);
}

}  // namespace coracle::cli
