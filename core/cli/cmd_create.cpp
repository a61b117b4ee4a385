// SPDX-License-Identifier: Apache-2.0
#include "core/cli/run_verbs.h"

namespace coracle::cli {

/// The first half of `run`; everything that --rm or a terminal mean later is in the record.
int cmdCreate(Context& context, const std::string& name, const Words& arguments) {
    const auto words = parseRunWords(context, name, "Create a new container", arguments);
    if (words.exitCode) {
        return *words.exitCode;
    }
    if (!words.parsed.preservedFds.empty()) {
        const Error error(ErrorKind::InvalidArgument,
                          "descriptors are handed on to a program that is started now");
        return reportError(context.console(),
                           Error(error).withHint("--preserve-fds and --preserve-fd are for run and exec"),
                           kEngineFailed);
    }
    auto opened = context.engine();
    if (!opened) {
        return reportError(context.console(), opened.error(), kEngineFailed);
    }
    const auto created = createContainer(context, **opened, words.parsed);
    if (!created) {
        return reportError(context.console(), created.error(), kEngineFailed);
    }
    context.console().out(created->id + "\n");
    return 0;
}

}  // namespace coracle::cli
