// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <functional>
#include <string>

#include <sys/stat.h>

namespace coracle::store::helper {

/// Give the open file or folder `fd` the owner, mode, extended attributes (user.* and
/// security.capability) and times of `from`, an open descriptor of the original. Owner first: changing it
/// clears set-user-ID bits and file capabilities. Errors: by errno; an attribute that the target's file
/// system does not know is left out.
Result<> copyMetadata(int from, int fd, const struct stat& status);

/// Copy one file that is not a folder, its metadata included; device nodes other than whiteouts are left out.
/// Content shares blocks with the original where the file system can.
/// copied: bytes of its content since the last call. Errors: AlreadyExists when the new name is taken; by
/// errno.
Result<> copyFileAt(int fromFolder, const std::string& fromName, int toFolder, const std::string& toName,
                    const std::function<void(std::uint64_t)>& copied = {});

/// Give folder `to` the owner, mode, attributes and times of folder `from` (both names in their parents).
/// Errors: by errno.
Result<> copyFolderAt(int fromParent, const std::string& from, int toParent, const std::string& to);

/// Copy the content of folder `from` into folder `to` (both names in their parents), which exists; names
/// that are taken there are an error. Hard links within the tree stay together. Stays within one file
/// system. copied: bytes of the files so far. Errors: as walkTree(), copyFileAt(). What was
/// copied until then stays.
Result<> copyTreeAt(int fromParent, const std::string& from, int toParent, const std::string& to,
                    std::function<void(std::uint64_t)> copied = {});

}  // namespace coracle::store::helper
