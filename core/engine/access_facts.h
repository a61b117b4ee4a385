// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/access_explainer.h"
#include "core/container/user_database.h"
#include "core/types/run_spec.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace coracle::engine {

/// A container's user, as this computer knows it.
struct AccessFacts {
    container::AccessSubject subject;
    container::AccessRemedies remedies;
    std::string text;  ///< "user 999 of the container, 100998 of this computer"
};

/// Translate by the map that the container has or will have. slice: of `--userns auto`. capabilities: its
/// bounding set, which root has. Errors: InvalidArgument for an id that does not exist inside; as
/// userns::containerMaps().
Result<AccessFacts> accessFactsOf(const types::RunSpec& spec, const container::ResolvedUser& user,
                                  const std::vector<std::string>& capabilities, std::uint32_t sliceFirst,
                                  std::uint32_t sliceSize);

/// The steps from a mounted folder to a path below it, looked at without following links. Errors: NotFound;
/// PermissionDenied when this person may not look there either.
Result<std::vector<types::AccessStep>> accessSteps(const std::string& source, const std::string& target,
                                                   const std::string& rest);

}  // namespace coracle::engine
