// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/process_identity.h"

#include "rootless/sys/file.h"
#include "rootless/sys/process_end.h"

#include <array>
#include <charconv>
#include <ctime>
#include <mutex>

#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

// How a process is named and how its end is learnt by one that is not its parent.
// Only the parent may wait(2). The monitor that takes over a container from a killed one is not the
// parent, so it asks elsewhere: while the process is a zombie, /proc/PID/stat has its exit code; after it
// is reaped, a pidfd knows it from Linux 6.15 on. Between the two is no gap for a holder of a pidfd: it
// is told (EPOLLIN) when the process ends and (EPOLLHUP) when it is reaped.
namespace coracle::sys {
namespace {

struct StatFields {
    char state = '?';
    unsigned flags = 0;
    int threads = 0;  ///< those that have not ended; the first counts until the process is gone
    std::uint64_t startTicks = 0;
    int exitCode = 0;  ///< as wait(2) has it; 0 also for who may not know
};

/// The command name in parentheses may hold spaces and parentheses; the fields follow the last ')'.
/// Source: proc(5), /proc/[pid]/stat.
Result<StatFields> readStat(pid_t pid) {
    const std::string path = "/proc/" + std::to_string(pid) + "/stat";
    TRY_ASSIGN(const std::string text, readFile(path, 4096));
    const auto close = text.rfind(')');
    if (close == std::string::npos || close + 2 >= text.size()) {
        return Error(ErrorKind::Corrupt, "read '" + path + "': unknown format");
    }
    StatFields fields;
    fields.state = text[close + 2];
    std::size_t at = close + 2;
    const auto skip = [&](int count) {
        for (int i = 0; i < count && at != std::string::npos; ++i) {
            at = text.find(' ', at);
            at = at == std::string::npos ? at : at + 1;
        }
        return at != std::string::npos;
    };
    const auto take = [&](auto& number) {
        return std::from_chars(text.data() + at, text.data() + text.size(), number).ec == std::errc{};
    };
    constexpr int kFromStateToFlags =
        6;  // state is field 3, flags 9, num_threads 20, starttime 22, exit_code 52
    constexpr int kFromFlagsToThreads = 11;
    constexpr int kFromThreadsToStart = 2;
    constexpr int kFromStartToExit = 30;
    if (!skip(kFromStateToFlags) || !take(fields.flags) || !skip(kFromFlagsToThreads) ||
        !take(fields.threads) || !skip(kFromThreadsToStart) || !take(fields.startTicks)) {
        return Error(ErrorKind::Corrupt, "read '" + path + "': unknown format");
    }
    if (skip(kFromStartToExit)) {
        (void)take(fields.exitCode);  // since Linux 3.5
    }
    return fields;
}

/// The state is that of the first thread, which may end before others: then the process goes on.
bool isZombie(const StatFields& fields) {
    return (fields.state == 'Z' || fields.state == 'X') && fields.threads <= 1;
}

}  // namespace

/// Read once: no program lives through a second boot.
Result<std::string> bootId() {
    static std::mutex mutex;
    static std::string known;
    const std::lock_guard guard(mutex);
    if (known.empty()) {
        TRY_ASSIGN(std::string id, readFile("/proc/sys/kernel/random/boot_id", 128));
        while (!id.empty() && id.back() == '\n') {
            id.pop_back();
        }
        known = std::move(id);
    }
    return known;
}

std::chrono::nanoseconds timeSinceBoot() {
    std::timespec now{};
    (void)::clock_gettime(CLOCK_BOOTTIME, &now);  // cannot fail for a clock that exists
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

Result<ProcessIdentity> identifyProcess(pid_t pid) {
    TRY_ASSIGN(const StatFields fields, readStat(pid));
    TRY_ASSIGN(std::string boot, bootId());
    return ProcessIdentity{pid, fields.startTicks, std::move(boot)};
}

namespace {

enum class Life { On, Ending, Over };

/// Errors: the kernel does not tell.
Result<Life> lifeOf(const ProcessIdentity& identity) {
    constexpr unsigned kExiting = 0x4;  // PF_EXITING: set before anything of the process is taken apart
    const auto fields = readStat(identity.pid);
    if (!fields && (fields.error().sysErrno() == ENOENT || fields.error().sysErrno() == ESRCH)) {
        return Life::Over;
    }
    TRY(fields);
    TRY_ASSIGN(const std::string boot, bootId());
    if (fields->startTicks != identity.startTicks || boot != identity.bootId || isZombie(*fields)) {
        return Life::Over;
    }
    return (fields->flags & kExiting) != 0 && fields->threads <= 1 ? Life::Ending : Life::On;
}

}  // namespace

bool isAlive(const ProcessIdentity& identity) {
    const auto life = lifeOf(identity);
    return !life || *life != Life::Over;
}

bool isEnding(const ProcessIdentity& identity) {
    const auto life = lifeOf(identity);
    return life && *life != Life::On;
}

Result<UniqueFd> openProcess(const ProcessIdentity& identity) {
    // By number: glibc has a wrapper from 2.36 on only.
    const long fd = ::syscall(SYS_pidfd_open, identity.pid, 0);
    if (fd < 0) {
        Error error = Error::fromErrno("open process " + std::to_string(identity.pid));
        return error.sysErrno() == ESRCH ? Error(ErrorKind::NotFound, error.message(), ESRCH) : error;
    }
    UniqueFd pidFd(static_cast<int>(fd));
    // The pidfd pins the process it found; comparing afterwards closes the race with reuse of the number.
    TRY_ASSIGN(const Life life, lifeOf(identity));
    if (life == Life::Over) {
        return Error(ErrorKind::NotFound, "process " + std::to_string(identity.pid) + " is gone", ESRCH);
    }
    return pidFd;
}

Result<> signalProcess(int pidFd, int signal) {
    if (::syscall(SYS_pidfd_send_signal, pidFd, signal, nullptr, 0) != 0) {
        Error error = Error::fromErrno("send signal " + std::to_string(signal));
        return error.sysErrno() == ESRCH ? Error(ErrorKind::NotFound, error.message(), ESRCH) : error;
    }
    return {};
}

namespace {

/// struct pidfd_info in its first size; the C library's headers may be older than the kernel.
struct PidFdInfo {
    std::uint64_t mask = 0;
    std::uint64_t cgroupId = 0;
    std::array<std::uint32_t, 11> ids{};
    std::int32_t exitCode = 0;
};
static_assert(sizeof(PidFdInfo) == 64);
constexpr unsigned long kPidFdGetInfo = _IOWR(0xFF, 11, PidFdInfo);
constexpr std::uint64_t kWantExit = 1U << 3U;
constexpr std::uint64_t kHaveIds = 1U << 0U;

ExitStatus fromWaitStatus(int waited) {
    ExitStatus status;
    if (WIFSIGNALED(waited)) {
        status.signal = WTERMSIG(waited);
    } else {
        status.code = WEXITSTATUS(waited);
    }
    return status;
}

/// Whether the kernel shows us the exit code: it asks what it asks for the program file, which an ended
/// process has no more. Source: fs/proc/base.c, proc_pid_get_link() and do_task_stat().
bool mayKnow(pid_t pid) {
    std::array<char, 1> target{};
    const std::string path = "/proc/" + std::to_string(pid) + "/exe";
    return ::readlink(path.c_str(), target.data(), target.size()) < 0 && errno == ENOENT;
}

}  // namespace

std::optional<ExitStatus> exitStatusOfZombie(const ProcessIdentity& identity) {
    const bool shown = mayKnow(identity.pid);
    const auto fields = readStat(identity.pid);
    if (!shown || !fields || fields->startTicks != identity.startTicks || !isZombie(*fields)) {
        return std::nullopt;
    }
    return fromWaitStatus(fields->exitCode);
}

std::optional<int> signalBeforeProgram(const ProcessIdentity& identity) {
    constexpr unsigned kForkedWithoutExec = 0x40;  // PF_FORKNOEXEC
    const auto fields = readStat(identity.pid);
    if (!fields || fields->startTicks != identity.startTicks || (fields->flags & kForkedWithoutExec) == 0) {
        return std::nullopt;
    }
    siginfo_t info{};
    const bool known = ::waitid(P_PID, static_cast<id_t>(identity.pid), &info, WEXITED | WNOWAIT) == 0;
    return known && info.si_code != CLD_EXITED ? info.si_status : 0;
}

Result<std::optional<ExitStatus>> exitStatusOf(int pidFd) {
    PidFdInfo info;
    info.mask = kWantExit;
    if (::ioctl(pidFd, kPidFdGetInfo, &info) != 0) {
        // ESRCH: reaped, and the kernel (6.13, 6.14) keeps nothing.
        return Error(ErrorKind::Unsupported, "ask how a process ended", errno);
    }
    if ((info.mask & kWantExit) == 0) {
        return (info.mask & kHaveIds) != 0
                   ? Result<std::optional<ExitStatus>>(std::nullopt)
                   : Error(ErrorKind::Unsupported, "the kernel does not tell how a process ended");
    }
    return std::optional<ExitStatus>(fromWaitStatus(info.exitCode));
}

}  // namespace coracle::sys
