// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <chrono>
#include <string>

struct sd_bus;

namespace coracle::keyring {

/// Long enough to find the password, and shorter than whoever started this program waits.
inline constexpr std::chrono::seconds kPromptLimit{60};

/// Let the service ask the person what it has to ask, in a window of its own, and wait for the end of that,
/// for the end of the service, or for the limit. It takes its window away when our connection ends, so the
/// death of this program cancels it. `situation`: "the keyring is locked". Nobody is asked where no screen
/// is, as in a session over ssh: the window would open before somebody else, or nobody. Errors: Unavailable
/// saying why it did not come to an answer.
Result<> runPrompt(sd_bus* bus, const std::string& path, const std::string& situation);

}  // namespace coracle::keyring
