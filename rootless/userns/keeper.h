// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <string>

#include <sys/types.h>

/// Theory of operation. Writing id maps takes two setuid programs and 3 ms, more than half of a container
/// start. So one user namespace per user is kept alive by a process that does nothing (`coracle-runtime
/// userns-hold`), and whoever needs it joins it.
///
///   starter                                   keeper
///   lock, spawn --------------------------->  make the mirror (mirror.h), unshare(CLONE_NEWUSER)
///   newuidmap, newgidmap  <-----------------  ready
///   keeper.json, kept --------------------->  give up everything but the mirror's descriptor, sleep
///
/// `<keeperDir>/keeper.json` names that process for ever (pid, start time, boot id); it is only a hint:
/// joining goes through a pidfd that was checked against all three, so a stale file leads to a new keeper
/// and never into a stranger's namespace. `<keeperDir>/lock` lets one starter at a time make a keeper.
/// Killing the keeper harms nothing that runs: containers hold the namespace themselves. A starter that
/// is killed in between leaves a keeper whose socket closes, which ends it. When keeper.json is removed, as
/// with the run folder at the end of a login, the keeper hears of it from the kernel and ends.
///
/// Security. The namespace gives power over the user's subordinate ids to every process of the user, who
/// has it anyway by newuidmap(1). The keeper itself has no capability, may sleep and end, and reads nothing
/// after "kept" but that event.
namespace coracle::userns {

/// What the kept namespace gives; read from keeper.json.
struct KeeperState {
    bool single = false;  ///< one id only
    std::string reason;   ///< why it is single
};

/// Enter the user's long-lived user namespace as its root, starting its keeper process when there is
/// none. The caller must have one thread; it keeps its supplementary groups. Blocks up to ten seconds on
/// another starter. There is no way back for the caller.
/// Errors: Unsupported or PermissionDenied with a hint when user namespaces or the id maps are refused,
/// NotFound when the helper program is missing.
Result<> enterKeptNamespace(const std::string& keeperDir);

/// Make sure the keeper runs, without entering. Any number of threads. Blocks and fails as
/// enterKeptNamespace().
Result<KeeperState> ensureKeeper(const std::string& keeperDir);

/// Whether the process is in the namespace that is kept now, or below it: who enters has rights over it then.
/// It is not when its keeper has ended, even if there is another. True when the kernel does not tell. Starts
/// no keeper.
bool isKeptNow(const std::string& keeperDir, pid_t pid);

/// Body of `coracle-runtime userns-hold`: leave every descriptor, make the namespaces, report on `controlFd`,
/// wait until the maps are written, then sleep until keeper.json is gone. Returns only on failure.
Result<> holdNamespace(int controlFd);

}  // namespace coracle::userns
