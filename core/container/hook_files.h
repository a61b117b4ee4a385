// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Files that describe hooks, one each, and for which containers. Pure. They name programs that run as the
/// user, so they are the word of whoever may write them (engine/creator_hooks.cpp); what is not known is an
/// error and not left out. Source: oci-hooks(5), "1.0.0 Hook Schema".
namespace coracle::container {

/// Of one file, by far more than one needs.
inline constexpr std::size_t kMaxHookFileBytes = 1U << 20U;
/// Of one folder.
inline constexpr std::size_t kMaxHookFiles = 256;

/// A program that the runtime runs, as the OCI runtime-spec has it.
struct Hook {
    std::string name;  ///< "createContainer"
    std::string path;
    std::vector<std::string> args;
    std::vector<std::string> env;
    std::optional<std::int64_t> timeout;
};

/// Whether the OCI runtime-spec has such a point in a container's life.
bool isHookName(std::string_view name);

/// What a file asks of a container. All that is said has to hold, and something has to be said.
struct HookCondition {
    std::optional<bool> always;
    std::optional<bool> hasBindMounts;
    std::vector<std::pair<std::string, std::string>> annotations;  ///< regular expressions, name and value
    std::vector<std::string> commands;                             ///< regular expressions, one of which fits
};

/// One file: the hook, once for each of its points.
struct HookFile {
    std::vector<Hook> hooks;
    HookCondition when;
};

/// Errors: Corrupt; Unsupported for a version or a member that is not known; naming the file and the place.
Result<HookFile> parseHookFile(const std::string& file, std::string_view text);

/// What a container is, as far as a condition asks.
struct HookSubject {
    std::string program;  ///< the first word of what runs
    std::vector<std::pair<std::string, std::string>> annotations;
    bool hasBindMounts = false;
};
bool isFor(const HookCondition& when, const HookSubject& container);

}  // namespace coracle::container
