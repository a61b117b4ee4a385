// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"
#include "core/engine/trash.h"

namespace coracle::cli {

/// Prints each name and digest that went, in docker's words.
int cmdRmi(Context& context, const std::string& name, const Words& arguments) {
    bool force = false;
    Words names;
    VerbParser parser(name, "[OPTIONS] IMAGE [IMAGE...]", "Remove one or more images");
    parser.flag("-f,--force", force, "Remove all its names, and even when containers use it")
        .words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const std::string batch = engine::newRemovalBatch();
    return forEachPrinting(context, names, [&](const std::string& image) -> Result<std::string> {
        auto removed = engine.images().remove(image, {force ? engine::Force::Yes : engine::Force::No, batch});
        if (!removed) {
            const bool missing = removed.error().kind() == ErrorKind::NotFound;
            return force && missing ? Result<std::string>(std::string()) : std::move(removed).error();
        }
        std::string text;
        for (const auto& reference : removed->untagged) {
            text += "Untagged: " + reference + "\n";
        }
        for (const auto& digest : removed->deleted) {
            text += "Deleted: " + digest + "\n";
        }
        if (!text.empty()) {
            text.pop_back();
        }
        return text;
    });
}

}  // namespace coracle::cli
