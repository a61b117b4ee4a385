// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/user_database.h"
#include "rootless/sys/result.h"

#include <string>
#include <vector>

namespace coracle::container {

/// Read /etc/passwd and /etc/group as a container over these directories would see them, topmost first,
/// without mounting anything. The files are content of a stranger's image: each is opened in its root, never
/// followed out of it, never waited for (a FIFO there is refused at once; security.md A7) and at most 1 MiB
/// is taken. Errors: Corrupt for something that is not a regular file, PermissionDenied.
Result<UserDatabase> readUserDatabase(const std::vector<std::string>& directories);

/// The same for a running container, through /proc/PID/root of its first process.
Result<UserDatabase> readUserDatabaseOfProcess(int pid);

}  // namespace coracle::container
