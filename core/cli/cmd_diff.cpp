// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"
#include "core/text/escape.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

namespace coracle::cli {
namespace {

int print(Console& console, const Result<std::vector<types::Change>>& changes, const std::string& format) {
    if (!changes) {
        return reportError(console, changes.error());
    }
    if (format == "json") {
        nlohmann::json document{{"added", nlohmann::json::array()},
                                {"changed", nlohmann::json::array()},
                                {"deleted", nlohmann::json::array()}};
        for (const auto& change : *changes) {
            const char* list = change.kind == 'A' ? "added" : change.kind == 'D' ? "deleted" : "changed";
            document[list].push_back(change.path);
        }
        console.out(json::toText(document, 4) + "\n");
        return 0;
    }
    for (const auto& change : *changes) {
        const std::string path = console.outIsTerminal() ? text::escapeForTerminal(change.path) : change.path;
        console.out(std::string(1, change.kind) + " " + path + "\n");
    }
    return 0;
}

std::optional<int> checkFormat(Console& console, const std::string& format) {
    if (format.empty() || format == "json") {
        return std::nullopt;
    }
    return reportError(console,
                       Error(ErrorKind::InvalidArgument, "changes cannot be shown as '" + format + "'")
                           .withHint("use json, or leave --format out"));
}

}  // namespace

int cmdDiff(Context& context, const std::string& name, const Words& arguments) {
    std::string format;
    Words names;
    bool latest = false;
    VerbParser parser(name, "[OPTIONS] CONTAINER", "Show what a container changed in its files");
    parser.option("--format", format, "FORMAT", "json instead of lines")
        .flag("-l,--latest", latest, kLatestHelp)
        .words(names, 1, 1)
        .fewerWords([&] { return latest; });
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (const auto wrong = checkFormat(context.console(), format)) {
        return *wrong;
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (const auto taken = takeLatest(engine, latest, names); !taken) {
        return reportError(context.console(), taken.error(), 1);
    }
    const Interrupt interrupt;
    return print(context.console(), engine.archives().containerChanges(names[0], interrupt.token()), format);
}

int cmdImageDiff(Context& context, const std::string& name, const Words& arguments) {
    std::string format;
    Words names;
    VerbParser parser(name, "[OPTIONS] IMAGE [BASE]",
                      "Show what an image's last layer changed, or all since another image");
    parser.option("--format", format, "FORMAT", "json instead of lines").words(names, 1, 2);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (const auto wrong = checkFormat(context.console(), format)) {
        return *wrong;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    const std::string base = names.size() > 1 ? names[1] : "";
    return print(context.console(), engine.archives().imageChanges(names[0], base, interrupt.token()),
                 format);
}

}  // namespace coracle::cli
