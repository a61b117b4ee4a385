// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/console.h"
#include "core/types/removal.h"

#include <cstdint>
#include <string>
#include <vector>

namespace coracle::cli {

/// docker's question before something that deletes: `warning`, then "Are you sure you want to continue?
/// [y/N]". Anything but y and yes, and the end of the input, is no. Prints on standard output, as docker
/// does.
bool confirm(Console& console, const std::string& warning);

/// Say that nothing was done, in docker's words; the exit code.
int cancelled(Console& console, const std::string& verb);

/// "container 'web'", safe for a terminal; an image without a name by its short id.
std::string describe(types::ObjectKind kind, const std::string& name, const std::string& id);

/// The same of something in the trash: "what was in volume 'db'".
std::string describe(const types::Removal& removal);

}  // namespace coracle::cli
