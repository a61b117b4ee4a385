// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/trash.h"

namespace coracle::cli {

/// docker's -f covers two wishes: kill a running container, and do not mind a missing one.
int cmdRm(Context& context, const std::string& name, const Words& arguments) {
    bool force = false;
    bool volumes = false;
    bool ignore = false;
    std::optional<std::int64_t> seconds;
    ContainerChoice choice;
    VerbParser parser(name, "[OPTIONS] CONTAINER [CONTAINER...]", "Remove one or more containers");
    parser.flag("-f,--force", force, "Kill it first when it runs; a missing one is no error")
        .refused(
            "-l,--link",
            "containers are not linked by environment variables; the newest one is removed with --latest")
        .flag("-v,--volumes", volumes, "Remove its anonymous volumes too")
        .flag("-a,--all", choice.all, "All that there are")
        .flag("-i,--ignore", ignore, "A missing one is no error")
        .option("-t,--time", seconds, "SECONDS", "Let it end by itself for so long; implies --force");
    choice.declare(parser, "--filter", "--latest");
    choice.declareIdFiles(parser);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    force = force || seconds;
    CORACLE_CLI_ENGINE(engine, context);
    const auto chosen = choice.choose(engine, ContainersThat::Exist);
    if (!chosen) {
        return reportError(context.console(), chosen.error(), 1);
    }
    const Interrupt interrupt;
    const std::string batch = engine::newRemovalBatch();
    return forEachPrinting(context, *chosen, [&](const std::string& id) -> Result<std::string> {
        if (seconds.value_or(0) != 0) {
            // Of one that does not run or is not there, the removal has more to say.
            (void)engine.containers().stop(id, {std::chrono::seconds(*seconds), {}}, interrupt.token());
        }
        auto removed =
            engine.containers().remove(id, {force ? engine::Force::Yes : engine::Force::No, volumes, batch});
        const bool missing = !removed && removed.error().kind() == ErrorKind::NotFound;
        if (!missing || !(force || ignore)) {
            return removed ? Result<std::string>(id) : Result<std::string>(std::move(removed).error());
        }
        if (!ignore) {  // docker tells of it and goes on
            (void)reportError(context.console(), removed.error());
        }
        return std::string();
    });
}

}  // namespace coracle::cli
