// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/datagram.h"

#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>

namespace coracle::sys {

Result<UniqueFd> connectUnixDatagram(const std::string& path) {
    if (!fitsSocketAddress(path)) {
        return Error(ErrorKind::InvalidArgument, "connect to '" + path + "': the path is too long");
    }
    UniqueFd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd) {
        return Error::fromErrno("create socket");
    }
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): connect(2) takes every family as a
    // sockaddr
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const int err = errno;
        return Error(err == ENOENT ? ErrorKind::NotFound : ErrorKind::Unavailable,
                     "connect to '" + path + "'", err);
    }
    return fd;
}

Result<Transfer> sendUnixDatagram(int fd, std::string_view message) {
    if (::send(fd, message.data(), message.size(), MSG_NOSIGNAL) >= 0) {
        return Transfer::Done;
    }
    if (errno == EAGAIN || errno == EINTR) {
        return Transfer::WouldBlock;
    }
    if (errno == ECONNREFUSED || errno == ENOTCONN || errno == EPIPE) {
        return Transfer::PeerGone;
    }
    return Error::fromErrno("send message");
}

}  // namespace coracle::sys
