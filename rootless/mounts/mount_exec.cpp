// SPDX-License-Identifier: Apache-2.0
#include "rootless/mounts/mount_exec.h"

#include "rootless/mounts/chown_tree.h"
#include "rootless/mounts/copy_up.h"
#include "rootless/mounts/in_root.h"
#include "rootless/sys/file.h"

#include <array>

#include <linux/magic.h>
#include <linux/mount.h>
//
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/sysmacros.h>

namespace coracle::mounts {
namespace {

using sys::Kernel;
using sys::Recursive;
using sys::UniqueFd;

/// By path, and this is the only lookup of it: the path is the user's, who may follow his own links.
/// The path is the person's, the links on it are a stranger's: none of them leads out.
Result<UniqueFd> openBindPart(Kernel& kernel, const MountStep& step) {
    TRY_ASSIGN(const UniqueFd source, kernel.openChild(AT_FDCWD, step.source, O_PATH | O_DIRECTORY));
    auto part = kernel.openInRoot(source.get(), step.subpath, O_PATH);
    if (!part && (part.error().kind() == ErrorKind::NotFound || part.error().sysErrno() == ENOTDIR)) {
        return Error(ErrorKind::NotFound, "mount on '" + step.destination + "': there is no '" +
                                              step.subpath + "' in what is mounted")
            .withHint("name a path that it has; 'coracle image files IMAGE' lists those of an image");
    }
    if (!part) {
        return std::move(part).error().context("mount on '" + step.destination + "': open '" + step.subpath +
                                               "'");
    }
    return kernel.cloneTree(part->get(), "", Recursive::No);
}

Result<UniqueFd> openBindSource(Kernel& kernel, const MountStep& step) {
    if (!step.subpath.empty()) {
        return openBindPart(kernel, step);
    }
    auto tree =
        kernel.cloneTree(AT_FDCWD, step.source, step.options.recursive ? Recursive::Yes : Recursive::No);
    if (!tree && tree.error().kind() == ErrorKind::NotFound) {
        return Error(ErrorKind::NotFound,
                     "bind '" + step.source + "' on '" + step.destination + "': no such file or directory")
            .withHint("create the source first, or mount a volume instead");
    }
    if (!tree) {
        return std::move(tree).error().context("bind '" + step.source + "' on '" + step.destination + "'");
    }
    return tree;
}

/// Changes of propagation that were not already made together with the attributes.
Result<> applyPropagation(Kernel& kernel, const MountStep& step, int treeFd, std::size_t from) {
    for (std::size_t at = from; at < step.options.propagation.size(); ++at) {
        const Propagation& change = step.options.propagation[at];
        TRY(kernel.setAttributes(treeFd, {0, 0, change.kind}, change.recursive));
    }
    return {};
}

/// Make a bind what its options say. Restrictions also hold for all mounts below a recursive one: a
/// read-only folder with a writable one inside would be a surprise. What is lifted (rw, suid) holds for
/// the top alone unless the recursive word is used.
/// One mount_setattr(2) where possible; the propagation can go along when it has the same reach. The
/// kernel wants the atime bits cleared whenever one is set (mount_setattr(2), MOUNT_ATTR__ATIME).
Result<> applyBindOptions(Kernel& kernel, const MountStep& step, int treeFd) {
    const MountOptions& options = step.options;
    const Recursive recursive = options.recursive ? Recursive::Yes : Recursive::No;
    sys::MountAttributes attributes{options.attributes.set | options.recursiveAttributes.set,
                                    options.recursiveAttributes.clear, 0};
    if (!options.recursive) {
        attributes.clear |= options.attributes.clear;
    }
    if ((attributes.set & MOUNT_ATTR__ATIME) != 0) {
        attributes.clear |= MOUNT_ATTR__ATIME;
    }
    std::size_t done = 0;
    if (options.propagation.empty()) {
        attributes.propagation = MS_PRIVATE;  // what the host mounts later is not the container's
    } else if (options.propagation.front().recursive == recursive) {
        attributes.propagation = options.propagation.front().kind;
        done = 1;
    }
    auto set = kernel.setAttributes(treeFd, attributes, recursive);
    if (!set && set.error().kind() == ErrorKind::PermissionDenied) {
        return std::move(set).error().withHint(
            "what a mount of the host forbids and how it keeps access times cannot be changed without root");
    }
    TRY(set);
    if (options.recursive && options.attributes.clear != 0) {
        TRY(kernel.setAttributes(treeFd, {options.attributes.set, options.attributes.clear, 0},
                                 Recursive::No));
    }
    return applyPropagation(kernel, step, treeFd, done);
}

/// Ids of a file system can be translated by whoever owns the file system only; one of the host's belongs to
/// the host's root.
Result<> applyIdMap(Kernel& kernel, const MountStep& step, int treeFd) {
    if (step.options.idMapping == IdMapping::None) {
        return {};
    }
    auto mapped = kernel.mapIds(treeFd, step.idMapFd,
                                step.options.idMapping == IdMapping::Below ? Recursive::Yes : Recursive::No);
    if (!mapped) {
        return std::move(mapped).error().withHint(
            "the kernel translates ids of a file system for its owner only; a folder of this host belongs to "
            "the host's root. Leave the mapping out, or use fuse-overlayfs");
    }
    return {};
}

/// Change a mount that an earlier step made.
Result<> remount(Kernel& kernel, const MountStep& step, int rootFd) {
    if (!step.options.data.empty()) {
        return Error(ErrorKind::Unsupported,
                     "option '" + step.options.data.front().first + "' cannot be changed by a remount");
    }
    TRY_ASSIGN(const UniqueFd target, kernel.openInRoot(rootFd, step.destination, O_PATH));
    TRY(kernel.setAttributes(target.get(), {step.options.attributes.set, step.options.attributes.clear, 0},
                             Recursive::No));
    return applyPropagation(kernel, step, target.get(), 0);
}

/// Type and number both: the file that is bound must be the device that was asked for, whatever stands at
/// its path on the host.
bool matches(const struct stat& status, const DeviceStep& device) {
    if (device.type == 'p') {
        return S_ISFIFO(status.st_mode);
    }
    const bool kind = device.type == 'b' ? S_ISBLK(status.st_mode) : S_ISCHR(status.st_mode);
    return kind && status.st_rdev == makedev(device.major, device.minor);
}

/// Security: who writes the configuration names a path of this host, and between naming and starting the node
/// may have become another one: a disk in the place of a serial line. So the node behind the very descriptor
/// that will be attached is compared with the numbers that were asked for. A bind cannot change the owner or
/// the mode of the host's node; asking for other ones is an error, not a wish.
Result<> checkDevice(const struct stat& status, const DeviceStep& device) {
    if (!matches(status, device)) {
        return Error(ErrorKind::Conflict,
                     "device '" + device.path + "' of this host is another one than asked for");
    }
    if (device.mode && (*device.mode & 0777U) != (status.st_mode & 0777U)) {
        return Error(ErrorKind::Unsupported,
                     "device '" + device.path + "' of this host has another mode than asked for")
            .withHint("only root can give a device another mode; leave 'fileMode' out");
    }
    const auto differs = [](const std::optional<std::uint32_t>& wanted, std::uint32_t found) {
        return wanted && *wanted != 0 && *wanted != found;
    };
    if (differs(device.uid, status.st_uid) || differs(device.gid, status.st_gid)) {
        return Error(ErrorKind::Unsupported,
                     "device '" + device.path + "' of this host has another owner than asked for")
            .withHint("only root can give a device another owner; leave 'uid' and 'gid' out");
    }
    return {};
}

/// A default device that the host does not have is left out, as in a container inside of another one; one
/// that the configuration names is an error.
Result<UniqueFd> openDevice(Kernel& kernel, const DeviceStep& device) {
    if (device.type == 'p') {
        return UniqueFd();  // made in the container
    }
    auto tree = kernel.cloneTree(AT_FDCWD, device.path, Recursive::No);
    if (!tree) {
        if (!device.required && tree.error().kind() == ErrorKind::NotFound) {
            return UniqueFd();
        }
        return std::move(tree)
            .error()
            .context("give device '" + device.path + "'")
            .withHint("without root a device is the host's of the same path, bound into the container");
    }
    TRY_ASSIGN(const struct stat status, kernel.status(tree->get()));
    TRY(checkDevice(status, device));
    return tree;
}

Result<UniqueFd> makeStepMount(Kernel& kernel, const MountStep& step) {
    if (step.type.empty()) {
        return Error(ErrorKind::InvalidArgument, "it has no type and is no bind");
    }
    return kernel.newFilesystem(step.type, step.source.empty() ? step.type : step.source, step.options.data,
                                step.options.attributes.set);
}

/// The order inside one step: the mount is made or taken, the place is found, the image's content is
/// copied into the new volume while both can be seen, options are set on the still detached mount, and
/// only then it becomes visible. So no process sees a mount without its restrictions.
Result<> performStep(Kernel& kernel, const MountStep& step, UniqueFd source, int rootFd, BuiltTree& tree) {
    if (step.kind == StepKind::Remount) {
        return remount(kernel, step, rootFd);
    }
    const bool bind = step.kind == StepKind::Bind;
    UniqueFd mount = std::move(source);
    if (!bind) {
        TRY_ASSIGN(mount, makeStepMount(kernel, step));
    }
    TargetKind kind = TargetKind::Directory;
    if (bind) {
        TRY_ASSIGN(const struct stat status, kernel.status(mount.get()));
        kind = S_ISDIR(status.st_mode) ? TargetKind::Directory : TargetKind::File;
    }
    // A folder that the image does not have says nothing about the volume's owner.
    const bool copyUp = step.copyUp && kernel.openInRoot(rootFd, step.destination, O_PATH);
    TRY_ASSIGN(const UniqueFd target, step.refuseLinks&& kind == TargetKind::Directory
                                          ? openRuntimeFolder(kernel, rootFd, step.destination)
                                          : openMountpoint(kernel, rootFd, step.destination, kind));
    if (copyUp && kind == TargetKind::Directory) {
        TRY(copyUpIfEmpty(target.get(), mount.get()));
    }
    if (step.owner) {
        auto given = chownTree(mount.get(), step.owner->first, step.owner->second);
        if (!given) {
            return std::move(given).error().context("give it to the container's user");
        }
    }
    if (bind) {
        TRY(applyBindOptions(kernel, step, mount.get()));
    } else {
        TRY(applyPropagation(kernel, step, mount.get(), 0));
    }
    TRY(applyIdMap(kernel, step, mount.get()));
    TRY(kernel.attach(mount.get(), target.get()));
    if (step.readonlyAtEnd) {
        tree.readonlyAtEnd.push_back(std::move(mount));
    } else if (step.type == "proc" && !bind) {
        tree.proc = std::move(mount);
    } else if (step.type == "devpts" && !bind) {
        tree.devpts = std::move(mount);
    }
    return {};
}

/// A FIFO needs no rights, so it is made and not bound from the host.
Result<> placeFifo(Kernel& kernel, const DeviceStep& device, int parentFd, const std::string& name) {
    auto made = kernel.makeFifo(parentFd, name, device.mode.value_or(0666));
    if (made && (device.uid.value_or(0) != 0 || device.gid.value_or(0) != 0)) {
        return Error(ErrorKind::Unsupported, "a FIFO belongs to root of the container")
            .withHint("leave 'uid' and 'gid' out");
    }
    if (made || made.error().kind() != ErrorKind::AlreadyExists) {
        return made;
    }
    TRY_ASSIGN(const UniqueFd target, kernel.openChild(parentFd, name, O_PATH));
    TRY_ASSIGN(const struct stat status, kernel.status(target.get()));
    if (!S_ISFIFO(status.st_mode)) {
        return Error(ErrorKind::Conflict, "there is another file in the image");
    }
    return {};
}

/// "If a file already exists at path that does not match the requested device, the runtime MUST generate an
/// error." An empty file is what an earlier start of the same root left as a place to mount on. Source: OCI
/// runtime-spec 1.1, config-linux.md, "Devices".
Result<> placeDevice(Kernel& kernel, const DeviceStep& device, int sourceFd, int parentFd,
                     const std::string& name) {
    if (device.type == 'p') {
        return placeFifo(kernel, device, parentFd, name);
    }
    auto made = kernel.makeFile(parentFd, name, 0666);
    if (!made && made.error().kind() != ErrorKind::AlreadyExists) {
        return made;
    }
    TRY_ASSIGN(const UniqueFd target, kernel.openChild(parentFd, name, O_PATH));
    if (!made) {
        TRY_ASSIGN(const struct stat status, kernel.status(target.get()));
        if (matches(status, device)) {
            return {};
        }
        if (device.required && !(S_ISREG(status.st_mode) && status.st_size == 0)) {
            return Error(ErrorKind::Conflict, "there is another file in the image");
        }
    }
    return kernel.attach(sourceFd, target.get());
}

/// Most lie in one folder, which is looked up once for those that follow each other.
Result<> placeDevices(Kernel& kernel, const std::vector<DeviceStep>& devices,
                      const std::vector<UniqueFd>& sources, int rootFd) {
    std::string known;
    UniqueFd parent;
    for (std::size_t i = 0; i < devices.size(); ++i) {
        const DeviceStep& device = devices[i];
        if (!sources[i] && device.type != 'p') {
            continue;
        }
        const auto [folder, name] = splitPath(device.path);
        Result<> done;
        if (folder != known || !parent) {
            auto opened = openMountpoint(kernel, rootFd, folder, TargetKind::Directory);
            if (opened) {
                parent = *std::move(opened);
                known = folder;
            } else {
                done = std::move(opened).error();
            }
        }
        if (done) {
            done = placeDevice(kernel, device, sources[i].get(), parent.get(), name);
        }
        if (!done) {
            return std::move(done).error().context("place device '" + device.path + "'");
        }
    }
    return {};
}

/// Names that are there already stay: the configuration may have mounted something in /dev. Source: OCI
/// runtime-spec 1.1, runtime-linux.md, "Dev symbolic links"; "/dev/ptmx" of config-linux.md, "Default
/// Devices".
Result<> placeLinks(Kernel& kernel, int rootFd) {
    constexpr std::array<std::pair<const char*, const char*>, 5> kLinks{{{"/proc/self/fd", "fd"},
                                                                         {"/proc/self/fd/0", "stdin"},
                                                                         {"/proc/self/fd/1", "stdout"},
                                                                         {"/proc/self/fd/2", "stderr"},
                                                                         {"pts/ptmx", "ptmx"}}};
    TRY_ASSIGN(const UniqueFd dev, openRuntimeFolder(kernel, rootFd, "/dev"));
    for (const auto& [target, name] : kLinks) {
        auto made = kernel.makeSymlink(target, dev.get(), name);
        if (!made && made.error().kind() != ErrorKind::AlreadyExists) {
            return made;
        }
    }
    return {};
}

/// A path to hide or protect; an empty descriptor when nothing is there. Any other failure to look is an
/// error: what could not be looked at may be there all the same.
Result<UniqueFd> openIfThere(Kernel& kernel, const std::string& path, int rootFd) {
    auto target = kernel.openInRoot(rootFd, path, O_PATH);
    if (target) {
        return target;
    }
    const int err = target.error().sysErrno();
    if (err == ENOENT || err == ENOTDIR || err == ELOOP) {
        return UniqueFd();
    }
    return target;
}

/// Hide one path. All hidden folders show the same empty file system.
Result<> maskPath(Kernel& kernel, const std::string& path, int nullFd, UniqueFd& empty, int rootFd) {
    TRY_ASSIGN(const UniqueFd target, openIfThere(kernel, path, rootFd));
    if (!target) {
        return {};  // what is not there needs no hiding
    }
    TRY_ASSIGN(const struct stat status, kernel.status(target.get()));
    if (!S_ISDIR(status.st_mode)) {
        TRY_ASSIGN(const UniqueFd null, kernel.cloneTree(nullFd, "", Recursive::No));
        return kernel.attach(null.get(), target.get());
    }
    if (!empty) {
        constexpr std::uint64_t kAttributes =
            MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
        TRY_ASSIGN(empty,
                   kernel.newFilesystem("tmpfs", "tmpfs", {{"size", "0"}, {"mode", "755"}}, kAttributes));
        return kernel.attach(empty.get(), target.get());
    }
    // Only an attached mount can be cloned (before Linux 6.15); `empty` became one above.
    TRY_ASSIGN(const UniqueFd copy, kernel.cloneTree(empty.get(), "", Recursive::No));
    return kernel.attach(copy.get(), target.get());
}

/// A clone of what is there is mounted on itself: the flag belongs to a mount, and the path may be any
/// folder or file within one. Recursive, so that a mount below does not stay writable.
Result<> makePathReadonly(Kernel& kernel, const std::string& path, int rootFd) {
    TRY_ASSIGN(const UniqueFd target, openIfThere(kernel, path, rootFd));
    if (!target) {
        return {};
    }
    TRY_ASSIGN(const UniqueFd tree, kernel.cloneTree(target.get(), "", Recursive::Yes));
    TRY(kernel.setAttributes(tree.get(), {MOUNT_ATTR_RDONLY, 0, 0}, Recursive::Yes));
    return kernel.attach(tree.get(), target.get());
}

}  // namespace

/// Before the root is changed and before anything of the image is looked at: sources are the host's paths.
Result<Sources> openSources(Kernel& kernel, const MountPlan& plan) {
    Sources sources;
    for (const MountStep& step : plan.mounts) {
        UniqueFd source;
        if (step.kind == StepKind::Bind && step.sourceFd >= 0) {
            TRY_ASSIGN(source, sys::duplicateFd(step.sourceFd));
        } else if (step.kind == StepKind::Bind) {
            TRY_ASSIGN(source, openBindSource(kernel, step));
        }
        sources.mounts.push_back(std::move(source));
    }
    for (const DeviceStep& device : plan.devices) {
        TRY_ASSIGN(UniqueFd source, openDevice(kernel, device));
        sources.devices.push_back(std::move(source));
    }
    // Opened on the host, before any name of the image can stand in for it.
    TRY_ASSIGN(sources.null, kernel.openChild(AT_FDCWD, "/dev/null", O_PATH));
    TRY_ASSIGN(const struct stat status, kernel.status(sources.null.get()));
    if (!S_ISCHR(status.st_mode) || status.st_rdev != makedev(1, 3)) {
        return Error(ErrorKind::Corrupt, "'/dev/null' of this host is not the null device");
    }
    return sources;
}

/// Mounts in the bundle's order, then the devices, which may lie in one of them, then the links of /dev.
Result<BuiltTree> buildTree(Kernel& kernel, const MountPlan& plan, Sources& sources, int rootFd) {
    BuiltTree tree;
    for (std::size_t i = 0; i < plan.mounts.size(); ++i) {
        const MountStep& step = plan.mounts[i];
        auto done = performStep(kernel, step, std::move(sources.mounts[i]), rootFd, tree);
        if (!done) {
            return std::move(done).error().context("mount on '" + step.destination + "'");
        }
    }
    TRY(placeDevices(kernel, plan.devices, sources.devices, rootFd));
    auto linked = placeLinks(kernel, rootFd);
    if (!linked) {
        return std::move(linked).error().context("fill '/dev'");
    }
    return tree;
}

/// The last step, since it takes the right to change away: read-only paths, then masks over them, then the
/// mounts and the root that end read-only.
Result<> protectTree(Kernel& kernel, const MountPlan& plan, const Sources& sources, const BuiltTree& tree,
                     int rootFd) {
    for (const std::string& path : plan.readonlyPaths) {
        if (auto done = makePathReadonly(kernel, path, rootFd); !done) {
            return std::move(done).error().context("make '" + path + "' read-only");
        }
    }
    UniqueFd empty;
    for (const std::string& path : plan.masked) {
        if (auto done = maskPath(kernel, path, sources.null.get(), empty, rootFd); !done) {
            return std::move(done).error().context("mask '" + path + "'");
        }
    }
    for (const UniqueFd& mount : tree.readonlyAtEnd) {
        TRY(kernel.setAttributes(mount.get(), {MOUNT_ATTR_RDONLY, 0, 0}, Recursive::No));
    }
    if (plan.readonlyRoot) {
        TRY(kernel.setAttributes(rootFd, {MOUNT_ATTR_RDONLY, 0, 0}, Recursive::No));
    }
    return {};
}

/// The terminal under its usual name, by descriptor: its name in the container's devpts is a number.
Result<> bindConsole(Kernel& kernel, int terminalFd, int rootFd) {
    TRY_ASSIGN(const UniqueFd dev, openRuntimeFolder(kernel, rootFd, "/dev"));
    auto made = kernel.makeFile(dev.get(), "console", 0600);
    if (!made && made.error().kind() != ErrorKind::AlreadyExists) {
        return std::move(made).error().context("create '/dev/console'");
    }
    TRY_ASSIGN(const UniqueFd target, kernel.openChild(dev.get(), "console", O_PATH));
    TRY_ASSIGN(const UniqueFd source, kernel.cloneTree(terminalFd, "", Recursive::No));
    return kernel.attach(source.get(), target.get());
}

}  // namespace coracle::mounts
