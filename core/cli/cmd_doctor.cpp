// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"
#include "core/text/escape.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::cli {
namespace {

using types::CheckState;

const char* word(CheckState state) {
    switch (state) {
    case CheckState::Ok:
        return "ok";
    case CheckState::Hint:
        return "hint";
    case CheckState::Warn:
        return "warn";
    case CheckState::Fail:
        break;
    }
    return "fail";
}

nlohmann::json toJson(const std::vector<types::HealthCheck>& checks) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& check : checks) {
        nlohmann::json fixes = nlohmann::json::array();
        for (const auto& fix : check.fixes) {
            fixes.push_back({{"label", fix.label},
                             {"kind", fix.kind == types::CheckFix::Kind::Run ? "run" : "copy"},
                             {"command", fix.command}});
        }
        list.push_back({{"id", check.id},
                        {"title", check.title},
                        {"state", word(check.state)},
                        {"text", check.text},
                        {"detail", check.detail},
                        {"fixes", fixes}});
    }
    return list;
}

void print(Console& console, const types::HealthCheck& check) {
    std::string state = word(check.state);
    state.resize(6, ' ');
    console.out(state + check.title + ": " + text::escapeForTerminal(check.text) + "\n");
    if (!check.detail.empty()) {
        console.out("      reason: " + text::escapeForTerminal(check.detail) + "\n");
    }
    for (const auto& fix : check.fixes) {
        console.out("      " + fix.label + ": " + fix.command + "\n");
    }
}

}  // namespace

/// 1 when a check has failed, so that scripts can ask; hints and warnings are no failure.
int cmdDoctor(Context& context, const std::string& name, const Words& arguments) {
    bool asJson = false;
    Words none;
    VerbParser parser(name, "[OPTIONS]", "Check what this computer can do, with reasons and repairs");
    parser.flag("--json", asJson, "Print a document instead of lines").words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    const auto checks = engine.system().doctor(interrupt.token());
    if (!checks) {
        return reportError(context.console(), checks.error());
    }
    if (asJson) {
        context.console().out(json::toText(toJson(*checks), 2) + "\n");
    } else {
        for (const auto& check : *checks) {
            print(context.console(), check);
        }
    }
    const bool failed = std::any_of(checks->begin(), checks->end(),
                                    [](const auto& check) { return check.state == CheckState::Fail; });
    return failed ? 1 : 0;
}

}  // namespace coracle::cli
