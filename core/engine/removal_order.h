// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine_context.h"

#include <string>

namespace coracle::engine {

/// What a removal by a person's order comes to: kept in the trash as the settings say, or deleted at once
/// when they say so or when the disk is nearly full, since room is what is wanted then. An empty batch is one
/// of its own. Errors: Corrupt for the settings.
Result<store::RemovalOrder> orderFor(EngineContext& context, const std::string& batch);

/// After a removal: let a process of its own delete what waits for it, and tidy the trash when something was
/// kept. The command line does so once, at its end.
void lookAfterTrash(EngineContext& context, const store::RemovalOrder& order);

}  // namespace coracle::engine
