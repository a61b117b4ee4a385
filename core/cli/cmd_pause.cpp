// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"

namespace coracle::cli {

int cmdPause(Context& context, const std::string& name, const Words& arguments) {
    Words names;
    VerbParser parser(name, "CONTAINER [CONTAINER...]", "Pause all processes within one or more containers");
    parser.words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    return forEach(context, names, [&](const std::string& id) { return engine.resources().pause(id); });
}

int cmdUnpause(Context& context, const std::string& name, const Words& arguments) {
    Words names;
    VerbParser parser(name, "CONTAINER [CONTAINER...]", "Let paused containers go on");
    parser.words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    return forEach(context, names, [&](const std::string& id) { return engine.resources().unpause(id); });
}

}  // namespace coracle::cli
