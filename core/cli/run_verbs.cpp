// SPDX-License-Identifier: Apache-2.0
#include "core/cli/run_verbs.h"

#include "core/cli/interrupt.h"
#include "core/cli/pull_display.h"
#include "core/cli/verb_helpers.h"

#include <algorithm>

namespace coracle::cli {
namespace {

std::string runHelp(const std::string& name, const std::string& summary) {
    std::string text =
        "Usage:  " + name + " [OPTIONS] IMAGE [COMMAND] [ARG...]\n\n" + summary + "\n\nOptions:\n";
    std::vector<std::pair<std::string, std::string>> lines;
    std::size_t width = 0;
    for (const auto& option : types::runOptionHelp()) {
        std::string left = option.shortName == 0 ? "      " : std::string("  -") + option.shortName + ", ";
        left += "--" + std::string(option.name);
        if (!option.placeholder.empty()) {
            left += " " + std::string(option.placeholder);
        }
        width = std::max(width, left.size());
        lines.emplace_back(std::move(left), option.help);
    }
    for (const auto& [left, right] : lines) {
        text += left + std::string(width - left.size() + 3, ' ') + right + "\n";
    }
    return text;
}

/// With the image at hand nothing takes long, and there is no thread that watches for Ctrl+C: two switches of
/// threads would be a tenth of a container's start.
Result<engine::CreatedContainer> createWatched(engine::Engine& engine, const types::RunSpec& spec,
                                               const types::PullProgress& progress) {
    if (spec.pull != types::PullPolicy::Always && !spec.platform) {
        TRY_ASSIGN(const bool exists, engine.images().exists(spec.image));
        if (exists) {
            return engine.containers().create(spec, progress, {});
        }
    }
    const Interrupt interrupt;
    return engine.containers().create(spec, progress, interrupt.token());
}

}  // namespace

RunWords parseRunWords(Context& context, const std::string& name, const std::string& summary,
                       const Words& arguments) {
    types::RunCommandContext where;
    where.environment = environment;
    where.workingDirectory = currentDirectory();
    auto parsed = types::parseRunCommand(arguments, where);
    if (!parsed) {
        return {reportError(context.console(), parsed.error(), kEngineFailed), {}};
    }
    if (parsed->help) {
        context.console().out(runHelp(name, summary));
        return {0, {}};
    }
    for (const auto& warning : parsed->warnings) {
        context.console().err("coracle: warning: " + warning + "\n");
    }
    return {std::nullopt, *std::move(parsed)};
}

Result<engine::CreatedContainer> createContainer(Context& context, engine::Engine& engine,
                                                 const types::RunSpec& spec) {
    PullDisplay display(context.console(), PullDisplay::styleFor(context.console(), false));
    bool announced = false;
    const auto progress = [&](const types::PullEvent& event) {
        if (!announced) {
            announced = true;
            context.console().err("coracle: fetching image '" + spec.image + "'\n");
        }
        display.show(event);
    };
    TRY_ASSIGN(auto created, createWatched(engine, spec, progress));
    for (const auto& warning : created.warnings) {
        context.console().err("coracle: warning: " + warning + "\n");
    }
    return created;
}

}  // namespace coracle::cli
