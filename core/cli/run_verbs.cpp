// SPDX-License-Identifier: Apache-2.0
#include "core/cli/run_verbs.h"

#include "core/cli/interrupt.h"
#include "core/cli/pull_display.h"
#include "core/cli/verb_helpers.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <optional>

namespace coracle::cli {
namespace {

VerbDescription describe(const std::string& name, const std::string& summary) {
    VerbDescription description{name, "[OPTIONS] IMAGE [COMMAND] [ARG...]", summary, {}};
    for (const auto& option : types::runOptionHelp()) {
        const std::string shortName = option.shortName == 0 ? "" : std::string("-") + option.shortName + ",";
        description.options.push_back({shortName + "--" + std::string(option.name),
                                       std::string(option.placeholder), std::string(option.help)});
    }
    return description;
}

/// Its own one first.
std::vector<std::string> imagesOf(const types::RunSpec& spec) {
    std::vector<std::string> images{spec.image};
    for (const auto& mount : spec.mounts) {
        if (mount.kind == types::MountSpec::Kind::Image) {
            images.push_back(mount.source);
        }
    }
    return images;
}

/// Whether nothing is to be asked of a registry.
Result<bool> imagesAreHere(engine::Engine& engine, const types::RunSpec& spec) {
    if (spec.pull == types::PullPolicy::Always || spec.platform) {
        return false;
    }
    for (const std::string& image : imagesOf(spec)) {
        TRY_ASSIGN(const bool exists, engine.images().exists(image));
        if (!exists) {
            return false;
        }
    }
    return true;
}

}  // namespace

RunWords parseRunWords(Context& context, const std::string& name, const std::string& summary,
                       const Words& arguments) {
    if (context.console().wantsDescriptions()) {
        context.console().takes(describe(name, summary));
        return {0, {}};
    }
    types::RunCommandContext where;
    where.environment = environment;
    where.workingDirectory = currentDirectory();
    auto parsed = types::parseRunCommand(arguments, where);
    if (!parsed) {
        return {reportError(context.console(), parsed.error(), kEngineFailed), {}};
    }
    if (parsed->help) {
        context.console().out(helpText(describe(name, summary)));
        return {0, {}};
    }
    if (parsed->withoutImage) {
        const Error error(ErrorKind::InvalidArgument, "'" + name + "' takes at least 1 argument, the image");
        const std::string hint =
            "usage: " + name + " [OPTIONS] IMAGE [COMMAND] [ARG...]; the image comes after the options";
        return {reportError(context.console(), Error(error).withHint(hint), 1), {}};
    }
    return {std::nullopt, *std::move(parsed)};
}

Result<engine::CreatedContainer> createContainer(Context& context, engine::Engine& engine,
                                                 const types::ParsedRunCommand& parsed) {
    const types::RunSpec& spec = parsed.spec;
    if (parsed.cidFile && sys::pathExists(*parsed.cidFile)) {
        return Error(ErrorKind::AlreadyExists, "container id file '" + *parsed.cidFile + "' exists")
            .withHint("make sure that the other container is not in use, and delete the file");
    }
    if (parsed.replace && !spec.name.empty()) {
        const auto removed = engine.containers().remove(spec.name, {engine::Force::Yes, false});
        if (!removed && removed.error().kind() != ErrorKind::NotFound) {
            return removed.error();
        }
    }
    TRY_ASSIGN(const bool here, imagesAreHere(engine, spec));
    if (!here && spec.pull != types::PullPolicy::Never) {
        TRY(context.needNetwork());
    }
    for (const auto& warning : parsed.warnings) {
        context.console().err("coracle: warning: " + warning + "\n");
    }
    PullDisplay display(context.console(), PullDisplay::styleFor(context.console(), parsed.quiet));
    bool announced = parsed.quiet;
    const auto progress = [&](const types::PullEvent& event) {
        if (!announced) {
            announced = true;
            std::string names;
            for (const std::string& image : imagesOf(spec)) {
                names += (names.empty() ? "'" : " and what is mounted, '") + image + "'";
            }
            context.console().err("coracle: fetching image " + names + "\n");
        }
        display.show(event);
    };
    // With the image at hand nothing takes long, and there is no thread that watches for Ctrl+C: two switches
    // of threads would be a tenth of a container's start.
    std::optional<Interrupt> interrupt;
    if (!here) {
        interrupt.emplace();
    }
    TRY_ASSIGN(auto created, engine.containers().create(spec, progress,
                                                        interrupt ? interrupt->token() : std::stop_token()));
    for (const auto& warning : created.warnings) {
        context.console().err("coracle: warning: " + warning + "\n");
    }
    if (parsed.cidFile) {
        TRY(sys::replaceFile(*parsed.cidFile, created.id, 0644, sys::Durability::Process));
    }
    return created;
}

}  // namespace coracle::cli
