// SPDX-License-Identifier: Apache-2.0
#include "core/store/ballast.h"

#include "rootless/sys/file.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace coracle::store {
namespace {

/// The log of a removal is some ten pages of 4 KiB; the rest is for what else the disk is asked for
/// meanwhile.
constexpr off_t kBallastBytes = 8 << 20;
/// A disk with less room keeps it for other things.
constexpr std::uint64_t kPlentyBytes = 64ULL << 20U;

}  // namespace

/// Only on a disk with plenty of room: on a full one it would be the last straw. posix_fallocate(3) and
/// not a hole, as its blocks are what it is for.
void keepBallast(const Layout& layout) {
    struct statvfs disk {};
    if (sys::pathExists(layout.ballast()) || ::statvfs(layout.root().c_str(), &disk) != 0 ||
        std::uint64_t{disk.f_bavail} * disk.f_frsize < kPlentyBytes) {
        return;
    }
    const auto file = sys::openAt(AT_FDCWD, layout.ballast(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (!file || ::posix_fallocate(file->get(), 0, kBallastBytes) != 0) {
        (void)dropBallast(layout);  // half a ballast helps as little as none
    }
}

bool dropBallast(const Layout& layout) {
    return ::unlink(layout.ballast().c_str()) == 0;
}

}  // namespace coracle::store
