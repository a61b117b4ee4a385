// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace coracle::sys {

/// How a child ended. Exactly one of the two is meaningful: signal != 0 means killed.
struct ExitStatus {
    int code = 0;
    int signal = 0;

    bool success() const noexcept { return code == 0 && signal == 0; }
    /// The number a shell reports: the exit code, or 128 + signal.
    int shellCode() const noexcept { return signal != 0 ? 128 + signal : code; }
};

/// What to start. Descriptors not named in `fds` are not inherited (all of ours are CLOEXEC).
struct SpawnOptions {
    std::vector<std::string> argv;  ///< argv[0] is the program; searched in PATH if it has no '/'
    std::optional<std::vector<std::string>> env;  ///< "K=V"; none: inherit
    std::string workingDirectory;                 ///< empty: inherit
    std::vector<std::pair<int, int>> fds;         ///< (borrowed descriptor here, number in the child)
    bool newSession = false;  ///< setsid(2), so that terminal signals do not reach the child
};

/// Owner of a child process started by posix_spawn(3), which is the only way a process with threads may start
/// one (conventions.md, "Process rule"). The destructor kills and reaps a child that was neither waited for
/// nor detached.
class Subprocess {
public:
    /// Start a program; returns when it is executed. The child has default signals, no mask and only the
    /// descriptors named. Thread-safe. Errors: by errno of posix_spawn(3), NotFound when there is no such
    /// program or folder.
    static Result<Subprocess> spawn(const SpawnOptions& options);

    Subprocess(Subprocess&& other) noexcept;
    Subprocess& operator=(Subprocess&& other) noexcept;
    ~Subprocess();

    /// -1 after wait, detach or release.
    pid_t pid() const noexcept { return m_pid; }
    /// Readable (poll) when the child has ended; borrowed.
    int pidFd() const noexcept { return m_pidFd.get(); }

    /// Send a signal; a child that already ended is success.
    Result<> kill(int signal) const;

    /// Reap the child; blocks until it ends. On a stop request it is killed with SIGTERM, after two
    /// seconds with SIGKILL, and Cancelled is returned. One caller at a time. Errors: by errno, ECHILD
    /// when somebody else has reaped it.
    Result<ExitStatus> wait(std::stop_token stop = {});

    /// Let the child go on without us. If it ends first it is reaped at the next spawn, else by init.
    void detach();

    /// Give the child up to a caller that reaps it itself, as reapChild() does.
    pid_t release() noexcept;

private:
    Subprocess(pid_t pid, UniqueFd pidFd) : m_pidFd(std::move(pidFd)), m_pid(pid) {}

    UniqueFd m_pidFd;
    pid_t m_pid = -1;
};

/// Output of a helper that was run to its end.
struct CapturedOutput {
    ExitStatus status;
    std::string standardOutput;
    std::string standardError;
};

/// Run a program to its end with /dev/null as input and keep what it prints, up to maxBytes for each stream
/// (more is read and dropped). Blocks; cancel by `stop`. Errors: NotFound when there is no such program,
/// Cancelled.
Result<CapturedOutput> runAndCapture(SpawnOptions options, std::stop_token stop = {},
                                     std::size_t maxBytes = 1U << 20U);

/// Full path of one of our programs ("coracle-monitor"): $CORACLE_LIBEXEC, else the folder of the running
/// program, else `../libexec/coracle` beside it, else `../../bin` for a program that stands there itself,
/// else the compiled-in libexec folder. Errors: NotFound with what was tried.
Result<std::string> findHelper(const std::string& name);

/// Full path of a program found in PATH, with /usr/sbin and /sbin appended as a last resort.
std::optional<std::string> findProgram(const std::string& name);

}  // namespace coracle::sys
