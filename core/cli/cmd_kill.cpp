// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"

namespace coracle::cli {

/// Sends and does not wait: the container may take the signal and go on.
int cmdKill(Context& context, const std::string& name, const Words& arguments) {
    std::string signal = "SIGKILL";
    Words names;
    VerbParser parser(name, "[OPTIONS] CONTAINER [CONTAINER...]", "Kill one or more running containers");
    parser.option("-s,--signal", signal, "SIGNAL", "Signal to send").words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    return forEach(context, names,
                   [&](const std::string& id) { return engine.containers().kill(id, signal); });
}

}  // namespace coracle::cli
