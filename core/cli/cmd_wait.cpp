// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"

namespace coracle::cli {

namespace {

Result<engine::WaitFor> parseCondition(const std::string& word) {
    // docker's words of its API, and podman's.
    if (word == "not-running" || word == "stopped" || word == "exited") {
        return engine::WaitFor::NotRunning;
    }
    if (word == "next-exit") {
        return engine::WaitFor::NextExit;
    }
    if (word == "healthy") {
        return engine::WaitFor::Healthy;
    }
    if (word == "running") {
        return engine::WaitFor::Running;
    }
    if (word == "removed") {
        return engine::WaitFor::Removed;
    }
    return Error(ErrorKind::InvalidArgument, "condition '" + word + "' is unknown")
        .withHint("conditions are not-running, next-exit, removed, running and healthy");
}

}  // namespace

/// One after the other: a code comes when its container has ended and those before it were printed.
int cmdWait(Context& context, const std::string& name, const Words& arguments) {
    Words names;
    bool latest = false;
    VerbParser parser(name, "CONTAINER [CONTAINER...]",
                      "Block until containers stop, then print their exit codes");
    std::string word = "not-running";
    parser.option("--condition", word, "CONDITION", "not-running, next-exit, removed, running or healthy")
        .flag("-l,--latest", latest, kLatestHelp)
        .words(names, 1, kAnyNumber)
        .fewerWords([&] { return latest; });
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    const auto condition = parseCondition(word);
    if (!condition) {
        return reportError(context.console(), condition.error(), 1);
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (const auto taken = takeLatest(engine, latest, names); !taken) {
        return reportError(context.console(), taken.error(), 1);
    }
    const Interrupt interrupt;
    return forEachPrinting(context, names, [&](const std::string& id) -> Result<std::string> {
        TRY_ASSIGN(const int code, engine.containers().waitFor(id, *condition, interrupt.token()));
        return std::to_string(code);
    });
}

}  // namespace coracle::cli
