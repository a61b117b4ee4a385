// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/runtime/state.h"
#include "rootless/sys/namespace_members.h"
#include "rootless/sys/result.h"

#include <vector>

namespace coracle::runtime {

/// Every process in the container's process namespace and in those below it, or, where the container
/// shares its caller's, every process in the container's mount namespace, which is always its own. The
/// first process is the first, the others follow by number. A snapshot: processes may have come and gone
/// when it is read.
/// Not found by control group: without delegation there is none, and a process may sit in another one.
/// Costs a look at every process of the machine that the caller may see.
/// Errors: Conflict when the container does not run.
Result<std::vector<sys::NamespaceMember>> processesOf(const ContainerState& state);

/// Send a signal to all of them, until a look finds none that did not get it. One that ends before its
/// turn is no error. Errors: Conflict when the container does not run, Unavailable when it forks faster
/// than it is seen.
Result<> signalAll(const ContainerState& state, int signal);

/// SIGKILL to the container, and its end; none of it when it has ended by itself.
/// Errors: Unavailable when it does not end, others when the kernel does not tell whether it lives.
Result<> killAndWait(const ContainerState& state);

}  // namespace coracle::runtime
