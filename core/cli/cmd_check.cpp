// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/upkeep.h"
#include "core/text/escape.h"

namespace coracle::cli {
namespace {

/// "layer sha256:...: its files were altered (used by nginx:latest): unpacked again"
std::string lineOf(const types::CheckFinding& finding) {
    std::string line = finding.object + ": " + finding.problem;
    line += finding.usedBy.empty() ? "" : " (used by " + finding.usedBy + ")";
    line += finding.remedy.empty() ? "" : ": " + finding.remedy;
    return text::escapeForTerminal(line) + "\n";
}

}  // namespace

/// 0: all is well, or was repaired; 1: something is left.
int cmdSystemCheck(Context& context, const std::string& name, const Words& arguments) {
    types::CheckOptions options;
    Words none;
    VerbParser parser(name, "[OPTIONS]", "Compare the store with its records");
    parser.flag("--quick", options.quick, "Look whether things are there, and not into them")
        .flag("--repair", options.repair, "Repair what can be; damaged layers are fetched again by a pull")
        .words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    Console& console = context.console();
    std::size_t found = 0;
    std::size_t left = 0;
    const Interrupt interrupt;
    const auto done = engine.upkeep().check(
        options,
        [&](const types::CheckFinding& finding) {
            ++found;
            left += finding.repaired ? 0 : 1;
            console.out(lineOf(finding));
        },
        interrupt.token());
    if (!done) {
        return reportError(console, done.error());
    }
    console.out(found == 0  ? "The store is whole.\n"
                : left == 0 ? "All of it was repaired.\n"
                            : std::to_string(left) + " of " + std::to_string(found) + " are left.\n");
    return left == 0 ? 0 : 1;
}

}  // namespace coracle::cli
