// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/user_database.h"
#include "core/types/process_info.h"
#include "rootless/sys/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

/// The processes of a container from /proc. Only the files of the numbers that are asked for are read.
namespace coracle::container {

/// What numbers of this computer mean in the container: lines "inside outside count" of /proc/PID/uid_map as
/// the caller sees them.
class IdTranslation {
public:
    explicit IdTranslation(std::string_view map);
    /// -1: it has none.
    std::int64_t inside(std::int64_t outside) const;

private:
    struct Range {
        std::int64_t inside;
        std::int64_t outside;
        std::int64_t count;
    };
    std::vector<Range> m_ranges;
};

/// Of the moment, for durations.
struct ProcessClock {
    std::chrono::system_clock::time_point now;
    std::chrono::milliseconds sinceBoot{0};
    long ticksPerSecond = 100;
    std::uint64_t pageBytes = 4096;
    std::uint64_t memoryBytes = 0;  ///< of the computer
};

/// Understand /proc/PID/stat, status and cmdline; names of users stay empty. Pure.
/// Errors: Corrupt for a text that is none of the kernel's.
Result<types::ProcessInfo> parseProcess(std::string_view stat, std::string_view status,
                                        std::string_view commandLine, const ProcessClock& clock);

/// Look at processes; what has ended meanwhile is left out. first: the container's first process, whose maps
/// count. Errors: by errno, NotFound when the first one has ended.
Result<std::vector<types::ProcessInfo>> readProcesses(pid_t first, const std::vector<pid_t>& pids,
                                                      const UserDatabase& users);

}  // namespace coracle::container
