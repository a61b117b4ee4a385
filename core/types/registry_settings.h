// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace coracle::types {

/// What is set for a registry, or for the beginning of its repositories: one row of registries.json, told in
/// core/README.md, "Registries".
struct RegistrySettings {
    std::string name;                  ///< HOST[:PORT] or HOST[:PORT]/PATH
    std::vector<std::string> mirrors;  ///< in the order in which they are tried
    std::string location;              ///< stands for it; empty: it itself
    bool insecure = false;             ///< its certificate is not checked, and plain HTTP is allowed
    bool blocked = false;
    std::string caFile;
    std::string clientCertificate;  ///< with clientKey, or neither
    std::string clientKey;

    friend bool operator==(const RegistrySettings&, const RegistrySettings&) = default;
};

/// A login that is kept. The password never leaves the place where it is.
struct RegistryLogin {
    std::string registry;  ///< as references name it: "docker.io"
    std::string user;      ///< empty: not known
    std::string place;     ///< the file, or the program of a credential helper
    bool ours = false;     ///< `logout` forgets it

    friend bool operator==(const RegistryLogin&, const RegistryLogin&) = default;
};

}  // namespace coracle::types
