// SPDX-License-Identifier: Apache-2.0
#include "rootless/userns/mirror.h"

#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/self.h"
#include "rootless/userns/keeper_record.h"
#include "rootless/userns/map_writer.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace coracle::userns {
namespace {

Error refusal(const char* why) {
    return {ErrorKind::Unsupported, why};
}

/// newuidmap(1) serves a caller with the user's own ids, and has no rights under no-new-privileges. Rights
/// that the caller has would end with its user namespace.
Result<> checkCaller(const MirrorRecord& mirror) {
    uid_t uid = 0;
    uid_t effectiveUid = 0;
    uid_t savedUid = 0;
    gid_t gid = 0;
    gid_t effectiveGid = 0;
    gid_t savedGid = 0;
    (void)::getresuid(&uid, &effectiveUid, &savedUid);  // fails for bad addresses only
    (void)::getresgid(&gid, &effectiveGid, &savedGid);
    if (uid != effectiveUid || uid != savedUid || gid != effectiveGid || gid != savedGid ||
        !isMapped(mirror.maps.uids, uid) || !isMapped(mirror.maps.gids, gid)) {
        return refusal("the caller has other ids than its user");
    }
    if (::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 0) {
        return refusal("the caller may not gain rights");
    }
    TRY_ASSIGN(const std::uint64_t rights, sys::permittedCapabilities());
    if (rights != 0) {
        return refusal("the caller has capabilities");
    }
    if (namespaceLimits() != mirror.limits) {
        return refusal("the caller has other limits than the keeper's starter had");
    }
    return {};
}

/// What /etc/subuid and /etc/subgid grant now, and what was granted when the mirror was made. Without a
/// subordinate group newgidmap(1) would take setgroups(2) away.
Result<> checkMaps(const MirrorRecord& mirror, const IdMaps& wanted) {
    TRY_ASSIGN(const AvailableMaps available, findAvailableMaps());
    if (available.single) {
        return refusal("there are no subordinate ids any more");
    }
    const IdMaps granted = mirrorMaps(available.maps);
    if (!nestsIn(wanted.uids, mirror.maps.uids) || !nestsIn(wanted.uids, granted.uids) ||
        !nestsIn(wanted.gids, mirror.maps.gids) || !nestsIn(wanted.gids, granted.gids)) {
        return refusal("the maps are not of the user's ids alone");
    }
    const gid_t own = ::getgid();
    if (std::all_of(wanted.gids.begin(), wanted.gids.end(),
                    [own](const IdRange& range) { return range.outside == own; })) {
        return refusal("the groups are the user's own alone");
    }
    return {};
}

/// The keeper's number may be a stranger's by the time its folder is opened; that the process lives
/// afterwards says that it was not. What the record says may be wrong, so the kernel is asked whether it is a
/// user namespace right below the caller's.
Result<sys::UniqueFd> openMirror(const KeeperRecord& record) {
    TRY_ASSIGN(const sys::UniqueFd process, sys::openProcess(record.process));
    TRY_ASSIGN(sys::UniqueFd space, sys::openAt(AT_FDCWD,
                                                "/proc/" + std::to_string(record.process.pid) + "/fd/" +
                                                    std::to_string(record.mirror->fd),
                                                O_RDONLY | O_NONBLOCK | O_NOCTTY));
    TRY(sys::signalProcess(process.get(), 0));
    if (sys::namespaceType(space.get()) != CLONE_NEWUSER) {
        return refusal("the keeper's descriptor is no user namespace");
    }
    TRY_ASSIGN(const sys::UniqueFd around, sys::openParentNamespace(space.get()));
    if (!sys::isOwnNamespace(around.get(), CLONE_NEWUSER)) {
        return refusal("the caller is in another user namespace than the keeper's starter");
    }
    return space;
}

}  // namespace

std::string namespaceLimits() {
    constexpr std::array kCounted{RLIMIT_NPROC, RLIMIT_MSGQUEUE, RLIMIT_SIGPENDING, RLIMIT_MEMLOCK};
    std::string text;
    for (const auto resource : kCounted) {
        struct rlimit limit {};
        (void)::getrlimit(resource, &limit);  // fails for unknown resources only
        text += (text.empty() ? "" : " ") + std::to_string(limit.rlim_cur);
    }
    return text;
}

Result<> enterMirror(const std::string& keeperDir, const IdMaps& wanted) {
    TRY_ASSIGN(const KeeperRecord record, readKeeperRecord(keeperDir));
    if (!record.mirror) {
        return Error(ErrorKind::NotFound, "the keeper has no mirror of the user's ids");
    }
    TRY(checkCaller(*record.mirror));
    TRY(checkMaps(*record.mirror, wanted));
    TRY_ASSIGN(const sys::UniqueFd space, openMirror(record));
    TRY(sys::joinNamespace(space.get(), CLONE_NEWUSER));
    constexpr std::uint64_t kMapping = std::uint64_t{1} << unsigned{CAP_SETUID} | std::uint64_t{1}
                                                                                      << unsigned{CAP_SETGID};
    // It only takes away: with the others the caller could write where the user has no permission to.
    (void)sys::setCapabilities({kMapping, kMapping, 0});
    return {};
}

std::string usualKeeperDir() {
    if (const char* own = std::getenv("CORACLE_RUNROOT"); own != nullptr && own[0] == '/') {
        return std::string(own) + "/userns";
    }
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    return (runtime != nullptr && runtime[0] == '/' ? std::string(runtime)
                                                    : "/run/user/" + std::to_string(::getuid())) +
           "/coracle/userns";
}

/// The child gives the namespace its process, which the maps are written through, and does nothing.
Result<FreshNamespace> makeFreshNamespace() {
    TRY_ASSIGN(sys::Pipe pipe, sys::makePipe());
    TRY_ASSIGN(const sys::CloneResult child, sys::cloneProcess(CLONE_NEWUSER));
    if (child.pid == 0) {
        const auto end = static_cast<unsigned>(pipe.readEnd.get());
        (void)::close_range(0, end - 1, 0);  // above the standard streams, so neither range is empty
        (void)::close_range(end + 1, ~0U, 0);
        (void)sys::readAll(pipe.readEnd.get(), 1);  // nothing is ever sent
        ::_exit(0);
    }
    FreshNamespace fresh{{}, child.pid, std::move(pipe.writeEnd)};
    auto space = sys::openAt(AT_FDCWD, "/proc/" + std::to_string(child.pid) + "/ns/user", O_RDONLY);
    if (!space) {
        fresh.release.reset();
        (void)sys::waitForChild(child.pid);  // ignored: it is our child
        return std::move(space).error();
    }
    fresh.space = *std::move(space);
    return fresh;
}

}  // namespace coracle::userns
