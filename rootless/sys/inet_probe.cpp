// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/inet_probe.h"

#include "rootless/sys/unique_fd.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace coracle::sys {
namespace {

struct Address {
    sockaddr_storage value{};
    socklen_t length = 0;
};

// NOLINTBEGIN(*-reinterpret-cast): the sockets interface is made of such casts
/// Literals only: a name would mean a question to a name server, which may hang and whose answer may
/// change.
Result<Address> parseAddress(const std::string& text, std::uint16_t port) {
    Address address;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&address.value);
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.value);
    if (text.empty() || ::inet_pton(AF_INET, text.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        address.length = sizeof(*v4);
    } else if (::inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        address.length = sizeof(*v6);
    } else {
        return Error(ErrorKind::InvalidArgument, "'" + text + "' is not an IP address");
    }
    return address;
}

Result<std::uint16_t> boundPort(int fd) {
    Address got;
    got.length = sizeof(got.value);
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&got.value), &got.length) != 0) {
        return Error::fromErrno("ask for the port of a socket");
    }
    // Both families have the port in the same place. Source: RFC 3493 3.3.
    return ntohs(reinterpret_cast<const sockaddr_in*>(&got.value)->sin_port);
}

Result<> bindTo(int fd, const Address& address, std::uint16_t port) {
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&address.value), address.length) != 0) {
        return Error::fromErrno("bind port " + std::to_string(port));
    }
    return {};
}
// NOLINTEND(*-reinterpret-cast)

}  // namespace

Result<std::uint16_t> probeBind(const std::string& address, std::uint16_t port, InetProtocol protocol) {
    TRY_ASSIGN(const Address wanted, parseAddress(address, port));
    const bool tcp = protocol == InetProtocol::Tcp;
    UniqueFd fd(::socket(wanted.value.ss_family, (tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0));
    if (!fd) {
        return Error::fromErrno("create socket");
    }
    const int on = 1;
    if (tcp) {  // as servers do: connections in TIME_WAIT are no obstacle. Source: socket(7), SO_REUSEADDR
        (void)::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    }
    // Without V6ONLY `::` would take the IPv4 port as well and report a conflict with a listener that has
    // nothing to do with the wanted one. Source: ipv6(7), IPV6_V6ONLY.
    if (wanted.value.ss_family == AF_INET6) {
        (void)::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
    }
    TRY(bindTo(fd.get(), wanted, port));
    if (tcp && ::listen(fd.get(), 1) != 0) {  // another socket that listens with SO_REUSEADDR shows only here
        return Error::fromErrno("listen on port " + std::to_string(port));
    }
    return boundPort(fd.get());
}

/// connect(2) of a datagram socket only looks the route up. The address is one that is never anybody's
/// (RFC 5737).
std::string outwardAddress() {
    const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(9);
    (void)::inet_pton(AF_INET, "192.0.2.1", &address.sin_addr);  // a literal
    void* bytes = &address;
    socklen_t length = sizeof address;
    if (!socket || ::connect(socket.get(), static_cast<sockaddr*>(bytes), length) != 0 ||
        ::getsockname(socket.get(), static_cast<sockaddr*>(bytes), &length) != 0) {
        return {};
    }
    char text[INET_ADDRSTRLEN] = {};
    return ::inet_ntop(AF_INET, &address.sin_addr, text, sizeof text) == nullptr ? "" : text;
}

}  // namespace coracle::sys
