// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Which limits this host can hold for this user, and why not the others: for `doctor`, `info` and for the
/// error of a limit that cannot be held, so that all three say the same.
namespace coracle::cgroup {

/// How control groups are mounted. Source: cgroups(7); systemd, CGROUP_DELEGATION.md, "Three Different Tree
/// Setups".
enum class Setup : std::uint8_t {
    None,
    Legacy,   ///< version 1 only
    Hybrid,   ///< version 2 beside version 1, which holds the controllers
    Unified,  ///< version 2 alone
};

/// What this host has, as read at one moment.
struct HostFacts {
    Setup setup = Setup::None;
    std::vector<std::string> kernel;                 ///< controllers of the unified hierarchy's root
    std::vector<std::string> legacy;                 ///< controllers that version 1 holds
    std::optional<std::vector<std::string>> handed;  ///< of the group that is ours; none: no group is
    bool diskWeights = false;  ///< the kernel has a scheduler that knows them: io.weight or io.bfq.weight
    bool userManager = false;  ///< systemd's, which can be asked
    std::string ownGroup;      ///< "/user.slice/..."
    std::string userId;
};

/// One line of the report.
struct ControllerState {
    std::string name;
    bool usable = false;
    std::string reason;   ///< why not: "is held by version 1 of control groups"
    std::string hint;     ///< what to do about it, in words
    std::string command;  ///< that does it; empty when no single one does
};

/// One state for each of cpu, cpuset, io, memory, pids and hugetlb. Pure.
std::vector<ControllerState> judgeControllers(const HostFacts& facts);

/// Look at this host. Reads a few files; asks nobody. What cannot be read counts as absent. Meant for the
/// user's own namespaces: inside of a user namespace the user has another number, by which no user
/// manager is found.
HostFacts gatherHostFacts();

/// The error of a limit: "limit 'memory.max' cannot be held: controller 'memory' ...", Unsupported, with
/// a hint. Pure.
Error missingController(const HostFacts& facts, const std::string& controller, const std::string& file);

/// "v2", "hybrid", "v1" or "none", as `info` shows it.
const char* toText(Setup setup);

}  // namespace coracle::cgroup
