// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"
#include "core/text/escape.h"
#include "core/text/go_template.h"
#include "core/text/moment.h"
#include "core/text/time.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::cli {
namespace {

using Filters = std::vector<std::pair<std::string, std::string>>;

/// A key that names the event's type ("container=web") looks at the id's beginning and at the name; any
/// other key that is not known fits nothing.
bool passes(const types::Event& event, const std::string& key, const std::string& value) {
    if (key == "type") {
        return event.type == value;
    }
    if (key == "event") {
        return event.action == value;
    }
    const auto named = event.attributes.find("name");
    const bool isName = named != event.attributes.end() && named->second == value;
    return key == event.type && (event.id.rfind(value, 0) == 0 || isName);
}

/// Values of one key are alternatives, all keys have to hold.
bool passesAll(const types::Event& event, const Filters& filters) {
    std::map<std::string, bool> groups;
    for (const auto& [key, value] : filters) {
        groups[key] = groups[key] || passes(event, key, value);
    }
    return std::all_of(groups.begin(), groups.end(), [](const auto& group) { return group.second; });
}

std::string lineOf(const types::Event& event) {
    std::string attributes;
    for (const auto& [key, value] : event.attributes) {
        attributes += (attributes.empty() ? "" : ", ") + key + "=" + value;
    }
    return text::formatTime(event.time) + " " + event.type + " " + event.action + " " + event.id +
           (attributes.empty() ? "" : " (" + attributes + ")");
}

/// The members of docker's stream of events, the old names ("status", "id") beside the new.
nlohmann::json documentOf(const types::Event& event) {
    return {
        {"Type", event.type},
        {"Action", event.action},
        {"status", event.action},
        {"id", event.id},
        {"ID", event.id},
        {"Actor", {{"ID", event.id}, {"Attributes", event.attributes}}},
        {"time", text::toNanoseconds(event.time) / 1'000'000'000},
        {"timeNano", text::toNanoseconds(event.time)},
    };
}

}  // namespace

int cmdEvents(Context& context, const std::string& name, const Words& arguments) {
    std::string format;
    Words filterWords;
    Words none;
    VerbParser parser(name, "[OPTIONS]", "Show what happens, as it happens");
    parser
        .option("-f,--filter", filterWords, "KEY=VALUE",
                "Show only those that fit: type, event, container, ...")
        .option("--format", format, "TEMPLATE", "json or a Go template")
        .words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    auto& console = context.console();
    const auto filters = parseFilters(filterWords);
    if (!filters) {
        return reportError(console, filters.error(), 1);
    }
    auto compiled = text::GoTemplate::parse(text::unescapeFormat(format == "json" ? "{{json .}}" : format));
    if (!compiled) {
        return reportError(console, compiled.error(), 1);
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    const auto watched = engine.system().watch(
        [&](const types::Event& event) {
            if (!passesAll(event, *filters)) {
                return;
            }
            const auto text =
                format.empty() ? Result<std::string>(lineOf(event)) : compiled->render(documentOf(event));
            console.out(text::escapeForTerminal(text ? *text : text.error().message()) + "\n");
            console.flush();
        },
        interrupt.token());
    return watched ? 0 : reportError(console, watched.error());
}

}  // namespace coracle::cli
