// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace coracle::sys {

/// A fork of this process that was made ahead, while its maker had nothing else to do, and waits to be told
/// its work: what is left of starting it is a message. It has what forkInto() gives a child, and ends when it
/// is told nothing and nobody is left who could.
/// For a program with one thread, which reaps the child as one of its own.
class Standby {
public:
    /// Words and descriptors become what a program would have as its command line and its own; the result is
    /// the exit code.
    using Body = std::function<int(const std::vector<std::string>& words)>;

    /// Make it. Errors: by errno of fork(2) and socketpair(2).
    static Result<Standby> make(const std::string& processName, const Body& body);

    /// Let it begin, once; gives its process id. fds: as forkInto() takes them, borrowed. Nothing has begun
    /// after an error. Errors: InvalidArgument for more than it can be told (64 KiB of words, 32
    /// descriptors), Unavailable when it was killed, by errno.
    Result<pid_t> begin(const std::vector<std::string>& words, const std::vector<std::pair<int, int>>& fds);

    pid_t pid() const noexcept { return m_pid; }

private:
    Standby(UniqueFd socket, pid_t pid) : m_socket(std::move(socket)), m_pid(pid) {}

    UniqueFd m_socket;
    pid_t m_pid;
};

}  // namespace coracle::sys
