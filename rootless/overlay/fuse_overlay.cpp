// SPDX-License-Identifier: Apache-2.0
#include "rootless/overlay/fuse_overlay.h"

#include "rootless/sys/file.h"
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

Result<> FuseOverlay::mount(const MountRequest& request) const {
    // Asked first: the program's own words for a missing device do not name it.
    if (const auto device = sys::openAt(AT_FDCWD, "/dev/fuse", O_RDWR); !device) {
        return Error(ErrorKind::Unsupported, "mount fuse-overlayfs: " + device.error().message())
            .withHint("load the module 'fuse' and let users open /dev/fuse, or use the driver overlay");
    }
    TRY_ASSIGN(const std::string options, optionsOf(request));
    sys::SpawnOptions spawn;
    spawn.argv = {m_program, "-o", options, request.target};
    spawn.workingDirectory = "/";
    // It goes to the background by itself once the file system is mounted.
    auto output = sys::runAndCapture(std::move(spawn));
    if (!output) {
        auto error = std::move(output).error().context("mount fuse-overlayfs");
        return error.kind() == ErrorKind::NotFound ? std::move(error).withHint("install fuse-overlayfs")
                                                   : std::move(error);
    }
    if (!output->status.success()) {
        const std::string& said = output->standardError;
        return Error(ErrorKind::Unsupported, "mount fuse-overlayfs: " + said.substr(0, said.find('\n')));
    }
    return {};
}

}  // namespace coracle::overlay
