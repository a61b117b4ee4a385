// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/pull_display.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/registries.h"
#include "core/image/reference.h"
#include "rootless/sys/file.h"

#include <algorithm>

namespace coracle::cli {
namespace {

/// All names that a repository has on this computer. Errors: InvalidArgument for a name with a tag, NotFound.
Result<Words> tagsOf(engine::Images& images, const std::string& name) {
    TRY_ASSIGN(const auto wanted, image::Reference::parse(name));
    const std::string tail = name.substr(name.rfind('/') == std::string::npos ? 0 : name.rfind('/'));
    if (wanted.digest() || tail.find(':') != std::string::npos) {
        return Error(ErrorKind::InvalidArgument,
                     "push '" + name + "': '--all-tags' takes a name without a tag");
    }
    TRY_ASSIGN(const auto all, images.list());
    Words names;
    for (const auto& image : all) {
        for (const std::string& text : image.references) {
            const auto reference = image::Reference::parse(text);
            if (reference && reference->name() == wanted.name()) {
                names.push_back(text);
            }
        }
    }
    if (names.empty()) {
        return Error(ErrorKind::NotFound, "no image '" + name + "' on this computer")
            .withHint("'coracle images' lists those that are there");
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// The digest of what was sent.
Result<std::string> pushOne(Context& context, engine::Registries& registries, const std::string& name,
                            const engine::PushOptions& options, bool quiet, const std::stop_token& stop) {
    PushDisplay display(context.console(), LayerDisplay::styleFor(context.console(), quiet));
    TRY_ASSIGN(const auto pushed, registries.push(name, options, display.sink(), stop));
    display.finish();
    const auto reference = image::Reference::parse(pushed.reference);
    if (quiet) {
        context.console().out((reference ? reference->text() : pushed.reference) + "\n");
        return pushed.digest;
    }
    const std::string tag = reference ? reference->tag().value_or("latest") : pushed.reference;
    context.console().out(tag + ": digest: " + pushed.digest +
                          " size: " + std::to_string(pushed.manifestBytes) + "\n");
    return pushed.digest;
}

}  // namespace

int cmdPush(Context& context, const std::string& name, const Words& arguments) {
    bool quiet = false;
    bool allTags = false;
    std::string digestFile;
    engine::PushOptions options;
    Words words;
    VerbParser parser(name, "[OPTIONS] NAME[:TAG] [DESTINATION]", "Upload an image to a registry");
    parser.flag("-a,--all-tags", allTags, "Push all tags of the repository")
        .flag("-q,--quiet", quiet, "Print the name only")
        .option("--digestfile", digestFile, "FILE", "Write the digest of what was pushed to a file")
        .option("--platform", options.platform, "OS/ARCH", "Push the image for this platform only")
        .words(words, 1, 2);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (words.size() == 2) {
        options.destination = words[1];
    }
    if (allTags && options.destination) {
        return reportError(context.console(),
                           Error(ErrorKind::InvalidArgument,
                                 "'--all-tags' goes where the names say, not to '" + words[1] + "'"),
                           1);
    }
    if (allTags && !digestFile.empty()) {
        return reportError(context.console(),
                           Error(ErrorKind::InvalidArgument,
                                 "'--digestfile' is for one digest, and '--all-tags' pushes several"),
                           1);
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    const auto run = [&]() -> Result<> {
        Words names{words[0]};
        if (allTags) {
            TRY_ASSIGN(names, tagsOf(engine.images(), words[0]));
        }
        for (const std::string& text : names) {
            TRY_ASSIGN(const std::string digest,
                       pushOne(context, engine.registries(), text, options, quiet, interrupt.token()));
            if (!digestFile.empty()) {
                constexpr mode_t kReadable = 0644;
                TRY(sys::replaceFile(digestFile, digest, kReadable, sys::Durability::Process));
            }
        }
        return {};
    };
    const auto done = run();
    if (!done && done.error().kind() == ErrorKind::InvalidArgument) {
        return reportError(context.console(), done.error(), 1);  // about names, which docker's daemon judges
    }
    return done ? 0 : reportError(context.console(), done.error());
}

}  // namespace coracle::cli
