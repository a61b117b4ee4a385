// SPDX-License-Identifier: Apache-2.0
#include "rootless/overlay/kernel_overlay.h"

#include "rootless/sys/file.h"
#include "rootless/sys/kernel.h"

#include <fcntl.h>

namespace coracle::overlay {
namespace {

/// A descriptor for each folder: "/proc/self/fd/7" is short, needs no escaping of ':' and ',', and does
/// not show the host's paths in the container's /proc/self/mountinfo. Short matters: all options have to
/// fit one page, which long paths would use up after some thirty layers. They may be closed when the mount
/// is made.
class Folders {
public:
    /// The name is valid while this object lives, which is until the mount call has returned: overlayfs
    /// holds the folders itself from then on.
    Result<std::string> add(const std::string& path) {
        TRY_ASSIGN(sys::UniqueFd fd, sys::openDirectory(path));
        std::string name = "/proc/self/fd/" + std::to_string(fd.get());
        m_fds.push_back(std::move(fd));
        return name;
    }

private:
    std::vector<sys::UniqueFd> m_fds;
};

/// The kernel has one errno for many reasons, so the likely one for each is given as a hint.
/// "incompat/volatile" is the mark that the kernel leaves in a work folder mounted with `volatile`
/// (overlayfs.rst, "Volatile mount").
Error explain(Error error, const MountRequest& request) {
    if (error.sysErrno() == EINVAL && sys::pathExists(request.work + "/work/incompat/volatile")) {
        return std::move(error).withHint(
            "the writable layer was mounted without syncing and cannot be used again; "
            "create a new container");
    }
    switch (error.sysErrno()) {
    case ENODEV:
        return std::move(error).withHint("the kernel has no overlay file system; load the module 'overlay'");
    case EPERM:
        // COMPAT(kernel < 5.11): no overlay in user namespaces.
        return std::move(error).withHint(
            "this kernel allows no overlay mounts in user namespaces; use fuse-overlayfs");
    case EINVAL:
        return std::move(error).withHint(
            "the store's file system cannot hold an upper layer (no d_type or extended "
            "attributes), or the kernel is older than 5.11; use fuse-overlayfs");
    default:
        return error;
    }
}

}  // namespace

/// Layers by short names of descriptors: the data of mount(2) is one page (4096 bytes), which some forty
/// layers with long paths would fill. userxattr because a user namespace may not write trusted.*
/// attributes (overlayfs.rst, "User xattr").
Result<> KernelOverlay::mount(const MountRequest& request) const {
    if (!request.uidMapping.empty() || !request.gidMapping.empty()) {
        return Error(ErrorKind::Unsupported, "mount overlay: the kernel cannot translate ids")
            .withHint("use the driver fuse-overlayfs for this user namespace mode");
    }
    Folders folders;
    std::string options = "lowerdir=";
    for (std::size_t i = 0; i < request.lower.size(); ++i) {
        TRY_ASSIGN(const std::string folder, folders.add(request.lower[i]));
        options += (i == 0 ? "" : ":") + folder;
    }
    TRY_ASSIGN(const std::string upper, folders.add(request.upper));
    TRY_ASSIGN(const std::string work, folders.add(request.work));
    options += ",upperdir=" + upper + ",workdir=" + work + ",userxattr";
    if (request.isVolatile) {
        options += ",volatile";
    }
    auto mounted = sys::mountOverlay(request.target, options);
    if (!mounted) {
        return explain(std::move(mounted).error(), request);
    }
    return {};
}

}  // namespace coracle::overlay
