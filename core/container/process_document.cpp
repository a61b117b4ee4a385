// SPDX-License-Identifier: Apache-2.0
#include "core/container/process_document.h"

#include "core/container/capabilities.h"
#include "core/container/spec_builder.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::container {
namespace {

void setVariable(std::vector<std::string>& env, const std::string& name, const std::string& value) {
    const std::string prefix = name + "=";
    const auto found =
        std::find_if(env.begin(), env.end(), [&](const auto& e) { return e.rfind(prefix, 0) == 0; });
    if (found == env.end()) {
        env.push_back(prefix + value);
    } else {
        *found = prefix + value;
    }
}

bool hasVariable(const std::vector<std::string>& env, const std::string& name) {
    return std::any_of(env.begin(), env.end(), [&](const auto& e) { return e.rfind(name + "=", 0) == 0; });
}

}  // namespace

/// Begins with the container's own process object and changes what was asked for, so a member that is not
/// named here (limits, labels, no-new-privileges) is the container's. Another user than root has no
/// capability to begin with, as in the first process.
Result<std::string> buildExecProcess(std::string_view configText, const ExecRequest& request) {
    TRY_ASSIGN(const auto config, json::parse(configText));
    const auto* process = json::findObject(config, "process");
    if (process == nullptr) {
        return Error(ErrorKind::Corrupt, "the container's config.json has no process");
    }
    if (request.command.empty() || request.command[0].empty()) {
        return Error(ErrorKind::InvalidArgument, "no command specified");
    }
    nlohmann::json result = *process;
    result["args"] = request.command;
    result["terminal"] = request.tty;
    result["user"] = {
        {"uid", request.user.uid}, {"gid", request.user.gid}, {"additionalGids", allGroups(request.user)}};
    if (const auto* user = json::findObject(*process, "user"); user != nullptr && user->contains("umask")) {
        result["user"]["umask"] = (*user)["umask"];
    }
    std::vector<std::string> env = request.defaultEnv;
    if (request.tty && !hasVariable(env, "TERM")) {
        env.emplace_back("TERM=xterm");
    }
    for (const auto& [name, value] : request.env) {
        setVariable(env, name, value);
    }
    if (!hasVariable(env, "HOME")) {
        env.push_back("HOME=" + request.user.home);
    }
    result["env"] = env;
    if (request.workingDirectory) {
        if (request.workingDirectory->empty() || request.workingDirectory->front() != '/') {
            return Error(ErrorKind::InvalidArgument,
                         "working directory '" + *request.workingDirectory + "' must be an absolute path");
        }
        result["cwd"] = cleanPath(*request.workingDirectory);
    }
    if (request.privileged) {
        const auto names = allCapabilities();
        const std::vector<std::string> all(names.begin(), names.end());
        result["capabilities"] = {{"bounding", all}, {"effective", all}, {"permitted", all}};
        result["noNewPrivileges"] = false;
    } else if (auto* sets = result.contains("capabilities") ? &result["capabilities"] : nullptr) {
        const nlohmann::json none = nlohmann::json::array();
        const nlohmann::json& bounding = sets->contains("bounding") ? (*sets)["bounding"] : none;
        const nlohmann::json powers = request.user.uid == 0 ? bounding : none;
        (*sets)["effective"] = powers;
        (*sets)["permitted"] = powers;
    }
    return json::toText(result);
}

}  // namespace coracle::container
