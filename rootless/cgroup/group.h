// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/cgroup/write_plan.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

/// One control group of version 2, by descriptor. Thin: everything that is decided is decided elsewhere.
/// Every name is looked up below a descriptor with openat2(2), RESOLVE_BENEATH and no links, so no text
/// of a configuration reaches a group that is not ours.
/// How the parts of this folder go together: write_plan.h turns a configuration into writes (pure);
/// subtree.h finds the group that containers' groups are made in; this file makes, fills and removes
/// them; stats.h and oom_watch.h read what the kernel counts; report.h says why a limit cannot be held.
/// Source: cgroups(7); Documentation/admin-guide/cgroup-v2.rst.
namespace coracle::cgroup {

inline constexpr const char* kMountPoint = "/sys/fs/cgroup";

/// The unified hierarchy's root, as an O_PATH descriptor. Errors: Unsupported when version 2 is not what
/// is mounted there, also on a hybrid host.
Result<sys::UniqueFd> openHierarchy();

/// A group's folder, open. It stays that group: one that is removed and made again under the same name is
/// another, and calls answer ENODEV.
class Group {
public:
    /// Open the group at `path`, relative to `rootFd`, without a slash at its front; it is for messages,
    /// too. Errors: by errno.
    static Result<Group> open(int rootFd, const std::string& path);

    /// Make a group in this one; an empty one that exists is taken over. Several names with slashes make
    /// one inside of the other. Errors: by errno, Conflict when processes are in it.
    Result<Group> makeChild(const std::string& relativePath) const;

    /// Content of a file of the group without its last line end. Errors: by errno, with the group's path.
    Result<std::string> read(const std::string& file) const;
    /// One write(2), which the kernel takes as a whole or refuses. Errors: by errno, with file, group and
    /// value.
    Result<> write(const std::string& file, const std::string& value) const;
    /// A number of a file of one; none for "max" and for a file that is not there.
    std::optional<std::uint64_t> number(const std::string& file) const;
    /// Whether the group has the file; false, too, for one that may not be asked.
    bool has(const std::string& file) const;

    /// Controllers that are there for use in it, as its parent hands them on (cgroup.controllers). Empty
    /// when it cannot be read.
    std::vector<std::string> controllers() const;
    /// Hand these on to its children, as far as they are there. Errors: Conflict when processes stand in
    /// the way (cgroup-v2.rst, "No Internal Process Constraint"), by errno.
    Result<> enable(const std::vector<std::string>& names) const;

    /// Processes in the group itself, not below it, as this process's pid namespace numbers them. A
    /// snapshot. Errors: by errno.
    Result<std::vector<pid_t>> processes() const;
    /// Move a process with all its threads here. The user has to be able to write to the common ancestor
    /// of both groups. Errors: by errno. Source: cgroup-v2.rst, "Delegation Containment".
    Result<> add(pid_t pid) const;

    /// Whether the user may make groups in it and move processes below it.
    bool isWritable() const;

    /// Kill everything in it and below, and return when nothing is left; a group that somebody else has
    /// removed meanwhile is empty. Blocks, woken by the kernel. Errors: Unavailable after the limit.
    Result<> kill(std::chrono::milliseconds limit) const;
    /// Stop or continue everything in it, and return when that is so. What cannot be frozen in time is
    /// thawed again. Errors: Unavailable after the limit. Source: cgroup-v2.rst, "cgroup.freeze".
    Result<> freeze(bool frozen, std::chrono::milliseconds limit) const;
    /// Whether all of it stands still; false when it cannot be read.
    bool isFrozen() const;

    /// Borrowed; can be listed and given to clone3(2).
    int fd() const noexcept { return m_directory.get(); }
    /// Below the hierarchy, without a slash at its front; empty for its root.
    const std::string& path() const noexcept { return m_path; }

private:
    Group(sys::UniqueFd directory, std::string path)
        : m_directory(std::move(directory)), m_path(std::move(path)) {}
    Result<> killProcesses(std::chrono::milliseconds limit) const;
    Result<> await(const std::string& line, std::chrono::milliseconds limit) const;

    sys::UniqueFd m_directory;
    std::string m_path;
};

/// When a plan is carried out.
enum class Moment : std::uint8_t {
    Start,    ///< a new group: defaults need no writing
    Running,  ///< `update`: everything is written
};

/// Carry out the plan. On a running container a failure puts back what was changed before it. Errors:
/// InvalidArgument with the kernel's reason for a value that it refuses, Unsupported for a file that this
/// kernel does not have, by errno.
Result<> apply(const Group& group, const WritePlan& plan, Moment moment);

/// Remove the group at `path` below the hierarchy with everything in it; what runs there is killed first.
/// The groups above it up to `keep` go, too, when nothing else is in them. A missing one is success.
/// Blocks up to ten seconds. Errors: as Group::kill, by errno.
Result<> removeGroup(int rootFd, const std::string& path, const std::string& keep);

/// What `<state of the runtime>/<id>/cgroup` says: two lines, the container's group and the group above it
/// that was handed to us and stays. Both are paths below the hierarchy, without a slash at their front.
struct GroupRecord {
    std::string path;
    std::string keep;
};
/// Read that record. none: the container has no group of its own, or the record cannot be read. `folder`:
/// of the container.
std::optional<GroupRecord> readGroupRecord(const std::string& folder);

/// Path of the unified hierarchy in a text of /proc/PID/cgroup, without a slash at its front; none when the
/// process is in none. Pure.
std::optional<std::string> unifiedPath(std::string_view text);

/// The same of a live process; 0: our own. Errors: NotFound for one that is gone, or in a group that is
/// not below the root of our cgroup namespace.
Result<std::string> groupOf(pid_t pid);

/// Words between blanks and line ends. Without streams, here and in all of this folder: the monitor links it,
/// and the locales of streams would cost it a quarter of its memory.
std::vector<std::string> splitWords(std::string_view text);

/// The value of a line "key value" in a file such as memory.events; none when there is no such line.
std::optional<std::uint64_t> findKey(std::string_view text, std::string_view key);

}  // namespace coracle::cgroup
