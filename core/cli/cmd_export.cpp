// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"

#include <unistd.h>

namespace coracle::cli {

int cmdExport(Context& context, const std::string& name, const Words& arguments) {
    types::OutputPlace place;
    Words names;
    VerbParser parser(name, "[OPTIONS] CONTAINER", "Write a container's files as a tar");
    parser.option("-o,--output", place.path, "FILE", "Write to a file instead of standard output")
        .words(names, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (const auto refused = refuseTerminal(context.console(), place)) {
        return *refused;
    }
    place.fd = STDOUT_FILENO;
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    context.console().flush();
    const auto done = engine.archives().exportFiles(names[0], place, interrupt.token());
    return done ? 0 : reportError(context.console(), done.error());
}

}  // namespace coracle::cli
