// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/runtime/namespace_plan.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <vector>

namespace coracle::runtime {

/// A namespace given by path, open.
struct OpenNamespace {
    int flag = 0;
    /// As the bundle says it; for messages, the descriptor is what counts.
    std::string path;
    sys::UniqueFd fd;
    bool isCallers = false;  ///< the very one the runtime was called in
};

/// Open what the plan joins. Security: the paths are the configuration's and of the host; what is opened may
/// be anything that somebody put there. All are opened before the first is entered, so that a namespace
/// joined early cannot decide what a later path means; nothing is waited for (a FIFO); and the kernel is
/// asked whether each is a namespace of the kind that was named, for a container in a wrong one would be less
/// confined than its configuration says. Errors: InvalidArgument. Source: OCI runtime-spec 1.1,
/// config-linux.md, "Namespaces".
Result<std::vector<OpenNamespace>> openNamespaces(const NamespacePlan& plan);

/// Enter them in the order of the plan, the user namespace first, whose capabilities the others ask for.
/// Errors: by errno, with a hint where the user namespace that owns one is not joined. Nothing is undone:
/// the caller ends then.
Result<> joinNamespaces(const std::vector<OpenNamespace>& namespaces);

}  // namespace coracle::runtime
