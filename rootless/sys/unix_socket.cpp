// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/unix_socket.h"

#include "rootless/sys/file.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>

namespace coracle::sys {
namespace {

/// Connections that may wait for accept(2). A listener of ours is asked by a few commands at a time; more
/// wait in connect(2), nothing is refused.
constexpr int kBacklog = 16;

int kernelType(SocketType type) {
    return type == SocketType::Stream ? SOCK_STREAM : SOCK_SEQPACKET;
}

/// An address, and the folder descriptor that a long path is reached through.
struct Address {
    sockaddr_un value{};
    UniqueFd folder;
};

/// sockaddr_un holds 107 bytes; a container's run folder with its 64 digits comes close. A longer path is
/// named through the folder's descriptor instead, which bind(2) and connect(2) resolve like any other path.
Result<Address> addressOf(const std::string& path) {
    Address address;
    address.value.sun_family = AF_UNIX;
    std::string name = path;
    if (!fitsSocketAddress(path)) {
        const auto slash = path.rfind('/');
        if (slash == std::string::npos) {
            return Error(ErrorKind::InvalidArgument, "socket name '" + path + "' is too long");
        }
        TRY_ASSIGN(address.folder, openDirectory(slash == 0 ? "/" : path.substr(0, slash)));
        name = "/proc/self/fd/" + std::to_string(address.folder.get()) + path.substr(slash);
        if (!fitsSocketAddress(name)) {
            return Error(ErrorKind::InvalidArgument, "socket name '" + path + "' is too long");
        }
    }
    std::memcpy(address.value.sun_path, name.c_str(), name.size() + 1);
    return address;
}

const sockaddr* generic(const Address& address) {
    // NOLINTNEXTLINE(*-reinterpret-cast): the sockets interface is made of such casts
    return reinterpret_cast<const sockaddr*>(&address.value);
}

Result<UniqueFd> makeSocket(SocketType type, int flags) {
    const int fd = ::socket(AF_UNIX, kernelType(type) | SOCK_CLOEXEC | flags, 0);
    if (fd < 0) {
        return Error::fromErrno("create unix socket");
    }
    return UniqueFd(fd);
}

bool isPeerGone(int err) {
    return err == EPIPE || err == ECONNRESET || err == ENOTCONN;
}

/// Own everything that came with a message.
std::vector<UniqueFd> takeDescriptors(msghdr& message) {
    std::vector<UniqueFd> taken;
    for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
            continue;
        }
        const std::size_t here = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < here; ++i) {
            int one = -1;
            std::memcpy(&one, CMSG_DATA(header) + i * sizeof(int), sizeof(int));
            taken.emplace_back(one);
        }
    }
    return taken;
}

/// What one recvmsg(2) got.
struct Received {
    ssize_t size = -1;  ///< below zero: errno says why
    int flags = 0;      ///< MSG_TRUNC, MSG_CTRUNC
    std::vector<UniqueFd> descriptors;
};

/// Blocks, goes on after a signal, and owns each descriptor that came, whatever the caller makes of it.
Received receiveMessage(int fd, std::span<char> buffer) {
    iovec part{buffer.data(), buffer.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(kMaxDescriptors * sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    Received received;
    do {
        received.size = ::recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
    } while (received.size < 0 && errno == EINTR);
    if (received.size >= 0) {
        received.flags = message.msg_flags;
        received.descriptors = takeDescriptors(message);
    }
    return received;
}

/// One sendmsg(2) with copies of these descriptors, kMaxDescriptors at most; how many bytes went. Errors:
/// Unavailable when the peer is gone, by errno.
Result<std::size_t> sendMessage(int fd, std::string_view text, std::span<const int> descriptors) {
    iovec part{const_cast<char*>(text.data()), text.size()};  // sendmsg(2) does not write through it
    alignas(cmsghdr) std::array<char, CMSG_SPACE(kMaxDescriptors * sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (!descriptors.empty()) {
        message.msg_control = control.data();
        message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(descriptors.size_bytes());
        std::memcpy(CMSG_DATA(header), descriptors.data(), descriptors.size_bytes());
    }
    ssize_t sent = -1;
    do {
        sent = ::sendmsg(fd, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0) {
        return isPeerGone(errno) ? Error(ErrorKind::Unavailable, "the other end is closed", errno)
                                 : Error::fromErrno("sendmsg");
    }
    return static_cast<std::size_t>(sent);
}

}  // namespace

Result<SocketPair> makeSocketPair(SocketType type) {
    std::array<int, 2> fds{};
    if (::socketpair(AF_UNIX, kernelType(type) | SOCK_CLOEXEC, 0, fds.data()) != 0) {
        return Error::fromErrno("create socket pair");
    }
    return SocketPair{UniqueFd(fds[0]), UniqueFd(fds[1])};
}

bool fitsSocketAddress(std::string_view path) {
    return path.size() < sizeof(sockaddr_un::sun_path);
}

Result<UniqueFd> listenUnix(const std::string& path, SocketType type) {
    TRY(removeFile(path));
    TRY_ASSIGN(const Address address, addressOf(path));
    TRY_ASSIGN(UniqueFd fd, makeSocket(type, SOCK_NONBLOCK));
    // Mode bits of the socket object decide who may connect, from the moment it has a name. Source: unix(7).
    if (::fchmod(fd.get(), 0600) != 0 || ::bind(fd.get(), generic(address), sizeof(sockaddr_un)) != 0) {
        return Error::fromErrno("bind socket '" + path + "'");
    }
    if (::listen(fd.get(), kBacklog) != 0) {
        return Error::fromErrno("listen on '" + path + "'");
    }
    return fd;
}

Result<UniqueFd> connectUnix(const std::string& path, SocketType type) {
    TRY_ASSIGN(const Address address, addressOf(path));
    TRY_ASSIGN(UniqueFd fd, makeSocket(type, 0));
    if (::connect(fd.get(), generic(address), sizeof(sockaddr_un)) != 0) {
        const int err = errno;
        if (err == ECONNREFUSED) {
            return Error(ErrorKind::Unavailable, "connect to '" + path + "': nobody listens", err);
        }
        return Error::fromErrno("connect to '" + path + "'", err);
    }
    return fd;
}

Result<std::optional<UniqueFd>> acceptUnix(int listener) {
    const int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd >= 0) {
        return std::optional<UniqueFd>(UniqueFd(fd));
    }
    if (errno == EAGAIN || errno == EINTR || errno == ECONNABORTED) {
        return std::optional<UniqueFd>();
    }
    return Error::fromErrno("accept connection");
}

Result<uid_t> peerUser(int fd) {
    struct ucred credentials {};
    socklen_t length = sizeof(credentials);
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) {
        return Error::fromErrno("ask for the peer of a socket");
    }
    return credentials.uid;
}

/// Two parts, so that a head need not be copied in front of a body; the kernel joins them to one message.
Result<Transfer> sendPacket(int fd, std::string_view head, std::string_view body, Blocking blocking) {
    // NOLINTBEGIN(*-const-cast): struct iovec serves readv and writev alike
    std::array<iovec, 2> parts{
        {{const_cast<char*>(head.data()), head.size()}, {const_cast<char*>(body.data()), body.size()}}};
    // NOLINTEND(*-const-cast)
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = body.empty() ? 1 : 2;
    const int flags = MSG_NOSIGNAL | (blocking == Blocking::No ? MSG_DONTWAIT : 0);
    ssize_t sent = -1;
    do {
        sent = ::sendmsg(fd, &message, flags);
    } while (sent < 0 && errno == EINTR);
    if (sent >= 0) {
        return Transfer::Done;
    }
    if (errno == EAGAIN || errno == ENOBUFS) {
        return Transfer::WouldBlock;
    }
    if (isPeerGone(errno)) {
        return Transfer::PeerGone;
    }
    return Error::fromErrno("send message");
}

Result<ReceivedPacket> receivePacket(int fd, std::span<char> buffer, Blocking blocking) {
    const int flags = MSG_TRUNC | (blocking == Blocking::No ? MSG_DONTWAIT : 0);
    ssize_t got = -1;
    // ECONNRESET says that the peer closed without reading all of ours. The kernel reports it once, before
    // the messages that the peer sent earlier, and those are what matters.
    bool reset = false;
    do {
        got = ::recv(fd, buffer.data(), buffer.size(), flags);
    } while (got < 0 && (errno == EINTR || (errno == ECONNRESET && !std::exchange(reset, true))));
    if (got > 0) {
        if (static_cast<std::size_t>(got) > buffer.size()) {
            return Error(ErrorKind::Corrupt,
                         "received message is longer than " + std::to_string(buffer.size()) + " bytes");
        }
        return ReceivedPacket{Transfer::Done, static_cast<std::size_t>(got)};
    }
    if (got == 0 || isPeerGone(errno)) {
        return ReceivedPacket{Transfer::PeerGone, 0};
    }
    if (errno == EAGAIN) {
        return ReceivedPacket{Transfer::WouldBlock, 0};
    }
    return Error::fromErrno("receive message");
}

void closeGently(UniqueFd fd) {
    (void)::shutdown(fd.get(), SHUT_RD);  // fails only when the peer is gone already
    std::array<char, 1024> dropped{};
    while (::recv(fd.get(), dropped.data(), dropped.size(), MSG_DONTWAIT) > 0) {
    }
}

Result<> sendAll(int fd, std::string_view data) {
    while (!data.empty()) {
        const ssize_t sent = ::send(fd, data.data(), data.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent < 0) {
            return isPeerGone(errno) ? Error(ErrorKind::Unavailable, "send: the peer is gone", errno)
                                     : Error::fromErrno("send");
        }
        data.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
}

Result<> endSending(int fd) {
    if (::shutdown(fd, SHUT_WR) != 0) {
        return Error::fromErrno("shut down sending");
    }
    return {};
}

Result<> setTimeouts(int fd, std::chrono::milliseconds limit) {
    constexpr std::int64_t kMillisecondsPerSecond = 1000;
    constexpr std::int64_t kMicrosecondsPerMillisecond = 1000;
    timeval time{};
    time.tv_sec = static_cast<time_t>(limit.count() / kMillisecondsPerSecond);
    time.tv_usec =
        static_cast<suseconds_t>(limit.count() % kMillisecondsPerSecond * kMicrosecondsPerMillisecond);
    for (const int option : {SO_RCVTIMEO, SO_SNDTIMEO}) {
        if (::setsockopt(fd, SOL_SOCKET, option, &time, sizeof(time)) != 0) {
            return Error::fromErrno("set time limit of a socket");
        }
    }
    return {};
}

Result<> sendDescriptor(int fd, int descriptor) {
    return sendWithDescriptor(fd, std::string_view("", 1), descriptor);
}

Result<> sendWithDescriptor(int fd, std::string_view text, int descriptor) {
    auto sent = sendMessage(fd, text, {&descriptor, 1});
    if (!sent) {
        return std::move(sent).error().context("send descriptor");
    }
    return *sent < text.size() ? sendAll(fd, text.substr(*sent)) : Result<>();
}

Result<PacketWithDescriptor> receivePacketWithDescriptor(int fd, std::span<char> buffer) {
    TRY_ASSIGN(auto received, receivePacketWithDescriptors(fd, buffer));
    if (received.descriptors.size() > 1) {
        return Error(ErrorKind::Corrupt, "receive packet: it has more than one descriptor");
    }
    PacketWithDescriptor result{received.packet, {}};
    if (!received.descriptors.empty()) {
        result.descriptor = std::move(received.descriptors.front());
    }
    return result;
}

Result<> sendPacketWithDescriptors(int fd, std::string_view text, const std::vector<int>& descriptors) {
    TRY(sendMessage(fd, text, descriptors));
    return {};
}

Result<PacketWithDescriptors> receivePacketWithDescriptors(int fd, std::span<char> buffer) {
    Received received = receiveMessage(fd, buffer);
    PacketWithDescriptors result;
    if (received.size == 0 || (received.size < 0 && errno == ECONNRESET)) {
        result.packet.transfer = Transfer::PeerGone;
        return result;
    }
    if (received.size < 0) {
        return Error::fromErrno("receive packet");
    }
    if ((received.flags & (MSG_CTRUNC | MSG_TRUNC)) != 0) {
        return Error(ErrorKind::Corrupt, "receive packet: it is longer than expected");
    }
    result.descriptors = std::move(received.descriptors);
    result.packet.size = static_cast<std::size_t>(received.size);
    return result;
}

Result<UniqueFd> receiveDescriptor(int fd) {
    // runc and crun send the terminal's name along with the descriptor, so the data is not one byte only.
    std::array<char, 512> data{};
    Received received = receiveMessage(fd, data);
    if (received.size < 0) {
        return Error::fromErrno("receive descriptor");
    }
    if (received.size == 0 && received.descriptors.empty()) {
        return Error(ErrorKind::Unavailable, "receive descriptor: the peer closed the connection");
    }
    if (received.descriptors.size() != 1 || (received.flags & MSG_CTRUNC) != 0) {
        return Error(ErrorKind::Corrupt,
                     "receive descriptor: got " + std::to_string(received.descriptors.size()));
    }
    return std::move(received.descriptors.front());
}

}  // namespace coracle::sys
