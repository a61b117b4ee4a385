// SPDX-License-Identifier: Apache-2.0
#include "core/container/hook_files.h"

#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <regex>

namespace coracle::container {
namespace {

using nlohmann::json;

constexpr std::array<const char*, 6> kHookNames{"prestart",       "createRuntime", "createContainer",
                                                "startContainer", "poststart",     "poststop"};

Error damaged(const std::string& place, const std::string& what) {
    return {ErrorKind::Corrupt, place + ": " + what};
}

Result<> requireKnown(const json& object, const std::string& place,
                      std::initializer_list<const char*> known) {
    for (const auto& [key, value] : object.items()) {
        if (std::none_of(known.begin(), known.end(), [&](const char* word) { return key == word; })) {
            return Error(ErrorKind::Unsupported, place + ": member '" + key + "' is not known");
        }
    }
    return {};
}

/// Matches anything that the text has somewhere in it, as Go's regexp does. An expression that cannot be read
/// was found when the file was.
bool fits(const std::string& expression, const std::string& text) {
    return std::regex_search(text, std::regex(expression));
}

Result<> checkExpression(const std::string& expression, const std::string& place) {
    try {
        const std::regex compiled(expression);
    } catch (const std::regex_error&) {
        return damaged(place, "'" + expression + "' is no regular expression");
    }
    return {};
}

Result<Hook> parseProgram(const json& object, const std::string& place) {
    TRY(requireKnown(object, place, {"path", "args", "env", "timeout"}));
    Hook hook;
    auto path = coracle::json::loadString(object, "path");
    auto args = coracle::json::findStrings(object, "args");
    auto env = coracle::json::findStrings(object, "env");
    const auto timeout = coracle::json::findInteger(object, "timeout");
    if (!path || !args || !env || !timeout) {
        return damaged(place, (!path   ? path.error()
                               : !args ? args.error()
                               : !env  ? env.error()
                                       : timeout.error())
                                  .message());
    }
    if (!path->starts_with('/')) {
        return damaged(place, "'" + *path + "' is not an absolute path");
    }
    if (timeout->value_or(1) <= 0) {
        return damaged(place, "its timeout is not a number of seconds");
    }
    hook.path = *std::move(path);
    hook.args = *std::move(args);
    hook.env = *std::move(env);
    hook.timeout = *timeout;
    return hook;
}

Result<HookCondition> parseCondition(const json& object, const std::string& place) {
    TRY(requireKnown(object, place, {"always", "annotations", "commands", "hasBindMounts"}));
    HookCondition when;
    const auto always = coracle::json::findBool(object, "always");
    const auto binds = coracle::json::findBool(object, "hasBindMounts");
    auto commands = coracle::json::findStrings(object, "commands");
    const auto annotations = coracle::json::loadObjectIfAny(object, "annotations");
    if (!always || !binds || !commands || !annotations) {
        return damaged(place, (!always     ? always.error()
                               : !binds    ? binds.error()
                               : !commands ? commands.error()
                                           : annotations.error())
                                  .message());
    }
    when.always = *always;
    when.hasBindMounts = *binds;
    when.commands = *std::move(commands);
    for (const auto& command : when.commands) {
        TRY(checkExpression(command, place));
    }
    const json none = json::object();
    for (const auto& [name, value] : (*annotations == nullptr ? none : **annotations).items()) {
        if (!value.is_string()) {
            return damaged(place, "annotation '" + name + "' is not a text");
        }
        when.annotations.emplace_back(name, value.get<std::string>());
        TRY(checkExpression(name, place));
        TRY(checkExpression(when.annotations.back().second, place));
    }
    return when;
}

}  // namespace

bool isHookName(std::string_view name) {
    return std::any_of(kHookNames.begin(), kHookNames.end(),
                       [&](const char* known) { return name == known; });
}

Result<HookFile> parseHookFile(const std::string& file, std::string_view text) {
    const std::string place = "'" + file + "'";
    const auto parsed = coracle::json::parse(text, kMaxHookFileBytes);
    if (!parsed || !parsed->is_object()) {
        return damaged(place, parsed ? "it is not an object" : parsed.error().message());
    }
    TRY(requireKnown(*parsed, place, {"version", "hook", "when", "stages"}));
    const auto version = coracle::json::loadString(*parsed, "version");
    const json* hook = coracle::json::findObject(*parsed, "hook");
    const json* when = coracle::json::findObject(*parsed, "when");
    const auto stages = coracle::json::findStrings(*parsed, "stages");
    if (!version || *version != "1.0.0") {
        return version ? Error(ErrorKind::Unsupported, place + ": version '" + *version + "' is not known")
                             .withHint("hooks are described as oci-hooks(5) has it for version 1.0.0")
                       : damaged(place, version.error().message());
    }
    if (hook == nullptr || when == nullptr || !stages || stages->empty()) {
        return damaged(place, "it lacks one of 'hook', 'when' and 'stages'");
    }
    HookFile described;
    TRY_ASSIGN(Hook program, parseProgram(*hook, place + ": hook"));
    TRY_ASSIGN(described.when, parseCondition(*when, place + ": when"));
    for (const auto& stage : *stages) {
        if (!isHookName(stage)) {
            return damaged(place, "'" + stage + "' is no kind of hook");
        }
        program.name = stage;
        described.hooks.push_back(program);
    }
    return described;
}

bool isFor(const HookCondition& when, const HookSubject& container) {
    if ((when.always && !*when.always) ||
        (when.hasBindMounts && *when.hasBindMounts && !container.hasBindMounts)) {
        return false;
    }
    for (const auto& [name, value] : when.annotations) {
        const bool found = std::any_of(
            container.annotations.begin(), container.annotations.end(), [&](const auto& annotation) {
                return fits(name, annotation.first) && fits(value, annotation.second);
            });
        if (!found) {
            return false;
        }
    }
    const bool runs = std::any_of(when.commands.begin(), when.commands.end(),
                                  [&](const auto& command) { return fits(command, container.program); });
    if (!when.commands.empty() && !runs) {
        return false;
    }
    return when.always || (when.hasBindMounts && *when.hasBindMounts) || !when.annotations.empty() || runs;
}

}  // namespace coracle::container
