// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"

namespace coracle::cli {

int cmdRename(Context& context, const std::string& name, const Words& arguments) {
    Words names;
    VerbParser parser(name, "CONTAINER NEW_NAME", "Rename a container");
    parser.words(names, 2, 2);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (names[0] == names[1]) {
        return reportError(context.console(),
                           Error(ErrorKind::Conflict, "container '" + names[0] + "' has this name already"),
                           1);
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (auto renamed = engine.containers().rename(names[0], names[1]); !renamed) {
        return reportError(context.console(), renamed.error(), 1);
    }
    return 0;
}

}  // namespace coracle::cli
