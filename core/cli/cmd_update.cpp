// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"
#include "core/types/resource_text.h"
#include "core/types/run_options.h"

#include <vector>

namespace coracle::cli {
namespace {

/// The words of the limits as the parser takes them, one for each option that `update` knows.
struct Given {
    const types::ResourceOption* option = nullptr;
    std::optional<std::string> value;
};

std::vector<Given> updatableOptions() {
    std::vector<Given> list;
    for (const auto& option : types::resourceOptions()) {
        if (option.updatable) {
            list.push_back({&option, std::nullopt});
        }
    }
    return list;
}

std::string spellings(const types::ResourceOption& option) {
    const std::string name = "--" + std::string(option.name);
    return option.shortName == 0 ? name : std::string("-") + option.shortName + "," + name;
}

}  // namespace

/// Each option's value is read by the row of the table that `run` uses. Nothing is sent to the engine
/// before all are read.
int cmdUpdate(Context& context, const std::string& name, const Words& arguments) {
    Words names;
    std::vector<Given> given = updatableOptions();
    VerbParser parser(name, "[OPTIONS] CONTAINER [CONTAINER...]",
                      "Change the limits or the restart policy of one or more containers, running or not");
    for (Given& entry : given) {
        parser.option(spellings(*entry.option), entry.value, std::string(entry.option->placeholder),
                      std::string(entry.option->help));
    }
    std::optional<std::string> policy;
    parser
        .option("--restart", policy, "POLICY",
                "When it ends: no, on-failure[:TIMES], unless-stopped or always")
        .words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    types::ResourceSpec change;
    for (const Given& entry : given) {
        if (!entry.value) {
            continue;
        }
        if (auto applied = entry.option->apply(change, *entry.value); !applied) {
            return reportError(context.console(), std::move(applied).error().context(
                                                      "option '--" + std::string(entry.option->name) + "'"));
        }
    }
    std::optional<types::RestartSpec> restart;
    if (policy) {
        auto parsed = types::parseRestart(*policy);
        if (!parsed) {
            return reportError(context.console(), std::move(parsed).error().context("option '--restart'"));
        }
        restart = *std::move(parsed);
    }
    const bool limited = types::isLimited(change);
    if (!limited && !restart) {
        return reportError(context.console(),
                           Error(ErrorKind::InvalidArgument, "nothing to change was given")
                               .withHint("for example: coracle update --memory 512m " + names.front()));
    }
    CORACLE_CLI_ENGINE(engine, context);
    return forEach(context, names, [&](const std::string& id) -> Result<> {
        if (restart) {
            TRY(engine.resources().setRestart(id, *restart));
        }
        if (!limited) {
            return {};
        }
        TRY_ASSIGN(const auto warnings, engine.resources().update(id, change));
        for (const auto& warning : warnings) {
            context.console().err("coracle: warning: " + warning + "\n");
        }
        return {};
    });
}

}  // namespace coracle::cli
