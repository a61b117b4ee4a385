// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

namespace coracle::registry {

/// A password, token or a header made of one. It cannot be printed: there is no operator<< and no conversion,
/// only reveal(), which is called where the bytes go on the wire or into the auth file and nowhere else
/// (security.md B11). The memory is wiped when it goes away.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : m_value(std::move(value)) {}
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept : m_value(other.m_value) { other.wipe(); }
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret() { wipe(); }

    bool empty() const noexcept { return m_value.empty(); }
    const std::string& reveal() const noexcept { return m_value; }

private:
    void wipe() noexcept;
    std::string m_value;
};

/// What a registry's person has: a name and password, or an identity token that stands for both.
struct Credential {
    std::string userName;
    Secret password;
    Secret identityToken;  ///< when not empty, used instead of the password
};

}  // namespace coracle::registry
