// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper_stream.h"

#include "core/store/context.h"
#include "core/store/helper_protocol.h"
#include "rootless/sys/file.h"
#include "rootless/sys/stop_event.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/unix_socket.h"

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

namespace coracle::store {
namespace {

constexpr std::size_t kReadBytes = 256U << 10U;
constexpr int kPipeBytes = 1 << 20;

/// A helper under way: its result goes to one file in memory, its error to another, so that nobody has to
/// read while it works.
struct Running {
    sys::UniqueFd result;
    sys::UniqueFd error;
    sys::Subprocess process;
};

Result<Running> spawn(const StoreContext& context, const std::vector<std::string>& words,
                      const StreamEnds& ends) {
    TRY_ASSIGN(const sys::UniqueFd null, sys::openAt(AT_FDCWD, "/dev/null", O_RDWR));
    TRY_ASSIGN(sys::UniqueFd result, sys::memoryFile(""));
    TRY_ASSIGN(sys::UniqueFd error, sys::memoryFile(""));
    sys::SpawnOptions options;
    TRY_ASSIGN(options.argv, helperWords(context));
    options.argv.insert(options.argv.end(), words.begin(), words.end());
    options.fds = {{ends.input >= 0 ? ends.input : null.get(), 0},
                   {result.get(), 1},
                   {error.get(), 2},
                   {ends.output >= 0 ? ends.output : null.get(), kStreamFd}};
    options.workingDirectory = "/";
    TRY_ASSIGN(sys::Subprocess process, sys::Subprocess::spawn(options));
    return Running{std::move(result), std::move(error), std::move(process)};
}

Result<std::string> outcome(const Running& running, const sys::ExitStatus& status) {
    if (!status.success()) {
        return helperFailure(status, sys::contentOf(running.error.get(), kMaxResultBytes));
    }
    return sys::contentOf(running.result.get(), kMaxResultBytes);
}

}  // namespace

std::vector<std::string> inflateWords(const Layout& layout, std::string_view compression) {
    return {"inflate", "--compression", std::string(compression), "--window", layout.stagingDir()};
}

Result<std::string> runHelperOnStreams(const StoreContext& context, const std::vector<std::string>& words,
                                       const StreamEnds& ends, std::stop_token stop) {
    TRY_ASSIGN(Running running, spawn(context, words, ends));
    TRY_ASSIGN(const sys::ExitStatus status, running.process.wait(std::move(stop)));
    return outcome(running, status);
}

Result<std::string> readFromHelper(const StoreContext& context, const std::vector<std::string>& words,
                                   int inputFd, const std::function<Result<>(std::string_view)>& sink,
                                   std::stop_token stop) {
    TRY_ASSIGN(sys::Pipe pipe, sys::makePipe());
    (void)::fcntl(pipe.writeEnd.get(), F_SETPIPE_SZ, kPipeBytes);  // a smaller pipe is only slower
    TRY_ASSIGN(Running running, spawn(context, words, {inputFd, pipe.writeEnd.get()}));
    pipe.writeEnd.reset();
    const std::stop_callback onStop(stop, [&running] { (void)running.process.kill(SIGKILL); });
    std::string buffer(kReadBytes, '\0');
    while (true) {
        const ssize_t got = ::read(pipe.readEnd.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return Error::fromErrno("read from the store's helper");
        }
        if (got == 0) {
            break;
        }
        TRY(sink(std::string_view(buffer).substr(0, static_cast<std::size_t>(got))));
    }
    TRY_ASSIGN(const sys::ExitStatus status, running.process.wait());
    if (stop.stop_requested()) {
        return Error(ErrorKind::Cancelled, "cancelled");
    }
    return outcome(running, status);
}

/// A socket and not a pipe: a helper that ends early is an error of sending and no signal. Its own word about
/// that counts.
Result<std::string> writeToHelper(const StoreContext& context, const std::vector<std::string>& words,
                                  int inputFd, const std::function<void(std::uint64_t)>& moved,
                                  const std::stop_token& stop) {
    TRY_ASSIGN(sys::SocketPair sockets, sys::makeSocketPair(sys::SocketType::Stream));
    TRY_ASSIGN(Running running, spawn(context, words, {sockets.second.get(), -1}));
    sockets.second.reset();
    const sys::StopEvent stopped(stop);
    const std::stop_callback onStop(stop, [&running] { (void)running.process.kill(SIGKILL); });
    std::string buffer(kReadBytes, '\0');
    std::uint64_t bytes = 0;
    Result<> read;
    while (read && !stop.stop_requested()) {
        std::array<pollfd, 2> waiting{pollfd{inputFd, POLLIN, 0}, pollfd{stopped.fd(), POLLIN, 0}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) {
            read = Error::fromErrno("wait for the archive");
        }
        const ssize_t got = stop.stop_requested() ? 0 : ::read(inputFd, buffer.data(), buffer.size());
        if (got < 0 && errno != EINTR && errno != EAGAIN) {
            read = Error::fromErrno("read the archive");
        }
        if (got == 0 ||
            (got > 0 && !sys::sendAll(sockets.first.get(),
                                      std::string_view(buffer).substr(0, static_cast<std::size_t>(got))))) {
            break;
        }
        bytes += static_cast<std::uint64_t>(std::max<ssize_t>(got, 0));
        if (moved) {
            moved(bytes);
        }
    }
    if (!read) {
        (void)running.process.kill(SIGKILL);
    }
    sockets.first.reset();
    TRY_ASSIGN(const sys::ExitStatus status, running.process.wait());
    if (stop.stop_requested()) {
        return Error(ErrorKind::Cancelled, "cancelled");
    }
    TRY(read);
    return outcome(running, status);
}

}  // namespace coracle::store
