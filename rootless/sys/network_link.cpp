// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/network_link.h"

#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <sys/socket.h>

namespace coracle::sys {
namespace {

constexpr unsigned kPrefixLength = 31;

/// A request under construction; attributes may contain others.
class Request {
public:
    template <typename Header>
    Request(std::uint16_t type, std::uint16_t flags, const Header& header) {
        nlmsghdr message{};
        message.nlmsg_type = type;
        message.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
        append(&message, sizeof message);
        append(&header, sizeof header);
    }
    void put(std::uint16_t type, const void* data, std::size_t size) {
        const std::size_t at = begin(type);
        append(data, size);
        end(at);
    }
    void put(std::uint16_t type, const std::string& text) { put(type, text.c_str(), text.size() + 1); }
    std::size_t begin(std::uint16_t type) {
        const std::size_t at = m_bytes.size();
        const rtattr attribute{0, type};
        append(&attribute, sizeof attribute);
        return at;
    }
    /// Of an attribute: its length is known now.
    void end(std::size_t at) {
        rtattr attribute{};
        std::memcpy(&attribute, m_bytes.data() + at, sizeof attribute);
        attribute.rta_len = static_cast<std::uint16_t>(m_bytes.size() - at);
        std::memcpy(m_bytes.data() + at, &attribute, sizeof attribute);
        m_bytes.resize(NLMSG_ALIGN(m_bytes.size()));
    }
    void append(const void* data, std::size_t size) {
        m_bytes.append(static_cast<const char*>(data), size);
        m_bytes.resize(NLMSG_ALIGN(m_bytes.size()));
    }
    std::string_view bytes() {
        nlmsghdr message{};
        std::memcpy(&message, m_bytes.data(), sizeof message);
        message.nlmsg_len = static_cast<std::uint32_t>(m_bytes.size());
        std::memcpy(m_bytes.data(), &message, sizeof message);
        return m_bytes;
    }

private:
    std::string m_bytes;
};

/// A socket to the kernel that speaks of the network namespace in which it was made, wherever the process
/// goes.
class Network {
public:
    /// Of the namespace of a process, which the caller enters.
    static Result<Network> open(int pidFd) {
        TRY(joinNamespaces(pidFd, CLONE_NEWNET));
        Network network;
        network.m_socket = UniqueFd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
        if (!network.m_socket) {
            return Error::fromErrno("open a socket to the kernel's network");
        }
        TRY_ASSIGN(network.m_namespace, openAt(AT_FDCWD, "/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
        return network;
    }
    int namespaceFd() const noexcept { return m_namespace.get(); }

    /// Absence is success.
    Result<> removeInterface(const std::string& name) const {
        Request request(RTM_DELLINK, NLM_F_ACK, ifinfomsg{});
        request.put(IFLA_IFNAME, name);
        auto removed = ask(request, "remove network interface '" + name + "'");
        if (!removed && removed.error().sysErrno() == ENODEV) {
            return {};
        }
        return removed ? Result<>() : Result<>(std::move(removed).error());
    }

    /// The other side in the namespace behind the descriptor.
    Result<> makeCable(const std::string& name, int otherNamespace) const {
        Request request(RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, ifinfomsg{});
        request.put(IFLA_IFNAME, name);
        const std::size_t info = request.begin(IFLA_LINKINFO);
        request.put(IFLA_INFO_KIND, std::string("veth"));
        const std::size_t data = request.begin(IFLA_INFO_DATA);
        const std::size_t peer = request.begin(VETH_INFO_PEER);
        const ifinfomsg header{};
        request.append(&header, sizeof header);
        request.put(IFLA_IFNAME, name);
        request.put(IFLA_NET_NS_FD, &otherNamespace, sizeof otherNamespace);
        request.end(peer);
        request.end(data);
        request.end(info);
        auto made = ask(request, "make network interface '" + name + "'");
        if (!made && made.error().sysErrno() == EOPNOTSUPP) {
            return std::move(made).error().withHint("the kernel's module 'veth' is missing");
        }
        return made ? Result<>() : Result<>(std::move(made).error());
    }

    Result<> bringUp(const std::string& name, const std::string& address) const {
        in_addr parsed{};
        if (::inet_pton(AF_INET, address.c_str(), &parsed) != 1) {
            return Error(ErrorKind::InvalidArgument, "'" + address + "' is no address");
        }
        Request query(RTM_GETLINK, 0, ifinfomsg{});
        query.put(IFLA_IFNAME, name);
        TRY_ASSIGN(const auto answer, ask(query, "find network interface '" + name + "'"));
        ifinfomsg found{};
        if (answer.size() < NLMSG_HDRLEN + sizeof found) {
            return Error(ErrorKind::Internal, "the kernel's answer about '" + name + "' is too short");
        }
        std::memcpy(&found, answer.data() + NLMSG_HDRLEN, sizeof found);

        ifaddrmsg where{};
        where.ifa_family = AF_INET;
        where.ifa_prefixlen = kPrefixLength;
        where.ifa_index = static_cast<std::uint32_t>(found.ifi_index);
        Request addressing(RTM_NEWADDR, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, where);
        addressing.put(IFA_LOCAL, &parsed, sizeof parsed);
        addressing.put(IFA_ADDRESS, &parsed, sizeof parsed);
        TRY(ask(addressing, "give '" + name + "' the address " + address));

        ifinfomsg state{};
        state.ifi_index = found.ifi_index;
        state.ifi_flags = IFF_UP;
        state.ifi_change = IFF_UP;
        Request raising(RTM_NEWLINK, NLM_F_ACK, state);
        TRY(ask(raising, "bring '" + name + "' up"));
        return {};
    }

private:
    Network() = default;

    /// The first message of the answer: what was asked for, or the kernel's word that it is done. Errors: by
    /// the number in it.
    Result<std::string> ask(Request& request, const std::string& what) const {
        const std::string_view bytes = request.bytes();
        // Large enough for an interface with its statistics; the kernel never sends more than this at once.
        std::array<char, 32768> buffer{};
        if (::send(m_socket.get(), bytes.data(), bytes.size(), 0) < 0) {
            return Error::fromErrno(what);
        }
        ssize_t size = 0;
        do {
            size = ::recv(m_socket.get(), buffer.data(), buffer.size(), 0);
        } while (size < 0 && errno == EINTR);
        if (size < 0) {
            return Error::fromErrno(what);
        }
        nlmsghdr message{};
        nlmsgerr verdict{};
        if (static_cast<std::size_t>(size) < sizeof message) {
            return Error(ErrorKind::Internal, what + ": the kernel's answer is too short");
        }
        std::memcpy(&message, buffer.data(), sizeof message);
        if (message.nlmsg_type == NLMSG_ERROR &&
            static_cast<std::size_t>(size) >= NLMSG_HDRLEN + sizeof verdict.error) {
            std::memcpy(&verdict.error, buffer.data() + NLMSG_HDRLEN, sizeof verdict.error);
            if (verdict.error != 0) {
                return Error::fromErrno(what, -verdict.error);
            }
        }
        return std::string(buffer.data(), static_cast<std::size_t>(size));
    }

    UniqueFd m_socket;
    UniqueFd m_namespace;
};

}  // namespace

/// The names are free on both sides before the cable is made: a cable whose one side went with its namespace
/// is taken away by the kernel some time after.
Result<> connectNetworks(const std::string& name, const NetworkEnd& first, const NetworkEnd& second) {
    TRY_ASSIGN(const auto one, Network::open(first.process.get()));
    TRY_ASSIGN(const auto other, Network::open(second.process.get()));
    TRY(one.removeInterface(name));
    TRY(other.removeInterface(name));
    TRY(other.makeCable(name, one.namespaceFd()));
    TRY(one.bringUp(name, first.address));
    return other.bringUp(name, second.address);
}

}  // namespace coracle::sys
