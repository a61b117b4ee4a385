// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/subprocess.h"

#include "rootless/sys/file.h"
#include "rootless/sys/stop_event.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <mutex>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#ifndef CORACLE_LIBEXEC_DIR
#define CORACLE_LIBEXEC_DIR "/usr/libexec/coracle"
#endif

// Why posix_spawn(3) and never fork(2): a program with threads forks with the locks of the other threads
// held, and copies page tables in proportion to its memory. glibc's posix_spawn shares the memory until
// execve(2) (CLONE_VM|CLONE_VFORK) and runs only its own code in between. Source: posix_spawn(3), NOTES.
// The child is known by a pidfd from the moment it exists. The number cannot be reused in between,
// because only this object reaps it.
namespace coracle::sys {
namespace {

/// Enough for a helper to remove what it staged; short enough for a person who pressed Ctrl-C.
constexpr int kTerminateGraceMs = 2000;

std::vector<char*> pointersTo(const std::vector<std::string>& words) {
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (const auto& word : words) {
        pointers.push_back(
            const_cast<char*>(word.c_str()));  // NOLINT(*-const-cast): exec(3) takes char* for history
    }
    pointers.push_back(nullptr);
    return pointers;
}

/// A program that lives long and starts many containers would collect a zombie for each helper it let go.
struct DetachedChildren {
    std::mutex mutex;
    std::vector<pid_t> pids;
};

DetachedChildren& detachedChildren() {
    static DetachedChildren children;
    return children;
}

void reapDetached() {
    DetachedChildren& detached = detachedChildren();
    const std::lock_guard guard(detached.mutex);
    std::erase_if(detached.pids, [](pid_t pid) { return ::waitpid(pid, nullptr, WNOHANG) != 0; });
}

struct FileActions {
    posix_spawn_file_actions_t value{};
    FileActions() { (void)::posix_spawn_file_actions_init(&value); }
    ~FileActions() { (void)::posix_spawn_file_actions_destroy(&value); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
};

struct Attributes {
    posix_spawnattr_t value{};
    Attributes() { (void)::posix_spawnattr_init(&value); }
    ~Attributes() { (void)::posix_spawnattr_destroy(&value); }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
};

/// A child starts with default dispositions and nothing blocked, whatever our own threads set.
void configure(Attributes& attributes, const SpawnOptions& options) {
    sigset_t none;
    sigset_t defaults;
    sigemptyset(&none);
    // All of them: for a signal that is not in the set glibc first asks for its disposition, in each child.
    sigfillset(&defaults);
    (void)::posix_spawnattr_setsigmask(&attributes.value, &none);
    (void)::posix_spawnattr_setsigdefault(&attributes.value, &defaults);
    int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    if (options.newSession) {
        flags |= POSIX_SPAWN_SETSID;
    }
    (void)::posix_spawnattr_setflags(&attributes.value, static_cast<short>(flags));
}

ExitStatus decode(int status) {
    if (WIFSIGNALED(status)) {
        return {0, WTERMSIG(status)};
    }
    return {WEXITSTATUS(status), 0};
}

/// Keep what one stream delivers; false at its end.
bool drainInto(int fd, std::string& text, std::size_t maxBytes) {
    std::array<char, 16384> buffer{};
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got < 0) {
        return errno == EINTR || errno == EAGAIN;
    }
    if (got > 0 && text.size() < maxBytes) {
        text.append(buffer.data(), std::min(static_cast<std::size_t>(got), maxBytes - text.size()));
    }
    return got > 0;
}

}  // namespace

Result<Subprocess> Subprocess::spawn(const SpawnOptions& options) {
    reapDetached();
    FileActions actions;
    // Two steps: a wanted number may be the source of another pair, so all sources first move out of the way.
    int highest = 2;
    for (const auto& [from, to] : options.fds) {
        highest = std::max({highest, from, to});
    }
    std::vector<UniqueFd> parked;
    for (const auto& [from, to] : options.fds) {
        const int copy = ::fcntl(from, F_DUPFD_CLOEXEC, highest + 1);
        if (copy < 0) {
            return Error::fromErrno("pass descriptor " + std::to_string(from));
        }
        parked.emplace_back(copy);
        (void)::posix_spawn_file_actions_adddup2(&actions.value, copy, to);
    }
    if (!options.workingDirectory.empty()) {
        (void)::posix_spawn_file_actions_addchdir_np(&actions.value, options.workingDirectory.c_str());
    }
    Attributes attributes;
    configure(attributes, options);
    const auto argv = pointersTo(options.argv);
    std::vector<char*> envp;
    if (options.env) {
        envp = pointersTo(*options.env);
    }
    pid_t pid = -1;
    const int err = ::posix_spawnp(&pid, argv[0], &actions.value, &attributes.value, argv.data(),
                                   options.env ? envp.data() : environ);
    if (err != 0) {
        return Error::fromErrno("start '" + options.argv.front() + "'", err);
    }
    const long pidFd = ::syscall(SYS_pidfd_open, pid, 0);
    if (pidFd < 0) {
        auto error = Error::fromErrno("watch '" + options.argv.front() + "'");
        (void)::kill(pid, SIGKILL);
        (void)::waitpid(pid, nullptr, 0);
        return error;
    }
    return Subprocess(pid, UniqueFd(static_cast<int>(pidFd)));
}

Subprocess::Subprocess(Subprocess&& other) noexcept
    : m_pidFd(std::move(other.m_pidFd)), m_pid(std::exchange(other.m_pid, -1)) {}

Subprocess& Subprocess::operator=(Subprocess&& other) noexcept {
    std::swap(m_pidFd, other.m_pidFd);
    std::swap(m_pid, other.m_pid);
    return *this;
}

Subprocess::~Subprocess() {
    if (m_pid > 0) {
        (void)kill(SIGKILL);
        (void)wait();
    }
}

Result<> Subprocess::kill(int signal) const {
    if (m_pid > 0 && ::syscall(SYS_pidfd_send_signal, m_pidFd.get(), signal, nullptr, 0) != 0 &&
        errno != ESRCH) {
        return Error::fromErrno("signal process " + std::to_string(m_pid));
    }
    return {};
}

Result<ExitStatus> Subprocess::wait(std::stop_token stop) {
    const StopEvent stopped(stop);
    bool cancelled = false;
    bool escalated = false;
    while (stopped.fd() >= 0) {
        std::array<pollfd, 2> polled{
            {{m_pidFd.get(), POLLIN, 0}, {cancelled ? -1 : stopped.fd(), POLLIN, 0}}};
        const int ready =
            ::poll(polled.data(), polled.size(), cancelled && !escalated ? kTerminateGraceMs : -1);
        if (ready < 0 && errno != EINTR) {
            return Error::fromErrno("wait for process " + std::to_string(m_pid));
        }
        if (polled[0].revents != 0) {
            break;
        }
        if (ready == 0) {
            escalated = true;
            TRY(kill(SIGKILL));
        } else if (polled[1].revents != 0) {
            cancelled = true;
            TRY(kill(SIGTERM));
        }
    }
    int status = 0;
    pid_t got = -1;
    do {
        got = ::waitpid(m_pid, &status, 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        const Error error = Error::fromErrno("wait for process " + std::to_string(m_pid));
        m_pid = -1;
        return error;
    }
    m_pid = -1;
    if (cancelled) {
        return Error(ErrorKind::Cancelled, "cancelled");
    }
    return decode(status);
}

void Subprocess::detach() {
    DetachedChildren& detached = detachedChildren();
    const std::lock_guard guard(detached.mutex);
    detached.pids.push_back(release());
}

pid_t Subprocess::release() noexcept {
    m_pidFd.reset();
    return std::exchange(m_pid, -1);
}

Result<CapturedOutput> runAndCapture(SpawnOptions options, std::stop_token stop, std::size_t maxBytes) {
    TRY_ASSIGN(Pipe output, makePipe());
    TRY_ASSIGN(Pipe errors, makePipe());
    TRY_ASSIGN(const UniqueFd null, openAt(AT_FDCWD, "/dev/null", O_RDONLY));
    options.fds.insert(options.fds.end(),
                       {{null.get(), 0}, {output.writeEnd.get(), 1}, {errors.writeEnd.get(), 2}});
    TRY_ASSIGN(Subprocess child, Subprocess::spawn(options));
    output.writeEnd.reset();
    errors.writeEnd.reset();
    const StopEvent stopped(stop);
    CapturedOutput captured;
    while (output.readEnd || errors.readEnd) {
        std::array<pollfd, 3> polled{{{output.readEnd ? output.readEnd.get() : -1, POLLIN, 0},
                                      {errors.readEnd ? errors.readEnd.get() : -1, POLLIN, 0},
                                      {stopped.fd(), POLLIN, 0}}};
        if (::poll(polled.data(), polled.size(), -1) < 0 && errno != EINTR) {
            return Error::fromErrno("read output of '" + options.argv.front() + "'");
        }
        if (polled[2].revents != 0) {
            break;
        }
        if (polled[0].revents != 0 && !drainInto(output.readEnd.get(), captured.standardOutput, maxBytes)) {
            output.readEnd.reset();
        }
        if (polled[1].revents != 0 && !drainInto(errors.readEnd.get(), captured.standardError, maxBytes)) {
            errors.readEnd.reset();
        }
    }
    TRY_ASSIGN(captured.status, child.wait(stop));
    return captured;
}

namespace {

/// Of the running program, asked once; empty when /proc does not say.
const std::string& ownFolder() {
    static const std::string folder = [] {
        std::string self(4096, '\0');
        const ssize_t length = ::readlink("/proc/self/exe", self.data(), self.size());
        self.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
        return self.substr(0, self.rfind('/'));
    }();
    return folder;
}

}  // namespace

Result<std::string> findHelper(const std::string& name) {
    std::vector<std::string> folders;
    if (const char* libexec = std::getenv("CORACLE_LIBEXEC"); libexec != nullptr && libexec[0] == '/') {
        folders.emplace_back(libexec);
    }
    if (const std::string& folder = ownFolder(); !folder.empty()) {
        folders.push_back(folder);
        folders.push_back(folder + "/../libexec/coracle");
        folders.push_back(folder + "/../../bin");
    }
    folders.emplace_back(CORACLE_LIBEXEC_DIR);
    std::string tried;
    for (const auto& folder : folders) {
        std::string path = folder + "/" + name;
        if (::access(path.c_str(), X_OK) == 0) {
            return path;
        }
        tried += (tried.empty() ? "" : ", ") + folder;
    }
    return Error(ErrorKind::NotFound, "find helper '" + name + "' in " + tried)
        .withHint("the installation is incomplete; reinstall Coracle or set CORACLE_LIBEXEC");
}

std::optional<std::string> findProgram(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::string folders = path != nullptr ? path : "/usr/bin:/bin";
    folders += ":/usr/sbin:/sbin";
    for (std::size_t start = 0; start <= folders.size();) {
        // An empty part of PATH means the current folder, which is not searched: what stands there is not
        // the user's choice. The test for '/' below leaves relative parts out for the same reason.
        const std::size_t end = std::min(folders.find(':', start), folders.size());
        std::string candidate = folders.substr(start, end - start) + "/" + name;
        if (candidate.front() == '/' && ::access(candidate.c_str(), X_OK) == 0) {
            return candidate;
        }
        start = end + 1;
    }
    return std::nullopt;
}

}  // namespace coracle::sys
