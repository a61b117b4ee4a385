// SPDX-License-Identifier: Apache-2.0
#include "net/port_check.h"

#include "rootless/sys/file.h"
#include "rootless/sys/inet_probe.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <unistd.h>

namespace coracle::net {
namespace {

constexpr std::uint16_t kDefaultFirstUnprivileged = 1024;
constexpr unsigned kHighestPort = 65535;
/// Ports tried for a suggestion: some milliseconds, and far enough for a row of published ones.
constexpr unsigned kSuggestionsTried = 200;
/// A line has some 150 bytes, so a hundred thousand sockets; the rest is not looked at and the holder
/// stays unknown.
constexpr std::size_t kMaxTableBytes = 16U << 20U;
constexpr std::string_view kListening = "0A";  // TCP_LISTEN in include/net/tcp_states.h

sys::InetProtocol kernelProtocol(Protocol protocol) {
    return protocol == Protocol::Udp ? sys::InetProtocol::Udp : sys::InetProtocol::Tcp;
}

Result<std::uint16_t> probe(const PortMapping& mapping, std::uint16_t port) {
    return sys::probeBind(mapping.hostIp, port, kernelProtocol(mapping.protocol));
}

template <typename Number>
std::optional<Number> parseWhole(std::string_view text, int base) {
    Number number{};
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    return error == std::errc{} && stop == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// The kernel prints addresses as 32-bit words in the byte order of the machine.
std::optional<std::string> parseAddress(std::string_view hex) {
    constexpr std::size_t kDigits = 8;
    std::array<std::uint32_t, 4> words{};
    const std::size_t count = hex.size() / kDigits;
    if (hex.size() % kDigits != 0 || (count != 1 && count != words.size())) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const auto word = parseWhole<std::uint32_t>(hex.substr(i * kDigits, kDigits), 16);
        if (!word) {
            return std::nullopt;
        }
        words.at(i) = *word;
    }
    std::array<char, INET6_ADDRSTRLEN> text{};
    (void)::inet_ntop(count == 1 ? AF_INET : AF_INET6, words.data(), text.data(), text.size());
    std::string address = text.data();
    constexpr std::string_view kMapped = "::ffff:";
    if (address.starts_with(kMapped) && address.find('.') != std::string::npos) {
        address.erase(0, kMapped.size());
    }
    return address;
}

std::vector<std::string_view> fieldsOf(std::string_view line) {
    std::vector<std::string_view> fields;
    for (std::size_t at = 0; (at = line.find_first_not_of(' ', at)) != std::string_view::npos;) {
        const auto end = std::min(line.find(' ', at), line.size());
        fields.push_back(line.substr(at, end - at));
        at = end;
    }
    return fields;
}

/// Both families: a socket on "::" takes the IPv4 port as well. For TCP only listening sockets count; a
/// connected UDP socket takes its port like an unconnected one.
std::vector<SocketRow> collidingSockets(const PortMapping& mapping) {
    std::vector<SocketRow> rows;
    const std::string protocol(toText(mapping.protocol));
    for (const char* version : {"", "6"}) {
        const auto text = sys::openAt(AT_FDCWD, "/proc/net/" + protocol + version, O_RDONLY);
        const auto table = text ? sys::readAll(text->get(), kMaxTableBytes) : Result<std::string>("");
        if (!table) {
            continue;
        }
        std::string_view rest = *table;
        while (!rest.empty()) {
            const auto end = std::min(rest.find('\n'), rest.size());
            auto row = parseSocketRow(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const bool counts = row && (row->listening || mapping.protocol == Protocol::Udp);
            if (counts && collides(*row, mapping)) {
                rows.push_back(*std::move(row));
            }
        }
    }
    return rows;
}

/// The process with one of these sockets open. Those of other users cannot be looked at and are passed
/// over: /proc/PID/fd asks for the right to trace (proc(5)). A process may end while it is looked at; then
/// it is not the holder any more.
std::optional<PortHolder> ownerOf(const std::vector<SocketRow>& rows) {
    std::set<std::string> targets;
    for (const SocketRow& row : rows) {
        targets.insert("socket:[" + std::to_string(row.inode) + "]");
    }
    const auto processes = sys::listDirectory("/proc");
    for (const auto& name : processes ? *processes : std::vector<std::string>()) {
        const auto pid = parseWhole<pid_t>(name, 10);
        const std::string folder = "/proc/" + name;
        const auto fds = pid ? sys::listDirectory(folder + "/fd") : Result<std::vector<std::string>>({});
        for (const auto& fd : fds ? *fds : std::vector<std::string>()) {
            std::array<char, 64> link{};
            const ssize_t length = ::readlink((folder + "/fd/" + fd).c_str(), link.data(), link.size());
            if (length <= 0 ||
                !targets.contains(std::string(link.data(), static_cast<std::size_t>(length)))) {
                continue;
            }
            PortHolder holder;
            holder.pid = *pid;
            holder.uid = rows.front().uid;
            holder.program =
                sys::readFile(folder + "/comm").has_value() ? *sys::readFile(folder + "/comm") : "";
            holder.program.erase(std::min(holder.program.find('\n'), holder.program.size()));
            return holder;
        }
    }
    return std::nullopt;
}

/// Only processes of this user can be named: /proc/PID/fd of others is closed. For those the owner's id is
/// what there is.
std::optional<PortHolder> findHolder(const PortMapping& mapping) {
    const auto rows = collidingSockets(mapping);
    if (rows.empty()) {
        return std::nullopt;
    }
    if (auto owner = ownerOf(rows)) {
        return owner;
    }
    PortHolder unknown;
    unknown.uid = rows.front().uid;
    return unknown;
}

/// The next free port above the wanted one; for a privileged one the customary neighbour (80: 8080) first.
std::uint16_t suggest(const PortMapping& mapping, PortState state) {
    constexpr unsigned kCustomaryOffset = 8000;
    unsigned candidate = mapping.hostPort + 1U;
    if (state == PortState::Privileged) {
        candidate = std::max<unsigned>(mapping.hostPort + kCustomaryOffset, firstUnprivilegedPort());
    }
    for (unsigned i = 0; i < kSuggestionsTried && candidate + i <= kHighestPort; ++i) {
        if (probe(mapping, static_cast<std::uint16_t>(candidate + i))) {
            return static_cast<std::uint16_t>(candidate + i);
        }
    }
    return 0;
}

std::string describe(const PortHolder& holder) {
    if (holder.pid == 0) {
        return "a process of user id " + std::to_string(holder.uid);
    }
    return "'" + holder.program + "' (process " + std::to_string(holder.pid) + ")";
}

}  // namespace

/// Source: kernel documentation,
/// networking/ip-sysctl, ip_unprivileged_port_start (Linux 4.11). It belongs to the network namespace, here
/// the host's.
std::uint16_t firstUnprivilegedPort() {
    const auto text = sys::readFile("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    if (!text) {
        return kDefaultFirstUnprivileged;
    }
    const std::string_view number = std::string_view(*text).substr(0, text->find('\n'));
    return parseWhole<std::uint16_t>(number, 10).value_or(kDefaultFirstUnprivileged);
}

/// A line of /proc/net/tcp and its like (proc_pid_net(5)). Lines of another form, the heading among them,
/// are none.
std::optional<SocketRow> parseSocketRow(std::string_view line) {
    // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode ...
    constexpr std::size_t kFields = 10;
    const auto fields = fieldsOf(line);
    if (fields.size() < kFields || fields[0].back() != ':') {
        return std::nullopt;
    }
    const auto colon = fields[1].find(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    auto address = parseAddress(fields[1].substr(0, colon));
    const auto port = parseWhole<std::uint16_t>(fields[1].substr(colon + 1), 16);
    const auto uid = parseWhole<uid_t>(fields[7], 10);
    const auto inode = parseWhole<std::uint64_t>(fields[9], 10);
    if (!address || !port || !uid || !inode) {
        return std::nullopt;
    }
    return SocketRow{*std::move(address), *port, fields[3] == kListening, *uid, *inode};
}

/// Which sockets would make bind(2) answer EADDRINUSE: the same port with the same address, or with a
/// wildcard on either side.
bool collides(const SocketRow& row, const PortMapping& mapping) {
    if (row.port != mapping.hostPort) {
        return false;
    }
    const std::string wanted = mapping.hostIp.empty() ? "0.0.0.0" : mapping.hostIp;
    const bool wantedV6 = wanted.find(':') != std::string::npos;
    const bool rowV6 = row.address.find(':') != std::string::npos;
    if (row.address == wanted || row.address == "::") {
        return true;  // a socket on :: usually takes the IPv4 port as well. Source: ipv6(7), IPV6_V6ONLY
    }
    if (wantedV6 != rowV6) {
        return false;
    }
    return wanted == "0.0.0.0" || row.address == "0.0.0.0" || wanted == "::";
}

/// By binding and closing again: the kernel's own answer counts everything (namespaces, sysctls, sockets
/// of others). It holds for that moment only; who really binds may still fail.
Result<PortCheck> checkPort(const PortMapping& mapping) {
    PortCheck check;
    if (mapping.hostPort == 0) {
        return check;
    }
    const auto bound = probe(mapping, mapping.hostPort);
    if (bound) {
        return check;
    }
    switch (bound.error().sysErrno()) {
    case EADDRINUSE:
        check.state = PortState::Taken;
        check.holder = findHolder(mapping);
        break;
    case EACCES:
        check.state = PortState::Privileged;
        break;
    case EADDRNOTAVAIL:
        check.state = PortState::NotOurs;
        return check;
    default:
        return bound.error();
    }
    check.suggestion = suggest(mapping, check.state);
    return check;
}

/// The kernel's choice from ip_local_port_range; free at this moment.
Result<std::uint16_t> chooseFreePort(const PortMapping& mapping) {
    return probe(mapping, 0);
}

/// One sentence and one way out: the nearest free port, or the setting.
Error toError(const PortMapping& mapping, const PortCheck& check) {
    const std::string port = "publish port '" + toText(mapping) + "': ";
    const std::string number = std::to_string(mapping.hostPort) + "/" + std::string(toText(mapping.protocol));
    std::string hint;
    if (check.suggestion != 0) {
        hint = "port " + std::to_string(check.suggestion) + " is free";
    }
    if (check.state == PortState::Privileged) {
        hint += std::string(hint.empty() ? "" : "; or ") +
                "allow it with: sudo sysctl net.ipv4.ip_unprivileged_port_start=" +
                std::to_string(mapping.hostPort);
        return Error(ErrorKind::PermissionDenied,
                     port + "ports below " + std::to_string(firstUnprivilegedPort()) + " are for root only")
            .withHint(std::move(hint));
    }
    if (check.state == PortState::NotOurs) {
        return Error(ErrorKind::InvalidArgument,
                     port + "'" + mapping.hostIp + "' is not an address of this machine")
            .withHint("leave the address out, or see `ip address`");
    }
    std::string holder = check.holder ? " by " + describe(*check.holder) : std::string();
    return Error(ErrorKind::Conflict, port + "host port " + number + " is already used" + holder)
        .withHint(std::move(hint));
}

}  // namespace coracle::net
