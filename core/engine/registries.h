// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/login_place.h"
#include "core/types/push.h"
#include "core/types/registry_settings.h"
#include "core/types/search.h"
#include "rootless/sys/result.h"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace coracle::engine {

struct Credentials;

/// What is pushed, and where.
struct PushOptions {
    std::optional<std::string> platform;     ///< none: all that is here
    std::optional<std::string> destination;  ///< none: where the name says
};

/// What can be done with registries beside fetching an image. Members that an engine does not have answer
/// Unsupported. Threads as for the interfaces in engine.h.
class Registries {
public:
    virtual ~Registries() = default;
    /// Send an image to a registry. Names are as people type them. Errors: NotFound, Unauthenticated,
    /// PermissionDenied, Unavailable, Corrupt, Cancelled.
    virtual Result<types::PushedImage> push(const std::string& reference, const PushOptions& options,
                                            const types::PushProgress& progress, std::stop_token stop);
    /// Ask a registry for repositories. Errors: NotFound when it has no search; Unavailable, Corrupt.
    virtual Result<std::vector<types::FoundImage>> search(const types::SearchQuery& query,
                                                          std::stop_token stop);
    /// As Images::login(), but kept in a place that the person has chosen. Blocks while the keyring asks for
    /// its password. Errors: also Unavailable when the place does not take it, and Unsupported; nothing is
    /// kept then.
    virtual Result<> login(const std::string& registry, const Credentials& credentials, types::KeepLogin keep,
                           std::stop_token stop);
    /// Where a login is or would be kept: the path of a file, the program of a credential helper, or
    /// types::kKeyringPlace.
    virtual Result<std::string> loginPlace(const std::string& registry);
    /// Where it could be kept; waits for the keyring to answer.
    virtual Result<types::LoginPlaces> loginPlaces(const std::string& registry, std::stop_token stop);
    /// The logins that are kept, in the order of registries; blocks on credential helpers.
    virtual Result<std::vector<types::RegistryLogin>> logins(std::stop_token stop);
    /// What is set for registries. Errors: Corrupt for a file with a mistake, naming it.
    virtual Result<std::vector<types::RegistrySettings>> settings();
    /// For this and all later commands, in place of what is called `replaced`; empty: of the same name.
    /// Errors: InvalidArgument, AlreadyExists, Corrupt; by errno of the file.
    virtual Result<> setSettings(const types::RegistrySettings& settings, const std::string& replaced);
    /// Errors: NotFound, Corrupt; by errno of the file.
    virtual Result<> forgetSettings(const std::string& name);
    /// Forget all logins; of which registries.
    virtual Result<std::vector<std::string>> logoutAll(std::stop_token stop);
};

}  // namespace coracle::engine
