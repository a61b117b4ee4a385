// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/pull_display.h"
#include "core/cli/verb_helpers.h"

#include <unistd.h>

namespace coracle::cli {

int cmdLoad(Context& context, const std::string& name, const Words& arguments) {
    bool quiet = false;
    types::InputPlace place;
    VerbParser parser(name, "[OPTIONS]", "Bring in the images of an archive");
    parser
        .option("-i,--input", place.path, "FILE", "Read a file or an OCI layout's folder, not standard input")
        .flag("-q,--quiet", quiet, "Show no progress");
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    Console& console = context.console();
    if (const auto refused = refuseTerminal(console, place, "--input")) {
        return *refused;
    }
    place.fd = STDIN_FILENO;
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    PullDisplay display(console, PullDisplay::styleFor(console, quiet || !console.errIsTerminal()));
    const auto loaded = [&console](const types::LoadedImage& image) {
        for (const auto& [taken, id] : image.taken) {
            console.err("The name " + taken + " was that of the image " + id + "\n");
        }
        for (const auto& each : image.names) {
            console.out("Loaded image: " + each + "\n");
        }
        if (image.names.empty()) {
            console.out("Loaded image ID: " + image.id + "\n");
        }
    };
    if (const auto done = engine.archives().load(place, display.sink(), loaded, interrupt.token()); !done) {
        return reportError(console, done.error());
    }
    return 0;
}

}  // namespace coracle::cli
