// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/container_paths.h"
#include "core/container/process_snapshot.h"
#include "core/types/resource_spec.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include <sys/types.h>

/// What a running container takes, read from the kernel's own files.
namespace coracle::container {

/// Whether its control group is frozen; false when it has none or it cannot be read.
bool isPaused(const ContainerPaths& paths);

/// Let a frozen container go on, as far as that is possible: a signal only reaches it then.
void thaw(const ContainerPaths& paths);

/// Gives processes of the moment, this one among them while it lives; asked only for a container without a
/// control group.
using SnapshotSource = std::function<Result<std::shared_ptr<const ProcessSnapshot>>(pid_t)>;

/// By its control group. Without one, on hosts that hand none to a user, the same numbers are added up over
/// the processes in its pid namespace: right for what lives, without what has ended.
/// firstProcess: on the host. Errors: NotFound when it has just ended.
Result<types::ContainerStats> readStats(const ContainerPaths& paths, pid_t firstProcess,
                                        const SnapshotSource& processes);

/// Bytes received and sent over everything but the loopback, from a text of /proc/PID/net/dev. Pure.
struct NetworkTraffic {
    /// Bytes, without loopback.
    std::uint64_t received = 0;
    std::uint64_t sent = 0;
};
NetworkTraffic parseNetworkTraffic(std::string_view text);

}  // namespace coracle::container
