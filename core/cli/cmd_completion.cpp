// SPDX-License-Identifier: Apache-2.0
#include "core/cli/completion.h"
#include "core/cli/verb_helpers.h"
#include "rootless/sys/file.h"

#include <optional>

#include <sys/types.h>

namespace coracle::cli {
namespace {

constexpr mode_t kMode = 0644;

/// none: not a shell.
std::optional<std::string> scriptFor(const std::string& shell) {
    if (shell == "bash") {
        return bashCompletion(describeVerbs());
    }
    if (shell == "zsh") {
        return zshCompletion(describeVerbs());
    }
    return shell == "fish" ? std::optional(fishCompletion(describeVerbs())) : std::nullopt;
}

Result<> writePages(const std::string& folder) {
    TRY(sys::makeDirectories(folder));
    for (const auto& page : manualPages(describeVerbs())) {
        TRY(sys::replaceFile(folder + "/" + page.fileName, page.text, kMode, sys::Durability::Process));
    }
    return {};
}

}  // namespace

int cmdCompletion(Context& context, const std::string& name, const Words& arguments) {
    std::string output;
    Words words;
    VerbParser parser(name, "[OPTIONS] bash|zsh|fish|man",
                      "Print what lets a shell complete commands, or write manual pages");
    parser.option("--output", output, "path", "Write to this file; with man to this folder, one file a page")
        .words(words, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    Console& console = context.console();
    const auto text = scriptFor(words[0]);
    if (!text && (words[0] != "man" || output.empty())) {
        const bool man = words[0] == "man";
        return reportError(console,
                           Error(ErrorKind::InvalidArgument,
                                 man ? "manual pages need a folder" : "shell '" + words[0] + "' is not known")
                               .withHint(man ? "name it with --output" : "shells are bash, zsh and fish"),
                           1);
    }
    if (output.empty()) {
        console.out(*text);
        return 0;
    }
    const auto written =
        text ? sys::replaceFile(output, *text, kMode, sys::Durability::Process) : writePages(output);
    return written ? 0 : reportError(console, written.error(), 1);
}

}  // namespace coracle::cli
