// SPDX-License-Identifier: Apache-2.0
#include "core/container/env_file.h"

namespace coracle::container {
namespace {

std::string_view trimLeft(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

Error atLine(std::size_t number, const std::string& problem) {
    return {ErrorKind::InvalidArgument, "line " + std::to_string(number) + ": " + problem};
}

}  // namespace

/// A byte order mark, which editors on other systems write, is no part of the first name. Source: docker
/// run(1), "--env-file"; moby's reader (opts/file.go).
Result<EnvList> parseEnvFile(
    std::string_view text, const std::function<std::optional<std::string>(const std::string&)>& environment) {
    EnvList list;
    if (text.substr(0, 3) == "\xEF\xBB\xBF") {
        text.remove_prefix(3);
    }
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.empty() && line.back() == '\r') {
            line.remove_suffix(1);
        }
        line = trimLeft(line);
        if (line.empty() || line[0] == '#') {
            continue;
        }
        if (line.find('\0') != std::string_view::npos) {
            return atLine(number, "holds a NUL byte");
        }
        const std::size_t equals = line.find('=');
        const std::string name(line.substr(0, equals));
        if (name.empty()) {
            return atLine(number, "no variable name before '='");
        }
        if (name.find_first_of(" \t") != std::string::npos) {
            return atLine(number, "variable name '" + name + "' holds white space");
        }
        if (equals != std::string_view::npos) {
            list.emplace_back(name, std::string(line.substr(equals + 1)));
        } else if (const auto value = environment(name)) {
            list.emplace_back(name, *value);
        }
    }
    return list;
}

}  // namespace coracle::container
