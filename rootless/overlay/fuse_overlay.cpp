// SPDX-License-Identifier: Apache-2.0
#include "rootless/overlay/fuse_overlay.h"

#include "rootless/overlay/fuse_confinement.h"
#include "rootless/sys/file.h"
#include "rootless/sys/kernel.h"
#include "rootless/sys/subprocess.h"

#include <fcntl.h>

namespace coracle::overlay {
namespace {

/// The program takes its folders in one comma-separated text and knows no escape that all versions agree on.
Result<> checkPath(const std::string& path) {
    if (path.find_first_of(":,\\") != std::string::npos) {
        return Error(ErrorKind::Unsupported,
                     "mount fuse-overlayfs: '" + path + "' holds a colon, comma or backslash")
            .withHint("move the store to a path without these characters");
    }
    return {};
}

/// Options are separated by ',' and layers by ':', which is why checkPath() refuses paths that hold one.
Result<std::string> optionsOf(const MountRequest& request) {
    std::string options = "lowerdir=";
    for (std::size_t i = 0; i < request.lower.size(); ++i) {
        TRY(checkPath(request.lower[i]));
        options += (i == 0 ? "" : ":") + request.lower[i];
    }
    TRY(checkPath(request.upper));
    TRY(checkPath(request.work));
    options += ",upperdir=" + request.upper + ",workdir=" + request.work;
    if (request.isVolatile) {
        options += ",volatile";
    }
    if (!request.uidMapping.empty()) {
        options += ",uidmapping=" + request.uidMapping;
    }
    if (!request.gidMapping.empty()) {
        options += ",gidmapping=" + request.gidMapping;
    }
    return options;
}

}  // namespace

/// The mount is made here and not by the program, which so needs no CAP_SYS_ADMIN: with it, it could undo
/// its own confinement. A request that comes before the program serves waits in the kernel.
Result<> FuseOverlay::mount(const MountRequest& request) const {
    const auto program = m_program.find('/') == std::string::npos ? sys::findProgram(m_program)
                                                                  : std::optional<std::string>(m_program);
    if (!program) {
        return Error(ErrorKind::NotFound, "mount fuse-overlayfs: the program is not installed")
            .withHint("install fuse-overlayfs");
    }
    auto device = sys::openAt(AT_FDCWD, "/dev/fuse", O_RDWR);
    if (!device) {
        return Error(ErrorKind::Unsupported, "mount fuse-overlayfs: " + device.error().message())
            .withHint("load the module 'fuse' and let users open /dev/fuse, or use the driver overlay");
    }
    TRY_ASSIGN(const std::string options, optionsOf(request));
    TRY(sys::mountFuse(request.target, "fuse-overlayfs", device->get()));
    // libfuse takes "/dev/fd/N" for a file system that is mounted already. Source: libfuse 3.3,
    // fuse_mnt_parse_fuse_fd.
    FuseRun run{*program,
                {*program, "-o", options, "/dev/fd/" + std::to_string(device->get())},
                device->get(),
                &request};
    auto served = runConfined(run);
    if (!served) {
        (void)sys::detachMount(request.target);  // the first error counts
    }
    return served;
}

}  // namespace coracle::overlay
