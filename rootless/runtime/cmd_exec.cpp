// SPDX-License-Identifier: Apache-2.0
#include "rootless/caps/capability.h"
#include "rootless/oci/json.h"
#include "rootless/runtime/create_options.h"
#include "rootless/runtime/exec.h"
#include "rootless/runtime/terminal_relay.h"
#include "rootless/runtime/verbs.h"
#include "rootless/runtime/warnings.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace coracle::runtime {
namespace {

// TABLE. Source: runc-exec(8). --no-subreaper is accepted and says nothing here: the new process is our
/// child.
constexpr std::array kOptions = std::to_array<OptionSpec>({
    {"--process", 'p', true},
    {"--console-socket", '\0', true},
    {"--pid-file", '\0', true},
    {"--preserve-fds", '\0', true},
    {"--preserve-fd", '\0', true},
    {"--detach", 'd', false},
    {"--tty", 't', false},
    {"--user", 'u', true},
    {"--additional-gids", 'g', true},
    {"--env", 'e', true},
    {"--cwd", '\0', true},
    {"--cap", 'c', true},
    {"--no-new-privs", '\0', false},
    {"--no-subreaper", '\0', false},
    {"--apparmor", '\0', true},
    {"--process-label", '\0', true},
    {"--cgroup", '\0', true},
    {"--ignore-paused", '\0', false},
});

/// A group below the container's would have to be made and removed with the process, and a container without
/// delegation has none.
Result<> checkGroup(const Arguments& arguments) {
    const std::string group = arguments.value("--cgroup", "/");
    if (group != "/") {
        return Error(ErrorKind::Unsupported,
                     "--cgroup '" + group + "': another control group cannot be chosen")
            .withHint("the process goes into the container's own; leave the option out");
    }
    return {};
}

/// Errors name the file: whoever made it is another program than the one that reads them.
Result<oci::Process> readProcess(const std::string& file) {
    const auto read = [&]() -> Result<oci::Process> {
        TRY_ASSIGN(const std::string text, sys::readFile(file));
        TRY_ASSIGN(const auto document, json::parse(text));
        if (!document.is_object()) {
            return Error(ErrorKind::Corrupt, "the process is not an object");
        }
        return oci::parseProcess(document);
    };
    auto process = read();
    return process ? std::move(process) : std::move(process).error().context("read '" + file + "'");
}

/// 2^32-1 means "leave it" to the set*id calls (setresuid(2)), so as an id it is refused.
Result<std::uint32_t> parseId(std::string_view text) {
    std::uint32_t id = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (fault != std::errc() || end != text.data() + text.size() ||
        id == std::numeric_limits<std::uint32_t>::max()) {
        return Error(ErrorKind::InvalidArgument, "'" + std::string(text) + "' is not a user or group id")
            .withHint("the runtime takes numbers only; names are the engine's");
    }
    return id;
}

/// --user takes numbers only: names would have to be looked up in the container's /etc/passwd, which its
/// root may write. The groups of the container's first process do not carry over to another user.
Result<> applyUser(const Arguments& arguments, oci::Process& process) {
    if (!arguments.has("--user")) {
        return {};
    }
    const std::string text = arguments.value("--user");
    const auto colon = text.find(':');
    TRY_ASSIGN(process.user.uid, parseId(std::string_view(text).substr(0, colon)));
    process.user.additionalGids.clear();
    if (colon != std::string::npos) {
        TRY_ASSIGN(process.user.gid, parseId(std::string_view(text).substr(colon + 1)));
    }
    return {};
}

/// The last of several entries of one name would win in most programs, but not in all of them; so there is
/// one.
void replaceVariable(std::vector<std::string>& env, const std::string& entry) {
    const std::string prefix = entry.substr(0, entry.find('=')) + "=";
    std::erase_if(env, [&](const std::string& old) { return old.starts_with(prefix); });
    env.push_back(entry);
}

/// The process that the options describe, on top of the container's own. What the options leave open is
/// the container's: an exec gets its capabilities and its no-new-privileges even when a document says
/// nothing about them, and noNewPrivileges can be added but not taken away.
Result<oci::Process> describeProcess(const Arguments& arguments, const ContainerState& state) {
    if (arguments.has("--process")) {
        TRY_ASSIGN(oci::Process process, readProcess(arguments.value("--process")));
        if (!process.capabilities) {
            process.capabilities = state.defaults.capabilities;
        }
        process.noNewPrivileges = process.noNewPrivileges || state.defaults.noNewPrivileges;
        return process;
    }
    oci::Process process = state.defaults;
    process.args.assign(arguments.words.begin() + 1, arguments.words.end());
    if (process.args.empty()) {
        return Error(ErrorKind::InvalidArgument, "usage: coracle-runtime exec ID COMMAND...");
    }
    process.terminal = arguments.has("--tty");
    TRY(applyUser(arguments, process));
    if (const auto found = arguments.options.find("--additional-gids"); found != arguments.options.end()) {
        for (const std::string& text : found->second) {
            TRY_ASSIGN(const std::uint32_t gid, parseId(text));
            process.user.additionalGids.push_back(gid);
        }
    }
    if (const auto found = arguments.options.find("--env"); found != arguments.options.end()) {
        for (const std::string& entry : found->second) {
            replaceVariable(process.env, entry);
        }
    }
    if (const auto found = arguments.options.find("--cap");
        found != arguments.options.end() && process.capabilities) {
        TRY_ASSIGN(const std::uint64_t extra, caps::maskOf(found->second));
        process.capabilities->bounding |= extra;
        process.capabilities->effective |= extra;
        process.capabilities->permitted |= extra;
    }
    process.apparmorProfile = arguments.value("--apparmor", process.apparmorProfile);
    process.selinuxLabel = arguments.value("--process-label", process.selinuxLabel);
    process.cwd = arguments.value("--cwd", process.cwd);
    process.noNewPrivileges = process.noNewPrivileges || arguments.has("--no-new-privs");
    return process;
}

struct ParsedExec {
    ContainerState state;
    ExecOptions options;
    bool detach = false;
};

Result<ParsedExec> parseExec(const Invocation& invocation) {
    TRY_ASSIGN(const Arguments arguments, parseArguments(invocation.words, kOptions));
    if (arguments.words.empty()) {
        return Error(ErrorKind::InvalidArgument, "usage: coracle-runtime exec [OPTIONS] ID COMMAND...");
    }
    TRY(checkGroup(arguments));
    ParsedExec parsed;
    parsed.options.ignorePaused = arguments.has("--ignore-paused");
    TRY_ASSIGN(parsed.state, invocation.store.load(arguments.words.front()));
    TRY_ASSIGN(parsed.options.process, describeProcess(arguments, parsed.state));
    parsed.options.pidFile = arguments.value("--pid-file");
    TRY_ASSIGN(parsed.options.preservedFds, preservedDescriptors(arguments));
    parsed.detach = arguments.has("--detach");
    parsed.options.console = {arguments.value("--console-socket"), !parsed.detach};
    TRY(settleConsole(parsed.options.process, parsed.options.console));
    return parsed;
}

}  // namespace

/// Without --detach this program stands for the command: it passes signals on and ends with its exit code.
Outcome execVerb(const Invocation& invocation) {
    auto parsed = parseExec(invocation);
    if (!parsed) {
        return Failure{std::move(parsed).error()};
    }
    warn(invocation.log, parsed->options.process.warnings);
    auto started = execInContainer(invocation.store, parsed->state, parsed->options);
    if (auto* failure = std::get_if<Failure>(&started)) {
        return std::move(*failure);
    }
    if (parsed->detach) {
        return 0;
    }
    auto& process = std::get<CreatedContainer>(started);
    return toOutcome(superviseForeground(process));
}

}  // namespace coracle::runtime
