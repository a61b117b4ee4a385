// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/text/escape.h"
#include "core/text/moment.h"
#include "core/text/time.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace coracle::cli {
namespace {

using Filters = std::vector<std::pair<std::string, std::string>>;

constexpr std::array<std::string_view, 12> kKeys = {"config", "container", "daemon",  "event",
                                                    "image",  "label",     "network", "node",
                                                    "plugin", "scope",     "type",    "volume"};

std::string attribute(const types::Event& event, const std::string& name) {
    const auto found = event.attributes.find(name);
    return found == event.attributes.end() ? "" : found->second;
}

bool isAbout(const types::Event& event, const std::string& name) {
    return event.id.starts_with(name) || event.id.starts_with("sha256:" + name) ||
           attribute(event, "name") == name;
}

bool passes(const types::Event& event, const std::string& key, const std::string& value) {
    if (key == "type") {
        return event.type == value;
    }
    if (key == "event") {
        return event.action == value || event.action.starts_with(value + ":");
    }
    if (key == "label") {
        return hasLabel(event.attributes, value);
    }
    if (key == "scope") {
        return value == "local";
    }
    if (key == "image" && event.type == "container") {
        return attribute(event, "image") == value || attribute(event, "image") + ":latest" == value;
    }
    return key == event.type && isAbout(event, value);
}

bool passesAll(const types::Event& event, const Filters& filters) {
    std::map<std::string, bool> groups;
    for (const auto& [key, value] : filters) {
        groups[key] = groups[key] || passes(event, key, value);
    }
    return std::all_of(groups.begin(), groups.end(), [](const auto& group) { return group.second; });
}

std::string lineOf(const types::Event& event, bool terminal) {
    std::string attributes;
    for (const auto& [key, value] : event.attributes) {
        attributes += (attributes.empty() ? "" : ", ") + key + "=" + value;
    }
    const std::string line = text::formatTime(event.time) + " " + event.type + " " + event.action + " " +
                             event.id + (attributes.empty() ? "" : " (" + attributes + ")");
    return terminal ? text::escapeForTerminal(line) : line;
}

nlohmann::json documentOf(const types::Event& event) {
    constexpr std::int64_t kSecond = 1'000'000'000;
    nlohmann::json document{
        {"Type", event.type},
        {"Action", event.action},
        {"status", event.action},
        {"id", event.id},
        {"Actor", {{"ID", event.id}, {"Attributes", event.attributes}}},
        {"scope", "local"},
        {"time", text::toNanoseconds(event.time) / kSecond},
        {"timeNano", text::toNanoseconds(event.time)},
    };
    if (event.type == "container") {
        document["from"] = attribute(event, "image");
    }
    return document;
}

/// What docker's events.Message answers besides its JSON.
const nlohmann::json& eventShape() {
    static const nlohmann::json kShape{
        {"Status", ""}, {"ID", ""},      {"From", ""},
        {"Type", ""},   {"Action", ""},  {"Scope", ""},
        {"Time", 0},    {"TimeNano", 0}, {"Actor", {{"ID", ""}, {"Attributes", {{"*", ""}}}}}};
    return kShape;
}

/// For templates, docker's Go names stand beside those of its JSON.
nlohmann::json templateDataOf(const types::Event& event) {
    nlohmann::json data = documentOf(event);
    data["Status"] = data["status"];
    data["ID"] = data["id"];
    data["From"] = data.value("from", "");
    data["Scope"] = data["scope"];
    data["Time"] = data["time"];
    data["TimeNano"] = data["timeNano"];
    return data;
}

struct EventOptions {
    std::string format;
    std::string since;
    std::string until;
    bool stream = true;
    Words filters;
    Words none;
};

Result<types::EventRange> rangeOf(const EventOptions& options) {
    const auto now = std::chrono::system_clock::now();
    types::EventRange range;
    if (!options.since.empty()) {
        TRY_ASSIGN(range.since, text::parseMoment(options.since, now));
    }
    if (!options.until.empty()) {
        TRY_ASSIGN(range.until, text::parseMoment(options.until, now));
    }
    if (!options.stream) {  // podman's: those that there were
        range.since = range.since ? range.since : std::optional(std::chrono::system_clock::time_point());
        range.until = range.until ? std::min(*range.until, now) : now;
    }
    return range;
}

Result<Filters> filtersOf(const EventOptions& options) {
    TRY_ASSIGN(auto filters, parseFilters(options.filters));
    for (const auto& filter : filters) {
        if (std::find(kKeys.begin(), kKeys.end(), filter.first) == kKeys.end()) {
            return unknownFilter(filter.first, kKeys);
        }
    }
    return filters;
}

/// The line for one event.
std::string render(const types::Event& event, const EventOptions& options, const text::GoTemplate& format,
                   const Console& console) {
    if (options.format.empty()) {
        return lineOf(event, console.outIsTerminal());
    }
    text::TemplateData about;
    about.shape = &eventShape();
    about.typeName = "*events.Message";
    const auto data = options.format == "json" || options.format == "{{json .}}" ? documentOf(event)
                                                                                 : templateDataOf(event);
    auto text = renderDocument(data, format, about, console);
    return text ? *std::move(text) : text::escapeForTerminal(text.error().message());
}

}  // namespace

int cmdEvents(Context& context, const std::string& name, const Words& arguments) {
    EventOptions options;
    VerbParser parser(name, "[OPTIONS]", "Get real time events from the server");
    parser.option("-f,--filter", options.filters, "filter", "Filter output based on conditions provided")
        .option("--format", options.format, "string", kDocumentFormatHelp)
        .option("--since", options.since, "string", "Show all events created since timestamp")
        .option("--until", options.until, "string", "Stream events until this timestamp")
        .flag("--stream", options.stream, "Wait for those to come (default true)")
        .words(options.none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    auto& console = context.console();
    const auto filters = filtersOf(options);
    if (!filters) {
        return reportError(console, filters.error(), 1);
    }
    const auto range = rangeOf(options);
    if (!range) {
        return reportError(console, range.error(), 1);
    }
    const auto format = text::GoTemplate::parse(options.format == "json" ? "{{json .}}" : options.format);
    if (!format) {
        return reportError(console,
                           Error(ErrorKind::InvalidArgument,
                                 "template parsing error: " + std::string(format.error().message())),
                           kBadTemplate);
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    const auto watched = engine.system().events(
        *range,
        [&](const types::Event& event) {
            if (passesAll(event, *filters)) {
                console.out(render(event, options, *format, console) + "\n");
                console.flush();
            }
        },
        interrupt.token());
    return watched ? 0 : reportError(console, watched.error());
}

}  // namespace coracle::cli
