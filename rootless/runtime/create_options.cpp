// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/create_options.h"

#include "rootless/runtime/verbs.h"
#include "rootless/sys/file.h"

#include <algorithm>
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

/// Those of the `count` descriptors from `first` on that are open; between them may be some that are not. The
/// number is the caller's and may be any, so what is open is asked for.
Result<std::vector<int>> handedOnAmong(int first, int count) {
    TRY_ASSIGN(const auto names, sys::listDirectory("/proc/self/fd"));
    std::vector<int> fds;
    for (const std::string& name : names) {
        int fd = -1;
        (void)std::from_chars(name.data(), name.data() + name.size(), fd);
        if (fd >= first && fd - first < count && wasHandedOn(fd)) {
            fds.push_back(fd);
        }
    }
    std::sort(fds.begin(), fds.end());
    return fds;
}

}  // namespace

Result<std::vector<int>> preservedDescriptors(const Arguments& arguments) {
    constexpr int kFirst = 3;
    std::vector<int> fds;
    TRY_ASSIGN(const int count, arguments.number("--preserve-fds", 0));
    if (count > 0) {
        TRY_ASSIGN(fds, handedOnAmong(kFirst, count));
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
        {"--config", 'f', true},
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
    parsed.create.config = arguments.value("--config", "config.json");
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
