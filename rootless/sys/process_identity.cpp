// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/process_identity.h"

#include "rootless/sys/file.h"

#include <charconv>
#include <mutex>

#include <sys/syscall.h>

namespace coracle::sys {
namespace {

struct StatFields {
    char state = '?';
    std::uint64_t startTicks = 0;
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
    constexpr int kFieldsFromStateToStart = 19;  // state is field 3, starttime field 22
    for (int i = 0; i < kFieldsFromStateToStart && at != std::string::npos; ++i) {
        at = text.find(' ', at);
        at = at == std::string::npos ? at : at + 1;
    }
    if (at == std::string::npos ||
        std::from_chars(text.data() + at, text.data() + text.size(), fields.startTicks).ec != std::errc{}) {
        return Error(ErrorKind::Corrupt, "read '" + path + "': unknown format");
    }
    return fields;
}

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

}  // namespace

Result<ProcessIdentity> identifyProcess(pid_t pid) {
    TRY_ASSIGN(const StatFields fields, readStat(pid));
    TRY_ASSIGN(std::string boot, bootId());
    return ProcessIdentity{pid, fields.startTicks, std::move(boot)};
}

bool isAlive(const ProcessIdentity& identity) {
    const auto fields = readStat(identity.pid);
    const auto boot = bootId();
    return fields && boot && fields->startTicks == identity.startTicks && *boot == identity.bootId &&
           fields->state != 'Z' && fields->state != 'X';
}

Result<UniqueFd> openProcess(const ProcessIdentity& identity) {
    const long fd = ::syscall(SYS_pidfd_open, identity.pid, 0);
    if (fd < 0) {
        const int err = errno;
        return Error(err == ESRCH ? ErrorKind::NotFound : ErrorKind::Io,
                     "open process " + std::to_string(identity.pid), err);
    }
    UniqueFd pidFd(static_cast<int>(fd));
    // The pidfd pins the process it found; comparing afterwards closes the race with reuse of the number.
    if (!isAlive(identity)) {
        return Error(ErrorKind::NotFound, "process " + std::to_string(identity.pid) + " is gone", ESRCH);
    }
    return pidFd;
}

Result<> signalProcess(int pidFd, int signal) {
    if (::syscall(SYS_pidfd_send_signal, pidFd, signal, nullptr, 0) != 0) {
        const int err = errno;
        return Error(err == ESRCH ? ErrorKind::NotFound : ErrorKind::PermissionDenied,
                     "send signal " + std::to_string(signal), err);
    }
    return {};
}

}  // namespace coracle::sys
