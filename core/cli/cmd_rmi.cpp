// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"
#include "core/engine/trash.h"

namespace coracle::cli {

namespace {

/// All by their names, and those without one by their ids.
Result<Words> chosenImages(engine::Engine& engine, const Words& names, bool all) {
    if (!all) {
        return names;
    }
    if (!names.empty()) {
        return Error(ErrorKind::InvalidArgument, "'--all' goes without the name of an image");
    }
    TRY_ASSIGN(const auto images, engine.images().list());
    Words chosen;
    for (const auto& image : images) {
        if (image.references.empty()) {
            chosen.push_back(image.id);
        }
        chosen.insert(chosen.end(), image.references.begin(), image.references.end());
    }
    return chosen;
}

}  // namespace

/// Prints each name and digest that went, in docker's words.
int cmdRmi(Context& context, const std::string& name, const Words& arguments) {
    bool force = false;
    bool all = false;
    bool ignore = false;
    Words names;
    VerbParser parser(name, "[OPTIONS] IMAGE [IMAGE...]", "Remove one or more images");
    parser.flag("-f,--force", force, "Remove all its names, and even when containers use it")
        .flag("-a,--all", all, "All that there are")
        .flag("-i,--ignore", ignore, "A missing one is no error")
        .words(names, 1, kAnyNumber)
        .fewerWords([&] { return all; });
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (auto chosen = chosenImages(engine, names, all); chosen) {
        names = *std::move(chosen);
    } else {
        return reportError(context.console(), chosen.error(), 1);
    }
    const std::string batch = engine::newRemovalBatch();
    return forEachPrinting(context, names, [&](const std::string& image) -> Result<std::string> {
        auto removed = engine.images().remove(image, {force ? engine::Force::Yes : engine::Force::No, batch});
        if (!removed) {
            const bool missing = removed.error().kind() == ErrorKind::NotFound;
            return (force || ignore) && missing ? Result<std::string>(std::string())
                                                : std::move(removed).error();
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
