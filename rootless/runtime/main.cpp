// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/help.h"
#include "rootless/runtime/program.h"
#include "rootless/runtime/verbs.h"
#include "rootless/sys/file.h"
#include "rootless/sys/process_identity.h"
#include "rootless/userns/keeper.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace coracle;
using namespace coracle::runtime;

/// Where userns/keeper.cpp passes its socket to `userns-hold`.
constexpr int kKeeperControlFd = 3;

struct Verb {
    std::string_view name;
    Outcome (*run)(const Invocation&);
};

constexpr std::array kVerbs = std::to_array<Verb>({
    {"create", createVerb},
    {"run", runVerb},
    {"start", startVerb},
    {"state", stateVerb},
    {"kill", killVerb},
    {"delete", deleteVerb},
    {"exec", execVerb},
    {"list", listVerb},
    {"features", featuresVerb},
    {"spec", specVerb},
    {"link", linkVerb},
    {"probe", probeVerb},
    {"ps", psVerb},
    {"update", updateVerb},
    {"pause", pauseVerb},
    {"resume", resumeVerb},
    {"events", eventsVerb},
});

/// For runs by hand: the engine always names its own root. /tmp is for sessions without a runtime folder.
/// Below /tmp anybody may have made the folder first, and who can write in it decides what a container's
/// state says.
Result<std::string> privateFolder(const std::string& path) {
    struct stat found {};
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
        return Error::fromErrno("mkdir '" + path + "'");
    }
    if (::lstat(path.c_str(), &found) != 0) {
        return Error::fromErrno("stat '" + path + "'");
    }
    if (!S_ISDIR(found.st_mode) || found.st_uid != ::geteuid() || (found.st_mode & 022U) != 0) {
        return Error(ErrorKind::PermissionDenied, "'" + path + "' is not a private folder of this user")
            .withHint("set XDG_RUNTIME_DIR, or give a folder with --root");
    }
    return path;
}

Result<std::string> chooseRoot(const Arguments& options) {
    if (options.has("--root")) {
        return options.value("--root");
    }
    const char* runtimeDir = std::getenv("XDG_RUNTIME_DIR");
    if (runtimeDir != nullptr && runtimeDir[0] == '/') {
        return std::string(runtimeDir) + "/coracle/runtime";
    }
    TRY_ASSIGN(const auto folder, privateFolder("/tmp/coracle-" + std::to_string(::geteuid())));
    return folder + "/runtime";
}

/// One clear line on standard error, and the same in the log that a caller asked for.
int report(const Failure& failure, const Arguments& options) {
    const Error& error = failure.error;
    std::string text = "coracle-runtime: " + error.message() + "\n";
    if (!error.hint().empty()) {
        text += "hint: " + error.hint() + "\n";
    }
    (void)sys::writeAll(STDERR_FILENO, text);  // nobody left to tell
    writeLog({options.value("--log"), options.value("--log-format") == "json"}, "error", error.message(),
             error.hint());
    return failure.exitCode;
}

int holdUserNamespace() {
    const auto held = userns::holdNamespace(kKeeperControlFd);
    return held ? 0 : 1;
}

int usage(int fd, int exitCode) {
    (void)sys::writeAll(fd, usageText());  // nobody left to tell
    return exitCode;
}

/// What stands before the verb and cannot be followed. Errors: InvalidArgument.
Result<> checkOptions(const Arguments& options) {
    const std::string format = options.value("--log-format", "text");
    if (format != "text" && format != "json") {
        return Error(ErrorKind::InvalidArgument, "unknown log format '" + format + "'")
            .withHint("the formats are text and json");
    }
    return {};
}

Outcome runVerbWith(const Verb& verb, const Arguments& options) {
    const std::vector<std::string> words(options.words.begin() + 1, options.words.end());
    if (const auto help = helpFor(verb.name, words)) {
        return toOutcome([&]() -> Result<int> {
            TRY(print(*help));
            return 0;
        }());
    }
    auto root = chooseRoot(options);
    if (!root) {
        return Failure{std::move(root).error()};
    }
    return verb.run({StateStore(*std::move(root)),
                     words,
                     {options.value("--log"), options.value("--log-format") == "json"},
                     options.has("--systemd-cgroup") || options.value("--cgroup-manager") == "systemd"});
}

}  // namespace

/// Options that other runtimes have and that cannot change anything here (--debug, --rootless, --criu) are
/// accepted, so that podman and buildah can call this one.
int coracle::runtime::runtimeMain(const std::vector<std::string>& words) {
    static constexpr std::array kOptions = std::to_array<OptionSpec>({
        {"--root", '\0', true},
        {"--log", '\0', true},
        {"--log-format", '\0', true},
        {"--version", 'v', false},
        {"--debug", '\0', false},
        {"--systemd-cgroup", '\0', false},
        {"--cgroup-manager", '\0', true},
        {"--rootless", '\0', true},
        {"--criu", '\0', true},
        {"--log-level", '\0', true},
        {"--help", 'h', false},
    });
    auto options = parseArguments(words, kOptions);
    auto checked = options ? checkOptions(*options) : Result<>();
    if (!options || !checked) {
        return report({options ? std::move(checked).error() : std::move(options).error()}, {});
    }
    if (options->has("--version")) {
        std::printf("coracle-runtime version " CORACLE_VERSION "\nspec: 1.1.0\n");
        return 0;
    }
    const std::string verbName = options->words.empty() ? "" : options->words.front();
    if (options->has("--help") || verbName == "help") {
        return usage(STDOUT_FILENO, 0);
    }
    if (verbName == "userns-hold") {
        return holdUserNamespace();
    }
    for (const Verb& verb : kVerbs) {
        if (verbName == verb.name) {
            const Outcome outcome = runVerbWith(verb, *options);
            if (const auto* failure = std::get_if<Failure>(&outcome)) {
                return report(*failure, *options);
            }
            return std::get<int>(outcome);
        }
    }
    if (!verbName.empty()) {
        return report({Error(ErrorKind::InvalidArgument, "unknown verb '" + verbName + "'")
                           .withHint("see 'coracle-runtime --help'")},
                      *options);
    }
    return usage(STDERR_FILENO, 2);
}
