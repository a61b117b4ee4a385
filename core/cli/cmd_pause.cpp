// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/verb_helpers.h"

namespace coracle::cli {

int cmdPause(Context& context, const std::string& name, const Words& arguments) {
    ContainerChoice choice;
    VerbParser parser(name, "[OPTIONS] CONTAINER [CONTAINER...]",
                      "Pause all processes within one or more containers");
    parser.flag("-a,--all", choice.all, "All that run");
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
    return forEach(context, *chosen, [&](const std::string& id) { return engine.resources().pause(id); });
}

int cmdUnpause(Context& context, const std::string& name, const Words& arguments) {
    ContainerChoice choice;
    VerbParser parser(name, "[OPTIONS] CONTAINER [CONTAINER...]", "Let paused containers go on");
    parser.flag("-a,--all", choice.all, "All that are paused");
    choice.declare(parser, "-f,--filter", "-l,--latest");
    choice.declareIdFiles(parser);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto chosen = choice.choose(engine, ContainersThat::ArePaused);
    if (!chosen) {
        return reportError(context.console(), chosen.error(), 1);
    }
    return forEach(context, *chosen, [&](const std::string& id) { return engine.resources().unpause(id); });
}

}  // namespace coracle::cli
