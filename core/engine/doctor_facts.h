// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/health.h"
#include "rootless/cgroup/report.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the doctor found, and what it makes of it. Pure, so that every unlucky host can be tested on a lucky
/// one.
namespace coracle::engine {

/// Answer of one `coracle-runtime probe`.
struct ProbeAnswer {
    bool works = false;
    std::string reason;  ///< why not
    std::string hint;
};

/// First range of a user in /etc/subuid or /etc/subgid.
struct SubordinateRange {
    /// Of the user's first range, as `count`.
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    bool overlaps = false;        ///< with somebody else's
    std::uint64_t firstFree = 0;  ///< where a new range could begin
};

/// Parse the text of such a file. `name` and `uid` are the two spellings of a user in it.
SubordinateRange findSubordinateRange(const std::string& text, const std::string& name, std::uint32_t uid);

/// Everything that judge() looks at, as it was found.
struct DoctorFacts {
    std::string userName;
    SubordinateRange subuid;
    SubordinateRange subgid;
    std::optional<std::string> newuidmap;  ///< path
    std::optional<std::string> newgidmap;
    ProbeAnswer mapping;         ///< a user namespace with the subordinate ids
    ProbeAnswer userNamespace;   ///< unshare(CLONE_NEWUSER)
    ProbeAnswer namespaceAdmin;  ///< mount in such a namespace
    std::string maxUserNamespaces;
    bool debianSwitchOff = false;    ///< kernel.unprivileged_userns_clone is 0
    bool appArmorRestricts = false;  ///< kernel.apparmor_restrict_unprivileged_userns is 1
    cgroup::HostFacts cgroups;
    ProbeAnswer kernelOverlay;
    ProbeAnswer fuseOverlay;
    /// /dev/fuse can be opened; `fuseReason` says why not.
    bool fuseDevice = false;
    std::string fuseReason;
    std::optional<std::string> fuseOverlayfs;  ///< path
    std::optional<std::string> slirp;          ///< path
    ProbeAnswer network;
    bool tunDevice = false;
    /// The lowest port that an ordinary user may bind.
    std::uint16_t firstPort = 1024;
    ProbeAnswer seccomp;
    std::optional<bool> lingers;  ///< none: there is no login manager
    std::string runRoot;
    std::string runRootProblem;    ///< empty: fine
    bool runRootIsShared = false;  ///< it is ours, and others may write into it
    /// On the file system of the store.
    std::uint64_t freeBytes = 0;
    std::string fileSystem;  ///< of the store, "ext4"
    bool networkFileSystem = false;
    std::uint64_t inotifyInstances = 0;
    std::uint64_t inotifyWatches = 0;
    std::int64_t secondsSince1970 = 0;
};

/// One check for each thing that can be wrong, in the order of the page; each with what it means for
/// containers and, where a command repairs it, the command. Pure.
std::vector<types::HealthCheck> judge(const DoctorFacts& facts);

}  // namespace coracle::engine
