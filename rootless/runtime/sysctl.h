// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/userns/id_map.h"

#include <cstdint>
#include <map>
#include <string>

namespace coracle::runtime {

/// Whether the sysctls belong to namespaces that the container has for itself; one that does not would change
/// the host or another container. Pure. Errors: InvalidArgument. Source: namespaces(7); OCI runtime-spec 1.1,
/// "sysctl".
Result<> checkSysctls(const std::map<std::string, std::string>& sysctls, std::uint64_t ownNamespaces);

/// Let every group of the container send an echo request and nothing else by a socket of its own kind
/// (`ping` without CAP_NET_RAW), unless the bundle says otherwise. The two ends of the range have to be
/// mapped. Pure. Source: icmp(7), ping_group_range.
void allowPing(const userns::IdMap& gids, std::map<std::string, std::string>& sysctls);

/// Write them through a proc file system by descriptor, so that nothing mounted on /proc can take the
/// write. Any instance will do: below sys, proc shows the namespaces of whoever looks. Errors: by errno,
/// with the name.
Result<> applySysctls(const std::map<std::string, std::string>& sysctls, int procFd);

}  // namespace coracle::runtime
