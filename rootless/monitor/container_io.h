// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/monitor/log_format.h"
#include "rootless/monitor/settings.h"
#include "rootless/sys/event_loop.h"
#include "rootless/sys/read_buffer.h"
#include "rootless/sys/result.h"
#include "rootless/sys/terminal.h"
#include "rootless/sys/unique_fd.h"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coracle::monitor {

/// Standard input, output and error of the container's first process: three pipes, or a terminal whose
/// controlling end the runtime hands over through the console socket. Output pipes of a container have
/// names in the run folder, by which the monitor that follows a killed one finds them.
/// Order of use: prepare (or adopt, then startReading), spawn the runtime with childFds(),
/// closeChildEnds, then either takeMessages (the runtime failed) or collectTerminal and startReading, and
/// drain when the process has ended. Input may be queued at any time.
/// Who controls what comes in: the container writes what and as much as it likes; it is read in pieces of
/// kReadBytes and only while somebody takes it. What a client types is kept up to the limit of the
/// protocol (kMaxQueuedStdin), then the client is not read any more. Nothing here waits: all descriptors
/// are non-blocking.
class ContainerIo {
public:
    /// What the owner is told.
    struct Callbacks {
        std::function<void(Stream, std::string_view)> output;
        std::function<void()> inputTaken;  ///< the queue of input has become empty
        /// What the container wrote cannot be read: it is not the end, but nothing comes any more.
        std::function<void(const Error&)> outputFailed;
    };

    /// Half of what a pipe holds by default, and small enough for one frame of the protocol.
    static constexpr std::size_t kReadBytes = 32U << 10U;

    ContainerIo(sys::EventLoop& loop, const Settings& settings, Callbacks callbacks);
    ~ContainerIo();
    ContainerIo(const ContainerIo&) = delete;
    ContainerIo& operator=(const ContainerIo&) = delete;

    /// Make pipes or the console socket for a runtime that will be started. Errors: by errno, Unavailable
    /// when no place for the console socket is found.
    Result<> prepare();

    /// Take over what the container of a killed monitor still writes to; a terminal is gone, and so is a
    /// pipe of standard input. Errors: Conflict when a pipe's name is taken by something else, by errno.
    Result<> adopt();

    /// (descriptor here, number in the runtime), borrowed; valid until closeChildEnds().
    std::vector<std::pair<int, int>> childFds() const;
    /// Empty without a terminal.
    const std::string& consoleSocket() const noexcept { return m_consolePath; }
    /// Close what the runtime has now, so that the end of its side can be seen here.
    void closeChildEnds();

    /// What the runtime wrote to standard error, for a runtime that failed.
    std::string takeMessages();

    /// Take the terminal the runtime has sent before it ended. Errors: Unavailable when it sent none.
    Result<> collectTerminal();

    /// Deliver output from now on.
    void startReading();
    /// While paused the container's writes wait as soon as the kernel's buffers are full.
    void setPaused(bool paused);
    /// Read and deliver everything that is there, without waiting for more, and stop reading. The first
    /// process has ended, but others may still hold the pipe: what they write later is for nobody.
    void drain();

    /// Hand bytes to the container, after those queued before. Dropped when its standard input is not
    /// open.
    void queueInput(std::string_view bytes);
    std::size_t queuedInput() const noexcept { return m_queuedBytes; }
    /// End of input, after what is queued: a pipe is closed, a terminal in line mode gets its
    /// end-of-input character.
    void endInput();

    /// Set the terminal's size, now or when it comes. Without a terminal nothing happens.
    void resize(sys::WindowSize size);

    /// Close everything; what was not read is lost.
    void close();

    /// Take the terminal away: its session gets SIGHUP. Without a terminal, end the input.
    void hangUp();

private:
    struct Source {
        sys::UniqueFd fd;
        Stream stream = Stream::Stdout;
    };
    enum class ReadOutcome : std::uint8_t { Got, Nothing, End };

    Result<> prepareTerminal();
    Result<> preparePipes();
    Result<> prepareOutput(Source& source, sys::UniqueFd& childEnd);
    std::string pipeName(Stream stream) const;
    void removePipes();
    Result<std::string> consolePath();
    Result<> acceptTerminal();
    void closeConsoleListener();
    /// Nothing: there is none at this moment. End: no writer is left.
    ReadOutcome readOnce(Source& source);
    void onReadable(Source& source);
    /// Watches the sources when reading was begun and is not paused.
    void updateReading();
    /// A terminal without an open process reads as ended; it is looked at again by a timer.
    void retryTerminalLater();
    void writeInput();
    void finishInput();
    void closeInput();

    sys::EventLoop& m_loop;
    const Settings& m_settings;
    Callbacks m_callbacks;

    sys::UniqueFd m_childIn, m_childOut, m_childErr;  ///< ends for the runtime
    Source m_out;                                     ///< pipe, or the terminal
    Source m_err;
    sys::UniqueFd m_messages;  ///< of the runtime when the container has a terminal

    std::string m_consolePath;
    std::string m_consoleFolder;  ///< removed with the socket when it is ours alone
    sys::UniqueFd m_consoleListener;
    std::optional<sys::WindowSize> m_size;
    sys::EventLoop::TimerId m_retry = 0;

    sys::UniqueFd m_input;
    /// Input that the container has not taken yet, in pieces as they came.
    std::deque<std::string> m_queue;
    std::size_t m_queuedBytes = 0;
    bool m_inputEnds = false;
    bool m_ownsPipes = false;  ///< their names are ours to remove
    bool m_reading = false;
    bool m_paused = false;
    sys::ReadBuffer m_buffer{kReadBytes};
};

}  // namespace coracle::monitor
