// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/monitor/health_policy.h"
#include "rootless/monitor/restart_policy.h"
#include "rootless/sys/result.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::monitor {

/// What the monitor looks after.
enum class Mode : std::uint8_t {
    Container,  ///< the life of a container: lock, log, attach socket, exit record
    Exec,       ///< one more process in a running container
};

/// What the engine asks for; see rootless/oci/monitor_protocol.h for who writes it and when.
struct Settings {
    Mode mode = Mode::Container;
    std::string id;
    std::string runDir;                    ///< absolute
    std::string runtime;                   ///< absolute path of the OCI runtime
    std::vector<std::string> runtimeArgs;  ///< before the verb
    bool tty = false;
    bool openStdin = false;
    bool stdinOnce = false;  ///< standard input ends when the starter goes away

    // Mode::Container
    std::string bundle;  ///< absolute
    std::string eventsPath;
    std::map<std::string, std::string> eventAttributes;
    std::string logPath;                            ///< empty: no log
    std::uint64_t logMaxBytes = 10U << 20U;         ///< of one part; 0: no limit
    unsigned logMaxFiles = 3;                       ///< parts, the current one included
    bool autoStart = false;                         ///< do not wait for the Start frame
    bool autoRemove = false;                        ///< the exit record need not survive a power cut
    bool sharesPids = false;                        ///< its processes do not end with the first of them
    int stopSignal = 15;                            ///< what SIGTERM to the monitor sends
    std::chrono::milliseconds stopTimeout{10'000};  ///< until SIGKILL follows
    std::vector<std::string> exitCommand;           ///< may be empty
    std::string runtimeState;                       ///< folder of our own runtime that `delete` would remove
    std::string data;                               ///< what the starter moves to `trash`
    std::string trash;                              ///< empty: the starter removes nothing
    RestartRule restart;
    HealthRule health;                        ///< its process is empty: no check
    std::vector<std::string> networkCommand;  ///< may be empty: no network to make
    std::map<std::string, std::string>
        logAttributes;          ///< of each log entry; fields of the journal's messages
    std::string journalSocket;  ///< the log is the journal's; empty: it is a file

    // Mode::Exec
    std::string process;  ///< absolute path of an OCI process object
    bool detach = false;  ///< the terminal is not hung up when the client goes away
};

/// Read the settings of a container or of an exec session. Pure. Written by the engine of the same user,
/// and still checked member by member: a number outside of its range or a relative path would show only
/// after the container runs. Unknown members are ignored.
/// Errors: Corrupt naming the member that is missing or wrong.
Result<Settings> parseSettings(std::string_view text, Mode mode);

/// The same from a file of at most 1 MiB. Errors: those of parseSettings and of reading the file, with
/// the path.
Result<Settings> loadSettings(const std::string& path, Mode mode);

}  // namespace coracle::monitor
