// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"

namespace coracle::cli {

/// podman's verb with its exit codes: 0 healthy, 1 not, 125 when nothing can be checked.
int cmdHealthcheckRun(Context& context, const std::string& name, const Words& arguments) {
    Words names;
    VerbParser parser(name, "CONTAINER", "Check the health of a container now");
    parser.words(names, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto code = engine.resources().checkHealth(names[0]);
    if (!code) {
        return reportError(context.console(), code.error(), kEngineFailed);
    }
    if (*code != 0) {
        context.console().out("unhealthy\n");
        return 1;
    }
    return 0;
}

}  // namespace coracle::cli
