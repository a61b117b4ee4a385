// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/runtime_command.h"

#include <algorithm>
#include <array>

namespace coracle::monitor {
namespace {

constexpr int kNotExecutable = 126;
constexpr int kNoSuchProgram = 127;

std::vector<std::string> baseCommand(const Settings& settings, const char* verb) {
    std::vector<std::string> argv{settings.runtime};
    argv.insert(argv.end(), settings.runtimeArgs.begin(), settings.runtimeArgs.end());
    argv.emplace_back(verb);
    return argv;
}

std::string_view withoutPrefix(std::string_view line, std::string_view prefix) {
    return line.starts_with(prefix) ? line.substr(prefix.size()) : line;
}

/// crun puts a time stamp before its sentence.
std::string_view withoutTimeStamp(std::string_view line) {
    const auto end = line.find("Z: ");
    constexpr std::string_view kStampCharacters = "0123456789-:.T";
    if (end != std::string_view::npos &&
        line.substr(0, end).find_first_not_of(kStampCharacters) == std::string_view::npos) {
        line.remove_prefix(end + 3);
    }
    return line;
}

struct Sentence {
    std::string message;
    std::string hint;
};

/// Runtimes may warn before they fail, so the last line is the reason.
Sentence lastSentence(std::string_view output, std::string_view program) {
    Sentence sentence;
    while (!output.empty()) {
        const auto end = std::min(output.find('\n'), output.size());
        std::string_view line = output.substr(0, end);
        output.remove_prefix(std::min(end + 1, output.size()));
        if (!line.empty() && line.back() == '\r') {
            line.remove_suffix(1);
        }
        if (line.starts_with("hint: ")) {
            sentence.hint = line.substr(std::string_view("hint: ").size());
        } else if (!line.empty()) {
            line = withoutPrefix(withoutTimeStamp(line), std::string(program) + ": ");
            sentence.message =
                withoutPrefix(line, "coracle-runtime: ");  // under whatever name it is installed
        }
    }
    return sentence;
}

bool containsAll(std::string_view text, std::initializer_list<std::string_view> parts) {
    return std::all_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

/// COMPAT(crun, runc): both exit with 1 whatever happened. Their sentences: "executable file `x` not found
/// in $PATH: No such file or directory", "exec: \"x\": executable file not found in $PATH", "open
/// executable: Operation not permitted".
ErrorKind kindOf(int code, std::string_view message) {
    if (code == kNoSuchProgram || containsAll(message, {"executable file", "not found"}) ||
        containsAll(message, {"exec", "No such file or directory"}) ||
        containsAll(message, {"exec", "no such file or directory"})) {
        return ErrorKind::NotFound;
    }
    if (code == kNotExecutable || containsAll(message, {"exec", "Permission denied"}) ||
        containsAll(message, {"exec", "permission denied"}) ||
        containsAll(message, {"open executable", "not permitted"})) {
        return ErrorKind::PermissionDenied;
    }
    return ErrorKind::Unavailable;
}

/// The word that every runtime knows, where it says enough; our own knows another one.
void addPreserved(std::vector<std::string>& argv, const std::vector<int>& preserved) {
    constexpr int kFirst = 3;
    const bool inARow =
        !preserved.empty() && preserved.back() == kFirst + static_cast<int>(preserved.size()) - 1;
    if (inARow) {
        argv.insert(argv.end(), {"--preserve-fds", std::to_string(preserved.size())});
        return;
    }
    for (const int fd : preserved) {
        argv.insert(argv.end(), {"--preserve-fd", std::to_string(fd)});
    }
}

}  // namespace

std::string pidFile(const Settings& settings) {
    return settings.runDir + "/pid";
}

/// `run` where nothing has to happen between create and start: one program less for each start. The id
/// comes last; settings.cpp has refused one that begins with '-'.
std::vector<std::string> creationCommand(const Settings& settings, const std::string& consoleSocket,
                                         const std::vector<int>& preserved, int spareFd) {
    const bool exec = settings.mode == Mode::Exec;
    const bool run = !exec && settings.autoStart;
    auto argv = baseCommand(settings, exec ? "exec" : run ? "run" : "create");
    if (exec) {
        argv.insert(argv.end(), {"--process", settings.process, "--detach"});
    } else {
        argv.insert(argv.end(), {"--bundle", settings.bundle});
    }
    if (run) {
        argv.emplace_back("--detach");
    }
    argv.insert(argv.end(), {"--pid-file", pidFile(settings)});
    if (!consoleSocket.empty()) {
        argv.insert(argv.end(), {"--console-socket", consoleSocket});
    }
    addPreserved(argv, preserved);
    if (spareFd >= 0 && !exec) {
        argv.insert(argv.end(), {"--spare-namespaces", std::to_string(spareFd)});
    }
    argv.push_back(settings.id);
    return argv;
}

std::vector<std::string> startCommand(const Settings& settings) {
    auto argv = baseCommand(settings, "start");
    argv.push_back(settings.id);
    return argv;
}

std::vector<std::string> deleteCommand(const Settings& settings) {
    auto argv = baseCommand(settings, "delete");
    argv.insert(argv.end(), {"--force", settings.id});
    return argv;
}

Error runtimeFailure(const Settings& settings, sys::ExitStatus status, std::string_view output) {
    const std::string program = settings.runtime.substr(settings.runtime.rfind('/') + 1);
    if (status.signal != 0) {
        return {ErrorKind::Internal, program + " was killed by signal " + std::to_string(status.signal)};
    }
    Sentence sentence = lastSentence(output, program);
    if (sentence.message.empty()) {
        sentence.message = program + " failed with exit code " + std::to_string(status.code);
    }
    const ErrorKind kind = kindOf(status.code, sentence.message);
    return Error(kind, std::move(sentence.message)).withHint(std::move(sentence.hint));
}

/// NotFound and PermissionDenied mean "the program inside" to whoever started the container, with exit
/// codes 127 and 126; for our own files they must not be taken for that.
Error ownFailure(Error error) {
    if (error.kind() != ErrorKind::NotFound && error.kind() != ErrorKind::PermissionDenied) {
        return error;
    }
    return Error(ErrorKind::Unavailable, error.message(), error.sysErrno()).withHint(error.hint());
}

}  // namespace coracle::monitor
