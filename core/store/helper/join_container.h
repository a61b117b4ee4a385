// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/helper/confine.h"
#include "rootless/sys/result.h"

namespace coracle::store::helper {

/// Go where a container's files are: into its user and mount namespace, whose root becomes ours, with the ids
/// that act for it. A path is looked up by the container's own rules from then on, and no link in it can lead
/// to the host. There is no way back; the process has one thread.
///
/// Security. Its pid namespace is not joined, so its processes do not see this one; a container that shares
/// the host's does, and may not look into it or trace it, as it is not dumpable. Nothing of the container is
/// executed or loaded here, and all we hold of the host are streams. Source: setns(2); ptrace(2), "Ptrace
/// access mode checking".
///
/// processFd: pidfd of a process in it. Gives the ids that files may have there. Errors: NotFound when the
/// process has ended, by errno.
Result<OwnIds> joinContainer(int processFd);

}  // namespace coracle::store::helper
