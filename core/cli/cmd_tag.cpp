// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"

namespace coracle::cli {

int cmdTag(Context& context, const std::string& name, const Words& arguments) {
    Words names;
    VerbParser parser(name, "IMAGE NAME[:TAG]", "Give an image another name");
    parser.words(names, 2, 2);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (auto tagged = engine.images().tag(names[0], names[1]); !tagged) {
        return reportError(context.console(), tagged.error(), 1);
    }
    return 0;
}

}  // namespace coracle::cli
