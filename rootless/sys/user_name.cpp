// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/user_name.h"

#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"

#include <algorithm>

namespace coracle::sys {
namespace {

/// A machine with a hundred thousand users has files of some megabytes.
constexpr std::size_t kMaxDatabaseBytes = 8U << 20U;

std::optional<std::string> lookUp(const char* database, const std::string& path, unsigned int number) {
    if (const auto text = readFile(path, kMaxDatabaseBytes)) {
        if (auto name = nameInDatabase(*text, number)) {
            return name;
        }
    }
    SpawnOptions options;
    options.argv = {"getent", database, std::to_string(number)};
    const auto answer = runAndCapture(std::move(options));
    return answer && answer->status.success() ? nameInDatabase(answer->standardOutput, number) : std::nullopt;
}

}  // namespace

std::optional<std::string> nameInDatabase(const std::string& text, unsigned int number) {
    const std::string wanted = std::to_string(number);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        const auto name = line.find(':');
        const auto password = name == std::string::npos ? name : line.find(':', name + 1);
        if (name != 0 && password != std::string::npos &&
            line.compare(password + 1, wanted.size() + 1, wanted + ":") == 0) {
            return line.substr(0, name);
        }
        at = end + 1;
    }
    return std::nullopt;
}

std::optional<std::string> userName(uid_t uid) {
    return lookUp("passwd", "/etc/passwd", uid);
}

std::optional<std::string> groupName(gid_t gid) {
    return lookUp("group", "/etc/group", gid);
}

}  // namespace coracle::sys
