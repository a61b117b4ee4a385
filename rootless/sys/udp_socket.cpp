// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/udp_socket.h"

#include <array>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace coracle::sys {
namespace {

using Control = std::array<char, CMSG_SPACE(sizeof(in_pktinfo))>;

Result<sockaddr_in> parseAddress(const std::string& address, std::uint16_t port) {
    sockaddr_in parsed{};
    parsed.sin_family = AF_INET;
    parsed.sin_port = htons(port);
    if (!address.empty() && ::inet_pton(AF_INET, address.c_str(), &parsed.sin_addr) != 1) {
        return Error(ErrorKind::InvalidArgument, "'" + address + "' is not an IPv4 address");
    }
    return parsed;
}

Result<UniqueFd> makeSocket() {
    UniqueFd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd) {
        return Error::fromErrno("create socket");
    }
    return fd;
}

const sockaddr* generic(const sockaddr_in& address) {
    // NOLINTNEXTLINE(*-reinterpret-cast): the sockets interface is made of such casts
    return reinterpret_cast<const sockaddr*>(&address);
}

}  // namespace

Result<UniqueFd> bindUdp(const std::string& address, std::uint16_t port) {
    TRY_ASSIGN(const sockaddr_in wanted, parseAddress(address, port));
    TRY_ASSIGN(UniqueFd fd, makeSocket());
    const int on = 1;
    if (::setsockopt(fd.get(), IPPROTO_IP, IP_PKTINFO, &on, sizeof(on)) != 0 ||
        ::bind(fd.get(), generic(wanted), sizeof(wanted)) != 0) {
        return Error::fromErrno("bind udp port " + std::to_string(port));
    }
    return fd;
}

Result<UniqueFd> connectUdp(const std::string& address, std::uint16_t port) {
    TRY_ASSIGN(const sockaddr_in wanted, parseAddress(address, port));
    TRY_ASSIGN(UniqueFd fd, makeSocket());
    if (::connect(fd.get(), generic(wanted), sizeof(wanted)) != 0) {
        return Error::fromErrno("connect to udp port " + std::to_string(port));
    }
    return fd;
}

std::optional<Datagram> receiveDatagram(int fd, std::span<char> buffer) {
    sockaddr_in from{};
    iovec part{buffer.data(), buffer.size()};
    alignas(cmsghdr) Control control{};
    msghdr message{};
    message.msg_name = &from;
    message.msg_namelen = sizeof(from);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const ssize_t got = ::recvmsg(fd, &message, MSG_DONTWAIT);
    if (got < 0) {
        return std::nullopt;
    }
    Datagram datagram;
    datagram.size = static_cast<std::size_t>(got);
    datagram.peer.address = from.sin_addr.s_addr;
    datagram.peer.port = from.sin_port;
    for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO) {
            in_pktinfo info{};
            std::memcpy(&info, CMSG_DATA(header), sizeof(info));
            datagram.peer.localAddress = info.ipi_spec_dst.s_addr;
        }
    }
    return datagram;
}

void sendDatagram(int fd, const UdpPeer& peer, std::string_view bytes) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = peer.address;
    to.sin_port = peer.port;
    // NOLINTNEXTLINE(*-const-cast): struct iovec serves readv and writev alike
    iovec part{const_cast<char*>(bytes.data()), bytes.size()};
    alignas(cmsghdr) Control control{};
    msghdr message{};
    message.msg_name = &to;
    message.msg_namelen = sizeof(to);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = IPPROTO_IP;
    header->cmsg_type = IP_PKTINFO;
    header->cmsg_len = CMSG_LEN(sizeof(in_pktinfo));
    in_pktinfo info{};
    info.ipi_spec_dst.s_addr = peer.localAddress;
    std::memcpy(CMSG_DATA(header), &info, sizeof(info));
    (void)::sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);  // a datagram may be lost
}

void sendDatagram(int fd, std::string_view bytes) {
    (void)::send(fd, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);  // a datagram may be lost
}

}  // namespace coracle::sys
