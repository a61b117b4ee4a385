// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

/// What a program that supervises others needs besides Subprocess: children it did not start, signals as
/// descriptors, and inherited descriptors put in order. For programs with one thread (coracle-monitor,
/// coracle-init).
namespace coracle::sys {

/// Become the parent of every orphan below this process, in the place of init. Not inherited by children,
/// kept over execve(2). The container's first process becomes ours when the runtime that made it ends.
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
/// Several of one kind may arrive as one: after SIGCHLD all ended children have to be asked for. Children
/// inherit the mask unless started by Subprocess or forkInto. Errors: by errno. Source: signalfd(2).
Result<UniqueFd> openSignalFd(std::initializer_list<int> signals);

/// The next signal waiting in the descriptor; none when there is none.
std::optional<int> readSignal(int signalFd);

/// Ignore signals in this process; children started by Subprocess get the default back.
void ignoreSignals(std::initializer_list<int> signals);

/// Close every descriptor from `first` on: what the starter left open by mistake must not keep its pipes
/// or sockets alive. Source: close_range(2).
void closeFrom(int first);
/// The same up to `last`, which goes, too; none of them need be open.
void closeRange(int first, int last);

/// Set CLOEXEC on an inherited descriptor. Errors: NotFound when it is not open.
Result<> setCloseOnExec(int fd);

/// Let a child that was just forked go first, if it was put on this processor. Source: sched_yield(2).
void letOthersRun() noexcept;

/// Set O_NONBLOCK on the open file of a descriptor. Whoever shares the open file sees the change as well:
/// not for standard streams that a shell goes on using. Errors: by errno.
Result<> setNonBlocking(int fd);

/// Whether an inherited descriptor is open and a pipe.
bool isPipe(int fd);

/// What a non-blocking descriptor holds now, up to 64 KiB. Never fails: the answer is then shorter.
std::string readAvailable(int fd);

/// Put /dev/null in the place of standard input, output and error.
Result<> redirectStandardStreamsToNull();

/// Whether a fork has the dispositions of a new program. One that starts none may keep ours.
enum class Signals : std::uint8_t { Reset, Keep };

/// Run `body` in a fork of this process, with its result as exit code. The child has what a freshly
/// started program would have: the descriptors of `fds` (borrowed one here, number there) and standard
/// ones alone, default signals, no mask. It costs a tenth of starting a program.
/// The numbers in `fds` have no gaps above 2: what stands between them stays open. A descriptor that
/// cannot be put in place ends the child with 125. Destructors and atexit handlers of the caller do not
/// run in it.
/// Only for a process with one thread: another one's locks would stay locked in the child. Errors: by
/// errno of fork(2).
Result<pid_t> forkInto(const std::vector<std::pair<int, int>>& fds, const std::string& processName,
                       const std::function<int()>& body, Signals signals = Signals::Reset);

/// Put descriptors at the numbers that a program expects (borrowed one here, number there) and close
/// everything else above standard error. The numbers have no gaps above 2. false: one could not be put in its
/// place.
bool placeDescriptors(const std::vector<std::pair<int, int>>& fds);

/// Go on in a child process whose parent is gone; the calling process exits with 0. Who waited for the
/// program gets its answer then, while the child keeps its descriptors. Only for a process with one
/// thread. Errors: by errno of fork(2).
Result<> goOnInBackground();

}  // namespace coracle::sys
