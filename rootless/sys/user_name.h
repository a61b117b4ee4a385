// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

/// Names of users and groups of this computer, for programs that are linked statically, too: getpwuid(3)
/// loads the shared libraries of nsswitch.conf(5), which such a program must not. What /etc/passwd and
/// /etc/group do not have is asked of getent(1), which is as long as a directory service takes. Thread-safe.
namespace coracle::sys {

/// nullopt: nobody knows the number.
std::optional<std::string> userName(uid_t uid);

/// nullopt: nobody knows the number.
std::optional<std::string> groupName(gid_t gid);

/// The name in the row "name:password:NUMBER:..." of passwd(5) or group(5); rows of another form are passed
/// over, as getpwuid(3) does. Pure.
std::optional<std::string> nameInDatabase(const std::string& text, unsigned int number);

}  // namespace coracle::sys
