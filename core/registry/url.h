// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace coracle::registry {

/// An http or https address. Other schemes cannot be expressed, so a redirect to file:// ends in the parser.
struct Url {
    std::string scheme;  ///< "http" or "https"
    std::string host;    ///< lower case; IPv6 without brackets
    std::uint16_t port = 0;
    std::string path;  ///< begins with '/', with the query, without the fragment

    /// A user name in the address is dropped: it would be sent as credentials. Errors: InvalidArgument.
    static Result<Url> parse(std::string_view text);

    /// The address that a Location header means, seen from this one. Source: RFC 3986 5.2.
    /// Errors: InvalidArgument.
    Result<Url> resolve(std::string_view location) const;

    /// The whole address with its query: for the wire, not for messages.
    std::string text() const;
    /// "127.0.0.1:5000"; without the scheme's own port.
    std::string authority() const;
    /// "https://host:port": what credentials are bound to. Safe to show: queries of blob stores hold
    /// signatures, so a whole address never goes into a message.
    std::string origin() const;
    /// Same scheme, host and port, as texts: no name is resolved.
    bool sameOrigin(const Url& other) const;
};

/// "localhost" or an address in 127.0.0.0/8 or ::1. Names that merely resolve to those do not count.
bool isLoopbackHost(std::string_view host);

/// A numeric address in 169.254.0.0/16 or fe80::/10, where clouds keep their metadata services, one of the
/// addresses outside of them that do the same work, or their usual name. Also with an IPv4 address written
/// inside an IPv6 one.
bool isLinkLocalHost(std::string_view host);

}  // namespace coracle::registry
