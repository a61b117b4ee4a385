// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/config.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace coracle::runtime {

/// Which namespaces a container gets: what is made, what is joined, and who writes the maps.
struct NamespacePlan {
    std::uint64_t create = 0;                       ///< CLONE_NEW* for clone3
    std::vector<std::pair<int, std::string>> join;  ///< by path, the user namespace first
    std::uint64_t shared = 0;                       ///< those of another container; not in `create`
    bool newTime = false;     ///< by the first process itself, which sets its clocks before it enters
    bool useKeeper = false;   ///< enter the kept user namespace first
    bool helperMaps = false;  ///< maps are written by newuidmap(1)
};

/// Decide it from the bundle. Pure. callerUid: effective user id of the caller.
/// A bundle with coracle.json gets its user namespace by the mode that file names, inside the kept one;
/// what config.json says about user namespaces is then only for other runtimes.
/// With namespaces of another container the user namespace is that one's, too: whoever is outside of it may
/// not mount a proc or sysfs that shows them.
/// Errors: Unsupported for a container without a mount namespace of its own, or one that needs privilege
/// the caller does not have; InvalidArgument for maps without a user namespace.
Result<NamespacePlan> planNamespaces(const oci::Bundle& bundle, std::uint32_t callerUid);

}  // namespace coracle::runtime
