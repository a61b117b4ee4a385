// SPDX-License-Identifier: Apache-2.0
//
// `coracle-online`: the same command line with an HTTP client. `coracle` becomes it where a registry is
// asked.
#include "core/cli/verb.h"
#include "core/engine/online_engine.h"

#include <signal.h>

namespace {

using namespace coracle;

Result<std::unique_ptr<engine::Engine>> open(const cli::GlobalOptions& options) {
    return engine::openOnlineEngine(
        {.root = options.root, .runRoot = options.runRoot, .lifetime = engine::Lifetime::OneCommand});
}

}  // namespace

int main(int argc, char** argv) {
    (void)::signal(SIGPIPE, SIG_IGN);  // as in main.cpp
    cli::StandardConsole console;
    return console.end(cli::runCommandLine(console, cli::Words(argv + 1, argv + argc), {open, nullptr}));
}
