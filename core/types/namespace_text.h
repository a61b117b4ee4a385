// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"
#include "rootless/sys/result.h"

#include <string>
#include <string_view>

/// What `--pid`, `--ipc`, `--uts` and `--network` say about whose namespaces a container has. Pure.
namespace coracle::types {

/// The container of "container:NAME"; empty when the text is no such.
std::string sharedContainer(std::string_view mode);

/// Check what one of the options was given; empty is the default. Errors: InvalidArgument with the words that
/// are known, Unsupported for what needs rights that a user does not have.
Result<> checkPidMode(std::string_view mode);
Result<> checkIpcMode(std::string_view mode);
Result<> checkUtsMode(std::string_view mode);
Result<> checkNetworkMode(std::string_view mode);

/// Options that exclude each other because the other container decides: host name, resolvers, ports, ids.
/// Errors: InvalidArgument in docker's words.
Result<> checkSharing(const RunSpec& spec);

}  // namespace coracle::types
