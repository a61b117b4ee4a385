// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace coracle::types {

/// A file or folder of this computer that a container sees.
struct SharedPath {
    std::string source;  ///< on this computer
    std::string target;  ///< inside
    bool readOnly = false;
    bool device = false;  ///< below /dev: a device node, or a folder of them
};

/// What the kernel says of a container's first process.
struct ObservedConfinement {
    std::vector<std::string> capabilities;  ///< that any process in it can ever have, sorted
    bool noNewPrivileges = false;
    /// Programs that judge each system call; none: calls are not filtered.
    std::int64_t systemCallFilters = 0;
};

/// What holds a container back, as it is written in the documents that the runtime obeys, and, while it runs,
/// as the kernel has it.
struct Confinement {
    std::vector<std::string> capabilities;         ///< bounding set, sorted: "CAP_CHOWN"
    std::vector<std::string> droppedCapabilities;  ///< the others that Linux has, by number
    /// Kinds of namespaces: "user", "mount", "pid", "ipc", "uts", "cgroup", "network".
    std::vector<std::string> ownNamespaces;
    std::vector<std::string> hostNamespaces;  ///< kinds that it has together with this computer
    bool noNewPrivileges = false;             ///< setuid programs give nobody more rights
    /// Word of a built-in filter of system calls ("default", "docker", "default+nested"), "custom" or
    /// "unconfined".
    std::string systemCallFilter;
    std::string appArmorProfile;  ///< empty: none was asked for
    std::vector<std::string> maskedPaths;
    std::vector<std::string> readOnlyPaths;
    bool readOnlyRoot = false;
    bool writableSys = false;           ///< /sys is mounted read-write
    bool writableControlGroup = false;  ///< it may make control groups below its own
    /// What of this computer is mounted in it, but for the three files of names that each container gets.
    std::vector<SharedPath> shared;
    std::optional<ObservedConfinement> observed;  ///< none: it does not run, or could not be read
};

}  // namespace coracle::types
