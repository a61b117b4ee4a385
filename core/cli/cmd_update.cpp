// SPDX-License-Identifier: Apache-2.0
#include "core/cli/resource_words.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/sharing.h"
#include "core/types/mount_text.h"
#include "core/types/run_options.h"

#include <vector>

namespace coracle::cli {
namespace {

/// What --env, --publish, --volume and their opposites take, as it was typed.
struct SharingWords {
    Words env;
    Words noEnv;
    Words publish;
    Words unpublish;
    Words volumes;
    Words mounts;
    Words noVolumes;
};

/// Errors: InvalidArgument naming the option.
Result<types::SharingChange> parseSharing(const SharingWords& words) {
    types::SharingChange change;
    for (const auto* list : {&words.publish, &words.unpublish}) {
        const bool added = list == &words.publish;
        for (const auto& text : *list) {
            auto ports = net::parsePortMappings(text);
            if (!ports) {
                return std::move(ports).error().context(added ? "option '--publish'"
                                                              : "option '--publish-rm'");
            }
            auto& target = added ? change.addPorts : change.removePorts;
            target.insert(target.end(), ports->begin(), ports->end());
        }
    }
    for (const auto* list : {&words.volumes, &words.mounts}) {
        const bool volume = list == &words.volumes;
        for (const auto& text : *list) {
            auto mount = volume ? types::parseVolumeFlag(text, currentDirectory())
                                : types::parseMountFlag(text, currentDirectory());
            if (!mount) {
                return std::move(mount).error().context(volume ? "option '--volume'" : "option '--mount'");
            }
            change.addMounts.push_back(*std::move(mount));
        }
    }
    for (const auto& target : words.noVolumes) {
        if (!target.starts_with('/')) {
            return Error(ErrorKind::InvalidArgument, "option '--volume-rm': '" + target +
                                                         "' is not an absolute path inside the container");
        }
        change.removeTargets.push_back(target);
    }
    return change;
}

/// A name without a value takes the one it has here, as `run` does. Errors: InvalidArgument.
Result<types::EnvironmentChange> parseVariables(const SharingWords& words) {
    types::EnvironmentChange change;
    change.unset = words.noEnv;
    for (const std::string& text : words.env) {
        const auto equals = text.find('=');
        std::string name = text.substr(0, equals);
        if (name.empty()) {
            return Error(ErrorKind::InvalidArgument, "option '--env': '" + text + "' has no name");
        }
        const auto value = equals == std::string::npos ? environment(name) : text.substr(equals + 1);
        if (value) {
            change.set.emplace_back(std::move(name), *value);
        }
    }
    return change;
}

}  // namespace

/// Each option's value is read by the row of the table that `run` uses. Nothing is sent to the engine
/// before all are read.
int cmdUpdate(Context& context, const std::string& name, const Words& arguments) {
    Words names;
    ResourceWords limits(ResourceWords::Which::Updatable);
    VerbParser parser(name, "[OPTIONS] CONTAINER [CONTAINER...]",
                      "Change limits, restart policy, published ports, mounts or variables of one or more\n"
                      "containers, running or not");
    limits.addTo(parser);
    std::optional<std::string> policy;
    SharingWords sharing;
    parser
        .option("-e,--env", sharing.env, "NAME[=VALUE]",
                "Set an environment variable, when the container is started again")
        .option("--unsetenv", sharing.noEnv, "NAME",
                "Take a variable away, when the container is started again")
        .option("-p,--publish", sharing.publish, "[IP:][HOST:]CONTAINER",
                "Make a port reachable on this computer, at once")
        .option("--publish-rm", sharing.unpublish, "[[IP:]HOST:]CONTAINER[/PROTOCOL]",
                "Do not publish a port any more, at once")
        .option("-v,--volume", sharing.volumes, "[SOURCE:]TARGET[:OPTIONS]",
                "Mount a volume or a folder, when the container is started again")
        .option("--mount", sharing.mounts, "KEY=VALUE,...",
                "Mount something, when the container is started again")
        .option("--volume-rm", sharing.noVolumes, "TARGET",
                "Mount nothing there any more, when the container is started again; a volume stays")
        .option("--restart", policy, "POLICY",
                "When it ends: no, on-failure[:TIMES], unless-stopped or always")
        .words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    const auto change = limits.applyTo({});
    if (!change) {
        return reportError(context.console(), change.error());
    }
    std::optional<types::RestartSpec> restart;
    if (policy) {
        auto parsed = types::parseRestart(*policy);
        if (!parsed) {
            return reportError(context.console(), std::move(parsed).error().context("option '--restart'"));
        }
        restart = *std::move(parsed);
    }
    const auto shared = parseSharing(sharing);
    if (!shared) {
        return reportError(context.console(), shared.error());
    }
    const auto variables = parseVariables(sharing);
    if (!variables) {
        return reportError(context.console(), variables.error());
    }
    const bool limited = types::isLimited(*change);
    if (!limited && !restart && shared->isEmpty() && variables->isEmpty()) {
        return reportError(context.console(),
                           Error(ErrorKind::InvalidArgument, "nothing to change was given")
                               .withHint("for example: coracle update --memory 512m " + names.front()));
    }
    CORACLE_CLI_ENGINE(engine, context);
    return forEach(context, names, [&](const std::string& id) -> Result<> {
        if (restart) {
            TRY(engine.resources().setRestart(id, *restart));
        }
        std::vector<std::string> warnings;
        if (limited) {
            TRY_ASSIGN(warnings, engine.resources().update(id, *change));
        }
        if (!shared->isEmpty()) {
            TRY_ASSIGN(const auto more, engine.sharing().changeSharing(id, *shared));
            warnings.insert(warnings.end(), more.begin(), more.end());
        }
        if (!variables->isEmpty()) {
            TRY_ASSIGN(const auto more, engine.sharing().changeEnvironment(id, *variables));
            warnings.insert(warnings.end(), more.begin(), more.end());
        }
        for (const auto& warning : warnings) {
            context.console().err("coracle: warning: " + warning + "\n");
        }
        return {};
    });
}

}  // namespace coracle::cli
