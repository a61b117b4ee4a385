// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/detach_keys.h"
#include "core/cli/session_runner.h"
#include "core/cli/verb_helpers.h"

namespace coracle::cli {

/// Whether there is a terminal and an input is the container's to say: it was made with them or without.
int cmdAttach(Context& context, const std::string& name, const Words& arguments) {
    bool noInput = false;
    bool proxy = true;
    bool latest = false;
    SessionOptions options;
    options.detachKeys = kDefaultDetachKeys;
    Words names;
    VerbParser parser(name, "[OPTIONS] CONTAINER", "Connect to the input and output of a running container");
    parser.flag("--no-stdin", noInput, "Do not attach standard input")
        .flag("--sig-proxy", proxy, "Pass signals on (default true)")
        .option("--detach-keys", options.detachKeys, "KEYS", "Keys that leave the container running")
        .flag("-l,--latest", latest, kLatestHelp)
        .words(names, 1, 1)
        .fewerWords([&] { return latest; });
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (const auto taken = takeLatest(engine, latest, names); !taken) {
        return reportError(context.console(), taken.error(), 1);
    }
    const auto details = engine.containers().inspect(names[0]);
    if (!details) {
        return reportError(context.console(), details.error());
    }
    options.tty = details->spec.tty;
    options.standardInput = details->spec.interactive && !noInput;
    options.signalProxy = proxy;
    if (auto usable = checkTerminal(context.console(), options.tty, options.standardInput); !usable) {
        return reportError(context.console(), usable.error(), 1);
    }
    auto session = engine.containers().attach(names[0], {options.standardInput, false});
    if (!session) {
        return reportError(context.console(), session.error());
    }
    const auto end = runSession(**session, options);
    if (!end) {
        return reportError(context.console(), end.error());
    }
    return end->exitCode;
}

}  // namespace coracle::cli
