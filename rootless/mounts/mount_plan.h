// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/mounts/mount_options.h"
#include "rootless/oci/config.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Theory of operation. A container's file tree is built in three moves, all of them in its own mount
/// namespace.
///   1. planMounts() turns the configuration into an ordered list of steps. It makes no system call.
///   2. openSources() opens what comes from the host, while the process still is the calling user, and
///      leaves each source as a detached mount behind a descriptor.
///   3. buildTree() and protectTree() attach them, as root of the container, to descriptors that
///      openat2(2) found below the root's descriptor with RESOLVE_IN_ROOT.
/// Who attacks: the image decides every name below the root and may place links anywhere; another
/// container that shares a volume may exchange directories and links at any moment. Neither can lead a
/// step out of the root, because no path that they influence is looked up twice, and none is looked up
/// from the host's root. `/dev`, `/proc` and `/sys` must not be links at all.
/// Invariants: the order of the configuration is kept, for later mounts lie in earlier ones; a mount is
/// complete before it is attached; what hides or protects comes last, so no later step can undo it.
/// What may fail is found in this order: by the plan, before anything exists; by the sources, before the
/// container has a tree; by the kernel, with the step's name in the message.
namespace coracle::mounts {

/// What a step does.
enum class StepKind : std::uint8_t {
    NewFilesystem,
    Bind,
    Remount,  ///< change what an earlier step mounted
};

/// One mount of the plan, in the container's own words where it concerns paths.
struct MountStep {
    StepKind kind = StepKind::NewFilesystem;
    /// Inside the container, tidy and absolute; walked in the container's root.
    std::string destination;
    std::string source;  ///< host path of a Bind; name of a NewFilesystem
    /// The part of a Bind's source that is shown: walked with the source as the root, since it is a stranger
    /// who placed the links in it. Empty: all.
    std::string subpath;
    std::string type;  ///< of a NewFilesystem
    MountOptions options;
    std::optional<userns::IdMaps> idMaps;  ///< of an idmapped mount; none: those of the container
    int idMapFd = -1;     ///< borrowed: a user namespace with that map, opened by who performs the step
    int sourceFd = -1;    ///< borrowed: the source of a Bind as a detached mount; -1: by its path
    bool copyUp = false;  ///< fill the empty source with what the image has there
    /// Give everything in it to these ids of the container, once it was filled.
    std::optional<std::pair<std::uint32_t, std::uint32_t>> owner;
    bool refuseLinks = false;    ///< the last component must not be a link
    bool readonlyAtEnd = false;  ///< other steps create mount points in it first
};

/// A node that is bound from the host, whose kind and number must match; a FIFO is made.
struct DeviceStep {
    /// Inside the container, below /dev as a rule.
    std::string path;
    char type = 'c';
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    bool required = false;  ///< named by the configuration; a missing one is an error
    /// For a FIFO, which is made; a device that is bound from the host keeps the host's.
    std::optional<std::uint32_t> mode;
    std::optional<std::uint32_t> uid;
    std::optional<std::uint32_t> gid;
};

/// All steps, in the order in which they are carried out: mounts, devices, read-only paths, masked paths,
/// the root.
struct MountPlan {
    /// In the order in which they are performed.
    std::vector<MountStep> mounts;
    std::vector<DeviceStep> devices;
    /// Covered with an empty folder or the null device, after all mounts.
    std::vector<std::string> masked;
    std::vector<std::string> readonlyPaths;
    /// The last step of all, since mount points are made in the root before.
    bool readonlyRoot = false;
    std::optional<Propagation> rootPropagation;
};

/// What the plan depends on besides the configuration.
struct PlanFacts {
    std::uint64_t newNamespaces = 0;  ///< CLONE_NEW* of those that the container's user namespace owns
    bool hostHasCgroup2 = false;      ///< /sys/fs/cgroup is the unified hierarchy
    bool ttyGroupMapped = true;       ///< gid 5 exists inside
    bool writableCgroup = false;      ///< the container was given a control group to divide
};

/// Decide every mount from the configuration and a few facts about the host. Pure. copyUp: destinations
/// of volumes that are filled from the image. Default devices are added; those of the configuration
/// replace them by path.
/// Errors: Unsupported or InvalidArgument for a mount that cannot be made, Corrupt for an unknown
/// propagation.
Result<MountPlan> planMounts(const oci::Config& config, const std::vector<std::string>& copyUp,
                             const PlanFacts& facts);

}  // namespace coracle::mounts
