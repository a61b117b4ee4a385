// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/pull_display.h"
#include "core/cli/verb_helpers.h"
#include "core/image/reference.h"

namespace coracle::cli {

/// Progress goes to standard error; the name on standard output is for scripts and comes when the image is
/// on the disk.
int cmdPull(Context& context, const std::string& name, const Words& arguments) {
    bool quiet = false;
    engine::PullOptions options;
    Words names;
    VerbParser parser(name, "[OPTIONS] NAME[:TAG|@DIGEST]", "Download an image from a registry");
    parser.flag("-q,--quiet", quiet, "Print the name only")
        .ignored("--disable-content-trust", "",
                 "images are checked against their digests, not against a notary")
        .refused("-a,--all-tags", "name each tag that you want")
        .option("--platform", options.platform, "OS/ARCH", "Platform of the image")
        .words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    return forEachPrinting(context, names, [&](const std::string& text) -> Result<std::string> {
        PullDisplay display(context.console(), PullDisplay::styleFor(context.console(), quiet));
        TRY(engine.images().pull(text, options, display.sink(), interrupt.token()));
        const auto reference = image::Reference::parse(text);
        return reference ? reference->text() : text;
    });
}

}  // namespace coracle::cli
