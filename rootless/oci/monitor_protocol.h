// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/file.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/read_buffer.h"
#include "rootless/sys/result.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/terminal.h"
#include "rootless/sys/unix_socket.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the engine and coracle-monitor say to each other. The two are separate programs and only share this
/// page.
///
/// Files. `<bundle>` is the durable `containers/<id>/`, `<run>` the volatile
/// `$XDG_RUNTIME_DIR/coracle/containers/<id>/`.
///   <bundle>/config.json    OCI configuration, written by the engine
///   <bundle>/coracle.json   what OCI has no word for (overlay layers, id map); read by coracle-runtime. It
///                           is a file of its own and not annotations, because annotations may carry what an
///                           image says (security.md 1.3)
///   <bundle>/monitor.json   settings of the monitor, written by the engine before each start
///   <bundle>/container.log  one JSON object a line, docker's json-file format:
///                           {"log":"..\n","stream":"stdout","time":".."}; a "log" without a line end is
///                           continued by the next entry of its stream. Older parts are container.log.1, .2
///   <bundle>/exit.json      {"exitCode":0,"signal":0,"startedAt":ns,"finishedAt":ns,"oomKilled":false,
///                           "restarts":0,"lostLogBytes":0,"error":""}; without "exitCode" when nobody saw
///                           it. Replaced atomically at the end, removed before each start, and written by
///                           the engine when a start has failed: "error" says why, the times are those of the
///                           run before, 0 without one. When the disk is full it is <run>/exit.json
///   <run>/lock              the monitor holds an exclusive OFD lock on it for its whole life
///   <run>/state.json        {"pid":..,"startTicks":..,"bootId":"..","startedAt":ns,"startedSinceBoot":ns,
///                           "restarts":0}; identity of the container's first process. Exists from the moment
///                           after exec until the exit record is written, so a killed monitor leaves it
///                           behind (see Liveness)
///   <run>/backoff.json      {"pid":..,"startTicks":..,"bootId":"..","restarts":1,"delayMs":200,"exitCode":1,
///                           "startedAt":ns,"finishedAt":ns}: while the monitor (its identity) waits before
///                           it starts the container again
///   <run>/health.json       how the health checks went (health_record.h); an event "health_status: STATUS"
///   tells
///                           of each change
///   <run>/stop              somebody asked for the container's end: it is not started again. Written by the
///                           engine before it sends the signal, removed by the next start
///   <run>/stdout, stderr    named pipes; the container has both ends of each, so that it neither gets
///   SIGPIPE
///                           nor loses what it wrote when its monitor is killed
///   <run>/created           the runtime may know the container; removed after `delete`
///   <run>/attach.sock       SOCK_SEQPACKET; each client gets all output from the moment it connects
///   <run>/monitor.log       what the monitor could not do and went on without; usually absent
///   <runroot>/events        one JSON object a line, appended in one write(2), watched with inotify by every
///                           client: {"time":ns,"type":"container","action":"start","id":"..",
///                           "attributes":{"image":"..","name":".."}}; "die" has attribute exitCode;
///                           "oom" comes once for each process that the kernel killed for want of memory
///
/// Start. The engine spawns `coracle-monitor --config <bundle>/monitor.json` in a session of its own, with
/// one end of a SOCK_SEQPACKET socketpair as descriptor 3. That socket is the control connection until
/// `Started` and the first attached client afterwards, so a starter misses no output.
///   monitor -> engine  Created{pid}  the container exists; its process waits, unless autoStart; namespaces
///                                    can be joined by pid
///   engine -> monitor  Start         after the network is configured; not needed with autoStart
///   monitor -> engine  Started       exec has happened; state.json is written, "start" event appended
///   monitor -> engine  Failed{..}    instead of Created or Started: nothing runs and nothing is left; the
///                                    monitor exits
/// A monitor that is started ahead with `--await` waits for Begin as the first frame and then is like one
/// that was started with --config; if its connection ends instead it exits. With `--ahead DIR`, the folder of
/// the kept user namespace, it makes namespaces while it waits. The engine may send Resize, Stdin and
/// StdinEnd from the beginning; the size a terminal is born with belongs into process.consoleSize of
/// config.json. If its end closes before Started, the monitor deletes the container and exits. With
/// `--background` the spawned process exits at once with 0 and a child of it goes on, so that a starter that
/// lives long has no child to reap at an unknown time; without it the starter is the monitor's parent.
///
/// Failed. Its kind says which exit code docker's command line would give (failureExitCode): NotFound 127,
/// the program is not in the image; PermissionDenied 126, it is not executable; all others 125. Conflict: the
/// container already runs. A monitor that ends without Failed or Exited was killed.
///
/// After Started the frames are those of an attached client. A client that goes away never harms the
/// container. The starter is not cut off while it is alone: as long as it does not read, the container's
/// output waits, as behind a pipe. Every other client, and a starter that is not alone, may make it wait five
/// seconds and is then cut off: it gets what was queued, then Dropped, and no Exited. A client whose Stdin
/// the container does not take is not read further once kMaxQueuedStdin bytes wait: signals then need a
/// connection of their own.
///
/// End. All output is read, logged and sent; exit.json and the "die" event are written, state.json and
/// attach.sock are removed; each client gets Exited; `coracle-runtime delete` runs; the lock is released; the
/// exit command is started. So who got Exited may read exit.json, but has to allow for the lock being held
/// some milliseconds longer. "runtimeState" in monitor.json is the folder that our own runtime's `delete`
/// would remove: the monitor does it without starting a program when the container has no cgroup of its own.
///
/// Removal. With "trash" in monitor.json the starter removes the container at the end: it takes the row away
/// and renames the folder "data" to that path while it keeps its connection. When it closes, the monitor
/// deletes what is there and the run folder, gives the lock up and ends. If the starter was killed, or takes
/// too long, or files belong to subordinate ids, the exit command is started instead.
///
/// Signals to the monitor. SIGTERM stops the container: its stop signal, after the stop timeout SIGKILL.
/// SIGINT, SIGHUP and SIGQUIT are ignored. A stopped container is not started again, and a monitor that waits
/// to do so ends at once.
///
/// Restart. With a policy (`restart` of monitor.json) the monitor creates the container again after a pause.
/// The clients of a run get its Exited and are not those of the next one. A container with a network is made
/// with `create`, then `networkCommand` runs with the process id as last word and the reading end of a pipe
/// that ends with the run as descriptor 3, then `start`.
///
/// Adoption. When the monitor is killed the container goes on; what it writes waits in its pipes. The next
/// engine that looks at it spawns `coracle-monitor --adopt --config FILE`, which takes the lock and answers
/// Started: it reads the pipes, listens, makes the network anew (slirp4netns ends with its monitor) and waits
/// for the end through a pidfd. The exit code is known from Linux 6.15 on. A terminal, and standard input
/// that was a pipe, are gone. If the container has ended too, the new monitor writes that down, cleans up and
/// answers Exited without a code. One that finds a pause before a restart goes on with it and answers
/// Started.
///
/// A reader that is not there. While no monitor reads, a container that writes more than its pipes hold
/// waits.
///
/// Exec. `coracle-monitor --exec FILE` runs one more process in a container by the same frames; there are no
/// lock, log, state and event. `--preserve LIST` hands descriptors on, as with a container. FILE:
/// {"id","runtime","runtimeArgs":[..],"runDir":"existing folder for this session
/// alone","process":"/abs/process.json","tty":b,"openStdin":b,"detach":b}. If the client goes away a terminal
/// is hung up, unless `detach`; without a terminal the process goes on and its output is dropped.
namespace coracle::oci::monitor {

/// First byte of each SOCK_SEQPACKET message; the rest is its payload.
enum class Frame : std::uint8_t {
    Created = 1,  ///< payload: pid, decimal text
    Started = 2,  ///< no payload
    Failed = 3,   ///< payload: one byte ErrorKind, the message, NUL, the hint
    Stdout = 4,   ///< payload: bytes
    Stderr = 5,   ///< payload: bytes
    Exited = 6,   ///< payload: exit code (128 + signal when killed), decimal text, empty when nobody saw it;
                  ///< the last frame to a client
    Dropped = 7,  ///< no payload: this client was too slow, it missed output; the last frame to a client
    Checked = 8,  ///< payload: exit code of the check that this client asked for, -1: it was not run
    Start = 16,   ///< no payload
    Stdin = 17,   ///< payload: bytes
    StdinEnd = 18,  ///< no payload: close standard input
    Resize = 19,    ///< payload: "<columns> <rows>"
    Signal = 20,    ///< payload: number, decimal text; to the container's first process
    Begin = 21,     ///< payload: absolute path of monitor.json; to a monitor that was started with --await
    Quiet = 22,     ///< no payload: send me no output, only the end
    Check = 23,     ///< no payload: check the health now, and answer Checked
};

/// Longest message, frame byte included.
inline constexpr std::size_t kMaxFrameBytes = 64U << 10U;

/// Bytes of standard input the monitor keeps while the container does not read.
inline constexpr std::size_t kMaxQueuedStdin = 256U << 10U;

/// Descriptor number of the control connection in the monitor.
inline constexpr int kControlFd = 3;

/// Descriptor number of what the monitor only keeps open until it ends: the write end of a pipe whose other
/// end tells helpers (slirp4netns) that the container is gone. Optional.
inline constexpr int kKeptFd = 4;

/// Descriptor number in the monitor of the first of those that are for the program (`--preserve 3,7`); the
/// others follow. The list says which numbers the program has them under. The monitor closes its own once the
/// program has them, and those of a later run of the container are gone.
inline constexpr int kPreservedFd = 16;
/// Hand `preservedFds` of this process to a monitor that is about to be started.
void passPreserved(sys::SpawnOptions& options, const std::vector<int>& preservedFds);
/// What the value of `--preserve` says; none: it is no such list.
std::optional<std::vector<int>> parsePreserved(std::string_view list);

/// One message, taken apart. `payload` points into the bytes it was made from.
struct Message {
    Frame frame = Frame::Exited;
    /// Into the packet that was decoded; empty for frames without one.
    std::string_view payload;
};

/// Take a message apart; its payload is not looked at. Errors: Corrupt for an empty message or an unknown
/// frame.
Result<Message> decode(std::string_view bytes);

/// Payload of a Failed frame; cut to what a frame holds.
std::string encodeFailure(const Error& error);
/// Never fails: a malformed payload becomes an Internal error.
Error decodeFailure(std::string_view payload);

/// Payload of a Resize frame.
std::string encodeResize(sys::WindowSize size);
/// Errors: Corrupt.
Result<sys::WindowSize> decodeResize(std::string_view payload);

/// A decimal number of a payload (pid, exit code, signal). Errors: Corrupt when it is not in low..high.
Result<int> decodeNumber(std::string_view payload, int low, int high);

/// Exit code of `run` and `exec` for a Failed frame: 127, 126 or 125.
int failureExitCode(ErrorKind kind);
/// Exit code that is recorded of a container whose start failed: 127, 126 or 128, as docker records it.
int recordedExitCode(ErrorKind kind);

/// Send one frame. WouldBlock only with Blocking::No.
Result<sys::Transfer> sendFrame(int fd, Frame frame, std::string_view payload, sys::Blocking blocking);

/// A SEQPACKET connection with its buffer, for the engine's side.
class Connection {
public:
    explicit Connection(sys::UniqueFd fd) : m_fd(std::move(fd)) {}

    /// Connect to <run>/attach.sock. Errors: NotFound or Unavailable when no container runs there.
    static Result<Connection> attach(const std::string& runDir);

    /// The next frame; blocks. The payload is valid until the next call.
    /// none: the monitor closed the connection. Errors: Corrupt, Io.
    Result<std::optional<Message>> receive();

    /// Send one frame; blocks. Errors: Unavailable when the monitor is gone, by errno.
    Result<> send(Frame frame, std::string_view payload = {});

    /// Descriptor to poll; borrowed.
    int fd() const noexcept { return m_fd.get(); }

private:
    sys::UniqueFd m_fd;
    sys::ReadBuffer m_buffer{kMaxFrameBytes};
};

/// What the files in a run folder say; the only way to answer "does it run".
enum class Liveness : std::uint8_t {
    Stopped,     ///< no monitor, no process; exit.json, if there, is the truth about the last run
    Starting,    ///< a monitor holds the lock, exec has not happened; or the process has ended and is cleaned
                 ///< up
    Running,     ///< monitor and process live
    BackingOff,  ///< a monitor waits before it starts the container again, or is doing so
    Abandoned,   ///< that monitor was killed
    Orphaned,    ///< the monitor was killed, the process lives on
    Lost,        ///< both were killed (or the machine restarted): ended with an unknown exit code
    Unfinished,  ///< the monitor was killed while the runtime made or deleted the container: something may be
                 ///< left of it, its process, too
};

/// Content of backoff.json.
struct BackoffRecord {
    /// Who waits; a pause whose monitor is dead is Abandoned.
    sys::ProcessIdentity monitor;
    unsigned restarts = 0;  ///< so far
    std::int64_t delayMs = 0;
    std::optional<int> exitCode;  ///< of the run before
    std::int64_t startedAt = 0;   ///< of that run, nanoseconds since the epoch
    std::int64_t finishedAt = 0;
};

/// What readRunState() found; a snapshot.
struct RunState {
    Liveness liveness = Liveness::Stopped;
    sys::ProcessIdentity process;       ///< of the first process when Running, Orphaned or Lost
    std::int64_t startedAt = 0;         ///< nanoseconds since the epoch, 0 when unknown
    std::int64_t startedSinceBoot = 0;  ///< nanoseconds of CLOCK_BOOTTIME, 0 when unknown
    unsigned restarts = 0;              ///< by the policy, since the last start
    BackoffRecord backoff;              ///< when BackingOff or Abandoned
};
/// Errors: Corrupt for a damaged state.json of a live monitor; by errno where the lock cannot be asked. A
/// missing folder is Stopped.
Result<RunState> readRunState(const std::string& runDir);

/// The text of backoff.json, and back. Errors: NotFound, Corrupt.
std::string toJsonText(const BackoffRecord& record);
Result<BackoffRecord> readBackoff(const std::string& runDir);

/// Content of exit.json.
struct ExitRecord {
    std::optional<int> exitCode;  ///< 128 + signal when killed; none: nobody saw it
    /// That killed it; 0: it ended by itself, or nobody saw.
    int signal = 0;
    std::int64_t startedAt = 0;   ///< nanoseconds since the epoch, 0 when no start has ever succeeded
    std::int64_t finishedAt = 0;  ///< nanoseconds since the epoch, 0 when unknown
    /// A process of the container was killed for want of memory in this run; not always the first one.
    bool oomKilled = false;
    unsigned restarts = 0;           ///< by the policy, since the last start
    std::uint64_t lostLogBytes = 0;  ///< output that could not be logged and of which the log does not tell
    std::string error;               ///< why the last start failed; empty: it did not
};
/// The text of exit.json.
std::string toJsonText(const ExitRecord& record);
/// Write <bundle>/exit.json, atomic; <run>/exit.json when the disk does not take it. The first failure is
/// returned all the same. Durability::Disk blocks on the disk. Errors: by errno.
Result<> writeExitRecord(const std::string& bundle, const std::string& runDir, const ExitRecord& record,
                         sys::Durability durability);
/// none: there is no record. Errors: Corrupt.
Result<std::optional<ExitRecord>> readExitRecord(const std::string& bundle, const std::string& runDir);

}  // namespace coracle::oci::monitor
