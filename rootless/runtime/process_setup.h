// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/config.h"
#include "rootless/runtime/failure.h"
#include "rootless/runtime/labels.h"
#include "rootless/runtime/state.h"
#include "rootless/sys/result.h"
#include "rootless/sys/self.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <linux/filter.h>

/// The last steps of a process on its way into the container's program. The first process and those of `exec`
/// go through the same ones, so an exec can never have more than the container.
namespace coracle::runtime {

/// Filters ready to load, compiled by the parent.
struct Filters {
    std::vector<sock_filter> always;
    std::vector<sock_filter> profile;  ///< empty: unconfined
    oci::SeccompUse use;               ///< what the profile asks for besides its rules
};

/// What a process takes along into its program.
struct ProgramEntry {
    const LabelFiles& labels;
    int agentFd = -1;  ///< packet socket to who informs the seccomp agent; -1: no rule may notify
};

/// Compile or load the filters, in the parent: a profile is text that somebody wrote, and its parser has
/// no place in a process that is half in the container. `first` is the container's first process, whose
/// bounding set decides about conditional rules, so exec gets the same filter.
/// Errors: as seccomp::loadProfile(); a profile is never replaced by none.
Result<Filters> prepareFilters(const SeccompSettings& settings, const oci::Process& first,
                               const std::string& cacheFolder);

/// What the container's annotations say about additional groups (crun's run.oci.keep_original_groups).
sys::Groups groupsOf(const std::map<std::string, std::string>& annotations);

/// Write the process's oomScoreAdj, if it has one, for the calling process: through the host's /proc, before
/// the container's may hide or replace the file, and before forbidTracing(), after which the file belongs to
/// root of the initial namespace. Errors: PermissionDenied below the caller's own, InvalidArgument out of
/// range.
Result<> adjustOomScore(const oci::Process& process);

/// What the kernel is told about the process before it gives up its rights: scheduling and personality.
/// Errors: as in sys/tuning.h; a wish beyond the user's limits is refused, never left out.
Result<> tuneProcess(const oci::Process& process, std::optional<unsigned long> personality);

/// Limits, umask, bounding set, user, working directory. The caller is root of the container, inside its
/// root. Limits first, because the program's user may not raise them; the bounding set needs CAP_SETPCAP.
/// None: done. The failure of a working directory is the command's: 127 for one that is not there, 126 for
/// one that cannot be entered or is outside of the container; all others are the runtime's, as in sys/self.h.
std::optional<Failure> becomeUser(const oci::Process& process, sys::Groups groups);

/// Full path of the command, found like execvp(3) would, as the user it will run as.
/// Errors: NotFound, PermissionDenied.
Result<std::string> findCommand(const oci::Process& process);

/// The environment, with HOME from the container's /etc/passwd if it is not set; "/root" or "/" without
/// an entry. The file is the image's: it is read as a regular file up to 1 MiB and never waited for.
std::vector<std::string> environmentOf(const oci::Process& process);

/// Filters and final capabilities, then the program. The own filter is loaded before the profile's: a
/// profile may forbid seccomp(2), and whatever the order, the strictest answer of all filters holds, so a
/// profile cannot allow what ours refuses. Returns only on failure.
Error enterProgram(const oci::Process& process, const std::string& program,
                   const std::vector<std::string>& env, const Filters& filters, const ProgramEntry& entry);

}  // namespace coracle::runtime
