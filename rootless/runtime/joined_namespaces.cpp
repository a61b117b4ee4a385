// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/joined_namespaces.h"

#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"

#include <fcntl.h>

namespace coracle::runtime {

/// Opened once and used by descriptor: the path may name another namespace a moment later, and what was
/// checked is what is joined. O_NONBLOCK and O_NOCTTY because the path is the bundle's: it may be a pipe
/// or a terminal.
Result<std::vector<OpenNamespace>> openNamespaces(const NamespacePlan& plan) {
    std::vector<OpenNamespace> namespaces;
    for (const auto& [flag, path] : plan.join) {
        TRY_ASSIGN(sys::UniqueFd fd, sys::openAt(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
        if (sys::namespaceType(fd.get()) != flag) {
            return Error(ErrorKind::InvalidArgument,
                         "'" + path + "' is not a namespace of the kind it is for");
        }
        const bool own = sys::isOwnNamespace(fd.get(), flag);
        namespaces.push_back({flag, path, std::move(fd), own});
    }
    return namespaces;
}

/// In the plan's order, in which a user namespace comes first: it gives the rights over those that it owns
/// (setns(2)).
Result<> joinNamespaces(const std::vector<OpenNamespace>& namespaces) {
    for (const OpenNamespace& wanted : namespaces) {
        auto joined = sys::joinNamespace(wanted.fd.get(), wanted.flag);
        if (joined) {
            continue;
        }
        const bool forbidden = joined.error().kind() == ErrorKind::PermissionDenied;
        Error error = std::move(joined).error().context("join '" + wanted.path + "'");
        return forbidden ? std::move(error).withHint("join the user namespace that owns it as well") : error;
    }
    return {};
}

}  // namespace coracle::runtime
