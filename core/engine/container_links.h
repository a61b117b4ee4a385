// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine_context.h"

#include <sys/types.h>

/// Links between containers that run (core/container/link_plan.h says what a link is). A link is made when
/// the container that has it starts, and again when the other one does; it goes with the network of either.
///
/// That the other one can find those that lead to it, each leaves a mark in the other's run folder. Whoever
/// is about to run looks, with a lock held, for the process of the other side: of two that start at once, the
/// second finds the first.
namespace coracle::engine {

/// Whether what the links lead to runs. Errors: Conflict with what to start or make again.
Result<> checkLinks(EngineContext& context, const KnownContainer& known);

/// Make the links of a container, and those that lead to it, between its network and those of the others that
/// run. pid: its first process, which waits for its program. Blocks for some milliseconds for each link.
/// Errors: Unavailable with what the kernel said.
Result<> makeLinks(EngineContext& context, const KnownContainer& known, pid_t pid);

/// A container's environment as an image made of it may have it.
std::vector<std::string> withoutLinkVariables(const container::RecordDetails& details);

}  // namespace coracle::engine
