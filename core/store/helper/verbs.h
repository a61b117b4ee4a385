// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <string>
#include <vector>

namespace coracle::store::helper {

/// Carry out one command line of coracle-store (helper_protocol.h); what it prints. Confines the process for
/// good. Errors: InvalidArgument for a wrong command line; the verb's.
Result<std::string> runVerb(const std::vector<std::string>& words);

}  // namespace coracle::store::helper
