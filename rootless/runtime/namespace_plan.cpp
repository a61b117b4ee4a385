// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/namespace_plan.h"

#include <sched.h>

namespace coracle::runtime {

/// Pure. The user namespace comes first in `join`, as it decides the rights over the others. With
/// coracle.json the keeper's namespace takes the place of what the bundle says about users. A mount
/// namespace of its own is always needed: the tree is built in it, and without one it would be built on
/// the host.
Result<NamespacePlan> planNamespaces(const oci::Bundle& bundle, std::uint32_t callerUid) {
    NamespacePlan plan;
    if (bundle.extension && bundle.extension->shared) {
        plan.shared = bundle.extension->shared->namespaces;
        for (const oci::SharedNamespaces& other : bundle.extension->alsoShared) {
            plan.shared |= other.namespaces;
        }
    }
    for (const oci::Namespace& wanted : bundle.config.namespaces) {
        if (wanted.flag == CLONE_NEWUSER && bundle.extension) {
            continue;  // decided by coracle.json
        }
        if ((plan.shared & static_cast<std::uint64_t>(wanted.flag)) != 0) {
            continue;
        }
        if (wanted.path.empty() && wanted.flag == oci::kCloneNewTime) {
            plan.newTime = true;
        } else if (wanted.path.empty()) {
            plan.create |= static_cast<std::uint64_t>(wanted.flag);
        } else if (wanted.flag == CLONE_NEWNS) {
            return Error(ErrorKind::Unsupported, "the mount namespace '" + wanted.path + "' cannot be joined")
                .withHint(
                    "making the container's root in it would take the root away from all that is in "
                    "it; leave the path out, and bind what the container shall see");
        } else if (wanted.flag == CLONE_NEWUSER) {
            plan.join.insert(plan.join.begin(), {wanted.flag, wanted.path});
        } else {
            plan.join.emplace_back(wanted.flag, wanted.path);
        }
    }
    if ((plan.create & CLONE_NEWNS) == 0) {
        return Error(ErrorKind::Unsupported,
                     "a container without a mount namespace of its own cannot be made");
    }
    const bool named = !bundle.config.hostname.empty() || !bundle.config.domainname.empty();
    if (named && oci::findNamespace(bundle.config, CLONE_NEWUTS) == nullptr) {
        // The kernel lets root do it: it would rename the computer.
        return Error(ErrorKind::InvalidArgument, "the bundle sets a host name and asks for no UTS namespace")
            .withHint("add {\"type\": \"uts\"} to linux.namespaces");
    }
    if (named && (plan.shared & CLONE_NEWUTS) != 0) {
        return Error(ErrorKind::InvalidArgument, "the bundle sets a host name that is another container's");
    }
    if (bundle.extension) {
        plan.useKeeper = true;
        if (bundle.extension->userNamespace.mode != userns::Mode::Host && plan.shared == 0) {
            plan.create |= CLONE_NEWUSER;
        }
        return plan;
    }
    plan.helperMaps = (plan.create & CLONE_NEWUSER) != 0;
    const bool joinsUser = oci::findNamespace(bundle.config, CLONE_NEWUSER) != nullptr;
    if (!joinsUser && bundle.config.idMaps) {
        return Error(ErrorKind::InvalidArgument, "the bundle maps ids and asks for no user namespace")
            .withHint("add {\"type\": \"user\"} to linux.namespaces");
    }
    if (!joinsUser && callerUid != 0) {
        return Error(ErrorKind::Unsupported, "the bundle asks for no user namespace")
            .withHint(
                "add {\"type\": \"user\"} to linux.namespaces and id mappings, or make the bundle with "
                "`coracle-runtime spec`");
    }
    return plan;
}

}  // namespace coracle::runtime
