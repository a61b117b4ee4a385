// SPDX-License-Identifier: Apache-2.0
//
// `coracle`, which people type: linked statically and without an HTTP client, see README.md.
#include "core/cli/go_online.h"
#include "core/cli/verb.h"
#include "core/engine/local_engine.h"

#include <signal.h>

namespace {

using namespace coracle;

/// The only place where this program makes an engine.
Result<std::unique_ptr<engine::Engine>> open(const cli::GlobalOptions& options) {
    return engine::openLocalEngine(
        {.root = options.root, .runRoot = options.runRoot, .lifetime = engine::Lifetime::OneCommand});
}

}  // namespace

int main(int argc, char** argv) {
    // A reader that went away is an error of write(2), not the end of this program in the middle of a step.
    (void)::signal(SIGPIPE, SIG_IGN);
    cli::StandardConsole console;
    const auto online = [argv] { return cli::goOnline(argv); };
    return console.end(cli::runCommandLine(console, cli::Words(argv + 1, argv + argc), {open, online}));
}
