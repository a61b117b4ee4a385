// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/create_options.h"
#include "rootless/runtime/verbs.h"
#include "rootless/runtime/warnings.h"

namespace coracle::runtime {

/// Ends as soon as the container waits for `start`; nobody of this program stays with it. Warnings go into
/// the log alone.
Outcome createVerb(const Invocation& invocation) {
    auto options = parseCreateOptions(invocation.words, "create --bundle DIR ID");
    if (!options) {
        return Failure{std::move(options).error()};
    }
    options->create.systemdCgroup = invocation.systemdCgroup;
    auto created = createContainer(invocation.store, options->create, StartMode::Wait);
    if (auto* failure = std::get_if<Failure>(&created)) {
        return std::move(*failure);
    }
    warn(invocation.log, std::get<CreatedContainer>(created).warnings);
    return 0;
}

}  // namespace coracle::runtime
