// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::types {

/// Wall-clock time: for showing and for records, never for measuring, since a person may set the clock.
using Time = std::chrono::system_clock::time_point;

/// What a container is doing. Nothing on disk says so: it follows from which processes live and which
/// records exist, each time it is asked (core/container/status.h). Starting, Stopping and Restarting are
/// true for a moment only.
enum class ContainerStatus : std::uint8_t {
    Created,   ///< never started
    Starting,  ///< a start is under way
    Running,
    Paused,
    Stopping,    ///< a stop is under way
    Restarting,  ///< it has ended and its restart policy starts it again in a moment
    Exited,
    Unknown,  ///< the record is damaged; `remove` still works
};

/// The word that `ps` and `inspect` print: "created", "running", "exited".
std::string_view toText(ContainerStatus status);

/// A row of `ps`, computed from facts about processes when it is read (architecture.md, "State").
struct ContainerSummary {
    std::string id;  ///< 64 hexadecimal digits
    std::string name;
    std::string image;                 ///< reference as the user named it
    std::string imageId;               ///< "sha256:..." of the image config
    std::vector<std::string> command;  ///< what runs: entrypoint and arguments
    Time createdAt;
    ContainerStatus status = ContainerStatus::Created;
    /// Of the last run, as the next two; none: it was never started.
    std::optional<Time> startedAt;
    std::optional<Time> finishedAt;
    std::optional<int> exitCode;  ///< 128 + signal when killed; none: never ended, or the truth was lost
    /// A process of the last run was killed for want of memory; not always the first one.
    bool oomKilled = false;
    std::optional<std::chrono::seconds> upFor;  ///< while it runs, by a clock that nobody sets
    unsigned restartCount = 0;                  ///< by its policy, since it was last started
    std::string health;                   ///< "starting", "healthy" or "unhealthy"; empty: it has no check
    std::string error;                    ///< why its last start or restart failed; empty: it did not
    int pid = 0;                          ///< of its first process, on the host; 0 when not running
    std::vector<net::PortMapping> ports;  ///< with the real host ports while it runs
    std::vector<std::uint16_t> exposedPorts;  ///< what the image says it listens on (tcp)
    /// As asked for, with the image's volumes and the real names of anonymous ones.
    std::vector<MountSpec> mounts;
    std::string network;
    std::map<std::string, std::string> labels;
};

/// What a container takes on disk.
struct ContainerSize {
    std::uint64_t changedBytes = 0;  ///< what it wrote
    std::uint64_t imageBytes = 0;    ///< what it shares with its image
};

/// One row of the id map as the container sees it.
struct IdMapRow {
    /// `count` ids from here on inside are those from `hostId` on outside, as this process sees them.
    std::int64_t containerId = 0;
    std::int64_t hostId = 0;
    std::int64_t count = 0;
};

/// What `inspect` knows. Texts come from the user or from the image and are not escaped.
struct ContainerDetails {
    ContainerSummary summary;
    RunSpec spec;                  ///< as asked
    std::vector<std::string> env;  ///< "K=V" as the process gets it
    std::string workingDirectory;
    std::string user;
    std::string hostname;
    std::string overlayDriver;  ///< "overlay" or "fuse-overlayfs"
    /// File of the json-file driver; there may be rotated ones beside it, or none at all.
    std::string logPath;
    std::string bundlePath;
    /// While it runs, read from the kernel; empty otherwise.
    std::vector<IdMapRow> uidMap;
    std::vector<std::string> capabilities;
    std::vector<std::uint16_t> exposedPorts;  ///< what the image says it listens on (tcp)
    HealthPlan healthPlan;
    std::vector<HealthProbe> healthProbes;  ///< the last ones of the last run, the oldest first
    std::vector<std::string> runCommand;    ///< words of the command line that makes the same container
    std::string inspectJson;                ///< the document in docker's words
};

/// Which of the two outputs; a container with a terminal has only Stdout.
enum class LogStream : std::uint8_t { Stdout, Stderr };

/// One line (or part of a very long line) of a container's log.
struct LogLine {
    Time time;
    LogStream stream = LogStream::Stdout;
    std::string text;      ///< bytes as written, without the line feed; may hold anything
    bool partial = false;  ///< the line continues in the next record
    std::map<std::string, std::string> attributes;  ///< what `--log-opt labels=, env=, tag=` asked for
};

/// Which lines of a log. With `follow` the reading goes on until the container ends or the caller stops it.
struct LogOptions {
    /// Go on with what comes until the container ends.
    bool follow = false;
    std::optional<std::size_t> tail;  ///< none: everything
    std::optional<Time> since;
    std::optional<Time> until;
};

}  // namespace coracle::types
