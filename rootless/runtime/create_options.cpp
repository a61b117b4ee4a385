// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/create_options.h"

#include "rootless/runtime/verbs.h"

#include <array>
#include <charconv>

#include <fcntl.h>

namespace coracle::runtime {
namespace {

/// What we open ourselves is closed at the next execve(2).
bool wasHandedOn(int fd) {
    const int flags = ::fcntl(fd, F_GETFD);
    return flags >= 0 && (flags & FD_CLOEXEC) == 0;
}

}  // namespace

Result<std::vector<int>> preservedDescriptors(const Arguments& arguments) {
    constexpr int kFirst = 3;
    std::vector<int> fds;
    TRY_ASSIGN(const int count, arguments.number("--preserve-fds", 0));
    for (int fd = kFirst; fd - kFirst < count && wasHandedOn(fd); ++fd) {
        fds.push_back(fd);
    }
    if (const auto found = arguments.options.find("--preserve-fd"); found != arguments.options.end()) {
        for (const std::string& text : found->second) {
            int fd = -1;
            const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), fd);
            if (fault != std::errc() || end != text.data() + text.size() || fd < kFirst) {
                return Error(ErrorKind::InvalidArgument,
                             "option --preserve-fd: '" + text + "' is no descriptor");
            }
            if (wasHandedOn(fd)) {
                fds.push_back(fd);
            }
        }
    }
    return fds;
}

/// --no-pivot, --no-new-keyring and --no-subreaper are runc's; they are taken so that its callers work,
/// and change nothing.
Result<ParsedCreate> parseCreateOptions(std::span<const std::string> words, const char* usage) {
    static constexpr std::array kOptions = std::to_array<OptionSpec>({
        {"--bundle", 'b', true},
        {"--console-socket", '\0', true},
        {"--pid-file", '\0', true},
        {"--preserve-fds", '\0', true},
        {"--preserve-fd", '\0', true},
        {"--detach", 'd', false},
        {"--keep", '\0', false},
        {"--hold", '\0', true},
        {"--spare-namespaces", '\0', true},
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
    TRY_ASSIGN(parsed.create.preservedFds, preservedDescriptors(arguments));
    TRY_ASSIGN(parsed.create.holdFd, arguments.number("--hold", -1));
    TRY_ASSIGN(parsed.create.spareFd, arguments.number("--spare-namespaces", -1));
    constexpr int kFirst = 3;
    if (parsed.create.spareFd < kFirst || !wasHandedOn(parsed.create.spareFd)) {
        parsed.create.spareFd = -1;  // an offer that is not there; the program that starts over has none
    }
    parsed.detach = arguments.has("--detach");
    parsed.keep = arguments.has("--keep");
    return parsed;
}

}  // namespace coracle::runtime
