// SPDX-License-Identifier: Apache-2.0
#include "rootless/cgroup/report.h"

#include "rootless/cgroup/group.h"
#include "rootless/cgroup/subtree.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <array>

#include <unistd.h>

namespace coracle::cgroup {
namespace {

constexpr std::array kControllers{"cpu", "cpuset", "io", "memory", "pids", "hugetlb"};
/// What systemd delegates to users by itself depends on its version; more takes an administrator. Source:
/// systemd.resource-control(5), "Delegate=".
constexpr const char* kDropIn =
    "sudo mkdir -p /etc/systemd/system/user@.service.d && printf '[Service]\\nDelegate=cpu cpuset io memory "
    "pids\\n' | sudo tee /etc/systemd/system/user@.service.d/delegate.conf && sudo systemctl daemon-reload";

bool contains(const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

/// The order of the questions is the order in which a person would have to repair it: the mount, the
/// kernel, systemd, the session.
ControllerState judgeOne(const HostFacts& facts, const std::string& name) {
    ControllerState state{name, false, {}, {}, {}};
    if (facts.setup != Setup::Unified) {
        state.reason = facts.setup == Setup::None ? "is not there: no control groups are mounted"
                                                  : "is held by version 1 of control groups, which cannot be "
                                                    "handed to a user";
        state.hint =
            "start the computer with systemd.unified_cgroup_hierarchy=1 on the kernel's command line";
    } else if (facts.handed && contains(*facts.handed, name)) {
        state.usable = true;
    } else if (!contains(facts.kernel, name)) {
        state.reason = contains(facts.legacy, name) ? "is held by version 1 of control groups"
                                                    : "is switched off or not built into this kernel";
        state.hint = "look for cgroup_disable=" + name + " on the kernel's command line";
    } else if (facts.userManager) {
        state.reason = "is not delegated to this user by systemd";
        state.hint = std::string("delegate it, then log in again: ") + kDropIn;
        state.command = kDropIn;
    } else {
        state.reason = facts.handed ? "is not handed on to this user's control group"
                                    : "is not handed to this user: control group '" + facts.ownGroup +
                                          "' belongs to somebody else";
        state.hint =
            "log in through systemd (a desktop session, or ssh with pam_systemd), or have a group "
            "with that controller given to this user";
    }
    return state;
}

/// cgroup.controllers exists in the root of version 2 only; systemd's hybrid setup has that hierarchy in a
/// folder "unified" beside those of version 1.
Setup findSetup() {
    if (sys::pathExists(std::string(kMountPoint) + "/cgroup.controllers")) {
        return Setup::Unified;
    }
    if (sys::pathExists(std::string(kMountPoint) + "/unified/cgroup.procs")) {
        return Setup::Hybrid;
    }
    const auto controllers = sys::readFile("/proc/cgroups", 65536);
    return controllers && sys::pathExists(kMountPoint) ? Setup::Legacy : Setup::None;
}

/// Controllers whose hierarchy is not the unified one (number 0). Source: cgroups(7), "/proc/cgroups".
std::vector<std::string> legacyControllers() {
    std::vector<std::string> list;
    const auto text = sys::readFile("/proc/cgroups", 65536);
    std::string_view rest = text ? std::string_view(*text) : std::string_view();
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto fields = splitWords(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (fields.size() > 1 && fields[0].front() != '#' && fields[1] != "0") {
            list.push_back(fields[0] == "blkio" ? "io" : fields[0]);
        }
    }
    return list;
}

/// What a scope of the user manager would get, or what the group has that containers' groups would lie in.
std::optional<Group> handedGroup(int rootFd, const HostFacts& facts) {
    if (facts.userManager) {
        const std::string uid = std::to_string(::getuid());
        auto manager = Group::open(rootFd, "user.slice/user-" + uid + ".slice/user@" + uid + ".service");
        if (manager) {
            return *std::move(manager);
        }
    }
    // The nearest group upwards that the user may write to is where findSubtree() will end up.
    const std::string path = facts.ownGroup.empty() ? "" : facts.ownGroup.substr(1);
    auto group = Group::open(rootFd, path);
    if (!group || !group->isWritable()) {
        return std::nullopt;
    }
    const auto processes = group->processes();
    const auto slash = path.rfind('/');
    if (processes && !processes->empty() && slash != std::string::npos) {
        auto parent = Group::open(rootFd, path.substr(0, slash));
        if (parent && parent->isWritable()) {
            return *std::move(parent);
        }
    }
    return *std::move(group);
}

}  // namespace

std::vector<ControllerState> judgeControllers(const HostFacts& facts) {
    std::vector<ControllerState> states;
    for (const char* name : kControllers) {
        states.push_back(judgeOne(facts, name));
    }
    return states;
}

/// Everything that is read from the host for the judgement, so that judging is pure and can be tested with
/// the facts of other hosts.
HostFacts gatherHostFacts() {
    HostFacts facts;
    facts.setup = findSetup();
    facts.legacy = legacyControllers();
    facts.userManager = hasUserManager();
    facts.userId = std::to_string(::getuid());
    if (const auto own = groupOf(0)) {
        facts.ownGroup = "/" + *own;
    }
    const auto root = openHierarchy();
    if (facts.setup == Setup::Unified && root) {
        const auto text = sys::readFile(std::string(kMountPoint) + "/cgroup.controllers");
        facts.kernel = text ? splitWords(*text) : std::vector<std::string>();
        if (const auto group = handedGroup(root->get(), facts)) {
            facts.handed = group->controllers();
            facts.diskWeights = group->has("io.weight") || group->has("io.bfq.weight");
        }
    }
    return facts;
}

/// For a limit that was asked for and has no file. When everything looks usable the reason is not known
/// here, and the doctor is the one to ask.
Error missingController(const HostFacts& facts, const std::string& controller, const std::string& file) {
    ControllerState state = judgeOne(facts, controller);
    if (state.usable) {
        state.reason = "could not be switched on in control group '" + facts.ownGroup + "'";
        state.hint = "'coracle doctor' shows what this computer can limit";
    }
    return Error(ErrorKind::Unsupported,
                 "limit '" + file + "' cannot be held: controller '" + controller + "' " + state.reason)
        .withHint(state.hint);
}

const char* toText(Setup setup) {
    switch (setup) {
    case Setup::Unified:
        return "v2";
    case Setup::Hybrid:
        return "hybrid";
    case Setup::Legacy:
        return "v1";
    case Setup::None:
        break;
    }
    return "none";
}

}  // namespace coracle::cgroup
