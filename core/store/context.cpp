// SPDX-License-Identifier: Apache-2.0
#include "core/store/context.h"

#include "core/store/helper_protocol.h"
#include "core/text/units.h"
#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"

#include <algorithm>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace coracle::store {
namespace {

/// The helper's errors come as one line of JSON and keep their kind and errno (helper_protocol.h).
Result<std::string> outputOf(Result<sys::CapturedOutput> captured) {
    if (!captured) {
        return std::move(captured).error();
    }
    if (!captured->status.success()) {
        return helperFailure(captured->status, captured->standardError);
    }
    return std::move(captured->standardOutput);
}

}  // namespace

Result<std::vector<std::string>> helperWords(const StoreContext& context) {
    TRY_ASSIGN(std::string program, sys::findHelper("coracle-store"));
    return std::vector<std::string>{std::move(program), "--namespace",
                                    context.mapping == IdMapping::Kept ? "kept" : "single", "--keeper",
                                    context.layout.keeperDir()};
}

Result<std::string> runHelper(const StoreContext& context, const std::vector<std::string>& words,
                              std::stop_token stop) {
    sys::SpawnOptions options;
    TRY_ASSIGN(options.argv, helperWords(context));
    options.argv.insert(options.argv.end(), words.begin(), words.end());
    return outputOf(sys::runAndCapture(std::move(options), stop, kMaxResultBytes));
}

Result<std::string> runHelperWithInput(const StoreContext& context, const std::vector<std::string>& words,
                                       const std::string& input, std::stop_token stop) {
    // A file in memory: nothing to pump while the helper runs.
    const sys::UniqueFd file(::memfd_create("coracle-store input", MFD_CLOEXEC));
    if (!file) {
        return Error::fromErrno("make a file in memory");
    }
    TRY(sys::writeAll(file.get(), input));
    if (::lseek(file.get(), 0, SEEK_SET) != 0) {
        return Error::fromErrno("rewind a file in memory");
    }
    TRY_ASSIGN(auto argv, helperWords(context));
    argv.insert(argv.end(), words.begin(), words.end());
    sys::SpawnOptions options;
    options.argv = std::move(argv);
    TRY_ASSIGN(sys::Pipe errors, sys::makePipe());
    options.fds = {{file.get(), 0}, {errors.writeEnd.get(), 1}, {errors.writeEnd.get(), 2}};
    TRY_ASSIGN(sys::Subprocess child, sys::Subprocess::spawn(options));
    errors.writeEnd.reset();
    TRY_ASSIGN(const sys::ExitStatus status, child.wait(stop));
    TRY_ASSIGN(std::string text, sys::readAll(errors.readEnd.get()));
    if (!status.success()) {
        return helperFailure(status, text);
    }
    return text;
}

/// A look ahead and no reservation: others may fill the disk meanwhile. Without the reserve the database
/// could not even record a removal.
Result<> requireDiskSpace(const Layout& layout, std::uint64_t bytes, const std::string& what,
                          std::uint64_t reservedBytes) {
    struct statvfs disk {};
    if (::statvfs(layout.root().c_str(), &disk) != 0) {
        return Error::fromErrno("look at the free space of '" + layout.root() + "'");
    }
    const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
    const std::uint64_t reserved = std::max(reservedBytes, kReservedBytes);
    if (free >= bytes && free - bytes >= reserved) {
        return {};
    }
    return Error(ErrorKind::Io,
                 what + ": no space left on the disk of '" + layout.root() + "': " +
                     text::humanSize(bytes + reserved) + " needed, " + text::humanSize(free) + " free",
                 ENOSPC)
        .withHint("free some space on the disk, prune images that are not used, or empty the trash");
}

/// xfs frees the blocks of deleted files in the background, and all of them at once when an allocation would
/// fail otherwise. The blocks go back by a truncation, which is not put off as the end of a deleted file is.
/// btrfs counts them as free when its transaction has been written.
void settleFreeSpace(const Layout& layout, std::uint64_t bytes) {
    struct statfs disk {};
    if (::statfs(layout.root().c_str(), &disk) != 0) {
        return;
    }
    if (disk.f_type == BTRFS_SUPER_MAGIC) {
        const auto root = sys::openAt(AT_FDCWD, layout.root(), O_RDONLY | O_DIRECTORY);
        if (root) {
            (void)::syncfs(root->get());
        }
        return;
    }
    if (disk.f_type != XFS_SUPER_MAGIC) {
        return;
    }
    const auto file = sys::openAt(AT_FDCWD, layout.root(), O_RDWR | O_TMPFILE, 0600);
    if (file) {
        (void)::fallocate(file->get(), 0, 0, static_cast<off_t>(bytes));
        (void)::ftruncate(file->get(), 0);
    }
}

}  // namespace coracle::store
