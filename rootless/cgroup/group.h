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
/// Every name is looked up below a descriptor with openat2(2), RESOLVE_BENEATH and no links, so no text of a
/// configuration reaches a group that is not ours. Source: cgroups(7);
/// Documentation/admin-guide/cgroup-v2.rst.
namespace coracle::cgroup {

inline constexpr const char* kMountPoint = "/sys/fs/cgroup";

/// The unified hierarchy's root. Errors: Unsupported when version 2 is not what is mounted there.
Result<sys::UniqueFd> openHierarchy();

class Group {
public:
    /// `path` is relative to `rootFd`, without a slash at its front; it is for messages, too.
    static Result<Group> open(int rootFd, const std::string& path);

    /// Make a group in this one; an empty one that exists is taken over. Several names with slashes make one
    /// inside of the other. Errors: by errno, Conflict when processes are in it.
    Result<Group> makeChild(const std::string& relativePath) const;

    Result<std::string> read(const std::string& file) const;
    Result<> write(const std::string& file, const std::string& value) const;
    /// A number of a file of one; none for "max" and for a file that is not there.
    std::optional<std::uint64_t> number(const std::string& file) const;
    bool has(const std::string& file) const;

    /// Controllers that are there for use in it, and those it hands on to its children.
    std::vector<std::string> controllers() const;
    /// Hand these on, as far as they are there. Errors: Conflict when processes stand in the way.
    Result<> enable(const std::vector<std::string>& names) const;

    Result<std::vector<pid_t>> processes() const;
    Result<> add(pid_t pid) const;

    /// Whether the user may make groups in it and move processes below it.
    bool isWritable() const;

    /// Kill everything in it and below, and return when nothing is left; a group that somebody else has
    /// removed meanwhile is empty. Errors: Unavailable after the limit.
    Result<> kill(std::chrono::milliseconds limit) const;
    /// Stop or continue everything in it, and return when that is so. Errors: Unavailable after the limit.
    Result<> freeze(bool frozen, std::chrono::milliseconds limit) const;
    bool isFrozen() const;

    int fd() const noexcept { return m_directory.get(); }
    const std::string& path() const noexcept { return m_path; }

private:
    Group(sys::UniqueFd directory, std::string path)
        : m_directory(std::move(directory)), m_path(std::move(path)) {}
    Result<> killProcesses(std::chrono::milliseconds limit) const;
    Result<> await(const std::string& line, std::chrono::milliseconds limit) const;

    sys::UniqueFd m_directory;
    std::string m_path;
};

enum class Moment : std::uint8_t {
    Start,    ///< a new group: defaults need no writing
    Running,  ///< `update`: everything is written
};

/// Carry out the plan. Errors: InvalidArgument with the kernel's reason for a value that it refuses,
/// Unsupported for a file that this kernel does not have.
Result<> apply(const Group& group, const WritePlan& plan, Moment moment);

/// Remove the group at `path` below the hierarchy with everything in it; what runs there is killed first. The
/// groups above it up to `keep` go, too, when nothing else is in them. A missing one is success.
Result<> removeGroup(int rootFd, const std::string& path, const std::string& keep);

/// What `<state of the runtime>/<id>/cgroup` says: two lines, the container's group and the group above it
/// that was handed to us and stays. Both are paths below the hierarchy, without a slash at their front.
struct GroupRecord {
    std::string path;
    std::string keep;
};
/// none: the container has no group of its own. `folder`: of the container.
std::optional<GroupRecord> readGroupRecord(const std::string& folder);

/// Path of the unified hierarchy in a text of /proc/PID/cgroup, without a slash at its front; none when the
/// process is in none. Pure.
std::optional<std::string> unifiedPath(std::string_view text);

/// The same of a live process; 0: our own. Errors: NotFound.
Result<std::string> groupOf(pid_t pid);

/// Words between blanks and line ends. Without streams, here and in all of this folder: the monitor links it,
/// and the locales of streams would cost it a quarter of its memory.
std::vector<std::string> splitWords(std::string_view text);

/// The value of a line "key value" in a file such as memory.events; none when there is no such line.
std::optional<std::uint64_t> findKey(std::string_view text, std::string_view key);

}  // namespace coracle::cgroup
