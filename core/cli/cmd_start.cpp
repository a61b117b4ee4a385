// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/detach_keys.h"
#include "core/cli/session_runner.h"
#include "core/cli/verb_helpers.h"

namespace coracle::cli {
namespace {

/// The session is made by the start itself, so no output is missed between the two.
int startAttached(Context& context, engine::Engine& engine, const std::string& id, bool interactive,
                  const std::string& detachKeys) {
    const auto details = engine.containers().inspect(id);
    if (!details) {
        return reportError(context.console(), details.error());
    }
    SessionOptions options;
    options.tty = details->spec.tty;
    options.standardInput = interactive && details->spec.interactive;
    options.detachKeys = detachKeys;
    if (auto usable = checkTerminal(context.console(), options.tty, options.standardInput); !usable) {
        return reportError(context.console(), usable.error(), 1);
    }
    auto session = engine.containers().start(id, engine::AttachOptions{options.standardInput, false});
    if (!session) {
        return reportError(context.console(), session.error(), startFailureCode(session.error()));
    }
    const auto end = runSession(**session, options);
    if (!end) {
        return reportError(context.console(), end.error());
    }
    return end->exitCode;
}

}  // namespace

int cmdStart(Context& context, const std::string& name, const Words& arguments) {
    bool attach = false;
    bool interactive = false;
    std::string detachKeys = kDefaultDetachKeys;
    ContainerChoice choice;
    VerbParser parser(name, "[OPTIONS] CONTAINER [CONTAINER...]", "Start one or more stopped containers");
    parser.flag("-a,--attach", attach, "Attach output and forward signals")
        .flag("-i,--interactive", interactive, "Attach standard input")
        .option("--detach-keys", detachKeys, "KEYS", "Keys that leave the container running")
        .flag("--all", choice.all, "All that do not run");
    choice.declare(parser, "-f,--filter", "-l,--latest");
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto chosen = choice.choose(engine, ContainersThat::DoNotRun);
    if (!chosen) {
        return reportError(context.console(), chosen.error(), 1);
    }
    if (attach || interactive) {
        if (chosen->size() != 1) {
            return reportError(
                context.console(),
                Error(ErrorKind::InvalidArgument, "only one container can be started and attached at once"),
                1);
        }
        return startAttached(context, engine, chosen->front(), interactive, detachKeys);
    }
    return forEach(context, *chosen, [&](const std::string& id) -> Result<> {
        TRY(engine.containers().start(id, std::nullopt));
        return {};
    });
}

}  // namespace coracle::cli
