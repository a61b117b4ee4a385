// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/mount_overlays.h"

#include "rootless/sys/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

/// Owner before mode: chown(2) clears bits of it.
Result<> makeUpper(const std::string& upper, const std::string& covered) {
    if (sys::pathExists(upper)) {
        return {};
    }
    TRY_ASSIGN(const sys::UniqueFd original, sys::openDirectory(covered));
    struct stat status {};
    if (::fstat(original.get(), &status) != 0) {
        return Error::fromErrno("look at '" + covered + "'");
    }
    TRY(sys::makeDirectories(upper, 0700));
    TRY_ASSIGN(const sys::UniqueFd made, sys::openAt(AT_FDCWD, upper, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    if (::fchown(made.get(), status.st_uid, status.st_gid) != 0 ||
        ::fchmod(made.get(), status.st_mode & 07777U) != 0) {
        return Error::fromErrno("set owner and mode of '" + upper + "'");
    }
    return {};
}

/// What the last run wrote, with the work folder, which belongs to it.
Result<> forget(const overlay::MountRequest& request) {
    TRY(sys::removeTree(request.upper));
    return sys::removeTree(request.work);
}

}  // namespace

void nameParts(mounts::MountPlan& plan, const oci::Extension& extension) {
    for (mounts::MountStep& step : plan.mounts) {
        for (const oci::MountOverlay& overlay : extension.mountOverlays) {
            if (step.destination == overlay.destination) {
                step.subpath = overlay.subpath;
            }
        }
        for (const oci::MountPart& part : extension.parts) {
            if (step.destination == part.destination) {
                step.subpath = part.subpath;
            }
        }
    }
}

Result<std::vector<overlay::MountRequest>> prepareMountOverlays(const oci::Extension& extension,
                                                                const overlay::MountRequest& root) {
    std::vector<overlay::MountRequest> requests;
    for (const oci::MountOverlay& wanted : extension.mountOverlays) {
        overlay::MountRequest request;
        request.lower = wanted.lower;
        request.upper = wanted.folder + "/upper";
        request.work = wanted.folder + "/work";
        request.target = wanted.folder + "/merged";
        auto made = Result<>();
        if (wanted.ofImage) {
            request.uidMapping = root.uidMapping;
            request.gidMapping = root.gidMapping;
            made = forget(request);
        }
        if (made) {
            made = makeUpper(request.upper, wanted.lower.front());
        }
        if (made) {
            made = sys::makeDirectories(request.work, 0700);
        }
        if (made) {
            made = sys::makeDirectories(request.target, 0700);
        }
        if (!made) {
            return std::move(made).error().context("overlay on '" + wanted.destination + "'");
        }
        requests.push_back(std::move(request));
    }
    return requests;
}

}  // namespace coracle::runtime
