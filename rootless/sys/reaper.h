// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/unique_fd.h"

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace coracle::sys {

/// Become the parent of every orphan below this process. Not inherited by children.
/// Source: prctl(2), PR_SET_CHILD_SUBREAPER.
Result<> becomeSubreaper();

/// A child, own or inherited, that has ended and is reaped by the call that returns it.
struct ReapedChild {
    pid_t pid = 0;
    ExitStatus status;
};

/// Reap one ended child; none when no child has ended. Never blocks. A process that uses it must not wait
/// for single children through Subprocess.
std::optional<ReapedChild> reapChild();

/// Block these signals for the whole process and deliver them through a non-blocking descriptor instead.
/// Source: signalfd(2).
Result<UniqueFd> openSignalFd(std::initializer_list<int> signals);

/// The next signal waiting in the descriptor; none when there is none.
std::optional<int> readSignal(int signalFd);

/// Ignore signals in this process; children started by Subprocess get the default back.
void ignoreSignals(std::initializer_list<int> signals);

/// Close every descriptor from `first` on. Source: close_range(2).
void closeFrom(int first);

/// Set CLOEXEC on an inherited descriptor. Errors: NotFound when it is not open.
Result<> setCloseOnExec(int fd);

/// Set O_NONBLOCK on the open file of a descriptor. Errors: by errno.
Result<> setNonBlocking(int fd);

/// Whether an inherited descriptor is open and a pipe.
bool isPipe(int fd);

/// What a non-blocking descriptor holds now, up to 64 KiB. Never fails: the answer is then shorter.
std::string readAvailable(int fd);

/// Put /dev/null in the place of standard input, output and error.
Result<> redirectStandardStreamsToNull();

/// Run `body` in a fork of this process, with its result as exit code. The child has what a freshly started
/// program would have: the descriptors of `fds` (borrowed one here, number there) and standard ones alone,
/// default signals, no mask. It costs a tenth of starting a program. Only for a process with one thread.
/// Errors: by errno.
Result<pid_t> forkInto(const std::vector<std::pair<int, int>>& fds, const std::string& processName,
                       const std::function<int()>& body);

/// Go on in a child process whose parent is gone; the calling process exits with 0. Only for a process with
/// one thread. Errors: by errno of fork(2).
Result<> goOnInBackground();

}  // namespace coracle::sys
