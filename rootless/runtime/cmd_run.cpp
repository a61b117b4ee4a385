// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/container_group.h"
#include "rootless/runtime/create_options.h"
#include "rootless/runtime/terminal_relay.h"
#include "rootless/runtime/verbs.h"
#include "rootless/runtime/warnings.h"

namespace coracle::runtime {

/// Create, start, wait and delete as one. The exit code is the program's; what cannot be removed
/// afterwards is found by the next container with this id.
Outcome runVerb(const Invocation& invocation) {
    auto options = parseCreateOptions(invocation.words, "run --bundle DIR ID");
    if (!options) {
        return Failure{std::move(options).error()};
    }
    options->create.console.foreground = !options->detach;
    options->create.systemdCgroup = invocation.systemdCgroup;
    auto created = createContainer(invocation.store, options->create, StartMode::AtOnce);
    if (auto* failure = std::get_if<Failure>(&created)) {
        return std::move(*failure);
    }
    auto& container = std::get<CreatedContainer>(created);
    warn(invocation.log, container.warnings);
    if (options->detach) {
        return 0;
    }
    auto code = superviseForeground(container);
    if (!options->keep) {
        (void)removeGroupOf(invocation.store.folder(options->create.id));
        (void)invocation.store.remove(options->create.id);  // ignored: the exit code matters more
        if (container.hooks) {
            (void)container.hooks->run(HookPoint::Poststop, Status::Stopped, 0);  // each says what went wrong
        }
    }
    return toOutcome(std::move(code));
}

}  // namespace coracle::runtime
