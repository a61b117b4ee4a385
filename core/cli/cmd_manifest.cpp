// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

namespace coracle::cli {

int cmdManifestInspect(Context& context, const std::string& name, const Words& arguments) {
    bool verbose = false;
    Words names;
    VerbParser parser(name, "NAME[:TAG|@DIGEST]",
                      "Show the manifest or index of an image, of this computer or of its registry");
    parser.flag("-v,--verbose", verbose, "Accepted; the document is shown whole").words(names, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    const auto text = engine.images().manifest(names[0], interrupt.token());
    if (!text) {
        return reportError(context.console(), text.error(), 1);
    }
    const auto document = json::parse(*text);
    if (!document) {
        return reportError(context.console(), document.error(), 1);
    }
    context.console().out(json::toText(*document, 4) + "\n");
    return 0;
}

}  // namespace coracle::cli
