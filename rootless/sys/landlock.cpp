// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/landlock.h"

#include "rootless/sys/unique_fd.h"

#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace coracle::sys {
namespace {

// COMPAT(linux/landlock.h < 6.2): rights that the headers of the build may not know.
constexpr std::uint64_t kAccessRefer = 1ULL << 13U;
constexpr std::uint64_t kAccessTruncate = 1ULL << 14U;
constexpr std::uint64_t kAccessIoctlDevice = 1ULL << 15U;
/// ABI 2 came with Linux 5.19, ABI 3 (TRUNCATE) with 6.2, ABI 5 (IOCTL_DEV) with 6.10.
constexpr int kAbiWithRefer = 2;

constexpr std::uint64_t kReadRights = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kExecuteRights = kReadRights | LANDLOCK_ACCESS_FS_EXECUTE;
// No right to make block devices, sockets or to execute. Character devices: a whiteout is one.
constexpr std::uint64_t kWriteRights = kReadRights | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                       LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                       LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                       LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                       LANDLOCK_ACCESS_FS_MAKE_SYM | kAccessRefer | kAccessTruncate;
/// Of these a rule for a single file may speak.
constexpr std::uint64_t kFileRights = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                      LANDLOCK_ACCESS_FS_EXECUTE | kAccessTruncate | kAccessIoctlDevice;

/// A ruleset may only name rights that the kernel knows (EINVAL otherwise). What it does not know, it does
/// not restrict, so each right is handled as soon as the kernel offers it.
std::uint64_t rightsOfAbi(long abi) {
    std::uint64_t rights = (1ULL << 13U) - 1;  // all of ABI 1
    if (abi >= 2) {
        rights |= kAccessRefer;
    }
    if (abi >= 3) {
        rights |= kAccessTruncate;
    }
    if (abi >= 5) {
        rights |= kAccessIoctlDevice;
    }
    return rights;
}

std::uint64_t rightsOf(FileAccess access) {
    switch (access) {
    case FileAccess::Read:
        return kReadRights;
    case FileAccess::Execute:
        return kExecuteRights;
    case FileAccess::Write:
        break;
    }
    return kWriteRights;
}

}  // namespace

Result<> restrictFiles(std::span<const FileRule> rules) {
    const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    // COMPAT(kernel < 5.19): without REFER every link and rename between folders is refused.
    if (abi < kAbiWithRefer) {
        return {};
    }
    const std::uint64_t handled = rightsOfAbi(abi);
    landlock_ruleset_attr attributes{};
    // Handled and not allowed by a rule means refused: the rules are a list of exceptions.
    attributes.handled_access_fs = handled;
    const long made =
        ::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0);
    if (made < 0) {
        return Error::fromErrno("make a Landlock ruleset");
    }
    const UniqueFd ruleset(static_cast<int>(made));
    for (const FileRule& wanted : rules) {
        struct stat status {};
        // For a file the kernel refuses a rule with rights that only make sense for folders (EINVAL).
        const bool folder = ::fstat(wanted.fd, &status) != 0 || S_ISDIR(status.st_mode);
        landlock_path_beneath_attr rule{};
        rule.parent_fd = wanted.fd;
        rule.allowed_access = handled & rightsOf(wanted.access) & (folder ? ~std::uint64_t{0} : kFileRights);
        if (::syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
            return Error::fromErrno("add a Landlock rule");
        }
    }
    if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) {
        return Error::fromErrno("restrict file access by Landlock");
    }
    return {};
}

}  // namespace coracle::sys
