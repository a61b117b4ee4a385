// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/mounts/mount_plan.h"
#include "rootless/oci/config.h"
#include "rootless/runtime/state.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"
#include "rootless/userns/id_map.h"

#include <cstdint>
#include <string>
#include <vector>

namespace coracle::runtime {

/// A running container whose namespaces a new one shares (`--pid container:X` and the like).
///
/// The user namespace is shared with them, because its owner's rights are what mounts of proc, sysfs and
/// mqueue ask for; so the ids of both containers are the same, and neither has a wall against the other but
/// its mounts. Further containers share namespaces without their user namespace; they have to have the same
/// ids. The parent goes into those with its rights in the kept namespace, above them all. What shows such a
/// namespace (mqueue, sysfs) cannot be mounted by who has no rights in it: the mounts of that container are
/// copied, and only its owner can change what it is about, such as addresses. The namespaces stay for the one
/// that joined when the other has ended, except that a pid namespace ends with its first process.
///
/// Security: the other container is named by its id and reached through a pidfd of the process that its state
/// names, so a number that was given anew is never joined. What is looked up in its mount namespace,
/// /dev/shm and the like, is looked up by a process that has gone there and cannot be traced, and only a
/// mount comes back.
class SharedWith {
public:
    /// Look at the container and fetch what is to be shared. The caller stands in the kept user namespace and
    /// has one thread. Errors: Conflict when it does not run, Unsupported when its user namespace is not
    /// below the caller's or that two of them have different ids.
    static Result<SharedWith> open(const StateStore& store, const oci::Extension& extension);

    /// Those that are the other container's own; what it has from the computer is the caller's already.
    std::uint64_t namespaces() const noexcept { return m_namespaces; }
    /// The same with the user namespace, if that is another than the caller's.
    std::uint64_t entered() const noexcept { return m_entered; }
    /// Of the user namespace; outside ids are those of the kept one. Empty: it is the caller's.
    const userns::IdMaps& maps() const noexcept { return m_first.maps; }
    /// Let the plan mount the others' file systems in the place of new ones.
    void shareMounts(mounts::MountPlan& plan) const;
    /// Go into them, for good; a child is born in its pid namespace. Errors: Conflict when it has ended.
    Result<> enter() const;

private:
    /// A container that is looked at, with what it shares.
    struct Other {
        std::string id;
        sys::UniqueFd process;
        std::uint64_t namespaces = 0;
        std::uint64_t entered = 0;
        userns::IdMaps maps;
    };
    /// A copy of a mount of another container.
    struct Mount {
        std::string place;
        std::string type;  ///< of the new one that it replaces
        sys::UniqueFd tree;
    };
    SharedWith() = default;
    static Result<Other> lookAt(const StateStore& store, const oci::SharedNamespaces& wanted,
                                const std::string& keeperDir);
    Result<> fetch(const Other& other, const std::string& place, const char* type);
    Result<> addOther(const StateStore& store, const oci::SharedNamespaces& wanted,
                      const std::string& keeperDir);

    Other m_first;
    std::vector<Other> m_others;
    std::uint64_t m_namespaces = 0;
    std::uint64_t m_entered = 0;
    std::vector<Mount> m_mounts;
};

}  // namespace coracle::runtime
