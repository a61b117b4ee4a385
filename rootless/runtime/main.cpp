// SPDX-License-Identifier: Apache-2.0
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

int usage() {
    std::string text =
        "usage: coracle-runtime [--root DIR] [--log FILE] [--log-format text|json] VERB ...\nverbs:";
    for (const Verb& verb : kVerbs) {
        text += " " + std::string(verb.name);
    }
    (void)sys::writeAll(STDERR_FILENO, text + "\n");
    return 2;
}

}  // namespace

/// Options that other runtimes have and that cannot change anything here (--debug, --rootless) are
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
    });
    auto options = parseArguments(words, kOptions);
    if (!options) {
        return report({std::move(options).error()}, {});
    }
    if (options->has("--version")) {
        std::printf("coracle-runtime version " CORACLE_VERSION "\nspec: 1.1.0\n");
        return 0;
    }
    if (options->words.empty()) {
        return usage();
    }
    if (options->words.front() == "userns-hold") {
        return holdUserNamespace();
    }
    for (const Verb& verb : kVerbs) {
        if (options->words.front() == verb.name) {
            auto root = chooseRoot(*options);
            if (!root) {
                return report({std::move(root).error()}, *options);
            }
            const Invocation invocation{
                StateStore(*std::move(root)),
                {options->words.begin() + 1, options->words.end()},
                {options->value("--log"), options->value("--log-format") == "json"},
                options->has("--systemd-cgroup") || options->value("--cgroup-manager") == "systemd"};
            const Outcome outcome = verb.run(invocation);
            if (const auto* failure = std::get_if<Failure>(&outcome)) {
                return report(*failure, *options);
            }
            return std::get<int>(outcome);
        }
    }
    return usage();
}
