// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"

namespace coracle::cli {

int cmdWait(Context& context, const std::string& name, const Words& arguments) {
    Words names;
    VerbParser parser(name, "CONTAINER [CONTAINER...]",
                      "Block until containers stop, then print their exit codes");
    parser.words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    return forEachPrinting(context, names, [&](const std::string& id) -> Result<std::string> {
        TRY_ASSIGN(const int code, engine.containers().wait(id, interrupt.token()));
        return std::to_string(code);
    });
}

}  // namespace coracle::cli
