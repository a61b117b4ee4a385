// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/cgroup/group.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Theory of operation. A user may write into a part of the hierarchy only when it was handed over
/// (delegation), and a group that hands controllers on must not hold processes itself. So the containers'
/// groups lie side by side in one group of ours that holds none:
///
///   (a) With a systemd user manager: one scope per user, `coracle-<pid>.scope` with Delegate=yes, asked
///       for over D-Bus once and kept alive by the process that keeps the user namespace
///       (userns/keeper.h), which sits in its leaf `coracle-keeper`. Where that process is says where the
///       scope is, so nothing is stored, and a start after the first costs no D-Bus. The D-Bus client is a
///       program of its own (coracle-scope): the runtime is linked statically and starts several times per
///       container.
///   (b) Without one: the nearest group from our own upwards that is writable and holds no process. When
///       only our own is writable, and a limit was asked for, everything in it moves into a leaf first.
///   (c) Neither: containers run where their starter is. A limit is then an error, with the reason.
///
/// A process can only be moved when the user may write to the common ancestor of both groups. From a
/// session of its own (ssh, a console) that ancestor is root's; then the user manager is asked to move
/// the runtime into the scope, and it starts the container from there.
/// What may fail: no manager, a manager that refuses (asked once for each keeper unless a limit needs
/// it), controllers that are not handed on. Without a limit none of that stops a container.
/// Source: Documentation/admin-guide/cgroup-v2.rst, "Delegation", "No Internal Process Constraint",
/// "Delegation Containment"; systemd, CGROUP_DELEGATION.md.
namespace coracle::cgroup {

/// How much a start may cost to have a group.
enum class Effort : std::uint8_t {
    Cheap,  ///< nobody asked for a limit: take what is there, ask systemd once in a session
    Full,   ///< ask systemd, move processes
};

/// Who asks, and how badly it is needed.
struct SubtreeRequest {
    std::string keeperDir;  ///< of userns/keeper.h; empty: there is none, as for bundles of other engines
    Effort effort = Effort::Cheap;
};

/// The group that containers' groups are made in. With Effort::Full this process may be in another group
/// afterwards. Not to be called inside of a user namespace: D-Bus knows users by their own ids. Blocks up
/// to ten seconds on another starter or on systemd.
/// Errors: Unsupported with the reason and a hint when there is none.
Result<Group> findSubtree(int rootFd, const SubtreeRequest& request);

/// Name of the leaf of the kept scope in which the keeper is, "coracle-keeper".
inline constexpr const char* kKeeperLeaf = "coracle-keeper";

/// The group below which the keeper's leaf lies; none when the process is not in such a leaf. Pure.
std::optional<std::string> scopeOfKeeper(std::string_view keeperGroup);

/// A delegated scope for one container of an engine that names it itself, with `pid` in it: its group.
/// Blocks on systemd. Errors: Unavailable when there is no user manager, or with what it answered;
/// NotFound without the helper program.
Result<Group> makeScope(int rootFd, const ScopeName& name, pid_t pid);

/// Whether a user manager of systemd can be asked.
bool hasUserManager();

}  // namespace coracle::cgroup
