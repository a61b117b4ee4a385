// SPDX-License-Identifier: Apache-2.0
#include "core/registry/http_proxy.h"

#include "core/text/escape.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <arpa/inet.h>

namespace coracle::registry {
namespace {

/// An address as bytes: 4 or 16 of them.
struct Address {
    std::array<unsigned char, 16> bytes{};
    std::size_t size = 0;
};

std::optional<Address> parseAddress(std::string_view text) {
    const std::string name(text);
    Address address;
    if (::inet_pton(AF_INET, name.c_str(), address.bytes.data()) == 1) {
        address.size = 4;
    } else if (::inet_pton(AF_INET6, name.c_str(), address.bytes.data()) == 1) {
        address.size = 16;
    } else {
        return std::nullopt;
    }
    return address;
}

std::optional<unsigned> parseNumber(std::string_view text) {
    unsigned number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(number)
                                                                                     : std::nullopt;
}

bool isInNetwork(const Address& address, const Address& network, unsigned bits) {
    if (address.size != network.size || bits > address.size * 8) {
        return false;
    }
    for (std::size_t i = 0; i < address.size; ++i) {
        const unsigned left = bits > i * 8 ? std::min<unsigned>(8, bits - static_cast<unsigned>(i) * 8) : 0;
        const unsigned mask = (0xff00U >> left) & 0xffU;
        if ((address.bytes[i] & mask) != (network.bytes[i] & mask)) {
            return false;
        }
    }
    return true;
}

bool matchesWord(std::string_view word, const Url& url) {
    if (word == "*") {
        return true;
    }
    const auto own = parseAddress(url.host);
    if (const auto slash = word.find('/'); slash != std::string_view::npos) {
        const auto network = parseAddress(word.substr(0, slash));
        const auto bits = parseNumber(word.substr(slash + 1));
        return own && network && bits && isInNetwork(*own, *network, *bits);
    }
    std::string host(word);
    if (host.starts_with('[') && host.find(']') != std::string::npos) {
        host = host.substr(1, host.find(']') - 1) + host.substr(host.find(']') + 1);
    }
    // A name with a port; an IPv6 address has more than one colon.
    const auto colon = host.rfind(':');
    if (colon != std::string::npos && (host.find(':') == colon || word.starts_with('['))) {
        if (const auto port = parseNumber(std::string_view(host).substr(colon + 1))) {
            if (*port != url.port) {
                return false;
            }
            host.erase(colon);
        }
    }
    if (const auto address = parseAddress(host)) {
        return own && isInNetwork(*own, *address, static_cast<unsigned>(address->size) * 8);
    }
    std::transform(host.begin(), host.end(), host.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (host.starts_with("*.")) {
        host.erase(0, 1);
    }
    if (host.starts_with('.')) {
        return host.size() > 1 && url.host.ends_with(host);
    }
    return !host.empty() && (url.host == host || url.host.ends_with("." + host));
}

}  // namespace

bool isInNoProxy(std::string_view list, const Url& url) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find_first_of(", \t"), list.size());
        if (end > 0 && matchesWord(list.substr(0, end), url)) {
            return true;
        }
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

std::string proxyFor(const Url& url, const Environment& environment) {
    const auto either = [&](const char* lower, const char* upper) {
        std::string value = environment(lower);
        return value.empty() ? environment(upper) : value;
    };
    if (isLoopbackHost(url.host) || isInNoProxy(either("no_proxy", "NO_PROXY"), url)) {
        return {};
    }
    const bool asCgi = !environment("REQUEST_METHOD").empty();
    std::string proxy = url.scheme == "https" ? either("https_proxy", "HTTPS_PROXY")
                        : asCgi               ? environment("http_proxy")
                                              : either("http_proxy", "HTTP_PROXY");
    return proxy.empty() ? either("all_proxy", "ALL_PROXY") : proxy;
}

std::string proxyName(std::string_view proxy) {
    if (const auto mark = proxy.find("://"); mark != std::string_view::npos) {
        proxy.remove_prefix(mark + 3);
    }
    if (const auto at = proxy.rfind('@'); at != std::string_view::npos) {
        proxy.remove_prefix(at + 1);
    }
    return text::excerptForTerminal(proxy.substr(0, proxy.find('/')), 100);
}

}  // namespace coracle::registry
