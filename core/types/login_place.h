// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace coracle::types {

/// Where a new login goes.
enum class KeepLogin : std::uint8_t {
    Usual,    ///< where the one before is, or where a credential helper is named; else the file
    Keyring,  ///< the desktop's keyring (Secret Service)
    File,
};

/// The name of the keyring where the path of a file or a program may stand.
inline constexpr const char* kKeyringPlace = "keyring";

/// What there is to choose from for the login of a registry.
struct LoginPlaces {
    std::string usual;             ///< what Usual means: a path, a program, or kKeyringPlace
    std::string file;              ///< what File means
    std::string whyNoKeyring;      ///< empty: the keyring answers
    std::string keyringAdvice;     ///< what to do about that
    bool keyringIsLocked = false;  ///< its password will be asked for

    bool keyring() const { return whyNoKeyring.empty(); }

    friend bool operator==(const LoginPlaces&, const LoginPlaces&) = default;
};

}  // namespace coracle::types
