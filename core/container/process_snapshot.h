// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/resource_spec.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <sys/types.h>

namespace coracle::container {

/// All processes that may be in a container, read from /proc once for any number of containers. Values;
/// single-threaded.
class ProcessSnapshot {
public:
    /// Reads a file for each process of the computer. Errors: by errno of /proc.
    static Result<ProcessSnapshot> take();

    bool has(pid_t pid) const { return m_byPid.contains(std::to_string(pid)); }
    /// When it was taken, on the steady clock.
    std::uint64_t takenAtNs() const noexcept { return m_takenAtNs; }

    /// Add up what the processes in the pid namespace of `firstProcess` take: times, memory, input and
    /// output. Its link can be read for the user's own processes only, so a process of another id is known by
    /// its ancestor. Errors: NotFound when the first process was not there.
    Result<> addUp(pid_t firstProcess, types::ContainerStats& stats) const;

private:
    struct Process {
        std::string pid;
        std::string status;  ///< text of /proc/PID/status
        std::string space;   ///< the text of its link to the pid namespace; empty: it is not ours to read
    };

    std::uint64_t m_takenAtNs = 0;
    std::vector<Process> m_processes;
    std::unordered_map<std::string, std::size_t> m_byPid;
    std::unordered_multimap<std::uint64_t, std::size_t> m_byParent;
    std::unordered_multimap<std::string, std::size_t> m_bySpace;
};

}  // namespace coracle::container
