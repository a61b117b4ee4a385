// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"

namespace coracle::cli {

int cmdUntag(Context& context, const std::string& name, const Words& arguments) {
    Words names;
    VerbParser parser(name, "IMAGE [NAME[:TAG]...]", "Take names away from an image, all of them or some");
    parser.words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto done = engine.images().untag(names[0], Words(names.begin() + 1, names.end()));
    return done ? 0 : reportError(context.console(), done.error(), 1);
}

}  // namespace coracle::cli
