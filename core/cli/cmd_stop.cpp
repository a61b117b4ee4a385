// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"

namespace coracle::cli {
namespace {

struct StopWords {
    std::optional<int> exitCode;
    Words names;
    engine::StopOptions options;
};

/// `stop` and `restart` take the same words.
StopWords parseStopWords(Context& context, const std::string& name, const std::string& summary,
                         const Words& arguments) {
    StopWords words;
    std::optional<std::int64_t> seconds;
    VerbParser parser(name, "[OPTIONS] CONTAINER [CONTAINER...]", summary);
    parser.option("-t,--timeout,--time", seconds, "SECONDS", "Time until it is killed; -1 waits for ever")
        .option("-s,--signal", words.options.signal, "SIGNAL", "Signal that asks it to stop")
        .words(words.names, 1, kAnyNumber);
    words.exitCode = parser.parse(context.console(), arguments);
    if (seconds) {
        words.options.timeout = std::chrono::seconds(*seconds);
    }
    return words;
}

}  // namespace

int cmdStop(Context& context, const std::string& name, const Words& arguments) {
    const auto words = parseStopWords(context, name, "Stop one or more running containers", arguments);
    if (words.exitCode) {
        return *words.exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    return forEach(context, words.names, [&](const std::string& id) {
        return engine.containers().stop(id, words.options, interrupt.token());
    });
}

int cmdRestart(Context& context, const std::string& name, const Words& arguments) {
    const auto words = parseStopWords(context, name, "Restart one or more containers", arguments);
    if (words.exitCode) {
        return *words.exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    return forEach(context, words.names, [&](const std::string& id) {
        return engine.containers().restart(id, words.options, interrupt.token());
    });
}

}  // namespace coracle::cli
