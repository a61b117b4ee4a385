// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <string_view>

/// What `--secret` says. Pure. Source: podman-run(1), "--secret".
namespace coracle::types {

/// How a container gets a secret.
struct SecretUse {
    std::string name;  ///< or id
    bool asEnvironment = false;
    /// Absolute path inside, or name of the variable.
    std::string target;
    std::uint32_t uid = 0;  ///< inside
    std::uint32_t gid = 0;
    std::uint32_t mode = 0444;

    friend bool operator==(const SecretUse&, const SecretUse&) = default;
};

/// Where secrets are, unless a target is an absolute path.
inline constexpr std::string_view kSecretFolder = "/run/secrets";

/// `NAME[,type=mount|env][,target=...][,mode=][,uid=][,gid=]`. Errors: InvalidArgument.
Result<SecretUse> parseSecretUse(std::string_view text);

/// podman's rule: up to 253 letters, digits, '_', '.' and '-', beginning with a letter or digit.
bool isSecretName(std::string_view name);

}  // namespace coracle::types
