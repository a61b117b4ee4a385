// SPDX-License-Identifier: Apache-2.0
#include "rootless/cgroup/subtree.h"

#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/subprocess.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>

#include <unistd.h>

namespace coracle::cgroup {
namespace {

/// Where the processes of a group go that is to hand its controllers on.
constexpr const char* kSharedLeaf = "coracle-session";
constexpr std::chrono::seconds kLockLimit{10};

std::string parentOf(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

/// The file is userns/keeper.cpp's; read here and not asked there, because asking would start a keeper.
Result<sys::ProcessIdentity> readKeeper(const std::string& keeperDir) {
    TRY_ASSIGN(const std::string text, sys::readFile(keeperDir + "/keeper.json", 65536));
    TRY_ASSIGN(const auto document, json::parse(text));
    TRY_ASSIGN(const auto pid, json::loadInteger(document, "pid"));
    TRY_ASSIGN(const auto startTicks, json::loadInteger(document, "startTicks"));
    TRY_ASSIGN(const std::string bootId, json::loadString(document, "bootId"));
    const sys::ProcessIdentity keeper{static_cast<pid_t>(pid), static_cast<std::uint64_t>(startTicks),
                                      bootId};
    if (!sys::isAlive(keeper)) {
        return Error(ErrorKind::NotFound, "the process that keeps the user namespace is gone");
    }
    return keeper;
}

/// Run coracle-scope, the D-Bus client.
Result<> askSystemd(std::vector<std::string> words) {
    TRY_ASSIGN(const std::string program, sys::findHelper("coracle-scope"));
    sys::SpawnOptions options;
    options.argv = {program};
    options.argv.insert(options.argv.end(), words.begin(), words.end());
    TRY_ASSIGN(const auto output, sys::runAndCapture(options));
    if (!output.status.success()) {
        std::string message = output.standardError.substr(0, output.standardError.find('\n'));
        return Error(ErrorKind::Unavailable, message.empty() ? "ask systemd for a scope" : message);
    }
    return {};
}

/// Named by the keeper, which lives in it: a new keeper gets a new scope.
std::string scopeUnit(pid_t keeper) {
    return "coracle-" + std::to_string(keeper) + ".scope";
}

/// Where the keeper is says where the scope is; nothing is stored that could be wrong.
Result<Group> findKeptScope(int rootFd, const sys::ProcessIdentity& keeper) {
    TRY_ASSIGN(const std::string at, groupOf(keeper.pid));
    const auto scope = scopeOfKeeper(at);
    if (!scope) {
        return Error(ErrorKind::NotFound, "there is no scope for containers yet");
    }
    return Group::open(rootFd, *scope);
}

/// The scope begins with the keeper as its only process, which then moves into a leaf, so that the scope
/// itself holds none and may hand its controllers on. From then on the keeper's place is the record of it.
Result<Group> makeKeptScope(int rootFd, const std::string& keeperDir, const sys::ProcessIdentity& keeper) {
    TRY_ASSIGN(const auto lock, sys::FileLock::acquire(keeperDir + "/scope.lock", sys::LockMode::Exclusive,
                                                       kLockLimit, "make a scope"));
    if (auto found = findKeptScope(rootFd, keeper)) {
        return found;  // another starter was faster
    }
    TRY(askSystemd({"start", scopeUnit(keeper.pid), "", std::to_string(keeper.pid)}));
    TRY_ASSIGN(const std::string path, groupOf(keeper.pid));
    TRY_ASSIGN(Group scope, Group::open(rootFd, path));
    TRY_ASSIGN(const Group leaf, scope.makeChild(kKeeperLeaf));
    TRY(leaf.add(keeper.pid));
    return scope;
}

/// Whether this process could put another into `target`: the user has to be able to write to what both are
/// below of. Asked of the files' modes and not tried, because trying moves.
bool canMoveInto(int rootFd, const std::string& own, const std::string& target) {
    std::string common = target;
    while (!common.empty() && own != common && !own.starts_with(common + "/")) {
        common = parentOf(common);
    }
    const auto ancestor = Group::open(rootFd, common);
    return ancestor && ancestor->isWritable();
}

/// Upwards from where we are: on hosts without systemd, and inside of other containers, an administrator
/// or an outer engine hands a whole group to the user. The root of the hierarchy counts when it is
/// writable, as in a container with a writable view.
Result<Group> findInherited(int rootFd, const std::string& own, Effort effort) {
    std::string path = own;
    while (true) {
        TRY_ASSIGN(Group group, Group::open(rootFd, path));
        if (!group.isWritable()) {
            break;
        }
        const auto processes = group.processes();
        if (processes && processes->empty()) {
            return group;
        }
        if (path.empty()) {
            break;
        }
        path = parentOf(path);
    }
    TRY_ASSIGN(Group group, Group::open(rootFd, own));
    if (effort == Effort::Cheap || !group.isWritable()) {
        return Error(ErrorKind::Unsupported, "control group '/" + own + "' is not handed to this user");
    }
    TRY_ASSIGN(const Group leaf, group.makeChild(kSharedLeaf));
    for (int round = 0; round < 10; ++round) {  // one may start another meanwhile
        TRY_ASSIGN(const auto processes, group.processes());
        if (processes.empty()) {
            break;
        }
        for (const pid_t pid : processes) {
            (void)leaf.add(pid);  // it may have ended
        }
    }
    return group;
}

Error noSubtree(const Error& cause) {
    return Error(ErrorKind::Unsupported, "no control group is handed to this user: " + cause.message())
        .withHint("'coracle doctor' says what is missing and how to get it");
}

}  // namespace

/// The private socket of the user's systemd. The folder from the environment may be missing in a session
/// without PAM; the usual place is then looked at.
bool hasUserManager() {
    const char* runtimeDir = std::getenv("XDG_RUNTIME_DIR");
    const std::string folder = runtimeDir != nullptr && runtimeDir[0] == '/'
                                   ? std::string(runtimeDir)
                                   : "/run/user/" + std::to_string(::getuid());
    return sys::pathExists(folder + "/systemd/private");
}

std::optional<std::string> scopeOfKeeper(std::string_view keeperGroup) {
    const std::string suffix = std::string("/") + kKeeperLeaf;
    if (!keeperGroup.ends_with(suffix)) {
        return std::nullopt;
    }
    return std::string(keeperGroup.substr(0, keeperGroup.size() - suffix.size()));
}

/// The ways in order of cost: what this process inherits, the keeper's scope, asking systemd for one. A
/// refusal is remembered for the life of that keeper, since each start would pay for asking and the answer
/// does not change; a start that needs limits asks again all the same (Effort::Full).
Result<Group> findSubtree(int rootFd, const SubtreeRequest& request) {
    auto own = groupOf(0);
    if (!own) {
        return noSubtree(own.error());
    }
    const auto keeper = request.keeperDir.empty()
                            ? Result<sys::ProcessIdentity>(Error(ErrorKind::NotFound, ""))
                            : readKeeper(request.keeperDir);
    if (!hasUserManager() || !keeper) {
        auto inherited = findInherited(rootFd, *own, request.effort);
        return inherited ? std::move(inherited) : noSubtree(inherited.error());
    }
    auto scope = findKeptScope(rootFd, *keeper);
    const std::string refusal = request.keeperDir + "/scope-refused-" + std::to_string(keeper->pid);
    if (!scope && (request.effort == Effort::Full || !sys::pathExists(refusal))) {
        scope = makeKeptScope(rootFd, request.keeperDir, *keeper);
        if (!scope) {  // asked once for each keeper, so that starts without limits do not pay again
            (void)sys::replaceFile(refusal, scope.error().message() + "\n", 0600, sys::Durability::Process);
        }
    }
    if (!scope) {
        return noSubtree(scope.error());
    }
    if (!canMoveInto(rootFd, *own, scope->path())) {
        if (request.effort == Effort::Cheap) {
            return noSubtree(Error(ErrorKind::Unsupported, "this session is outside of the user manager's"));
        }
        if (auto moved = askSystemd({"attach", scopeUnit(keeper->pid), std::to_string(::getpid())}); !moved) {
            return noSubtree(moved.error());
        }
    }
    return scope;
}

/// Where systemd has put the process is asked of the kernel: the name of the slice's path is systemd's
/// affair.
Result<Group> makeScope(int rootFd, const ScopeName& name, pid_t pid) {
    TRY(askSystemd({"start", name.unit, name.slice, std::to_string(pid)}));
    TRY_ASSIGN(const std::string path, groupOf(pid));
    return Group::open(rootFd, path);
}

}  // namespace coracle::cgroup
