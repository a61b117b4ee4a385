// SPDX-License-Identifier: Apache-2.0
#include "core/types/name_options.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace coracle::types {
namespace {

using Parsed = ParsedRunCommand;
using Context = RunCommandContext;

Error invalid(std::string message) {
    return {ErrorKind::InvalidArgument, std::move(message)};
}

bool isAddress(const std::string& text) {
    in6_addr address{};  // long enough for both kinds
    return ::inet_pton(AF_INET, text.c_str(), &address) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

/// One word of a line of /etc/resolv.conf.
Result<> addResolverWord(std::vector<std::string>& words, const std::string& value) {
    if (value.empty() || value.find_first_of(" \t\n\r#;") != std::string::npos) {
        return invalid("'" + value + "' cannot stand in /etc/resolv.conf");
    }
    words.push_back(value);
    return {};
}

}  // namespace

Result<> addHost(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    const auto end = value.find_first_of("=:");
    const std::string name = value.substr(0, end);
    std::string address = end == std::string::npos ? "" : value.substr(end + 1);
    if (address.size() > 2 && address.front() == '[' && address.back() == ']') {
        address = address.substr(1, address.size() - 2);
    }
    const bool clean = (name + address).find_first_of(" \t\n\r#") == std::string::npos;
    if (name.empty() || address.empty() || !clean) {
        return invalid("'" + value + "' is not NAME:ADDRESS");
    }
    if (address != "host-gateway" && !isAddress(address)) {
        return invalid("'" + address + "' is no address")
            .withHint("write it as 192.0.2.1 or 2001:db8::1, or as host-gateway for this computer");
    }
    parsed.spec.addHosts.emplace_back(name, address);
    return {};
}

/// The alias is a name of /etc/hosts and of variables; docker takes the container's own when none is given.
Result<> addLink(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    const auto end = value.find(':');
    const std::string other = value.substr(0, end);
    std::string alias = end == std::string::npos ? other : value.substr(end + 1);
    const bool clean = std::all_of(alias.begin(), alias.end(), [](unsigned char letter) {
        return std::isalnum(letter) != 0 || letter == '-' || letter == '_' || letter == '.';
    });
    if (other.empty() || alias.empty() || !clean) {
        return invalid("'" + value + "' is not CONTAINER[:ALIAS]");
    }
    parsed.spec.links.emplace_back(other, std::move(alias));
    return {};
}

Result<> addDns(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    const std::string plain = value.substr(0, value.find('%'));  // without the zone of an IPv6 address
    if (!isAddress(value) && (!isAddress(plain) || plain.find(':') == std::string::npos)) {
        return invalid("'" + value + "' is no address").withHint("write it as 192.0.2.1 or 2001:db8::1");
    }
    return addResolverWord(parsed.spec.dns, value);
}

Result<> setDomainname(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    if (value.empty()) {
        parsed.spec.domainname.reset();
        return {};
    }
    if (value.size() > 64 || value.find_first_of(" \t\n\r#/") != std::string::npos) {
        return invalid("'" + value + "' is no domain name");
    }
    parsed.spec.domainname = value;
    return {};
}

Result<> addDnsSearch(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    return addResolverWord(parsed.spec.dnsSearch, value);
}

Result<> addDnsOption(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    return addResolverWord(parsed.spec.dnsOptions, value);
}

}  // namespace coracle::types
