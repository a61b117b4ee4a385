// SPDX-License-Identifier: Apache-2.0
#include "core/engine/doctor_facts.h"

#include "core/text/units.h"
#include "core/types/run_command.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coracle::engine {
namespace {

using types::CheckFix;
using types::CheckState;
using types::HealthCheck;

/// What images use: most have a user 65534 (nobody).
constexpr std::uint64_t kWantedIds = 65536;
constexpr std::uint64_t kFirstSubordinateId = 100000;  // login.defs(5), SUB_UID_MIN
/// Room for a few images; and for none.
constexpr std::uint64_t kLowSpaceBytes = 2'000'000'000;
constexpr std::uint64_t kNoSpaceBytes = 200'000'000;
/// Each window and each `logs -f` takes one; the kernel's default is 128 for a user.
constexpr std::uint64_t kFewInstances = 64;
constexpr std::int64_t kEarliestClock = 1'735'689'600;  // 2025: older than the program itself

/// A person reads this one and no script: with a space, as the desktop app writes it.
std::string roomWords(std::uint64_t bytes) {
    std::string words = text::humanSize(bytes);
    const auto unit = words.find_first_not_of("0123456789.");
    return unit == std::string::npos ? words : words.insert(unit, " ");
}

CheckFix copy(std::string label, std::string command) {
    return {std::move(label), CheckFix::Kind::Copy, std::move(command)};
}

HealthCheck check(const char* id, const char* title, CheckState state, std::string text) {
    return {id, title, state, std::move(text), {}, {}};
}

/// An overlap is a danger and no inconvenience: another user's containers could then touch files of ours.
HealthCheck subordinateIds(const DoctorFacts& facts) {
    auto result = check("subids", "Subordinate user and group ids", CheckState::Ok, "");
    const bool enough = facts.subuid.count >= kWantedIds && facts.subgid.count >= kWantedIds;
    if (enough && !facts.subuid.overlaps && !facts.subgid.overlaps) {
        result.text = std::to_string(facts.subuid.count) + " ids from " + std::to_string(facts.subuid.first);
        return result;
    }
    result.state = CheckState::Warn;
    result.text = enough ? "the range of '" + facts.userName + "' overlaps with that of another user"
                  : facts.subuid.count == 0 && facts.subgid.count == 0
                      ? "'" + facts.userName + "' has none: images run with one id only"
                      : "'" + facts.userName + "' has fewer than 65536";
    const std::uint64_t first = std::max(facts.subuid.firstFree, facts.subgid.firstFree);
    const std::string range = std::to_string(first) + "-" + std::to_string(first + kWantedIds - 1);
    result.fixes.push_back(copy("Add a range", "sudo usermod --add-subuids " + range + " --add-subgids " +
                                                   range + " " + facts.userName));
    return result;
}

/// newuidmap may be there and yet be of no use: without the setuid bit or file capabilities, or on a mount
/// with nosuid. Only the probe knows.
HealthCheck idMaps(const DoctorFacts& facts) {
    auto result =
        check("idmaps", "Mapping of subordinate ids", CheckState::Ok, "newuidmap and newgidmap work");
    if (!facts.newuidmap || !facts.newgidmap) {
        result.state = CheckState::Warn;
        result.text = "newuidmap and newgidmap are not installed: images run with one id only";
        result.fixes.push_back(copy("Install them", "sudo apt install uidmap"));
    } else if (!facts.mapping.works) {
        result.state = CheckState::Warn;
        result.text = "a namespace with the ids cannot be made: images run with one id only";
        result.detail = facts.mapping.reason;
    }
    return result;
}

/// Two of the usual reasons have a switch; the others (a seccomp filter around us, a kernel without them)
/// have none that a command could turn.
HealthCheck userNamespaces(const DoctorFacts& facts) {
    auto result = check("userns", "User namespaces", CheckState::Ok, "an ordinary user may make them");
    if (facts.userNamespace.works) {
        return result;
    }
    result.state = CheckState::Fail;
    result.text = "the kernel refuses them: no container can run";
    result.detail = facts.userNamespace.reason;
    if (facts.debianSwitchOff) {
        result.fixes.push_back(copy("Allow them", "sudo sysctl -w kernel.unprivileged_userns_clone=1"));
    } else if (facts.maxUserNamespaces == "0") {
        result.fixes.push_back(copy("Allow them", "sudo sysctl -w user.max_user_namespaces=15000"));
    }
    return result;
}

/// Ubuntu's restriction lets the namespace be made and takes its capabilities away (AppArmor "userns"
/// mediation), so making one proves nothing and mounting in it does.
HealthCheck appArmor(const DoctorFacts& facts) {
    auto result = check("apparmor", "AppArmor", CheckState::Ok, "does not restrict user namespaces");
    if (!facts.userNamespace.works || facts.namespaceAdmin.works) {
        if (facts.appArmorRestricts) {
            result.text = "restricts user namespaces, but not ours";
        }
        return result;
    }
    result.state = CheckState::Fail;
    result.text = facts.appArmorRestricts ? "takes the powers of user namespaces away: no container can run"
                                          : "a user namespace has no power to mount";
    result.detail = facts.namespaceAdmin.reason;
    if (facts.appArmorRestricts) {
        result.fixes.push_back(
            copy("Load Coracle's profile", "sudo apparmor_parser -r /etc/apparmor.d/coracle-runtime"));
    }
    return result;
}

HealthCheck cgroups(const DoctorFacts& facts) {
    auto result = check("cgroup", "Control groups, version 2", CheckState::Ok, "mounted");
    if (facts.cgroups.setup == cgroup::Setup::Unified) {
        return result;
    }
    result.state = CheckState::Hint;
    result.text = facts.cgroups.setup == cgroup::Setup::Hybrid
                      ? "mounted beside version 1, which holds the controllers: containers run without limits"
                      : "not mounted at /sys/fs/cgroup: containers run without limits";
    return result;
}

/// Each reason with its controllers; the repairs that differ once each.
HealthCheck delegation(const DoctorFacts& facts) {
    auto result = check("delegation", "Limits for cpu, memory, processes and disk", CheckState::Ok, "");
    std::string have;
    std::string missing;
    std::string hints;
    std::vector<std::pair<std::string, std::string>> reasons;  // controllers, why
    for (const auto& state : cgroup::judgeControllers(facts.cgroups)) {
        if (state.usable) {
            have += (have.empty() ? "" : ", ") + state.name;
            continue;
        }
        if (state.name == "hugetlb") {
            continue;  // hardly any desktop has huge pages, and no systemd hands it on
        }
        missing += (missing.empty() ? "" : ", ") + state.name;
        auto same = std::find_if(reasons.begin(), reasons.end(),
                                 [&](const auto& one) { return one.second == state.reason; });
        if (same == reasons.end()) {
            reasons.emplace_back(state.name, state.reason);
        } else {
            same->first += ", " + state.name;
        }
        if (!state.command.empty() && result.fixes.empty()) {
            result.fixes.push_back(copy("Delegate them, then log in again", state.command));
        } else if (state.command.empty() && hints.find(state.hint) == std::string::npos) {
            hints += "; " + state.hint;
        }
    }
    for (const auto& [names, reason] : reasons) {
        const bool several = names.find(',') != std::string::npos;
        result.detail += (result.detail.empty() ? "" : "; ") + std::string(several ? "each of " : "") +
                         names + " " + reason;
    }
    result.detail += hints;
    if (missing.empty()) {
        result.text = "can be held: " + have;
        return result;
    }
    result.state = CheckState::Hint;
    result.text = have.empty() ? "cannot be held" : "can be held: " + have + "; cannot: " + missing;
    return result;
}

HealthCheck overlay(const DoctorFacts& facts) {
    auto result = check("overlay", "Layers by the kernel's overlay", CheckState::Ok, "works");
    if (!facts.kernelOverlay.works) {
        result.state = facts.fuseOverlay.works ? CheckState::Hint : CheckState::Fail;
        result.text = facts.fuseOverlay.works ? "refused; fuse-overlayfs is used instead, which is slower"
                                              : "refused, and fuse-overlayfs does not work either";
        result.detail = facts.kernelOverlay.reason;
    }
    return result;
}

/// Needed where the kernel's overlay is refused; else a hint, as two user namespace modes want it.
HealthCheck fuse(const DoctorFacts& facts) {
    auto result = check("fuse", "Layers by fuse-overlayfs", CheckState::Ok, "works");
    if (facts.fuseOverlay.works) {
        return result;
    }
    const bool needed = !facts.kernelOverlay.works;
    result.state = needed ? CheckState::Fail : CheckState::Hint;
    result.detail = facts.fuseOverlay.reason;
    if (!facts.fuseDevice) {
        result.text = "/dev/fuse cannot be opened (" + facts.fuseReason + ")";
        result.fixes.push_back(copy("Load the module", "sudo modprobe fuse"));
    } else if (!facts.fuseOverlayfs) {
        result.text = "the program is not installed; it is needed for --userns keep-id and nomap";
        result.fixes.push_back(copy("Install it", "sudo apt install fuse-overlayfs fuse3"));
    } else {
        result.text = "the mount fails";
    }
    return result;
}

HealthCheck network(const DoctorFacts& facts) {
    auto result = check("network", "Network of containers", CheckState::Ok, "slirp4netns works");
    if (facts.network.works) {
        return result;
    }
    result.state = CheckState::Fail;
    result.detail = facts.network.reason;
    if (!facts.slirp) {
        result.text = "slirp4netns is not installed: containers have no network";
        result.fixes.push_back(copy("Install it", "sudo apt install slirp4netns"));
    } else if (!facts.tunDevice) {
        result.text = "/dev/net/tun cannot be opened: containers have no network";
        result.fixes.push_back(copy("Load the module", "sudo modprobe tun"));
    } else {
        result.text = "slirp4netns does not start: containers have no network";
    }
    return result;
}

/// 80 is the port that people want; others below it are asked for by few.
HealthCheck lowPorts(const DoctorFacts& facts) {
    auto result = check("ports", "Ports below 1024", CheckState::Ok, "can be published");
    if (facts.firstPort > 80) {
        result.state = CheckState::Hint;
        result.text = "the lowest port that can be published is " + std::to_string(facts.firstPort);
        result.fixes.push_back(
            copy("Allow from port 80", "sudo sysctl -w net.ipv4.ip_unprivileged_port_start=80"));
    } else {
        result.text = "can be published from " + std::to_string(facts.firstPort);
    }
    return result;
}

/// Fail and no warning: a container without a filter must not start by accident.
HealthCheck seccomp(const DoctorFacts& facts) {
    auto result = check("seccomp", "System call filter", CheckState::Ok, "works");
    if (!facts.seccomp.works) {
        result.state = CheckState::Fail;
        result.text = "the kernel has none: containers would run unfiltered";
        result.detail = facts.seccomp.reason;
    }
    return result;
}

HealthCheck lingering(const DoctorFacts& facts) {
    auto result = check("linger", "Containers after log-out", CheckState::Ok, "go on");
    if (!facts.lingers) {
        result.text = "there is no login manager that ends them";
    } else if (!*facts.lingers) {
        result.state = CheckState::Hint;
        result.text = "end with the session";
        result.fixes.push_back({"Keep them", CheckFix::Kind::Run, "loginctl enable-linger"});
    }
    return result;
}

HealthCheck runRoot(const DoctorFacts& facts) {
    auto result = check("rundir", "Runtime directory", CheckState::Ok, "is private and writable");
    if (!facts.runRootProblem.empty()) {
        result.state = CheckState::Fail;
        result.text = facts.runRootProblem;
        if (facts.runRootIsShared) {
            result.fixes.push_back({"Keep others out", CheckFix::Kind::Run,
                                    types::toShellText({"chmod", "go-w", facts.runRoot})});
        } else {
            result.text += "; name another folder with CORACLE_RUNROOT, or take this one away";
        }
    }
    return result;
}

HealthCheck disk(const DoctorFacts& facts) {
    auto result = check("disk", "Room for images", CheckState::Ok, roomWords(facts.freeBytes) + " free");
    if (facts.freeBytes < kLowSpaceBytes) {
        result.state = facts.freeBytes < kNoSpaceBytes ? CheckState::Fail : CheckState::Warn;
        result.text = "only " + roomWords(facts.freeBytes) + " free";
        result.fixes.push_back(
            {"Remove images that nothing uses", CheckFix::Kind::Copy, "coracle rmi IMAGE"});
    }
    return result;
}

/// A server maps owners by its own rules and knows nothing of our ids; extended attributes of users, which
/// the overlay needs, are mostly missing too.
HealthCheck fileSystem(const DoctorFacts& facts) {
    auto result = check("filesystem", "File system of the store", CheckState::Ok,
                        facts.fileSystem.empty() ? "not known" : facts.fileSystem);
    if (facts.networkFileSystem) {
        result.state = CheckState::Warn;
        result.text = facts.fileSystem + " is a network file system: layers cannot keep their owners there";
        result.fixes.push_back(
            copy("Keep the store on a local disk", "export CORACLE_ROOT=/var/tmp/coracle-$USER"));
    }
    return result;
}

/// Each watcher of events and each monitor takes one of the user's instances (inotify(7)).
HealthCheck inotify(const DoctorFacts& facts) {
    auto result = check("inotify", "Watching for changes", CheckState::Ok,
                        std::to_string(facts.inotifyInstances) + " watchers allowed");
    if (facts.inotifyInstances < kFewInstances) {
        result.state = CheckState::Warn;
        result.text = "only " + std::to_string(facts.inotifyInstances) + " watchers allowed";
        result.fixes.push_back(copy("Allow more", "sudo sysctl -w fs.inotify.max_user_instances=512"));
    }
    return result;
}

/// A clock before the time of this check's writing is wrong for certain; a later one may be wrong as well.
HealthCheck clock(const DoctorFacts& facts) {
    auto result = check("clock", "Clock", CheckState::Ok, "is set");
    if (facts.secondsSince1970 < kEarliestClock) {
        result.state = CheckState::Warn;
        result.text = "is wrong: registries will be refused, because their certificates seem not valid yet";
        result.fixes.push_back(copy("Set it by the network", "sudo timedatectl set-ntp true"));
    }
    return result;
}

bool parse(std::string_view text, std::uint64_t& value) {
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    return !text.empty() && parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}

struct Row {
    bool ours = false;
    std::uint64_t first = 0;
    std::uint64_t count = 0;
};

/// One line of subuid(5): "name:first:count".
bool parseRow(std::string_view line, const std::string& name, std::uint32_t uid, Row& row) {
    const std::size_t one = line.find(':');
    const std::size_t two = one == std::string_view::npos ? one : line.find(':', one + 1);
    if (two == std::string_view::npos) {
        return false;
    }
    const std::string_view owner = line.substr(0, one);
    row.ours = owner == name || owner == std::to_string(uid);
    return parse(line.substr(one + 1, two - one - 1), row.first) && parse(line.substr(two + 1), row.count);
}

}  // namespace

/// Only the first range of the user is judged. `firstFree` is behind all ranges of all users, for the
/// command that adds one.
SubordinateRange findSubordinateRange(const std::string& text, const std::string& name, std::uint32_t uid) {
    std::vector<Row> rows;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        Row row;
        if (parseRow(rest.substr(0, end), name, uid, row)) {
            rows.push_back(row);
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    SubordinateRange range;
    range.firstFree = kFirstSubordinateId;
    for (const auto& row : rows) {
        range.firstFree = std::max(range.firstFree, row.first + row.count);
        if (row.ours && range.count == 0) {
            range.first = row.first;
            range.count = row.count;
        }
    }
    range.overlaps = std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        return !row.ours && row.first < range.first + range.count && range.first < row.first + row.count;
    });
    return range;
}

/// Pure: facts in, judgement out. The order is that of the output, from what stops everything to what is a
/// detail.
std::vector<HealthCheck> judge(const DoctorFacts& facts) {
    return {subordinateIds(facts), idMaps(facts),     userNamespaces(facts), appArmor(facts),
            cgroups(facts),        delegation(facts), overlay(facts),        fuse(facts),
            network(facts),        lowPorts(facts),   seccomp(facts),        lingering(facts),
            runRoot(facts),        disk(facts),       fileSystem(facts),     inotify(facts),
            clock(facts)};
}

}  // namespace coracle::engine
