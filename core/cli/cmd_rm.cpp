// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"
#include "core/engine/trash.h"

namespace coracle::cli {

/// docker's -f covers two wishes: kill a running container, and do not mind a missing one.
int cmdRm(Context& context, const std::string& name, const Words& arguments) {
    bool force = false;
    bool volumes = false;
    Words names;
    VerbParser parser(name, "[OPTIONS] CONTAINER [CONTAINER...]", "Remove one or more containers");
    parser.flag("-f,--force", force, "Kill it first when it runs; a missing one is no error")
        .refused("-l,--link", "containers are not linked by environment variables")
        .flag("-v,--volumes", volumes, "Remove its anonymous volumes too")
        .words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const std::string batch = engine::newRemovalBatch();
    return forEach(context, names, [&](const std::string& id) -> Result<> {
        auto removed =
            engine.containers().remove(id, {force ? engine::Force::Yes : engine::Force::No, volumes, batch});
        const bool missing = !removed && removed.error().kind() == ErrorKind::NotFound;
        return force && missing ? Result<>() : removed;
    });
}

}  // namespace coracle::cli
