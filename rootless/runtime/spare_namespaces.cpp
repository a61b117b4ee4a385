// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/spare_namespaces.h"

#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/reaper.h"
#include "rootless/sys/self.h"
#include "rootless/sys/unix_socket.h"
#include "rootless/userns/keeper.h"
#include "rootless/userns/map_writer.h"

#include <array>
#include <chrono>

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

/// A child that takes longer was stopped or has no processor: then they are made without it.
constexpr std::chrono::milliseconds kPatience{1000};
constexpr int kSocket = 3;  // in the child, which has nothing else

/// The child: whoever waits at the other end reads the end of the socket when anything fails.
Result<> makeAndWait(const std::string& keeperDir) {
    sys::endWithParent();
    TRY(userns::enterKeptNamespace(keeperDir));
    TRY(sys::unshareNamespaces(static_cast<int>(spareNamespaces())));
    TRY(sys::bringUpLoopback());
    TRY_ASSIGN(const auto process, sys::openChildProcess(::getpid()));
    TRY_ASSIGN(const auto folder, sys::openAt(AT_FDCWD, "/proc/self", O_PATH | O_DIRECTORY));
    TRY(sys::sendDescriptor(kSocket, process.get()));
    TRY(sys::sendDescriptor(kSocket, folder.get()));
    std::array<char, 1> end{};
    (void)sys::receivePacket(kSocket, end, sys::Blocking::Yes);  // nothing is ever sent
    return {};
}

}  // namespace

std::uint64_t spareNamespaces() {
    return CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
}

Result<sys::UniqueFd> offerNamespaces(const std::string& keeperDir) {
    if (!sys::pathExists(keeperDir + "/keeper.json")) {
        return Error(ErrorKind::NotFound, "no user namespace is kept");
    }
    TRY_ASSIGN(auto sockets, sys::makeSocketPair(sys::SocketType::SeqPacket));
    TRY(sys::forkInto(
        {{sockets.second.get(), kSocket}}, "coracle-spare", [&] { return makeAndWait(keeperDir) ? 0 : 1; },
        sys::Signals::Keep));
    return std::move(sockets.first);
}

/// The maps are written through the folder of that very process, and it is entered through its pidfd: its
/// number is never used. The socket is closed on the way out, which ends it.
Result<> takeSpareNamespaces(sys::UniqueFd offer, const userns::IdMaps& maps) {
    TRY(sys::setTimeouts(offer.get(), kPatience));
    TRY_ASSIGN(const sys::UniqueFd process, sys::receiveDescriptor(offer.get()));
    TRY_ASSIGN(const sys::UniqueFd folder, sys::receiveDescriptor(offer.get()));
    TRY(userns::writeMapsInto("/proc/self/fd/" + std::to_string(folder.get()), maps));
    return sys::joinNamespaces(process.get(), static_cast<int>(spareNamespaces()));
}

}  // namespace coracle::runtime
