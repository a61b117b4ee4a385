// SPDX-License-Identifier: Apache-2.0
#include "core/cli/confirm.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/trash.h"
#include "core/text/escape.h"

namespace coracle::cli {
namespace {

/// "Restored image 'nginx:latest', 'nginx:1'".
std::string lineOf(const types::Restored& restored) {
    const bool inPlace = restored.removal.contentOnly && restored.name == restored.removal.name;
    std::string line = std::string(inPlace ? "Restored what was in " : "Restored ") +
                       describe(restored.removal.kind, restored.name, restored.removal.id);
    for (std::size_t i = 1; i < restored.names.size(); ++i) {
        line += ", '" + text::escapeForTerminal(restored.names[i]) + "'";
    }
    const bool renamed =
        !restored.name.empty() && !restored.removal.name.empty() && restored.name != restored.removal.name;
    return renamed ? line + ", which was '" + text::escapeForTerminal(restored.removal.name) + "'" : line;
}

/// What did not come back, or not with all its names; the exit code.
int report(Console& console, const types::Restored& restored) {
    const auto& removal = restored.removal;
    if (!restored.error.empty()) {
        console.err("coracle: " + describe(removal) +
                    " stays in the trash: " + text::escapeForTerminal(restored.error) + "\n");
        if (!restored.hint.empty()) {
            console.err("hint: " + text::escapeForTerminal(restored.hint) + "\n");
        }
        return 1;
    }
    console.out(lineOf(restored) + "\n");
    for (const auto& name : restored.takenNames) {
        console.err("warning: the name '" + text::escapeForTerminal(name) +
                    "' belongs to another image now, and stays there\n");
    }
    return 0;
}

}  // namespace

int cmdUndo(Context& context, const std::string& name, const Words& arguments) {
    types::UndoOptions options;
    VerbParser parser(name, "[OPTIONS] [NAME|ID|NUMBER...]",
                      "Bring back what the last command removed, or something of the trash");
    parser.option("--name", options.name, "NEW", "Bring it back under another name")
        .words(options.objects, 0, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto restored = engine.trash().undo(options);
    if (!restored) {
        return reportError(context.console(), restored.error(), 1);
    }
    int exitCode = 0;
    for (const auto& one : *restored) {
        exitCode |= report(context.console(), one);
    }
    return exitCode;
}

}  // namespace coracle::cli
