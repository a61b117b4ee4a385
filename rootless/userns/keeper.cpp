// SPDX-License-Identifier: Apache-2.0
#include "rootless/userns/keeper.h"

#include "rootless/sys/confine.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/self.h"
#include "rootless/sys/subprocess.h"
#include "rootless/userns/keeper_record.h"
#include "rootless/userns/map_writer.h"
#include "rootless/userns/mirror.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace coracle::userns {
namespace {

using std::chrono::seconds;

/// In the keeper: the inotify instance with the watch of its record, or /dev/null.
constexpr int kWatchFd = 4;
constexpr const char* kReadyForm = "ready %d %d";

struct Keeper {
    sys::UniqueFd process;  ///< pidfd
    KeeperState state;
};

/// Any failure here means that there is no usable keeper; the caller makes a new one.
Result<Keeper> openKeeper(const std::string& keeperDir) {
    TRY_ASSIGN(KeeperRecord record, readKeeperRecord(keeperDir));
    TRY_ASSIGN(sys::UniqueFd process, sys::openProcess(record.process));
    KeeperState state{record.single, std::move(record.reason)};
    if (state.single) {
        // Subordinate ids may have been granted since; the narrow namespace is then given up.
        TRY_ASSIGN(const AvailableMaps available, findAvailableMaps());
        if (!available.single) {
            (void)sys::signalProcess(process.get(), SIGTERM);  // ignored: it may end by itself
            return Error(ErrorKind::NotFound, "the keeper's id map is outdated");
        }
    }
    return Keeper{std::move(process), std::move(state)};
}

/// What the keeper has made.
struct MadeNamespaces {
    pid_t mirrorHolder = -1;  ///< a process in the mirror; -1: there is no mirror
    int mirrorFd = -1;        ///< the keeper's descriptor of it
};

/// Read what the keeper says until it closes its sending side: "ready" with the numbers of the mirror, or
/// "message\nhint".
Result<MadeNamespaces> awaitNamespaces(int fd) {
    TRY_ASSIGN(const std::string text, sys::readAll(fd, 4096));
    MadeNamespaces made;
    if (std::sscanf(text.c_str(), kReadyForm, &made.mirrorHolder, &made.mirrorFd) == 2) {
        return made;
    }
    if (text.empty()) {
        return Error(ErrorKind::Unavailable, "the user namespace keeper ended early");
    }
    const auto end = std::min(text.find('\n'), text.size());
    return Error(ErrorKind::Unsupported, text.substr(0, end))
        .withHint(text.substr(std::min(end + 1, text.size())));
}

/// Those of the keeper, and at the same time those of its mirror; without a mirror everything works, too.
Result<std::optional<MirrorRecord>> writeMaps(pid_t keeper, const MadeNamespaces& made,
                                              const AvailableMaps& available) {
    std::optional<MirrorRecord> mirror;
    if (available.single) {
        TRY(writeMapsDirectly(keeper, available.maps));
        return mirror;
    }
    TRY_ASSIGN(MapHelpers helpers, MapHelpers::start(keeper, available.maps));
    if (made.mirrorHolder > 0) {
        MirrorRecord record{made.mirrorFd, mirrorMaps(available.maps), namespaceLimits()};
        if (writeMapsByHelpers(made.mirrorHolder, record.maps)) {
            mirror = std::move(record);
        }
    }
    TRY(helpers.finish());
    return mirror;
}

/// In an empty environment and in "/": the keeper lives for as long as the session and must not pin a
/// folder or carry the starter's secrets in /proc/PID/environ. The maps are written from here, because a
/// process alone can map only one id of its own (user_namespaces(7)).
Result<Keeper> startKeeper(const std::string& keeperDir) {
    TRY_ASSIGN(AvailableMaps available, findAvailableMaps());
    TRY_ASSIGN(const std::string program, sys::findHelper("coracle-runtime"));
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return Error::fromErrno("create socket pair");
    }
    const sys::UniqueFd ours(ends[0]);
    sys::UniqueFd theirs(ends[1]);
    TRY_ASSIGN(const sys::UniqueFd null, sys::openAt(AT_FDCWD, "/dev/null", O_RDWR));
    // Without one, when the user's are used up, the keeper stays for as long as the session.
    const sys::UniqueFd watch(::inotify_init1(IN_CLOEXEC));
    sys::SpawnOptions options;
    options.argv = {program, "userns-hold"};
    options.env = std::vector<std::string>{};
    options.workingDirectory = "/";
    options.fds = {{null.get(), 0},
                   {null.get(), 1},
                   {null.get(), 2},
                   {theirs.get(), 3},
                   {watch ? watch.get() : null.get(), kWatchFd}};
    options.newSession = true;
    TRY_ASSIGN(sys::Subprocess process, sys::Subprocess::spawn(options));
    theirs.reset();
    TRY_ASSIGN(const MadeNamespaces made, awaitNamespaces(ours.get()));
    KeeperRecord record;
    TRY_ASSIGN(record.mirror, writeMaps(process.pid(), made, available));
    TRY_ASSIGN(record.process, sys::identifyProcess(process.pid()));
    record.single = available.single;
    record.reason = available.reason;
    TRY(writeKeeperRecord(keeperDir, record));
    if (watch) {
        const std::string path = keeperDir + "/keeper.json";
        if (::inotify_add_watch(watch.get(), path.c_str(), IN_DELETE_SELF) < 0 && errno == ENOENT) {
            return Error::fromErrno("watch '" + path + "'");  // removed meanwhile: nobody would find it
        }
    }
    TRY(sys::writeAll(ours.get(), "kept"));
    TRY_ASSIGN(sys::UniqueFd pidFd, sys::duplicateFd(process.pidFd()));
    process.detach();
    return Keeper{std::move(pidFd), {available.single, available.reason}};
}

/// Looks without the lock first, as nearly every start finds a keeper; then under it, as two starts at
/// once must not make two. Ten seconds are far more than a start takes.
Result<Keeper> findOrStartKeeper(const std::string& keeperDir) {
    if (auto keeper = openKeeper(keeperDir)) {
        return keeper;
    }
    TRY(sys::makeDirectories(keeperDir, 0700));
    TRY_ASSIGN(const auto lock, sys::FileLock::acquire(keeperDir + "/lock", sys::LockMode::Exclusive,
                                                       seconds(10), "start the user namespace keeper"));
    if (auto keeper = openKeeper(keeperDir)) {
        return keeper;  // another starter was faster
    }
    auto keeper = startKeeper(keeperDir);
    if (!keeper) {
        return std::move(keeper).error().context("prepare the user namespace");
    }
    return keeper;
}

/// It only has to exist. It stays dumpable: who joins its namespace needs the right to look at it, see
/// setns(2).
Result<> confineKeeper() {
    constexpr std::array kCalls{
#ifdef SYS_pause
        SYS_pause,
#endif
        SYS_ppoll, SYS_read, SYS_exit_group, SYS_rt_sigreturn, SYS_restart_syscall};
    TRY(sys::setCapabilities({}));
    TRY(sys::setNoNewPrivileges());
    return sys::allowOnlyCalls(kCalls);
}

/// Ends the process when the record that names it is gone, removed or replaced, since nobody finds it any
/// more then. The watch is the only one, and any event of it says so: IN_DELETE_SELF, or IN_UNMOUNT at the
/// end of a login. Returns where there is no watch.
void awaitRemoval() {
    alignas(inotify_event) std::array<char, 512> event{};
    ssize_t got = -1;
    do {
        got = ::read(kWatchFd, event.data(), event.size());
    } while (got < 0 && errno == EINTR);
    if (got > 0) {
        ::_exit(0);
    }
}

/// A keeper may end between the look at its record and the step into its namespace: the folder was removed,
/// or somebody killed it. The next look finds it dead and makes another.
constexpr int kEntries = 3;

}  // namespace

/// setns(2) refuses a user namespace to a process with several threads (EINVAL) and to one without rights
/// over it (EPERM).
Result<> enterKeptNamespace(const std::string& keeperDir) {
    Result<> joined;
    for (int entry = 0; entry < kEntries; ++entry) {
        TRY_ASSIGN(const Keeper keeper, findOrStartKeeper(keeperDir));
        joined = sys::joinNamespaces(keeper.process.get(), CLONE_NEWUSER);
        if (joined || joined.error().sysErrno() != ESRCH) {
            break;
        }
    }
    if (!joined) {
        const int err = joined.error().sysErrno();
        auto error = std::move(joined).error().context("enter the user namespace kept for this user");
        if (err == EINVAL) {
            return std::move(error).withHint(
                "the calling process must have a single thread and stand outside of that namespace");
        }
        if (err == EPERM) {
            return std::move(error).withHint(
                "this program runs inside another user namespace, or the system forbids them: see "
                "sysctl user.max_user_namespaces and 'coracle doctor'");
        }
        return error;
    }
    return sys::becomeNamespaceRoot();
}

Result<KeeperState> ensureKeeper(const std::string& keeperDir) {
    TRY_ASSIGN(Keeper keeper, findOrStartKeeper(keeperDir));
    return std::move(keeper.state);
}

bool isKeptNow(const std::string& keeperDir, pid_t pid) {
    const auto record = readKeeperRecord(keeperDir);
    if (!record || !sys::isAlive(record->process)) {
        return false;
    }
    const auto open = [](pid_t process) {
        return sys::openAt(AT_FDCWD, "/proc/" + std::to_string(process) + "/ns/user", O_RDONLY);
    };
    const auto kept = open(record->process.pid);
    auto space = open(pid);
    if (!kept || !space) {
        return true;
    }
    struct stat wanted {};
    struct stat found {};
    (void)::fstat(kept->get(), &wanted);  // fails for a bad descriptor only
    // Ends at the caller's own, whose parent the kernel does not give.
    while (::fstat(space->get(), &found) == 0) {
        if (found.st_dev == wanted.st_dev && found.st_ino == wanted.st_ino) {
            return true;
        }
        auto around = sys::openParentNamespace(space->get());
        if (!around) {
            return false;
        }
        space = std::move(around);
    }
    return true;
}

/// Inherited descriptors are closed: the keeper lives for the whole login and would keep pipes of whoever
/// started it open. It waits for "kept" before it stays, so a starter that dies half way leaves none.
Result<> holdNamespace(int controlFd) {
    sys::UniqueFd control(controlFd);
    (void)::close_range(kWatchFd + 1, ~0U, 0);     // it cannot fail for this range
    (void)::prctl(PR_SET_NAME, "coracle-userns");  // only a name for ps
    // Before its own, so that both are right below the starter's.
    auto mirror = makeFreshNamespace();
    if (auto made = sys::unshareNamespaces(CLONE_NEWUSER); !made) {
        TRY(sys::writeAll(control.get(), made.error().message() + "\n" + made.error().hint()));
        return made;
    }
    const int holder = mirror ? mirror->holder : -1;
    const int space = mirror ? mirror->space.get() : -1;
    TRY(sys::writeAll(control.get(), "ready " + std::to_string(holder) + " " + std::to_string(space)));
    (void)::shutdown(control.get(), SHUT_WR);
    TRY_ASSIGN(const std::string answer, sys::readAll(control.get(), 16));
    if (answer != "kept") {
        return Error(ErrorKind::Cancelled, "the starter of the user namespace keeper went away");
    }
    control.reset();
    if (mirror) {
        mirror->release.reset();
        (void)sys::waitForChild(mirror->holder);  // ignored: it is our child
    }
    TRY(confineKeeper());
    awaitRemoval();
    while (true) {
        (void)::pause();
    }
}

}  // namespace coracle::userns
