// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/config.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace coracle::oci {
namespace {

using Document = nlohmann::json;

/// Each is a process that is waited for.
constexpr std::size_t kMaxHooks = 256;

/// "timeout" is seconds and has to be above zero; poll(2) takes milliseconds in an int. Without args the
/// program's path is its argv[0]. Source: OCI runtime-spec 1.1, config.md, "POSIX-platform Hooks".
Result<Hook> parseHook(const Document& object) {
    Hook hook;
    TRY_ASSIGN(hook.path, json::loadString(object, "path"));
    TRY_ASSIGN(hook.args, json::findStrings(object, "args"));
    TRY_ASSIGN(hook.env, json::findStrings(object, "env"));
    TRY_ASSIGN(const auto timeout, json::findInteger(object, "timeout"));
    if (hook.path.empty() || hook.path.front() != '/') {
        return Error(ErrorKind::Corrupt, "path '" + hook.path + "' is not absolute");
    }
    if (timeout && (*timeout <= 0 || *timeout > std::numeric_limits<int>::max() / 1000)) {
        return Error(ErrorKind::Corrupt, "timeout " + std::to_string(*timeout) + " is out of range");
    }
    hook.timeoutSeconds = static_cast<int>(timeout.value_or(0));
    if (hook.args.empty()) {
        hook.args.push_back(hook.path);
    }
    return hook;
}

/// Order is kept: hooks run in it.
Result<std::vector<Hook>> parseKind(const Document& object, const char* kind) {
    std::vector<Hook> hooks;
    TRY_ASSIGN(const Document* array, json::loadArrayIfAny(object, kind));
    if (array == nullptr) {
        return hooks;
    }
    if (array->size() > kMaxHooks) {
        return Error(ErrorKind::Corrupt, "more than " + std::to_string(kMaxHooks) + " hooks '" + kind + "'");
    }
    for (const Document& item : *array) {
        auto hook = parseHook(item);
        if (!hook) {
            return std::move(hook).error().context(std::string("hook '") + kind + "'");
        }
        hooks.push_back(*std::move(hook));
    }
    return hooks;
}

Document kindToJson(const std::vector<Hook>& hooks) {
    Document array = Document::array();
    for (const Hook& hook : hooks) {
        Document object{{"path", hook.path}, {"args", hook.args}, {"env", hook.env}};
        if (hook.timeoutSeconds > 0) {
            object["timeout"] = hook.timeoutSeconds;
        }
        array.push_back(std::move(object));
    }
    return array;
}

}  // namespace

/// Source: runtime-spec config.md, "POSIX-platform Hooks". Hooks run with the caller's rights outside of
/// the container; a bundle is trusted as far as its author is, who is the caller.
Result<Hooks> parseHooks(const Document& object) {
    Hooks hooks;
    TRY_ASSIGN(hooks.prestart, parseKind(object, "prestart"));
    TRY_ASSIGN(hooks.createRuntime, parseKind(object, "createRuntime"));
    TRY_ASSIGN(hooks.createContainer, parseKind(object, "createContainer"));
    TRY_ASSIGN(hooks.startContainer, parseKind(object, "startContainer"));
    TRY_ASSIGN(hooks.poststart, parseKind(object, "poststart"));
    TRY_ASSIGN(hooks.poststop, parseKind(object, "poststop"));
    return hooks;
}

/// Saved with the container's state, because `start` and `delete` are other processes than `create`.
Document lateHooksToJson(const Hooks& hooks) {
    Document object = Document::object();
    if (!hooks.poststart.empty()) {
        object["poststart"] = kindToJson(hooks.poststart);
    }
    if (!hooks.poststop.empty()) {
        object["poststop"] = kindToJson(hooks.poststop);
    }
    return object;
}

}  // namespace coracle::oci
