// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/cgroup/group.h"
#include "rootless/cgroup/write_plan.h"
#include "rootless/oci/config.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <optional>
#include <string>

namespace coracle::runtime {

/// The control group of one container, from its creation to its end.
///
/// Security. The container's first process is born in its group (clone3, CLONE_INTO_CGROUP) or is moved there
/// while it waits for its id map, before it runs anything of the image; everything it starts stays inside,
/// for the container cannot write to any group above. It has a cgroup namespace whose root is its group, and
/// a read-only view of it: root of the container is the owner of the files, and could raise its own limits
/// else. Only when asked (coracle.json, "writableCgroup") the view is writable; the namespace's root is then
/// a group below the one with the limits, which stay out of reach.
class ContainerGroup {
public:
    ContainerGroup() = default;
    ContainerGroup(ContainerGroup&&) = default;
    ContainerGroup& operator=(ContainerGroup&&) = delete;
    ContainerGroup(const ContainerGroup&) = delete;
    /// Removes what was made, unless keep() was called.
    ~ContainerGroup();

    /// What the command line says about the group.
    struct Settings {
        std::string id;
        bool systemd = false;  ///< cgroupsPath is SLICE:PREFIX:NAME
    };

    /// Decide where it will be, and refuse what cannot be held. Before any user namespace is entered.
    /// Without limits nothing is refused: a container that needs no controller runs where its starter is
    /// when no group can be made.
    /// Errors: Unsupported with the controller that is missing, InvalidArgument for limits or a path that
    /// make no sense.
    Result<> choose(const oci::Bundle& bundle, const Settings& settings);

    /// Make it and set its limits. `folder` is the container's; the file "cgroup" in it names the group
    /// from before it exists until after it is gone, so that a creator that is killed leaves nothing that
    /// cannot be found. What an earlier creator left under the same id is removed first. Errors: as
    /// choose(), by errno.
    Result<> make(const std::string& folder);

    /// Group for clone3(2); -1: the process starts where this one is. Borrowed.
    int cloneFd() const noexcept;
    /// Whether the process has a group of its own, whose namespace it has to make after it is in there.
    bool isOwn() const noexcept { return m_subtree.has_value() || m_scope.has_value(); }
    /// Whether the container may make groups below its own.
    bool isWritable() const noexcept { return m_inner.has_value(); }
    /// After the clone, before the process goes on: for scopes of systemd, which can only be made around
    /// a process that exists. Errors: Unavailable or Unsupported when limits were asked for; without
    /// limits a scope that cannot be made is left out.
    Result<> adopt(pid_t pid);

    /// The container is made: its group outlives this object.
    void keep() noexcept { m_keep = true; }

private:
    Result<> setLimits(const cgroup::Group& parent, const cgroup::Group& group) const;
    Result<> record(const std::string& path, const std::string& keep) const;

    sys::UniqueFd m_root;
    std::optional<cgroup::Group> m_subtree;  ///< groups are made in it
    std::optional<cgroup::ScopeName> m_scope;
    std::optional<cgroup::Group> m_group;  ///< with the limits
    std::optional<cgroup::Group> m_inner;  ///< below it, of a container that may make its own
    cgroup::WritePlan m_plan;
    std::string m_relativePath;
    std::string m_folder;
    bool m_writable = false;
    bool m_boundProcesses = false;
    bool m_boundMemory = false;
    bool m_keep = false;
};

/// What memory.high holds for an engine's container of which nobody said how much memory it may have: three
/// quarters of this computer's, in bytes.
std::string defaultMemoryHigh();

/// Path of a container's group below the hierarchy, from its folder; none when it has none of its own, or
/// the record cannot be read.
std::optional<std::string> groupPathOf(const std::string& folder);

/// The group itself. Errors: Unsupported when the container has none, with a hint that depends on whether
/// this host could give it one; by errno.
Result<cgroup::Group> openGroupOf(const std::string& folder, const std::string& id);

/// Kill what is left in it and remove it. A container without one is success. Errors: as
/// cgroup::removeGroup; the record stays then, for the next try.
Result<> removeGroupOf(const std::string& folder);

/// Where another process of a running container belongs: the group its first process is in now, which may
/// have moved itself below the container's. The descriptor is empty when the container has no group. May
/// move this process first: the kernel lets one move between groups only inside a subtree the user owns
/// (see cgroup/subtree.h). Errors: by errno.
Result<sys::UniqueFd> groupForExec(const std::string& folder, pid_t firstProcess,
                                   const std::string& keeperDir);

}  // namespace coracle::runtime
