// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/container_io.h"

#include "rootless/sys/file.h"
#include "rootless/sys/named_pipe.h"
#include "rootless/sys/reaper.h"
#include "rootless/sys/unix_socket.h"

#include <chrono>
#include <cstdlib>

#include <fcntl.h>
#include <sys/epoll.h>

namespace coracle::monitor {
namespace {

/// Between looks at a terminal that no process has open: the kernel has no event for "opened again", and a
/// hang-up is reported without end while it is watched.
constexpr std::chrono::milliseconds kTerminalRetry{100};
constexpr std::chrono::milliseconds kTerminalLimit{2000};
/// The most a pipe can hold (pipe-max-size); a process that outlives the first one could write for ever.
constexpr std::size_t kMaxDrainBytes = 1U << 20U;

}  // namespace

ContainerIo::ContainerIo(sys::EventLoop& loop, const Settings& settings, Callbacks callbacks)
    : m_loop(loop), m_settings(settings), m_callbacks(std::move(callbacks)) {
    m_err.stream = Stream::Stderr;
}

/// The terminal's socket and its folder; pipes are removed by drain() and close() and not here, since a
/// monitor that leaves the container alone (adoption failed) must leave them.
ContainerIo::~ContainerIo() {
    if (!m_consolePath.empty()) {
        (void)sys::removeFile(m_consolePath);  // may be gone already
    }
    if (!m_consoleFolder.empty()) {
        (void)sys::removeTree(m_consoleFolder);  // an empty folder of ours; nothing depends on it
    }
}

/// Our ends do not block: one loop serves all, and a container that stops reading or writing must not stop
/// it.
Result<> ContainerIo::prepare() {
    TRY(m_settings.tty ? prepareTerminal() : preparePipes());
    for (const int fd : {m_out.fd.get(), m_err.fd.get(), m_messages.get(), m_input.get()}) {
        if (fd >= 0) {
            TRY(sys::setNonBlocking(fd));
        }
    }
    return {};
}

std::string ContainerIo::pipeName(Stream stream) const {
    return m_settings.runDir + (stream == Stream::Stdout ? "/stdout" : "/stderr");
}

/// A run folder that takes no more names (it is full) costs the adoption, not the start: an unnamed pipe
/// does the same until the monitor is killed. The process of an exec session has unnamed ones always, for
/// nobody takes it over.
Result<> ContainerIo::prepareOutput(Source& source, sys::UniqueFd& childEnd) {
    if (m_settings.mode == Mode::Container) {
        if (auto named = sys::makeNamedPipe(pipeName(source.stream))) {
            source.fd = std::move(named->readEnd);
            childEnd = std::move(named->bothEnds);
            m_ownsPipes = true;
            return {};
        }
    }
    TRY_ASSIGN(auto pipe, sys::makePipe());
    source.fd = std::move(pipe.readEnd);
    childEnd = std::move(pipe.writeEnd);
    return {};
}

/// The monitor before us held the only writing end of standard input, so the container has read its end
/// already.
Result<> ContainerIo::adopt() {
    if (m_settings.tty) {
        return {};
    }
    TRY_ASSIGN(m_out.fd, sys::openNamedPipe(pipeName(Stream::Stdout)));
    TRY_ASSIGN(m_err.fd, sys::openNamedPipe(pipeName(Stream::Stderr)));
    m_inputEnds = true;
    m_ownsPipes = true;
    return {};
}

/// The names only; whoever has them open goes on.
void ContainerIo::removePipes() {
    if (m_ownsPipes) {
        (void)sys::removeFile(pipeName(Stream::Stdout));  // the next start replaces what is left
        (void)sys::removeFile(pipeName(Stream::Stderr));
    }
}

/// /dev/null for a container without input, as docker has it: a read answers the end and does not wait for
/// ever.
Result<> ContainerIo::preparePipes() {
    TRY(prepareOutput(m_out, m_childOut));
    TRY(prepareOutput(m_err, m_childErr));
    if (!m_settings.openStdin) {
        TRY_ASSIGN(m_childIn, sys::openAt(AT_FDCWD, "/dev/null", O_RDONLY));
        return {};
    }
    TRY_ASSIGN(auto in, sys::makePipe());
    m_childIn = std::move(in.readEnd);
    m_input = std::move(in.writeEnd);
    return {};
}

/// With a terminal the runtime's own streams are no streams of the container: what it prints is a message
/// about a failed start, and is kept in a pipe of its own.
Result<> ContainerIo::prepareTerminal() {
    TRY_ASSIGN(auto messages, sys::makePipe());
    m_messages = std::move(messages.readEnd);
    TRY_ASSIGN(m_childIn, sys::openAt(AT_FDCWD, "/dev/null", O_RDONLY));
    TRY_ASSIGN(m_childOut, sys::duplicateFd(messages.writeEnd.get()));
    m_childErr = std::move(messages.writeEnd);
    TRY_ASSIGN(m_consolePath, consolePath());
    TRY_ASSIGN(m_consoleListener, sys::listenUnix(m_consolePath, sys::SocketType::Stream));
    // Taken as soon as it is sent, so that it has its size before the program asks; what fails here is told
    // by collectTerminal.
    return m_loop.watch(m_consoleListener.get(), EPOLLIN, [this](std::uint32_t) { (void)acceptTerminal(); });
}

/// Runtimes put the path into a sockaddr_un, so a run folder with a long name needs another place, one that
/// only this user can enter.
Result<std::string> ContainerIo::consolePath() {
    std::string path = m_settings.runDir + "/c";
    if (sys::fitsSocketAddress(path)) {
        return path;
    }
    const char* runtimeDir = std::getenv("XDG_RUNTIME_DIR");
    for (const std::string base : {runtimeDir != nullptr ? runtimeDir : "", "/tmp"}) {
        std::string folder = base + "/coracle-" + sys::randomHex(16);
        if (base.empty() || base.front() != '/' || !sys::fitsSocketAddress(folder + "/c")) {
            continue;
        }
        if (::mkdir(folder.c_str(), 0700) == 0) {
            m_consoleFolder = folder;
            return folder + "/c";
        }
    }
    return Error(ErrorKind::Unavailable, "make a console socket: no folder with a short name is writable");
}

std::vector<std::pair<int, int>> ContainerIo::childFds() const {
    return {{m_childIn.get(), 0}, {m_childOut.get(), 1}, {m_childErr.get(), 2}};
}

void ContainerIo::closeChildEnds() {
    m_childIn.reset();
    m_childOut.reset();
    m_childErr.reset();
}

std::string ContainerIo::takeMessages() {
    return sys::readAvailable(m_settings.tty ? m_messages.get() : m_err.fd.get());
}

/// The runtime has ended and so has sent the terminal, which waits in the socket when it was not taken
/// yet.
Result<> ContainerIo::collectTerminal() {
    if (!m_settings.tty) {
        return {};
    }
    if (!m_out.fd) {
        TRY(acceptTerminal());
    }
    m_messages.reset();
    return {};
}

/// The peer should be the runtime. What it sends is written to and read from now on, so it is used only if
/// the kernel says that it is the controlling end of a pseudoterminal.
Result<> ContainerIo::acceptTerminal() {
    if (!m_consoleListener) {
        return Error(ErrorKind::Unavailable, "the runtime sent no usable terminal");
    }
    TRY_ASSIGN(const auto connection, sys::acceptUnix(m_consoleListener.get()));
    closeConsoleListener();
    if (!connection) {
        return Error(ErrorKind::Unavailable, "the runtime sent no terminal");
    }
    // A runtime sends it right after it connects; one that was stopped in between must not stop us as well.
    TRY(sys::setTimeouts(connection->get(), kTerminalLimit));
    TRY_ASSIGN(m_out.fd, sys::receiveDescriptor(connection->get()));
    if (!sys::isPtyMaster(m_out.fd.get())) {
        m_out.fd.reset();
        return Error(ErrorKind::Unavailable, "the runtime sent something that is no terminal");
    }
    TRY(sys::setNonBlocking(m_out.fd.get()));
    if (m_settings.openStdin) {
        TRY_ASSIGN(m_input, sys::duplicateFd(m_out.fd.get()));
    }
    if (m_size) {
        TRY(sys::setWindowSize(m_out.fd.get(), *m_size));
    }
    writeInput();
    return {};
}

void ContainerIo::closeConsoleListener() {
    if (m_consoleListener) {
        m_loop.unwatch(m_consoleListener.get());
        m_consoleListener.reset();
        (void)sys::removeFile(m_consolePath);  // one use; a left-over name does no harm
    }
}

void ContainerIo::startReading() {
    m_reading = true;
    updateReading();
}

void ContainerIo::setPaused(bool paused) {
    if (m_paused != paused) {
        m_paused = paused;
        updateReading();
    }
}

/// Paused descriptors are not watched at all: a hang-up is always reported and would spin the loop.
void ContainerIo::updateReading() {
    for (Source* source : {&m_out, &m_err}) {
        const int fd = source->fd.get();
        const bool wanted = m_reading && !m_paused && fd >= 0;
        if (fd < 0 || m_loop.isWatched(fd) == wanted) {
            continue;
        }
        if (wanted) {
            (void)m_loop.watch(fd, EPOLLIN, [this, source](std::uint32_t) { onReadable(*source); });
        } else {
            m_loop.unwatch(fd);
        }
    }
}

/// End: 0 from a pipe that no process can write to any more; EIO from a terminal that none has open.
ContainerIo::ReadOutcome ContainerIo::readOnce(Source& source) {
    const auto space = m_buffer.space();
    const ssize_t got = ::read(source.fd.get(), space.data(), space.size());
    if (got > 0) {
        m_callbacks.output(source.stream, std::string_view(space.data(), static_cast<std::size_t>(got)));
        return ReadOutcome::Got;
    }
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        return ReadOutcome::Nothing;
    }
    if (got < 0 && !(m_settings.tty && errno == EIO)) {
        m_callbacks.outputFailed(Error::fromErrno("read what the container writes"));
    }
    return ReadOutcome::End;
}

/// The end of a pipe is the end of all its writers. That of a terminal is not: it reads as ended while no
/// process has it open and comes back with the next.
void ContainerIo::onReadable(Source& source) {
    if (readOnce(source) != ReadOutcome::End) {
        return;
    }
    m_loop.unwatch(source.fd.get());
    if (m_settings.tty) {
        retryTerminalLater();
    } else {
        source.fd.reset();
    }
}

/// A terminal that no process has open answers EIO, but one may open it again (init programs do).
void ContainerIo::retryTerminalLater() {
    m_retry = m_loop.callAfter(kTerminalRetry, [this] { updateReading(); });
}

/// The first process has ended: what is in the pipes is read, and processes that it left behind and that
/// still write are not waited for. The limit is for such a one that writes faster than it is read.
void ContainerIo::drain() {
    for (Source* source : {&m_out, &m_err}) {
        if (!source->fd) {
            continue;
        }
        m_loop.unwatch(source->fd.get());
        std::size_t rounds = 0;
        while (rounds < kMaxDrainBytes / kReadBytes && readOnce(*source) == ReadOutcome::Got) {
            ++rounds;
        }
        source->fd.reset();
    }
    m_loop.cancel(m_retry);
    closeInput();
    removePipes();
}

/// Held until the container takes it; the caller stops its client at a limit, so a container that does not
/// read costs bounded memory.
void ContainerIo::queueInput(std::string_view bytes) {
    if (!m_settings.openStdin || m_inputEnds || bytes.empty()) {
        return;
    }
    m_queue.emplace_back(bytes);
    m_queuedBytes += bytes.size();
    if (m_queue.size() == 1) {
        writeInput();
    }
}

void ContainerIo::endInput() {
    m_inputEnds = true;
    if (m_queue.empty() && m_input) {
        finishInput();
    }
}

/// As much as fits now; the rest when the loop says that there is room again. inputTaken comes when
/// nothing is queued any more, which lets paused clients send again.
void ContainerIo::writeInput() {
    while (!m_queue.empty() && m_input) {
        std::string& front = m_queue.front();
        const ssize_t put = ::write(m_input.get(), front.data(), front.size());
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0 && errno == EAGAIN) {
            if (!m_loop.isWatched(m_input.get())) {
                (void)m_loop.watch(m_input.get(), EPOLLOUT, [this](std::uint32_t) { writeInput(); });
            }
            return;
        }
        if (put < 0) {  // the container closed its standard input: as with a pipe, the rest is for nobody
            closeInput();
            m_callbacks.inputTaken();
            return;
        }
        m_queuedBytes -= static_cast<std::size_t>(put);
        front.erase(0, static_cast<std::size_t>(put));
        if (front.empty()) {
            m_queue.pop_front();
        }
    }
    if (!m_input) {
        return;  // the terminal has not come yet
    }
    m_loop.unwatch(m_input.get());
    if (m_inputEnds) {
        finishInput();
    }
    m_callbacks.inputTaken();
}

/// A terminal has no end that could be closed while the container goes on writing to it, so the end is
/// said as a person says it, by Ctrl-D; in raw mode there is no such character and nothing is said.
void ContainerIo::finishInput() {
    if (m_settings.tty) {
        if (const char end = sys::endOfInputCharacter(m_input.get()); end != 0) {
            (void)!::write(m_input.get(), &end, 1);  // a full terminal queue drops what is typed, too
        }
    }
    closeInput();
}

void ContainerIo::closeInput() {
    if (m_input) {
        m_loop.unwatch(m_input.get());
        m_input.reset();
    }
    m_inputEnds = true;
    m_queue.clear();
    m_queuedBytes = 0;
}

/// Kept for a terminal that is yet to come.
void ContainerIo::resize(sys::WindowSize size) {
    m_size = size;
    if (m_settings.tty && m_out.fd) {
        (void)sys::setWindowSize(m_out.fd.get(), size);  // the terminal may have gone this moment
    }
}

void ContainerIo::close() {
    for (Source* source : {&m_out, &m_err}) {
        m_loop.unwatch(source->fd.get());
        source->fd.reset();
    }
    m_loop.cancel(m_retry);
    closeConsoleListener();
    closeInput();
    removePipes();
}

/// Closing the last master gives the session SIGHUP, which is how a program whose
/// terminal goes away learns of it.
void ContainerIo::hangUp() {
    closeInput();
    if (m_settings.tty && m_out.fd) {
        m_loop.cancel(m_retry);
        m_loop.unwatch(m_out.fd.get());
        m_out.fd.reset();
    }
}

}  // namespace coracle::monitor
