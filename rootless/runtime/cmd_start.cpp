// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/init.h"
#include "rootless/runtime/verbs.h"
#include "rootless/sys/file.h"
#include "rootless/sys/unix_socket.h"

#include <array>

namespace coracle::runtime {
namespace {

Error notWaiting(const StateStore& store, const ContainerState& state) {
    return Error(ErrorKind::Conflict,
                 "container '" + state.id + "' is " + toWord(store.statusOf(state)) + ", not created");
}

}  // namespace

Outcome startVerb(const Invocation& invocation) {
    const StateStore& store = invocation.store;
    auto id = parseArguments(invocation.words, {});
    auto name = id ? onlyWord(*id, "start ID") : Result<std::string>(std::move(id).error());
    auto state = name ? store.load(*name) : Result<ContainerState>(std::move(name).error());
    if (!state) {
        return Failure{std::move(state).error()};
    }
    const std::string path = store.socketPath(state->id);
    auto connection = sys::connectUnix(path, sys::SocketType::SeqPacket);
    if (!connection) {
        return Failure{notWaiting(store, *state)};
    }
    const auto said = sys::sendPacket(connection->get(), kStart, "", sys::Blocking::Yes);
    std::array<char, 4096> buffer{};
    const auto got = sys::receivePacket(connection->get(), buffer, sys::Blocking::Yes);
    (void)sys::removeFile(path);  // ignored: nobody listens there any more
    if (!said || !got) {
        return Failure{notWaiting(store, *state)};
    }
    if (got->transfer == sys::Transfer::Done) {
        if (auto failure = decodeFailure({buffer.data(), got->size})) {
            return *std::move(failure);
        }
    }
    return 0;
}

}  // namespace coracle::runtime
