// SPDX-License-Identifier: Apache-2.0
#include "rootless/mounts/mount_plan.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include <linux/mount.h>
#include <sched.h>

namespace coracle::mounts {
namespace {

/// The path without a slash at its end and without repeated slashes.
std::string tidyPath(const std::string& path) {
    std::string tidy;
    for (const char letter : path) {
        if (letter != '/' || tidy.empty() || tidy.back() != '/') {
            tidy += letter;
        }
    }
    while (tidy.size() > 1 && tidy.back() == '/') {
        tidy.pop_back();
    }
    return tidy;
}

/// These are built by the runtime itself; a link there only serves to lead it somewhere else.
bool isRuntimeFolder(const std::string& path) {
    return path == "/dev" || path == "/proc" || path == "/sys";
}

/// Turn a step into a read-only view of the host's own mount.
void useHostMount(MountStep& step, const char* path) {
    step.kind = StepKind::Bind;
    step.source = path;
    step.options.bind = true;
    step.options.recursive = true;
    step.options.data.clear();
}

/// A file system that shows a namespace can only be mounted by the owner of that namespace. Without a
/// namespace of the container's own, the host's mount is shown instead. Source: mount_namespaces(7),
/// user_namespaces(7).
void adaptToNamespaces(MountStep& step, const PlanFacts& facts) {
    constexpr std::uint64_t kReadonly =
        MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    if (step.type == "proc" && (facts.newNamespaces & CLONE_NEWPID) == 0) {
        useHostMount(step, "/proc");
    } else if (step.type == "mqueue" && (facts.newNamespaces & CLONE_NEWIPC) == 0) {
        useHostMount(step, "/dev/mqueue");
    } else if (step.type == "sysfs" && (facts.newNamespaces & CLONE_NEWNET) == 0) {
        useHostMount(step, "/sys");
        step.options.attributes.set |= kReadonly;
    } else if (step.type == "cgroup" || step.type == "cgroup2") {
        const bool mayWrite =
            facts.writableCgroup && facts.hostHasCgroup2 && (facts.newNamespaces & CLONE_NEWCGROUP) != 0;
        step.options.attributes.set |= mayWrite ? kReadonly & ~std::uint64_t{MOUNT_ATTR_RDONLY} : kReadonly;
        step.options.data.clear();
        // The separate hierarchies of version 1 cannot be delegated and say nothing about this container.
        step.type = facts.hostHasCgroup2 ? "cgroup2" : "tmpfs";
        if (facts.hostHasCgroup2 && (facts.newNamespaces & CLONE_NEWCGROUP) == 0) {
            useHostMount(step, "/sys/fs/cgroup");
        }
    }
}

/// Words of a file system that a bind of another one cannot take.
Result<> checkBind(const MountStep& step) {
    const std::string where = "mount on '" + step.destination + "': ";
    if (step.source.empty() || step.source.front() != '/') {
        return Error(ErrorKind::InvalidArgument, where + "source '" + step.source + "' is not absolute");
    }
    if (!step.options.data.empty()) {
        return Error(ErrorKind::Unsupported,
                     where + "option '" + step.options.data.front().first + "' cannot be applied to a bind");
    }
    return {};
}

/// The label is one of the file system itself; a bind keeps what its source has.
void addLabel(MountStep& step, const std::string& label) {
    if (!label.empty() && step.kind == StepKind::NewFilesystem &&
        (step.type == "tmpfs" || step.type == "mqueue" || step.type == "devpts")) {
        step.options.data.emplace_back("context", label);
    }
}

/// A tmpfs that is to be read-only is made writable and changed at the end: other mounts of the
/// configuration may need mount points in it. Gid 5 of devpts is left out where the group does not exist
/// inside, for the kernel refuses an id without a mapping (EINVAL).
Result<MountStep> planMount(const oci::Mount& mount, const std::vector<std::string>& copyUp,
                            const PlanFacts& facts) {
    MountStep step;
    TRY_ASSIGN(step.options, parseOptions(mount.options));
    step.destination = tidyPath(mount.destination);
    step.type = mount.type;
    step.source = mount.source;
    if (step.destination == "/") {
        return Error(ErrorKind::InvalidArgument, "mount on '/': the root is given by 'root.path'");
    }
    step.idMaps = mount.idMaps;
    if (step.idMaps && step.options.idMapping == IdMapping::None) {
        step.options.idMapping = IdMapping::Top;  // mappings alone ask for the same
    }
    if (step.options.remount) {
        step.kind = StepKind::Remount;
    } else if (step.options.bind || mount.type == "bind" || mount.type == "rbind") {
        step.kind = StepKind::Bind;
        step.options.bind = true;
        step.options.recursive = step.options.recursive || mount.type == "rbind";
        TRY(checkBind(step));
    } else {
        adaptToNamespaces(step, facts);
    }
    if (step.kind == StepKind::NewFilesystem) {
        // There is nothing below a new file system: the recursive words mean the same as the plain ones.
        auto& attributes = step.options.attributes;
        attributes.set =
            (attributes.set & ~step.options.recursiveAttributes.clear) | step.options.recursiveAttributes.set;
    }
    if (step.type == "devpts" && !facts.ttyGroupMapped) {
        std::erase_if(step.options.data, [](const auto& option) { return option.first == "gid"; });
    }
    if (step.kind == StepKind::NewFilesystem && step.type == "tmpfs" &&
        (step.options.attributes.set & MOUNT_ATTR_RDONLY) != 0) {
        step.options.attributes.set &= ~std::uint64_t{MOUNT_ATTR_RDONLY};
        step.readonlyAtEnd = true;
    }
    step.refuseLinks = isRuntimeFolder(step.destination);
    step.copyUp = step.options.copyUp ||
                  std::any_of(copyUp.begin(), copyUp.end(),
                              [&](const std::string& path) { return tidyPath(path) == step.destination; });
    return step;
}

// TABLE: what every container finds in /dev. Source: OCI runtime-spec 1.1, config-linux.md, "Default
// Devices".
constexpr std::array kDevices =
    std::to_array<std::pair<std::string_view, std::pair<std::uint32_t, std::uint32_t>>>({
        {"/dev/null", {1, 3}},
        {"/dev/zero", {1, 5}},
        {"/dev/full", {1, 7}},
        {"/dev/random", {1, 8}},
        {"/dev/urandom", {1, 9}},
        {"/dev/tty", {5, 0}},
    });

/// What is mounted on the root later is not seen by who stands in it already, so such a path would be left
/// out in silence.
Result<> checkNotRoot(const std::vector<std::string>& paths, const char* member, const char* hint) {
    for (const std::string& path : paths) {
        const auto plain = std::filesystem::path(path).lexically_normal().relative_path();
        if (plain.empty() || plain == ".") {
            return Error(ErrorKind::InvalidArgument,
                         "path '" + path + "' in member 'linux." + member + "' is the root itself")
                .withHint(hint);
        }
    }
    return {};
}

}  // namespace

/// Pure: the same bundle and facts give the same plan, on every host. Devices that every container has
/// come first and give way to the bundle's.
Result<MountPlan> planMounts(const oci::Config& config, const std::vector<std::string>& copyUp,
                             const PlanFacts& facts) {
    MountPlan plan;
    for (const oci::Mount& mount : config.mounts) {
        TRY_ASSIGN(MountStep step, planMount(mount, copyUp, facts));
        addLabel(step, config.mountLabel);
        plan.mounts.push_back(std::move(step));
    }
    for (const auto& [path, number] : kDevices) {
        plan.devices.push_back({std::string(path), 'c', number.first, number.second, false, {}, {}, {}});
    }
    for (const oci::Device& device : config.devices) {
        DeviceStep step{tidyPath(device.path), device.type, device.major, device.minor, true,
                        device.mode,           device.uid,  device.gid};
        // One that every container has anyway is held to what the configuration says of it.
        std::erase_if(plan.devices, [&](const DeviceStep& known) { return known.path == step.path; });
        plan.devices.push_back(std::move(step));
    }
    if (!config.rootfsPropagation.empty()) {
        plan.rootPropagation = findPropagation(config.rootfsPropagation);
        if (!plan.rootPropagation) {
            return Error(ErrorKind::Corrupt,
                         "unknown propagation '" + config.rootfsPropagation + "' of the root");
        }
    }
    TRY(checkNotRoot(config.maskedPaths, "maskedPaths", "name what is to be hidden below it"));
    TRY(checkNotRoot(config.readonlyPaths, "readonlyPaths", "set root.readonly for that"));
    plan.masked = config.maskedPaths;
    plan.readonlyPaths = config.readonlyPaths;
    plan.readonlyRoot = config.rootReadonly;
    return plan;
}

}  // namespace coracle::mounts
