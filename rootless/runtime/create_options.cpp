// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/create_options.h"

#include "rootless/runtime/verbs.h"

#include <array>

namespace coracle::runtime {

/// --no-pivot, --no-new-keyring and --no-subreaper are runc's; they are taken so that its callers work,
/// and change nothing.
Result<ParsedCreate> parseCreateOptions(std::span<const std::string> words, const char* usage) {
    static constexpr std::array kOptions = std::to_array<OptionSpec>({
        {"--bundle", 'b', true},
        {"--console-socket", '\0', true},
        {"--pid-file", '\0', true},
        {"--preserve-fds", '\0', true},
        {"--detach", 'd', false},
        {"--keep", '\0', false},
        {"--hold", '\0', true},
        {"--no-pivot", '\0', false},
        {"--no-new-keyring", '\0', false},
        {"--no-subreaper", '\0', false},
    });
    TRY_ASSIGN(const Arguments arguments, parseArguments(words, kOptions));
    ParsedCreate parsed;
    TRY_ASSIGN(parsed.create.id, onlyWord(arguments, usage));
    parsed.create.bundle = arguments.value("--bundle", ".");
    parsed.create.console.socket = arguments.value("--console-socket");
    parsed.create.pidFile = arguments.value("--pid-file");
    TRY_ASSIGN(parsed.create.preservedFds, arguments.number("--preserve-fds", 0));
    TRY_ASSIGN(parsed.create.holdFd, arguments.number("--hold", -1));
    parsed.detach = arguments.has("--detach");
    parsed.keep = arguments.has("--keep");
    return parsed;
}

}  // namespace coracle::runtime
