// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/container_group.h"
#include "rootless/runtime/container_processes.h"
#include "rootless/runtime/hooks.h"
#include "rootless/runtime/verbs.h"
#include "rootless/runtime/warnings.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"

#include <array>
#include <chrono>

namespace coracle::runtime {
namespace {

constexpr std::chrono::seconds kMakingLimit{10};

/// As much as a state that cannot be understood allows: its process, if that is told still, and all of its
/// group. Gives what may run on: nobody is signalled on a guess.
Result<std::vector<std::string>> endDamaged(const Invocation& invocation, const std::string& id) {
    const bool hasGroup = cgroup::readGroupRecord(invocation.store.folder(id)).has_value();
    if (const auto process = invocation.store.loadProcess(id)) {
        TRY(killAndWait(*process));
    } else if (!hasGroup) {
        return std::vector<std::string>{
            "the state of container '" + id +
            "' is damaged and does not tell its process, which may still run; `lsns --type pid` lists the "
            "first process of each container, to be ended with kill(1)"};
    }
    return std::vector<std::string>{};
}

/// The control group goes first, and with it whatever still runs in it; everything else that create made
/// lives in the container's namespaces and went with its last process.
/// A state that cannot be read is no obstacle for --force: a container whose creator was killed has none,
/// and its folder has to be removable. The poststop hooks run last, when nothing of the container is left
/// (OCI runtime-spec 1.1, runtime.md, "Lifecycle").
Result<int> deleteContainer(const Invocation& invocation) {
    static constexpr std::array kOptions = std::to_array<OptionSpec>({{"--force", 'f', false}});
    TRY_ASSIGN(const Arguments arguments, parseArguments(invocation.words, kOptions));
    TRY_ASSIGN(const std::string id, onlyWord(arguments, "delete [--force] ID"));
    const bool force = arguments.has("--force");
    auto state = invocation.store.load(id);
    if (!state && force && sys::pathExists(invocation.store.folder(id))) {
        // Whoever was to have it is gone; the runtime that makes it may be at work still.
        const auto made = sys::FileLock::acquire(invocation.store.folder(id) + "/lock",
                                                 sys::LockMode::Exclusive, kMakingLimit, "delete");
        state = invocation.store.load(id);
    }
    std::vector<std::string> warnings;
    if (!state) {
        const bool unreadable = state.error().kind() == ErrorKind::Corrupt;
        if (!force || !(unreadable || state.error().kind() == ErrorKind::NotFound)) {
            return state.error();
        }
        if (unreadable) {
            TRY_ASSIGN(warnings, endDamaged(invocation, id));
        }
    } else if (force) {
        TRY(killAndWait(*state));
    } else if (const Status status = invocation.store.statusOf(*state); status != Status::Stopped) {
        return Error(ErrorKind::Conflict, "container '" + id + "' is " + toWord(status))
            .withHint("stop it first, or use --force");
    } else {
        TRY(killAndWait(*state));  // it may be about to end
    }
    TRY(removeGroupOf(invocation.store.folder(id)));
    TRY(invocation.store.remove(id));
    warn(invocation.log, warnings);
    if (state && !state->hooks.poststop.empty()) {
        runLateHooks(state->hooks.poststop, toText(ociStateOf(*state), Status::Stopped, 0), state->bundle);
    }
    return 0;
}

}  // namespace

Outcome deleteVerb(const Invocation& invocation) {
    return toOutcome(deleteContainer(invocation));
}

}  // namespace coracle::runtime
