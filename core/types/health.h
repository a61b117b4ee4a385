// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace coracle::types {

/// From harmless to severe; Fail alone makes `coracle doctor` end with 1.
enum class CheckState : std::uint8_t { Ok, Hint, Warn, Fail };

/// What a person can do about a check that is not Ok.
struct CheckFix {
    enum class Kind : std::uint8_t {
        Copy,
        Run
    };  ///< Copy: needs root or a new login; Run: Coracle may run it itself
    std::string label;
    Kind kind = Kind::Copy;
    /// For a POSIX shell; as it is to be pasted.
    std::string command;
};

/// One line of `coracle doctor` and of System > Health. Proven by doing the thing in a child process.
struct HealthCheck {
    std::string id;     ///< stable: "subids", "userns", "overlay", ...
    std::string title;  ///< "Subordinate user and group ids"
    CheckState state = CheckState::Ok;
    std::string text;    ///< what was found, with the reason
    std::string detail;  ///< the exact error of the probe; may be empty
    /// Any one of them helps; the best first. Empty: nothing that a command could change.
    std::vector<CheckFix> fixes;
};

/// One resource that can be limited, or not.
struct LimitState {
    std::string controller;  ///< "memory"
    bool usable = false;
    std::string reason;  ///< why not
    std::string hint;
};

/// What `coracle info` and the Health page say about this host and this installation.
struct HostInfo {
    std::string version;
    std::string kernel;
    std::string operatingSystem;
    std::string architecture;
    std::string userName;
    int uid = 0;
    std::string dataRoot;
    std::string runRoot;
    std::string overlayDriver;
    std::string cgroupVersion;  ///< "v2", "v1" or "hybrid"
    /// One for each controller that can limit something, usable or not.
    std::vector<LimitState> limits;
    /// Path of slirp4netns, or "none".
    std::string networkHelper;
    int cpus = 0;
    std::uint64_t memoryBytes = 0;
    int containers = 0;
    int containersRunning = 0;
    int images = 0;
    /// On the file system of the data folder, without what is reserved for root.
    std::uint64_t diskFreeBytes = 0;
};

}  // namespace coracle::types
