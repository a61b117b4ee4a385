// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/container_processes.h"
#include "rootless/runtime/hooks.h"
#include "rootless/runtime/init.h"
#include "rootless/runtime/seccomp_agent.h"
#include "rootless/runtime/verbs.h"
#include "rootless/sys/file.h"
#include "rootless/sys/unix_socket.h"

#include <array>
#include <string_view>

namespace coracle::runtime {
namespace {

/// Nobody listens, or the listener was taken by another `start` first: the status says which.
Error notWaiting(const StateStore& store, const ContainerState& state) {
    return Error(ErrorKind::Conflict,
                 "container '" + state.id + "' is " + toWord(store.statusOf(state)) + ", not created");
}

/// The bundle's profile is in the state: the bundle itself may have changed since `create`.
Result<SeccompAgent> agentOf(const ContainerState& state) {
    TRY_ASSIGN(const oci::SeccompUse use, oci::parseSeccompUse(state.seccomp.profile));
    return SeccompAgent::connect(use);
}

}  // namespace

/// The conversation is init.h's: the waiting process listens until one starter says "start", and the
/// connection of that starter tells how it went. The agent is connected before the container is touched.
Outcome startVerb(const Invocation& invocation) {
    const StateStore& store = invocation.store;
    auto id = parseArguments(invocation.words, {});
    auto name = id ? onlyWord(*id, "start ID") : Result<std::string>(std::move(id).error());
    auto state = name ? store.load(*name) : Result<ContainerState>(std::move(name).error());
    if (!state) {
        return Failure{std::move(state).error()};
    }
    // The agent before the container: one that nobody answers must not begin to run.
    auto agent = agentOf(*state);
    if (!agent) {
        return Failure{std::move(agent).error()};
    }
    const std::string path = store.socketPath(state->id);
    auto connection = sys::connectUnix(path, sys::SocketType::SeqPacket);
    if (!connection) {
        return Failure{notWaiting(store, *state)};
    }
    const auto said = sys::sendPacket(connection->get(), kStart, "", sys::Blocking::Yes);
    if (!said || *said != sys::Transfer::Done) {
        return Failure{notWaiting(store, *state)};
    }
    std::array<char, 64> answer{};
    auto accepted = sys::receivePacket(connection->get(), answer, sys::Blocking::Yes);
    if (!accepted) {
        // The word has been said; a container that may run must not be one whose start has failed.
        (void)killAndWait(*state);  // ignored: the first failure counts
        return Failure{std::move(accepted).error().context("hear of the start")};
    }
    if (accepted->transfer != sys::Transfer::Done ||
        std::string_view(answer.data(), accepted->size) != kAccepted) {
        return Failure{notWaiting(store, *state)};
    }
    auto failure = awaitProgram(connection->get(), *agent, ociStateOf(*state), state->process.pid);
    if (!failure && !state->seccomp.profile.empty()) {
        failure = endBeforeProgram(state->process);
    }
    (void)sys::removeFile(path);  // ignored: nobody listens there any more
    if (failure) {
        // A process that could not become its program is gone or about to go; one that waits for an agent, or
        // of which we did not hear, is not.
        (void)killAndWait(*state);  // ignored: the first failure counts
        return *std::move(failure);
    }
    if (!state->hooks.poststart.empty()) {
        runLateHooks(state->hooks.poststart, toText(ociStateOf(*state), Status::Running, state->process.pid),
                     state->bundle);
    }
    return 0;
}

}  // namespace coracle::runtime
