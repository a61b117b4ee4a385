// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/json.h"
#include "rootless/runtime/verbs.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <array>
#include <ctime>

#include <fcntl.h>

namespace coracle::runtime {
namespace {

/// RFC 3339 in UTC.
std::string now() {
    const std::time_t seconds = std::time(nullptr);
    std::tm parts{};
    std::array<char, 32> text{};
    (void)::gmtime_r(&seconds, &parts);  // no year is too large for it
    (void)std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

}  // namespace

/// The file is opened for each entry, and appended to with O_APPEND: several programs may write into one log.
/// Failures are ignored.
void writeLog(const Log& log, const char* level, const std::string& message, const std::string& hint) {
    if (log.path.empty()) {
        return;
    }
    std::string entry = message + "\n";
    if (log.json) {
        nlohmann::json line{{"level", level}, {"time", now()}, {"msg", message}};
        if (!hint.empty()) {
            line["hint"] = hint;
        }
        entry = json::toText(line) + "\n";
    }
    if (const auto file = sys::openAt(AT_FDCWD, log.path, O_WRONLY | O_APPEND | O_CREAT, 0600)) {
        (void)sys::writeAll(file->get(), entry);  // standard error says it already
    }
}

}  // namespace coracle::runtime
