// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace coracle::types {

/// One process of a container, as it was when it was looked at. Numbers come in two forms: as this computer
/// counts and as the container does; -1 where the container has none for it.
struct ProcessInfo {
    int pid = 0;
    int insidePid = -1;
    int parent = 0;
    int insideParent = -1;
    int group = 0;  ///< process group, as the next of this computer
    int session = 0;
    std::int64_t uid = 0;  ///< effective
    std::int64_t gid = 0;
    std::int64_t insideUid = -1;
    std::int64_t insideGid = -1;
    std::string user;  ///< name in the container; its number when it has none
    std::string userGroup;
    std::string terminal;     ///< "pts/0"; "?": none
    char state = '?';         ///< the kernel's letter
    bool foreground = false;  ///< of its terminal
    int nice = 0;
    unsigned threads = 1;
    std::uint64_t virtualBytes = 0;
    std::uint64_t residentBytes = 0;
    double memoryPercent = 0;  ///< of this computer's
    std::chrono::milliseconds processorTime{0};
    std::chrono::seconds elapsed{0};
    std::chrono::system_clock::time_point startedAt;
    std::string command;    ///< the kernel's short name
    std::string arguments;  ///< one blank between two; empty for a process without
};

}  // namespace coracle::types
