// SPDX-License-Identifier: Apache-2.0
#include "core/types/exposed_ports.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace coracle::types {
namespace {

/// A port and its protocol, which may be one that is never published (sctp).
struct Exposed {
    std::uint16_t port = 0;
    std::string protocol;
    auto operator<=>(const Exposed&) const = default;
};

std::optional<std::uint16_t> portOf(std::string_view text) {
    std::uint16_t port = 0;
    const auto* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, port);
    return error == std::errc() && at == end && port != 0 ? std::optional(port) : std::nullopt;
}

Error bad(std::string_view text) {
    return Error(ErrorKind::InvalidArgument, "'" + std::string(text) + "' is not PORT[-PORT][/tcp|/udp]")
        .withHint("write it as 80, 53/udp or 7000-7010");
}

Result<std::vector<Exposed>> parse(std::string_view text) {
    const auto slash = text.find('/');
    const std::string_view ports = text.substr(0, slash);
    std::string protocol(slash == std::string_view::npos ? "tcp" : text.substr(slash + 1));
    for (char& letter : protocol) {
        letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
    }
    const auto dash = ports.find('-');
    const auto first = portOf(ports.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : portOf(ports.substr(dash + 1));
    const bool known = protocol == "tcp" || protocol == "udp" || protocol == "sctp";
    if (!first || !last || *first > *last || !known) {
        return bad(text);
    }
    if (std::size_t{*last} - *first >= net::kMaxPortsInRange) {
        return Error(ErrorKind::InvalidArgument, "'" + std::string(text) + "' is longer than " +
                                                     std::to_string(net::kMaxPortsInRange) + " ports");
    }
    std::vector<Exposed> all;
    for (unsigned port = *first; port <= *last; ++port) {
        all.push_back({static_cast<std::uint16_t>(port), protocol});
    }
    return all;
}

std::string toText(const Exposed& exposed) {
    return std::to_string(exposed.port) + "/" + exposed.protocol;
}

}  // namespace

Result<std::vector<std::string>> parseExposed(std::string_view text) {
    TRY_ASSIGN(const auto ports, parse(text));
    std::vector<std::string> texts;
    for (const auto& port : ports) {
        texts.push_back(toText(port));
    }
    return texts;
}

std::vector<std::string> exposedPorts(const std::vector<std::string>& image,
                                      const std::vector<std::string>& options) {
    std::set<Exposed> all;
    for (const auto* list : {&image, &options}) {
        for (const auto& text : *list) {
            if (const auto ports = parse(text)) {
                all.insert(ports->begin(), ports->end());
            }
        }
    }
    std::vector<std::string> texts;
    for (const auto& port : all) {
        texts.push_back(toText(port));
    }
    return texts;
}

std::vector<net::PortMapping> portsToPublish(const RunSpec& spec, const std::vector<std::string>& exposed) {
    std::vector<net::PortMapping> ports = spec.ports;
    if (!spec.publishAll) {
        return ports;
    }
    for (const auto& text : exposed) {
        const auto parsed = parse(text);
        if (!parsed || parsed->front().protocol == "sctp") {
            continue;
        }
        net::PortMapping mapping;
        mapping.containerPort = parsed->front().port;
        mapping.protocol = parsed->front().protocol == "udp" ? net::Protocol::Udp : net::Protocol::Tcp;
        const bool there = std::any_of(spec.ports.begin(), spec.ports.end(), [&](const auto& port) {
            return port.containerPort == mapping.containerPort && port.protocol == mapping.protocol;
        });
        if (!there) {
            ports.push_back(mapping);
        }
    }
    return ports;
}

}  // namespace coracle::types
