// SPDX-License-Identifier: Apache-2.0
#include "core/registry/url.h"

#include "core/text/escape.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>

namespace coracle::registry {
namespace {

/// Far above what signed addresses of blob stores take; a bound for what a server may make us keep.
constexpr std::size_t kMaxUrlBytes = 16384;

Error wrong(std::string_view text, const char* why) {
    // The query may hold a signature: it stays out of messages.
    return {ErrorKind::InvalidArgument,
            "address '" + text::excerptForTerminal(text.substr(0, text.find('?')), 200) + "' " + why};
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return result;
}

/// Letters are already lower case. What is not listed here (spaces, '%', '@', '/', control characters) is
/// what differs between parsers: the host that we check must be the host that libcurl connects to.
bool isHostText(std::string_view host, bool ipv6) {
    return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [ipv6](char c) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        return word || c == '.' || (ipv6 ? c == ':' : c == '-' || c == '_');
    });
}

std::uint16_t defaultPort(const std::string& scheme) {
    return scheme == "https" ? 443 : 80;
}

/// Remove "." and ".." segments. Source: RFC 3986 5.2.4.
std::string withoutDots(std::string_view path) {
    const auto query = path.find('?');
    std::string_view rest = path.substr(0, query);
    std::string result;
    while (!rest.empty()) {
        const auto next = rest.find('/', 1);
        const std::string_view segment = rest.substr(0, next);
        rest = next == std::string_view::npos ? std::string_view() : rest.substr(next);
        if (segment == "/..") {
            result.erase(std::min(result.rfind('/'), result.size()));
            result += rest.empty() ? "/" : "";
        } else if (segment == "/.") {
            result += rest.empty() ? "/" : "";
        } else {
            result += segment;
        }
    }
    if (result.empty()) {
        result = "/";
    }
    return query == std::string_view::npos ? result : result + std::string(path.substr(query));
}

}  // namespace

/// Strict where RFC 3986 is generous, because the text comes from a server: one spelling of each part,
/// ASCII only, no backslash (which browsers read as '/'). The parts are put together again by text(), so
/// libcurl never sees the original and cannot read it in another way.
Result<Url> Url::parse(std::string_view text) {
    if (text.size() > kMaxUrlBytes) {
        return wrong(text, "is too long");
    }
    const bool plain =
        std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '\\'; });
    if (!plain) {
        return wrong(text, "holds characters that an address may not have");
    }
    Url url;
    const auto mark = text.find("://");
    url.scheme = lower(text.substr(0, mark));
    if (mark == std::string_view::npos || (url.scheme != "http" && url.scheme != "https")) {
        return wrong(text, "is neither http nor https");
    }
    std::string_view rest = text.substr(mark + 3);
    rest = rest.substr(0, rest.find('#'));
    const auto end = rest.find_first_of("/?");
    std::string_view authority = rest.substr(0, end);
    url.path = end == std::string_view::npos ? "/" : std::string(rest.substr(end));
    if (url.path.front() == '?') {
        url.path.insert(0, "/");
    }
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
        authority.remove_prefix(at + 1);
    }
    const bool ipv6 = authority.starts_with('[');
    const auto close = authority.find(']');
    if (ipv6 && close == std::string_view::npos) {
        return wrong(text, "has no host");
    }
    const auto colon =
        ipv6 ? (close + 1 < authority.size() ? close + 1 : std::string_view::npos) : authority.find(':');
    url.host = lower(ipv6 ? authority.substr(1, close - 1) : authority.substr(0, colon));
    if (!isHostText(url.host, ipv6)) {
        return wrong(text, "has no valid host");
    }
    url.port = defaultPort(url.scheme);
    if (colon != std::string_view::npos) {
        const std::string_view digits = authority.substr(colon + 1);
        const auto [last, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
        const bool whole = last == digits.data() + digits.size() && authority[colon] == ':';
        if (fault != std::errc() || !whole || url.port == 0) {
            return wrong(text, "has no valid port");
        }
    }
    return url;
}

Result<Url> Url::resolve(std::string_view location) const {
    if (location.starts_with("//")) {
        return parse(scheme + ":" + std::string(location));
    }
    const auto colon = location.find(':');
    const auto slash = location.find_first_of("/?#");
    if (colon != std::string_view::npos && (slash == std::string_view::npos || colon < slash)) {
        return parse(location);
    }
    const std::string_view ownPath = std::string_view(path).substr(0, path.find('?'));
    std::string target(location.substr(0, location.find('#')));
    if (target.empty()) {
        return *this;
    }
    if (target.front() == '?') {
        target.insert(0, ownPath);
    } else if (target.front() != '/') {
        target.insert(0, ownPath.substr(0, ownPath.rfind('/') + 1));
    }
    return parse(origin() + withoutDots(target));
}

std::string Url::authority() const {
    std::string result = host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (port != defaultPort(scheme)) {
        result += ":" + std::to_string(port);
    }
    return result;
}

std::string Url::origin() const {
    return scheme + "://" + authority();
}

std::string Url::text() const {
    return origin() + path;
}

bool Url::sameOrigin(const Url& other) const {
    return scheme == other.scheme && host == other.host && port == other.port;
}

/// ".localhost" as RFC 6761 6.3 says: such names never mean another machine.
bool isLoopbackHost(std::string_view host) {
    const std::string name(host);
    in_addr ipv4{};
    in6_addr ipv6{};
    if (::inet_pton(AF_INET, name.c_str(), &ipv4) == 1) {
        return (ntohl(ipv4.s_addr) >> 24U) == 127;
    }
    if (::inet_pton(AF_INET6, name.c_str(), &ipv6) == 1) {
        return std::memcmp(&ipv6, &in6addr_loopback, sizeof ipv6) == 0;
    }
    return name == "localhost" || name.ends_with(".localhost");
}

namespace {

/// Metadata services that are not link-local: Alibaba's and Azure's. Source: their documentation, "instance
/// metadata", "IP address 168.63.129.16".
bool isMetadataAddress(std::uint32_t ipv4) {
    return (ipv4 >> 16U) == 0xa9fe || ipv4 == 0x646464c8 || ipv4 == 0xa83f8110;
}

/// Those of Amazon's and Google's clouds: fd00:ec2::254, fd20:ce::254.
constexpr std::array<std::array<unsigned char, 16>, 2> kMetadataIpv6{
    {{0xfd, 0x00, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54},
     {0xfd, 0x20, 0x00, 0xce, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54}}};

}  // namespace

bool isLinkLocalHost(std::string_view host) {
    const std::string name(host);
    in_addr ipv4{};
    std::array<unsigned char, 16> ipv6{};
    if (::inet_aton(name.c_str(), &ipv4) == 1) {  // also reads 0xa9fea9fe and 2852039166, as libcurl does
        return isMetadataAddress(ntohl(ipv4.s_addr));
    }
    if (::inet_pton(AF_INET6, name.c_str(), ipv6.data()) == 1) {
        constexpr std::array<unsigned char, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
        if (std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), ipv6.begin())) {
            std::uint32_t inside = 0;
            std::memcpy(&inside, ipv6.data() + kMappedPrefix.size(), sizeof inside);
            return isMetadataAddress(ntohl(inside));
        }
        return (ipv6[0] == 0xfe && (ipv6[1] & 0xc0U) == 0x80) ||
               std::find(kMetadataIpv6.begin(), kMetadataIpv6.end(), ipv6) != kMetadataIpv6.end();
    }
    return name == "metadata.google.internal" || name == "metadata";
}

}  // namespace coracle::registry
