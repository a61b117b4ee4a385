// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::registry {

/// How a registry wants to be convinced: one challenge of a WWW-Authenticate header. All texts are the
/// server's own words, unescaped and unchecked: `realm` is an address to be judged by checkRealm(), the
/// others go back to the server percent-encoded.
struct Challenge {
    enum class Scheme : unsigned char { Basic, Bearer };
    Scheme scheme = Scheme::Basic;
    std::string realm;
    std::string service;
    std::string scope;
    std::string error;
};

/// The challenge to answer among those of all WWW-Authenticate headers of an answer: Bearer before Basic;
/// unknown schemes are skipped. none: there is no usable one. Source: RFC 9110 11.6.1.
std::optional<Challenge> findChallenge(const std::vector<std::string_view>& headers);

}  // namespace coracle::registry
