// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/verb_helpers.h"

namespace coracle::cli {

/// Sends and does not wait: the container may take the signal and go on.
int cmdKill(Context& context, const std::string& name, const Words& arguments) {
    std::string signal = "SIGKILL";
    ContainerChoice choice;
    VerbParser parser(name, "[OPTIONS] CONTAINER [CONTAINER...]", "Kill one or more running containers");
    parser.option("-s,--signal", signal, "SIGNAL", "Signal to send")
        .flag("-a,--all", choice.all, "All that run");
    choice.declare(parser, "-f,--filter", "-l,--latest");
    choice.declareIdFiles(parser);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto chosen = choice.choose(engine, ContainersThat::Run);
    if (!chosen) {
        return reportError(context.console(), chosen.error(), 1);
    }
    return forEach(context, *chosen,
                   [&](const std::string& id) { return engine.containers().kill(id, signal); });
}

}  // namespace coracle::cli
