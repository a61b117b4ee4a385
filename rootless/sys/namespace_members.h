// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <string>
#include <vector>

#include <sys/types.h>

/// Who is in a namespace. Costs a look at every process of the machine that the caller may see.
namespace coracle::sys {

/// The descriptor names the process for ever; its number as the caller sees it may be reused.
struct NamespaceMember {
    pid_t pid = 0;
    UniqueFd pidFd;
};

/// Whether processes in namespaces below the wanted one count, which process and user namespaces have.
enum class Below : bool { No, Yes };

/// By number. A moment's view: processes come and go while it is made. `kind` is the name in /proc/PID/ns of
/// what the descriptor is ("mnt", "pid"). Errors: by errno.
Result<std::vector<NamespaceMember>> membersOf(int namespaceFd, const std::string& kind, Below below);

/// SIGKILL to all, in rounds, until a look finds nobody who did not get it. The open descriptor keeps the
/// kernel from giving the namespace's number to another one, so no stranger is met. Errors: by errno,
/// Unavailable when they fork faster than they are seen.
Result<> killMembers(int namespaceFd, const std::string& kind);

}  // namespace coracle::sys
