// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <string>

namespace coracle::sys {

/// One side of a virtual cable.
struct NetworkEnd {
    UniqueFd process;     ///< pidfd of a process in the network namespace
    std::string address;  ///< IPv4; the other side's differs in the last bit alone
};

/// Put a cable (veth) between the network namespaces of two processes: an interface `name` with its address
/// on either side, up, and a route to the other side. One of that name that is there, as after a restart of
/// one of the two, is taken away first. The caller has CAP_SYS_ADMIN in its own user namespace and stands in
/// or above those that own the two; it has one thread, and its own network namespace is the second one's
/// after. Errors: NotFound when a process has ended, Unsupported with a hint when the kernel has no such
/// cables, by errno. Source: veth(4), rtnetlink(7), RFC 3021 (two addresses are enough).
Result<> connectNetworks(const std::string& name, const NetworkEnd& first, const NetworkEnd& second);

}  // namespace coracle::sys
