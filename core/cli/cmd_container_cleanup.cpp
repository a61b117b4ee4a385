// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"

namespace coracle::cli {

/// Started by the monitor of a container that is to be removed; not for people, and so not in the overview.
int cmdContainerCleanup(Context& context, const std::string& name, const Words& arguments) {
    Words ids;
    VerbParser parser(name, "ID", "Remove what an ended container left");
    parser.words(ids, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (auto cleaned = engine.containers().cleanUp(ids[0]); !cleaned) {
        return reportError(context.console(), cleaned.error());
    }
    return 0;
}

}  // namespace coracle::cli
