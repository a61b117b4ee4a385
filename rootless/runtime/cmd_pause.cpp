// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/container_group.h"
#include "rootless/runtime/verbs.h"

#include <chrono>

namespace coracle::runtime {
namespace {

/// The group is frozen when its last process is; one that waits for a disk is late. Source:
/// Documentation/admin-guide/cgroup-v2.rst, "cgroup.freeze".
constexpr std::chrono::seconds kFreezeLimit{10};

enum class Wanted : bool { Running, Paused };

/// A created container can be paused too: its group exists, and it is then frozen before its program
/// begins.
Result<int> setPaused(const Invocation& invocation, Wanted wanted) {
    const bool pause = wanted == Wanted::Paused;
    TRY_ASSIGN(const Arguments arguments, parseArguments(invocation.words, {}));
    TRY_ASSIGN(const std::string id, onlyWord(arguments, pause ? "pause ID" : "resume ID"));
    TRY_ASSIGN(const ContainerState state, invocation.store.load(id));
    const Status status = invocation.store.statusOf(state);
    const bool possible =
        pause ? status == Status::Running || status == Status::Created : status == Status::Paused;
    if (!possible) {
        return Error(ErrorKind::Conflict, "container '" + id + "' is " + toWord(status));
    }
    TRY_ASSIGN(const cgroup::Group group, openGroupOf(invocation.store.folder(id), id));
    TRY(group.freeze(pause, kFreezeLimit));
    return 0;
}

}  // namespace

Outcome pauseVerb(const Invocation& invocation) {
    return toOutcome(setPaused(invocation, Wanted::Paused));
}

Outcome resumeVerb(const Invocation& invocation) {
    return toOutcome(setPaused(invocation, Wanted::Running));
}

}  // namespace coracle::runtime
