// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// What the engine and coracle-monitor say to each other. The two are separate programs and only share this
/// page.
///
/// Files. `<bundle>` is the durable `containers/<id>/`, `<run>` the volatile
/// `$XDG_RUNTIME_DIR/coracle/containers/<id>/`.
///   <bundle>/config.json   OCI configuration, written by the engine
///   <bundle>/coracle.json  what OCI has no word for (overlay layers, id map); read by coracle-runtime. It is
///   a file of its own
///                          and not annotations, because annotations may carry what an image says
///                          (security.md 1.3)
///   <bundle>/monitor.json  settings of the monitor, written by the engine before each start
///   <bundle>/container.log one JSON object a line, docker's json-file format:
///   {"log":"..\n","stream":"stdout","time":".."} <bundle>/exit.json
///   {"exitCode":0,"signal":0,"startedAt":ns,"finishedAt":ns,"oomKilled":false}; replaced atomically at the
///   end <run>/lock             the monitor holds an exclusive OFD lock on it for its whole life: "running"
///   is this fact <run>/state.json       {"pid":..,"startTicks":..,"bootId":"..","startedAt":ns}; identity of
///   the container's first process <run>/attach.sock      SOCK_SEQPACKET; each client gets all output from
///   the moment it connects <runroot>/events       one JSON object a line, appended in one write(2); watched
///   with inotify by every client
///
/// Start. The engine spawns `coracle-monitor --config <bundle>/monitor.json` in a session of its own, with
/// one end of a SOCK_SEQPACKET socketpair as descriptor 3. That socket is the control connection until
/// `Started` and the first attached client afterwards, so a starter misses no output.
///   monitor -> engine  Created{pid}   the container exists, its process waits; namespaces can be joined by
///   pid engine -> monitor  Start          after the network is configured monitor -> engine  Started exec
///   has happened; state.json is written; "start" event appended monitor -> engine  Failed{kind, text}
///   nothing runs and nothing is left; the monitor exits
/// If the engine's end closes before Start, the monitor deletes the container and exits.
/// After Started the frames are those of an attached client. A client that goes away never harms the
/// container.
namespace coracle::oci::monitor {

/// First byte of each SOCK_SEQPACKET message; the rest is its payload.
enum class Frame : std::uint8_t {
    Created = 1,  ///< payload: pid, decimal text
    Started = 2,  ///< no payload
    Failed = 3,   ///< payload: one byte ErrorKind, the message, NUL, the hint
    Stdout = 4,   ///< payload: bytes
    Stderr = 5,   ///< payload: bytes
    Exited = 6,   ///< payload: exit code (128 + signal when killed), decimal text; the last frame to a client
    Start = 16,   ///< no payload
    Stdin = 17,   ///< payload: bytes
    StdinEnd = 18,  ///< no payload: close standard input
    Resize = 19,    ///< payload: "<columns> <rows>"
    Signal = 20,    ///< payload: number, decimal text; to the container's first process
};

/// Longest message, frame byte included.
inline constexpr std::size_t kMaxFrameBytes = 64U << 10U;

/// Descriptor number of the control connection in the monitor.
inline constexpr int kControlFd = 3;

}  // namespace coracle::oci::monitor
