// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/hooks.h"

#include "rootless/runtime/failure.h"
#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/reaper.h"
#include "rootless/sys/self.h"
#include "rootless/sys/unix_socket.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

using sys::UniqueFd;

/// Set over the short time in which this program may execute itself anew: "FD PID" of the helper.
constexpr const char* kRunnerVariable = "CORACLE_RUNTIME_HOOKS";
constexpr std::string_view kDone = "done";
/// What is kept of a hook's output; the message needs its last line. A file in memory takes it, because a
/// hook that writes more than a pipe holds would wait for a reader.
constexpr std::size_t kMaxOutputBytes = 4096;
constexpr int kCannotRun = 127;

/// The last line a hook printed, fit for a message: the hook may be a program of the image, so control
/// characters, which could steer a terminal, become spaces.
std::string lastLine(int outputFd) {
    std::string text = sys::contentOf(outputFd, kMaxOutputBytes);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\0')) {
        text.pop_back();
    }
    const auto start = text.rfind('\n');
    text = start == std::string::npos ? text : text.substr(start + 1);
    for (char& letter : text) {
        letter = static_cast<unsigned char>(letter) < ' ' || letter == 0x7f ? ' ' : letter;
    }
    return text.substr(0, 300);
}

/// A session of its own, so that a hook that overruns its time can be killed with its children, and so
/// that it has no terminal to read from.
[[noreturn]] void becomeHook(int inputFd, int outputFd, const std::function<Error()>& execute) {
    sys::resetSignals();
    sys::endWithParent();
    (void)sys::startSession();  // cannot fail in a new process
    if (::dup2(inputFd, STDIN_FILENO) < 0 || ::dup2(outputFd, STDOUT_FILENO) < 0 ||
        ::dup2(outputFd, STDERR_FILENO) < 0) {
        ::_exit(kCannotRun);
    }
    sys::setCloseOnExecFrom(3);
    const Error error = execute();
    (void)sys::writeAll(STDERR_FILENO, error.message() + "\n");  // the exit code says it as well
    ::_exit(kCannotRun);
}

/// runc and crun start hooks in the bundle, and some look for files there. A bundle that is gone by now is no
/// reason not to run one: it starts where its caller stands.
Error executeIn(const std::string& folder, const oci::Hook& hook) {
    (void)::chdir(folder.c_str());
    return sys::execute(hook.path, hook.args, hook.env);
}

/// poll(2) on the pidfd and not waitpid(2), which has no time limit. The kernel keeps the number until it
/// is reaped, so the kill cannot reach a stranger.
Result<> await(const oci::Hook& hook, const sys::CloneResult& child, int outputFd) {
    const int limit = hook.timeoutSeconds > 0 ? hook.timeoutSeconds * 1000 : -1;
    pollfd waiting{child.pidFd.get(), POLLIN, 0};
    int ready = -1;
    do {
        ready = ::poll(&waiting, 1, limit);
    } while (ready < 0 && errno == EINTR);
    if (ready == 0) {
        // Not reaped yet, so the number is still its own; it leads a session.
        (void)::kill(-child.pid, SIGKILL);
        (void)::kill(child.pid, SIGKILL);
        TRY(sys::waitForChild(child.pid));
        return Error(ErrorKind::Unavailable, "hook '" + hook.path + "' did not end within " +
                                                 std::to_string(hook.timeoutSeconds) + " s");
    }
    TRY_ASSIGN(const int status, sys::waitForChild(child.pid));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return {};
    }
    std::string text = "hook '" + hook.path + "' ";
    text += WIFSIGNALED(status) ? "ended by signal " + std::to_string(WTERMSIG(status))
                                : "failed with exit code " + std::to_string(WEXITSTATUS(status));
    const std::string said = lastLine(outputFd);
    return Error(ErrorKind::Unavailable, said.empty() ? text : text + ": " + said);
}

const std::vector<oci::Hook>& hooksAt(const oci::Hooks& hooks, HookPoint point) {
    switch (point) {
    case HookPoint::Prestart:
        return hooks.prestart;
    case HookPoint::CreateRuntime:
        return hooks.createRuntime;
    case HookPoint::Poststart:
        return hooks.poststart;
    case HookPoint::Poststop:
        break;
    }
    return hooks.poststop;
}

/// Body of the helper: one request, one answer, until the runtime is gone.
[[noreturn]] void serve(int fd, const oci::Config& config, const OciState& state) {
    sys::endWithParent();  // also in the middle of a hook, which then ends as well
    while (true) {
        std::array<char, 64> buffer{};
        const auto got = sys::receivePacket(fd, buffer, sys::Blocking::Yes);
        if (!got || got->transfer != sys::Transfer::Done) {
            ::_exit(0);
        }
        int point = 0;
        int status = 0;
        int pid = 0;
        if (std::sscanf(buffer.data(), "%d %d %d", &point, &status, &pid) != 3) {
            ::_exit(kExitFailed);
        }
        const auto where = static_cast<HookPoint>(point);
        const auto& hooks = hooksAt(config.hooks, where);
        const std::string text = toText(state, static_cast<Status>(status), pid);
        std::string answer(kDone);
        if (where == HookPoint::Poststart || where == HookPoint::Poststop) {
            runLateHooks(hooks, text, state.bundle);
        } else if (auto done = runHooks(hooks, text, state.bundle); !done) {
            answer = encodeFailure({std::move(done).error()});
        }
        if (!sys::sendPacket(fd, answer, "", sys::Blocking::Yes)) {
            ::_exit(kExitFailed);
        }
    }
}

/// `flags` is 0 to hand the descriptor on through execve(2), FD_CLOEXEC to keep it.
Result<> setInherited(int fd, int flags) {
    if (::fcntl(fd, F_SETFD, flags) != 0) {
        return Error::fromErrno("hand on the hook runner");
    }
    return {};
}

}  // namespace

/// Input and output are files in memory and no pipes: a hook that reads nothing or writes much blocks
/// nobody, and its output is there when it has ended.
Result<> runHook(const oci::Hook& hook, const std::string& state, const std::function<Error()>& execute) {
    TRY_ASSIGN(const UniqueFd input, sys::memoryFile(state));
    TRY_ASSIGN(const UniqueFd output, sys::memoryFile(""));
    TRY_ASSIGN(const sys::CloneResult child, sys::cloneProcess(0));
    if (child.pid == 0) {
        becomeHook(input.get(), output.get(), execute);
    }
    return await(hook, child, output.get());
}

/// One after the other, in the order of the bundle; the first that fails ends it (runtime-spec runtime.md,
/// "Lifecycle").
Result<> runHooks(const std::vector<oci::Hook>& hooks, const std::string& state, const std::string& folder) {
    for (const oci::Hook& hook : hooks) {
        TRY(runHook(hook, state, [&] { return executeIn(folder, hook); }));
    }
    return {};
}

/// A hook that fails gives a warning and does not keep the others from running, as poststart and poststop
/// hooks are to be treated (runtime-spec runtime.md, "Lifecycle").
void runLateHooks(const std::vector<oci::Hook>& hooks, const std::string& state, const std::string& folder) {
    for (const oci::Hook& hook : hooks) {
        const auto done = runHook(hook, state, [&] { return executeIn(folder, hook); });
        if (!done) {
            (void)sys::writeAll(STDERR_FILENO, "coracle-runtime: warning: " + done.error().message() + "\n");
        }
    }
}

/// Forked before this program enters any namespace, since hooks run in the runtime's namespaces, which are
/// those that it was started in. It is found again after the program has started itself anew
/// (self_protection.cpp) through a variable with its descriptor and process id.
Result<std::unique_ptr<HookRunner>> HookRunner::start(const oci::Config& config, const OciState& state) {
    const oci::Hooks& hooks = config.hooks;
    if (hooks.prestart.empty() && hooks.createRuntime.empty() && hooks.poststart.empty() &&
        hooks.poststop.empty()) {
        return std::unique_ptr<HookRunner>();
    }
    if (const char* earlier = std::getenv(kRunnerVariable)) {
        // Only this program sets it, for itself. A user who does gains an error and nothing else.
        int fd = -1;
        int pid = -1;
        if (std::sscanf(earlier, "%d %d", &fd, &pid) != 2 || fd < 3) {
            return Error(ErrorKind::InvalidArgument, std::string(kRunnerVariable) + " is malformed");
        }
        return std::unique_ptr<HookRunner>(new HookRunner(UniqueFd(fd), pid));
    }
    TRY_ASSIGN(sys::SocketPair pair, sys::makeSocketPair(sys::SocketType::SeqPacket));
    TRY_ASSIGN(const sys::CloneResult child, sys::cloneProcess(0));
    if (child.pid == 0) {
        pair.first.reset();
        serve(pair.second.get(), config, state);
    }
    TRY(setInherited(pair.first.get(), 0));
    const std::string value = std::to_string(pair.first.get()) + " " + std::to_string(child.pid);
    (void)::setenv(kRunnerVariable, value.c_str(), 1);  // fails for want of memory only
    return std::unique_ptr<HookRunner>(new HookRunner(std::move(pair.first), child.pid));
}

void HookRunner::forget() noexcept {
    m_socket.reset();
}

HookRunner::~HookRunner() {
    // Not only closed: a process that was forked meanwhile may have a copy.
    (void)::shutdown(m_socket.get(), SHUT_RDWR);
    (void)sys::waitForChild(m_pid);  // ignored: it ends with the socket
}

void HookRunner::keep() {
    (void)::unsetenv(kRunnerVariable);               // fails for a malformed name only
    (void)setInherited(m_socket.get(), FD_CLOEXEC);  // an open descriptor takes it
}

/// One request, one answer. Blocks as long as the hooks run, each up to its timeout where it has one.
Result<> HookRunner::run(HookPoint point, Status status, pid_t pid) const {
    const std::string request = std::to_string(static_cast<int>(point)) + " " +
                                std::to_string(static_cast<int>(status)) + " " + std::to_string(pid);
    TRY(sys::sendPacket(m_socket.get(), request, "", sys::Blocking::Yes));
    std::array<char, 4096> buffer{};
    TRY_ASSIGN(const auto got, sys::receivePacket(m_socket.get(), buffer, sys::Blocking::Yes));
    const std::string_view answer(buffer.data(), got.transfer == sys::Transfer::Done ? got.size : 0);
    if (auto failure = decodeFailure(answer)) {
        return std::move(failure->error);
    }
    if (answer != kDone) {
        return Error(ErrorKind::Unavailable, "the hook runner ended early");
    }
    return {};
}

}  // namespace coracle::runtime
