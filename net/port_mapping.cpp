// SPDX-License-Identifier: Apache-2.0
#include "net/port_mapping.h"

#include <array>
#include <charconv>
#include <optional>

#include <arpa/inet.h>

namespace coracle::net {
namespace {

constexpr const char* kForm = "the form is [ip:][host-port:]container-port[/tcp|/udp], like 8080:80";
constexpr unsigned kHighestPort = 65535;

Error fault(std::string_view text, const std::string& what) {
    return Error(ErrorKind::InvalidArgument, "port '" + std::string(text) + "': " + what).withHint(kForm);
}

struct Range {
    unsigned first = 0;
    unsigned last = 0;
    unsigned length() const { return last - first + 1; }
};

/// 0 passes: it means "any" on the host's side and is refused for the container's.
std::optional<unsigned> parseNumber(std::string_view text) {
    unsigned number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && stop == end && number <= kHighestPort ? std::optional(number)
                                                                         : std::nullopt;
}

/// `part` is "host port" or "container port".
Result<Range> parseRange(std::string_view whole, std::string_view text, const char* part) {
    const auto dash = text.find('-');
    const auto first = parseNumber(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parseNumber(text.substr(dash + 1));
    const std::string named = std::string(part) + " '" + std::string(text) + "'";
    if (!first || !last) {
        return fault(whole, named + " is not a number from 1 to 65535 or a range of them");
    }
    if (*first > *last) {
        return fault(whole, named + " ends before it begins");
    }
    if (*last - *first + 1 > kMaxPortsInRange) {
        return fault(whole, named + " is longer than " + std::to_string(kMaxPortsInRange) + " ports");
    }
    return Range{*first, *last};
}

/// Numeric only: a name would have to be resolved, and could mean several addresses.
bool isAddress(const std::string& text, int family) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    return ::inet_pton(family, text.c_str(), bytes.data()) == 1;
}

struct Parts {
    std::string hostIp;
    std::string_view hostPort;
    std::string_view containerPort;
};

/// From the right, for an address may hold colons itself: the last one is always before the container
/// port. An IPv6 address without brackets is refused and not guessed at: "::1:80" has two readings.
Result<Parts> splitAddress(std::string_view whole, std::string_view text) {
    Parts parts;
    const auto lastColon = text.rfind(':');
    parts.containerPort = lastColon == std::string_view::npos ? text : text.substr(lastColon + 1);
    if (lastColon == std::string_view::npos) {
        return parts;
    }
    text = text.substr(0, lastColon);
    if (!text.empty() && text.front() == '[') {
        const auto close = text.find(']');
        if (close == std::string_view::npos || close + 1 >= text.size() || text[close + 1] != ':') {
            return fault(whole, "the address in brackets is not followed by ':' and a host port");
        }
        parts.hostIp = text.substr(1, close - 1);
        parts.hostPort = text.substr(close + 2);
        if (!isAddress(parts.hostIp, AF_INET6)) {
            return fault(whole, "'" + parts.hostIp + "' is not an IPv6 address");
        }
        return parts;
    }
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) {
        parts.hostPort = text;
        return parts;
    }
    if (text.find(':', colon + 1) != std::string_view::npos) {
        return fault(whole, "too many colons; an IPv6 address needs brackets, like [::1]:8080:80");
    }
    parts.hostIp = text.substr(0, colon);
    parts.hostPort = text.substr(colon + 1);
    if (!parts.hostIp.empty() && !isAddress(parts.hostIp, AF_INET)) {
        return fault(whole, "'" + parts.hostIp + "' is not an IP address");
    }
    return parts;
}

Result<Protocol> parseProtocol(std::string_view whole, std::string_view text) {
    std::string lower;
    for (const char c : text) {
        lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    if (lower == "tcp") {
        return Protocol::Tcp;
    }
    if (lower == "udp") {
        return Protocol::Udp;
    }
    return fault(whole, "protocol '" + std::string(text) + "' is neither tcp nor udp");
}

}  // namespace

/// NUL is looked for because std::string_view would carry it on to inet_pton(3), which stops at it:
/// "127.0.0.1\0x" would be taken for an address.
Result<std::vector<PortMapping>> parsePortMappings(std::string_view text) {
    if (text.empty() || text.find('\0') != std::string_view::npos) {
        return fault(text.substr(0, text.find('\0')), "no port");
    }
    const auto slash = text.find('/');
    Protocol protocol = Protocol::Tcp;
    if (slash != std::string_view::npos) {
        TRY_ASSIGN(protocol, parseProtocol(text, text.substr(slash + 1)));
    }
    TRY_ASSIGN(const Parts parts, splitAddress(text, text.substr(0, slash)));
    if (parts.containerPort.empty()) {
        return fault(text, "the container port is missing");
    }
    TRY_ASSIGN(const Range container, parseRange(text, parts.containerPort, "container port"));
    if (container.first == 0) {
        return fault(text, "container port 0 does not exist");
    }
    Range host;
    if (!parts.hostPort.empty()) {
        TRY_ASSIGN(host, parseRange(text, parts.hostPort, "host port"));
        if (host.first == 0 && host.last != 0) {
            return fault(text, "host port range starts at 0");
        }
        if (host.first != 0 && host.length() != container.length()) {
            return fault(text, "the host range has " + std::to_string(host.length()) +
                                   " ports, the container range " + std::to_string(container.length()));
        }
    }
    std::vector<PortMapping> mappings;
    for (unsigned i = 0; i < container.length(); ++i) {
        PortMapping mapping;
        mapping.hostIp = parts.hostIp;
        mapping.hostPort = static_cast<std::uint16_t>(host.first == 0 ? 0 : host.first + i);
        mapping.containerPort = static_cast<std::uint16_t>(container.first + i);
        mapping.protocol = protocol;
        mappings.push_back(std::move(mapping));
    }
    return mappings;
}

/// The shortest text that parsePortMappings() reads as this mapping.
std::string toText(const PortMapping& mapping) {
    std::string text;
    if (!mapping.hostIp.empty()) {
        const bool v6 = mapping.hostIp.find(':') != std::string::npos;
        text = (v6 ? "[" + mapping.hostIp + "]" : mapping.hostIp) + ":";
    }
    if (mapping.hostPort != 0) {
        text += std::to_string(mapping.hostPort) + ":";
    } else if (!text.empty()) {
        text += ":";
    }
    text += std::to_string(mapping.containerPort);
    return mapping.protocol == Protocol::Udp ? text + "/udp" : text;
}

std::string_view toText(Protocol protocol) {
    return protocol == Protocol::Udp ? "udp" : "tcp";
}

}  // namespace coracle::net
