// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/secret.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// A login as an item of the desktop's keyring, and as a document of docker's credential helpers. Pure.
///
/// Items have the attributes that docker's own helper for the Secret Service gives them, so that either finds
/// what the other has stored. The label is the server, since that helper's `list` takes it for the server.
/// Source: docker-credential-helpers, secretservice (0.6.4 and later).
namespace coracle::keyring {

/// Addresses and names are short; a secret may be a signed token of some KiB. What the bus answers is limited
/// by the same numbers: whoever owns the name org.freedesktop.secrets is not ours.
inline constexpr std::size_t kMaxNameBytes = 1024;
inline constexpr std::size_t kMaxSecretBytes = 16384;
/// More logins than anybody has; each is asked for by itself.
inline constexpr std::size_t kMaxItems = 256;

using Attributes = std::map<std::string, std::string>;

struct Login {
    std::string server;
    std::string userName;  ///< "<token>" stands for an identity token
    registry::Secret secret;
};

/// What is known of an item without its secret.
struct Item {
    std::string path;
    std::string server;
    std::string userName;
    std::uint64_t modified = 0;  ///< seconds since 1970
};

Attributes attributesOf(const Login& login);
/// What finds the logins of a server; empty: of all.
Attributes searchFor(const std::string& server);
/// Errors: Corrupt for an item without server or user name, or with ones that are too long.
Result<Item> itemOf(std::string path, const Attributes& attributes, std::uint64_t modified);

/// Two logins of one server: the younger one counts, of equals the later in the list. none: the list is
/// empty.
const Item* newestOf(const std::vector<Item>& items);

/// What `store` reads. Errors: Corrupt, InvalidArgument for what is too long or empty.
Result<Login> parseLogin(std::string_view document);
/// What `get` and `erase` read: a line. Errors: InvalidArgument.
Result<std::string> parseServer(std::string_view line);
/// What `get` prints.
std::string loginText(const Login& login);
/// What `list` prints: user names by server.
std::string listText(const std::vector<Item>& items);

/// One line without control characters, cut at a few hundred bytes: words of the bus in a message.
std::string plainWords(std::string_view text);

}  // namespace coracle::keyring
