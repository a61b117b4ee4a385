// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"

namespace coracle::cli {
namespace {

struct StopWords {
    std::optional<int> exitCode;
    ContainerChoice choice;
    bool ignore = false;
    bool running = false;
    engine::StopOptions options;
};

enum class StopVerb : std::uint8_t { Stop, Restart };

/// `stop` and `restart` take the same words, but for one.
void parseStopWords(Context& context, const std::string& name, StopVerb verb, const Words& arguments,
                    StopWords& words) {
    const bool isStop = verb == StopVerb::Stop;
    std::optional<std::int64_t> seconds;
    VerbParser parser(name, "[OPTIONS] CONTAINER [CONTAINER...]",
                      isStop ? "Stop one or more running containers" : "Restart one or more containers");
    parser.option("-t,--timeout,--time", seconds, "SECONDS", "Time until it is killed; -1 waits for ever")
        .option("-s,--signal", words.options.signal, "SIGNAL", "Signal that asks it to stop")
        .flag("-a,--all", words.choice.all, isStop ? "All that run" : "All that there are");
    if (isStop) {
        parser.flag("-i,--ignore", words.ignore, "A missing one is no error");
    } else {
        parser.flag("--running", words.running, "All that run");
    }
    words.choice.declare(parser, "-f,--filter", "-l,--latest");
    words.choice.declareIdFiles(parser);
    parser.fewerWords([&words] { return words.running || words.choice.isMade(); });
    words.exitCode = parser.parse(context.console(), arguments);
    if (seconds) {
        words.options.timeout = std::chrono::seconds(*seconds);
    }
}

}  // namespace

int cmdStop(Context& context, const std::string& name, const Words& arguments) {
    StopWords words;
    parseStopWords(context, name, StopVerb::Stop, arguments, words);
    if (words.exitCode) {
        return *words.exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto chosen = words.choice.choose(engine, ContainersThat::Run);
    if (!chosen) {
        return reportError(context.console(), chosen.error(), 1);
    }
    const Interrupt interrupt;
    return forEach(context, *chosen, [&](const std::string& id) -> Result<> {
        auto stopped = engine.containers().stop(id, words.options, interrupt.token());
        const bool missing = !stopped && stopped.error().kind() == ErrorKind::NotFound;
        return words.ignore && missing ? Result<>() : stopped;
    });
}

int cmdRestart(Context& context, const std::string& name, const Words& arguments) {
    StopWords words;
    parseStopWords(context, name, StopVerb::Restart, arguments, words);
    if (words.exitCode) {
        return *words.exitCode;
    }
    words.choice.all = words.choice.all || words.running;
    CORACLE_CLI_ENGINE(engine, context);
    const auto chosen =
        words.choice.choose(engine, words.running ? ContainersThat::Run : ContainersThat::Exist);
    if (!chosen) {
        return reportError(context.console(), chosen.error(), 1);
    }
    const Interrupt interrupt;
    return forEach(context, *chosen, [&](const std::string& id) {
        return engine.containers().restart(id, words.options, interrupt.token());
    });
}

}  // namespace coracle::cli
