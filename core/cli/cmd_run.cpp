// SPDX-License-Identifier: Apache-2.0
#include "core/cli/detach_keys.h"
#include "core/cli/program_hint.h"
#include "core/cli/run_verbs.h"
#include "core/cli/session_runner.h"
#include "core/cli/verb_helpers.h"

#include <algorithm>

namespace coracle::cli {
namespace {

Error explained(const Error& error, const types::RunSpec& spec) {
    return spec.entrypoint ? withEntrypointHint(error, *spec.entrypoint)
                           : withProgramHint(error, spec.command, "the image");
}

/// --rm on the way out. The container's monitor starts `container cleanup` to the same end; whoever comes
/// second finds none, which is success; one that runs on after an error is removed at its end. Another error
/// is told and does not change the program's exit code.
void removeQuietly(Context& context, engine::Engine& engine, const std::string& id) {
    const auto removed = engine.containers().remove(id, {engine::Force::No, true});
    if (!removed && removed.error().kind() != ErrorKind::NotFound &&
        removed.error().kind() != ErrorKind::Conflict) {
        (void)reportError(context.console(), removed.error());
    }
}

bool attaches(const types::RunSpec& spec, const char* stream) {
    return spec.attach.empty() ||
           std::find(spec.attach.begin(), spec.attach.end(), stream) != spec.attach.end();
}

/// From here on the container exists: with --rm it is removed when its start failed or its end was seen. One
/// that runs on is left to its monitor.
int runForeground(Context& context, engine::Engine& engine, const types::ParsedRunCommand& parsed,
                  const std::string& id) {
    const types::RunSpec& spec = parsed.spec;
    const bool input = spec.interactive && attaches(spec, "stdin");
    auto session = engine.containers().start(id, engine::AttachOptions{input, false});
    if (!session) {
        if (spec.removeWhenStopped) {
            removeQuietly(context, engine, id);
        }
        return reportError(context.console(), explained(session.error(), spec),
                           startFailureCode(session.error()));
    }
    SessionOptions options;
    options.tty = spec.tty;
    options.standardInput = input;
    options.standardOutput = attaches(spec, "stdout");
    options.standardError = attaches(spec, "stderr");
    if (!options.standardOutput && !options.standardError) {
        context.console().out(id + "\n");
        context.console().flush();
    }
    options.detachKeys = parsed.detachKeys.value_or(kDefaultDetachKeys);
    options.signalProxy = parsed.signalProxy;
    auto end = runSession(**session, options);
    int exitCode = 0;
    if (end) {
        if (end->detached) {
            return end->exitCode;
        }
        exitCode = end->exitCode;
    } else {
        (void)reportError(context.console(), end.error());
        if (end.error().kind() != ErrorKind::Unavailable) {
            return kEngineFailed;
        }
        // The monitor is gone; the program may go on. What it wrote meanwhile is not all here, so a good end
        // is none for whoever reads it.
        const auto waited = engine.containers().wait(id, {});
        exitCode = waited && *waited != 0 ? *waited : kEngineFailed;
    }
    if (spec.removeWhenStopped) {
        removeQuietly(context, engine, id);
    }
    return exitCode;
}

}  // namespace

int cmdRun(Context& context, const std::string& name, const Words& arguments) {
    const auto words =
        parseRunWords(context, name, "Create and run a new container from an image", arguments);
    if (words.exitCode) {
        return *words.exitCode;
    }
    const auto& spec = words.parsed.spec;
    if (words.parsed.detachKeys) {
        if (auto keys = DetachKeys::parse(*words.parsed.detachKeys); !keys) {
            return reportError(context.console(), keys.error(), kEngineFailed);
        }
    }
    if (!spec.detach) {
        const bool input = spec.interactive && attaches(spec, "stdin");
        if (auto usable = checkTerminal(context.console(), spec.tty, input); !usable) {
            return reportError(context.console(), usable.error(), 1);
        }
    }
    if (auto handed = requireHandedOn(words.parsed.preservedFds); !handed) {
        return reportError(context.console(), handed.error(), kEngineFailed);
    }
    auto opened = context.engine();
    if (!opened) {
        return reportError(context.console(), opened.error(), kEngineFailed);
    }
    engine::Engine& engine = **opened;
    engine.containers().prepareStart(words.parsed.preservedFds);
    const auto created = createContainer(context, engine, words.parsed);
    if (!created) {
        return reportError(context.console(), created.error(), kEngineFailed);
    }
    context.console().flush();
    if (!spec.detach) {
        return runForeground(context, engine, words.parsed, created->id);
    }
    if (auto started = engine.containers().start(created->id, std::nullopt); !started) {
        if (spec.removeWhenStopped) {
            removeQuietly(context, engine, created->id);
        }
        return reportError(context.console(), explained(started.error(), spec),
                           startFailureCode(started.error()));
    }
    context.console().out(created->id + "\n");
    return 0;
}

}  // namespace coracle::cli
