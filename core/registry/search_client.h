// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/auth_file.h"
#include "core/registry/http.h"
#include "core/registry/registry_config.h"
#include "core/types/search.h"

#include <stop_token>
#include <vector>

namespace coracle::registry {

inline constexpr std::uint32_t kMaxSearchResults = 100;

/// Ask a registry what it has by a word. The only search that registries share is the one of docker's first
/// protocol, which most of them do not answer. At most query.limit results.
/// Errors: InvalidArgument; NotFound when the registry has no search; Unavailable, Corrupt, Cancelled; each
/// begins with "search 'TERM'".
Result<std::vector<types::FoundImage>> searchImages(Http& http, const RegistryConfig& config,
                                                    const AuthFile& logins, const types::SearchQuery& query,
                                                    std::stop_token stop);

}  // namespace coracle::registry
