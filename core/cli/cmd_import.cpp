// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"

#include <unistd.h>

namespace coracle::cli {

int cmdImport(Context& context, const std::string& name, const Words& arguments) {
    bool quiet = false;
    types::ImportOptions options;
    Words words;
    VerbParser parser(name, "[OPTIONS] FILE|URL|- [REPOSITORY[:TAG]]", "Make an image of a tar with files");
    parser.option("-c,--change", options.changes, "LINE", "Apply a line of a Dockerfile, as \"CMD /bin/sh\"")
        .option("-m,--message", options.message, "TEXT", "What it is")
        .option("--platform", options.platform, "OS/ARCH", "Platform of the image")
        .flag("-q,--quiet", quiet, "Accepted; nothing but the id is shown anyway")
        .words(words, 1, 2);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    Console& console = context.console();
    types::InputPlace place{words[0] == "-" ? "" : words[0], STDIN_FILENO};
    if (const auto refused = refuseTerminal(console, place, "")) {
        return *refused;
    }
    options.name = words.size() > 1 ? words[1] : "";
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    return reportMade(console, engine.archives().importFiles(place, options, interrupt.token()));
}

}  // namespace coracle::cli
