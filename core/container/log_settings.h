// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What `--log-driver` and `--log-opt` mean. Pure.
namespace coracle::container {

/// Where output goes.
enum class LogDriver : std::uint8_t {
    JsonFile,  ///< entries of docker's json-file in the container's folder
    Local,     ///< the same with other limits
    None,
    Journald,
};
/// The driver's name as people write it.
std::string_view toText(LogDriver driver);

/// Where systemd-journald takes messages. Source: systemd.io, "Native Journal Protocol".
inline constexpr const char* kJournalSocket = "/run/systemd/journal/socket";

/// What the options come to.
struct LogSettings {
    LogDriver driver = LogDriver::JsonFile;
    std::uint64_t maxBytes = 10U << 20U;  ///< of one file; 0: no limit
    unsigned maxFiles = 3;
    std::vector<std::string> labels;  ///< names whose values go into each entry
    std::vector<std::string> env;
    std::string tag;  ///< Go template; empty: none

    bool isReadable() const { return driver == LogDriver::JsonFile || driver == LogDriver::Local; }
};

/// Errors: InvalidArgument for an unknown driver, option or value; Unsupported for what docker has and
/// Coracle has not.
Result<LogSettings> parseLogSettings(const types::RunSpec& spec);

/// Who a log entry is from.
struct LogSubject {
    std::string id;
    std::string name;
    std::string image;
    std::string imageId;
    std::vector<std::string> env;  ///< "K=V"
    std::map<std::string, std::string> labels;
};

/// The attributes of each entry. Errors: InvalidArgument for a tag that is no template.
Result<std::map<std::string, std::string>> logAttributes(const LogSettings& settings,
                                                         const LogSubject& subject);

}  // namespace coracle::container
