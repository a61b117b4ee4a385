// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/detach_keys.h"
#include "core/cli/program_hint.h"
#include "core/cli/session_runner.h"
#include "core/cli/verb_helpers.h"
#include "core/container/env_file.h"
#include "core/types/preserved_fds.h"
#include "rootless/sys/file.h"

namespace coracle::cli {
namespace {

/// `--env-file` first, `-e` on top. Errors: InvalidArgument, and those of reading.
Result<container::EnvList> readEnv(const Words& assignments, const Words& files) {
    container::EnvList env;
    for (const auto& file : files) {
        TRY_ASSIGN(const auto text, sys::readFile(file));
        TRY_ASSIGN(const auto list, container::parseEnvFile(text, environment));
        env.insert(env.end(), list.begin(), list.end());
    }
    for (const auto& assignment : assignments) {
        auto [name, value] = splitAssignment(assignment);
        if (assignment.find('=') != std::string::npos) {
            env.emplace_back(std::move(name), std::move(value));
        } else if (auto inherited = environment(name)) {
            env.emplace_back(std::move(name), *std::move(inherited));
        }
    }
    return env;
}

/// Errors: InvalidArgument, also for one that is not open.
Result<std::vector<int>> readPreserved(const std::string& count, const Words& lists) {
    std::vector<int> fds;
    if (!count.empty() && !lists.empty()) {
        return Error(ErrorKind::InvalidArgument, "conflicting options: --preserve-fds and --preserve-fd");
    }
    if (!count.empty()) {
        TRY_ASSIGN(fds, types::parsePreservedCount(count));
    }
    for (const auto& list : lists) {
        TRY_ASSIGN(const auto more, types::parsePreservedList(list));
        types::addPreserved(fds, more);
    }
    TRY(requireHandedOn(fds));
    return fds;
}

}  // namespace

/// A session like that of `run`. A detached command gives none, and its end is not waited for.
int cmdExec(Context& context, const std::string& name, const Words& arguments) {
    engine::ExecSpec spec;
    Words words;
    Words env;
    Words envFiles;
    std::string preservedCount;
    Words preservedLists;
    bool latest = false;
    std::string detachKeys = kDefaultDetachKeys;
    VerbParser parser(name, "[OPTIONS] CONTAINER COMMAND [ARG...]",
                      "Execute a command in a running container");
    parser.flag("-d,--detach", spec.detach, "Run in the background")
        .flag("-i,--interactive", spec.interactive, "Keep standard input open")
        .flag("-t,--tty", spec.tty, "Give it a terminal")
        .flag("--privileged", spec.privileged, "All capabilities inside, whatever the container has")
        .option("--preserve-fds", preservedCount, "NUMBER", "Hand so many descriptors from 3 on to it")
        .option("--preserve-fd", preservedLists, "FD,...", "Hand these descriptors on to it")
        .option("-e,--env", env, "NAME[=VALUE]", "Set an environment variable")
        .option("--env-file", envFiles, "FILE", "Read environment variables from a file")
        .option("-u,--user", spec.user, "USER[:GROUP]", "User inside, by name or number")
        .option("-w,--workdir", spec.workingDirectory, "DIRECTORY", "Working directory inside")
        .option("--detach-keys", detachKeys, "KEYS", "Keys that leave the command running")
        .flag("-l,--latest", latest, kLatestHelp)
        .words(words, 2, kAnyNumber, OptionPlacement::BeforeFirstWord)
        .fewerWords([&] { return latest; });
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    auto list = readEnv(env, envFiles);
    if (!list) {
        return reportError(context.console(), list.error(), kEngineFailed);
    }
    spec.env = *std::move(list);
    auto preserved = readPreserved(preservedCount, preservedLists);
    if (!preserved) {
        return reportError(context.console(), preserved.error(), kEngineFailed);
    }
    spec.preservedFds = *std::move(preserved);
    spec.command.assign(words.begin() + (latest ? 0 : 1), words.end());
    if (auto usable = checkTerminal(context.console(), spec.tty && !spec.detach, spec.interactive); !usable) {
        return reportError(context.console(), usable.error(), 1);
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (const auto taken = takeLatest(engine, latest, words); !taken) {
        return reportError(context.console(), taken.error(), 1);
    }
    auto session = engine.containers().exec(words[0], spec);
    if (!session) {
        // 126 and 127 are about the program; a container that is missing or stopped is an ordinary failure.
        const bool noContainer = session.error().kind() == ErrorKind::NotFound &&
                                 !engine.containers().inspect(words[0]).has_value();
        const bool stopped = session.error().kind() == ErrorKind::Conflict;
        const Error error = withProgramHint(session.error(), spec.command, "the container");
        return reportError(context.console(), noContainer ? session.error() : error,
                           noContainer || stopped ? 1 : startFailureCode(session.error()));
    }
    if (!*session) {
        return 0;
    }
    SessionOptions options;
    options.tty = spec.tty;
    options.standardInput = spec.interactive;
    options.detachKeys = detachKeys;
    const auto end = runSession(**session, options);
    if (!end) {
        return reportError(context.console(), end.error());
    }
    return end->exitCode;
}

}  // namespace coracle::cli
