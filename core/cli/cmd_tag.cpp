// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"

namespace coracle::cli {

/// docker's takes one name, podman's several.
int cmdTag(Context& context, const std::string& name, const Words& arguments) {
    Words names;
    VerbParser parser(name, "IMAGE NAME[:TAG] [NAME[:TAG]...]", "Give an image more names");
    parser.words(names, 2, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    for (std::size_t i = 1; i < names.size(); ++i) {
        if (auto tagged = engine.images().tag(names[0], names[i]); !tagged) {
            return reportError(context.console(), tagged.error(), 1);
        }
    }
    return 0;
}

}  // namespace coracle::cli
