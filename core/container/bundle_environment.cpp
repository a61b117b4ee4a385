// SPDX-License-Identifier: Apache-2.0
#include "core/container/bundle_environment.h"

#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::container {

std::vector<std::string> changeVariables(std::vector<std::string> env,
                                         const types::EnvironmentChange& change) {
    const auto isNamed = [](const std::string& line, const std::string& name) {
        return line.size() > name.size() && line[name.size()] == '=' && line.starts_with(name);
    };
    for (const std::string& name : change.unset) {
        std::erase_if(env, [&](const std::string& line) { return isNamed(line, name); });
    }
    for (const auto& [name, value] : change.set) {
        const auto place = std::find_if(env.begin(), env.end(),
                                        [&](const std::string& line) { return isNamed(line, name); });
        std::string line = name;
        line += "=" + value;
        if (place == env.end()) {
            env.push_back(std::move(line));
        } else {
            *place = std::move(line);
        }
    }
    return env;
}

Result<std::string> replaceVariables(const std::string& config, const std::vector<std::string>& env) {
    TRY_ASSIGN(nlohmann::json document, json::parse(config));
    if (json::findObject(document, "process") == nullptr) {
        return Error(ErrorKind::Corrupt, "the container's config.json has no member 'process'");
    }
    document["process"]["env"] = env;
    return json::toText(document);
}

}  // namespace coracle::container
