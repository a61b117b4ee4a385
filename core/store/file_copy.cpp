// SPDX-License-Identifier: Apache-2.0
#include "core/store/file_copy.h"

#include "core/store/helper_protocol.h"
#include "core/store/layer_index.h"
#include "rootless/sys/file.h"
#include "rootless/sys/stop_event.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/unix_socket.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

namespace coracle::store {
namespace {

constexpr std::size_t kMoveBytes = 256U << 10U;
constexpr int kPipeBytes = 1 << 20;
constexpr int kProcessFd = 4;  // in the helper

/// A helper at one end. Its result and its error go to files in memory, so that nobody has to read meanwhile.
struct End {
    sys::UniqueFd result;
    sys::UniqueFd error;
    sys::Subprocess process;

    Result<std::string> outcome() {
        TRY_ASSIGN(const sys::ExitStatus status, process.wait());
        if (!status.success()) {
            return helperFailure(status, sys::contentOf(error.get(), kMaxResultBytes));
        }
        return sys::contentOf(result.get(), kMaxResultBytes);
    }
};

Result<End> spawn(std::vector<std::string> words, const FileCopyEnd& end, int input, int output) {
    TRY_ASSIGN(std::string program, sys::findHelper("coracle-store"));
    TRY_ASSIGN(const sys::UniqueFd null, sys::openAt(AT_FDCWD, "/dev/null", O_RDWR));
    TRY_ASSIGN(sys::UniqueFd result, sys::memoryFile(""));
    TRY_ASSIGN(sys::UniqueFd error, sys::memoryFile(""));
    sys::SpawnOptions options;
    options.argv = {std::move(program)};
    options.argv.insert(options.argv.end(), words.begin(), words.end());
    options.fds = {{input >= 0 ? input : null.get(), 0},
                   {result.get(), 1},
                   {error.get(), 2},
                   {output >= 0 ? output : null.get(), kStreamFd}};
    if (end.processFd >= 0) {
        options.argv.insert(options.argv.end(), {"--process-fd", std::to_string(kProcessFd)});
        options.fds.emplace_back(end.processFd, kProcessFd);
    }
    options.argv.insert(options.argv.end(), end.below.begin(), end.below.end());
    options.argv.push_back(end.path);
    options.workingDirectory = "/";
    options.newSession = true;  // a Ctrl-C of the terminal is ours to act upon
    TRY_ASSIGN(sys::Subprocess process, sys::Subprocess::spawn(options));
    return End{std::move(result), std::move(error), std::move(process)};
}

Result<End> spawnSender(const FileCopy& copy, int output) {
    std::vector<std::string> words{"send"};
    if (copy.options.followLink) {
        words.emplace_back("--follow");
    }
    if (!copy.to.path.empty()) {
        words.emplace_back("--keep-holes");  // the other end is ours
    }
    return spawn(std::move(words), copy.from, -1, output);
}

Result<End> spawnReceiver(const FileCopy& copy, int input) {
    std::vector<std::string> words{"receive"};
    const bool stream = copy.from.path.empty();
    if (stream) {
        words.emplace_back("--stream");
        if (!copy.windowFolder.empty()) {
            words.insert(words.end(), {"--window", copy.windowFolder});
        }
    }
    if (copy.options.keepOwners || stream) {
        words.emplace_back("--keep-owners");
    }
    return spawn(std::move(words), copy.to, input, -1);
}

struct Moved {
    std::uint64_t bytes = 0;
    bool receiverGone = false;
};

/// Hand on what comes until its end, a stop request, or a receiver that has gone, whose own word then counts.
Result<Moved> move(int from, int to, const FileCopy& copy, const std::stop_token& stop) {
    const sys::StopEvent stopped(stop);
    std::string buffer(kMoveBytes, '\0');
    Moved moved;
    while (true) {
        std::array<pollfd, 2> waiting{pollfd{from, POLLIN, 0}, pollfd{stopped.fd(), POLLIN, 0}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) {
            return Error::fromErrno("wait for files");
        }
        if (stop.stop_requested()) {
            return moved;
        }
        const ssize_t got = ::read(from, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return Error::fromErrno("read files");
        }
        if (got == 0) {
            return moved;
        }
        if (!sys::sendAll(to, std::string_view(buffer).substr(0, static_cast<std::size_t>(got)))) {
            moved.receiverGone = true;
            return moved;
        }
        moved.bytes += static_cast<std::uint64_t>(got);
        if (copy.moved) {
            copy.moved(moved.bytes);
        }
    }
}

Error cancelled() {
    return {ErrorKind::Cancelled, "cancelled"};
}

Result<types::CopyReport> reportOf(const std::string& sent, const std::string& received,
                                   std::uint64_t moved) {
    types::CopyReport report;
    report.archiveBytes = moved;
    if (!sent.empty()) {
        TRY_ASSIGN(const PackedTree tree, parsePackedTree(sent));
        report.entries = tree.entries;
        report.sockets = tree.sockets;
        report.changedFiles = tree.changedFiles;
        report.archiveBytes = tree.tarBytes;
    }
    if (!received.empty()) {
        TRY_ASSIGN(const ReceivedTree tree, parseReceivedTree(received));
        report.entries = tree.entries;
        report.devices = tree.devices;
    }
    return report;
}

/// To a stream: the helper writes to it itself.
Result<types::CopyReport> sendOnly(const FileCopy& copy, const std::stop_token& stop) {
    TRY_ASSIGN(End sender, spawnSender(copy, copy.to.streamFd));
    {
        const std::stop_callback onStop(stop, [&sender] { (void)sender.process.kill(SIGKILL); });
        auto sent = sender.outcome();
        if (stop.stop_requested()) {
            return cancelled();
        }
        TRY_ASSIGN(const std::string line, std::move(sent));
        return reportOf(line, "", 0);
    }
}

/// To its end; a stop request kills it.
Result<> finish(End& helper, const std::stop_token& stop) {
    const std::stop_callback onStop(stop, [&helper] { (void)helper.process.kill(SIGKILL); });
    auto ended = helper.outcome();
    if (stop.stop_requested()) {
        return cancelled();
    }
    TRY(ended);
    return {};
}

}  // namespace

Result<std::vector<types::ImageFile>> listFolder(const FileCopyEnd& place, const std::stop_token& stop) {
    TRY_ASSIGN(const sys::UniqueFd list, sys::memoryFile(""));
    TRY_ASSIGN(End helper, spawn({"folder"}, place, -1, list.get()));
    TRY(finish(helper, stop));
    return parseLayerIndex(sys::contentOf(list.get(), kMaxResultBytes));
}

Result<types::FoundFiles> findFiles(const FileCopyEnd& place, const std::string& words,
                                    const std::stop_token& stop) {
    if (words.empty()) {
        return Error(ErrorKind::InvalidArgument, "there is nothing to look for");
    }
    TRY_ASSIGN(const sys::UniqueFd list, sys::memoryFile(""));
    TRY_ASSIGN(End helper, spawn({"find", "--name", words}, place, -1, list.get()));
    TRY(finish(helper, stop));
    types::FoundFiles found;
    TRY_ASSIGN(found.files, parseLayerIndex(sys::contentOf(list.get(), kMaxResultBytes)));
    found.more = found.files.size() > kMaxFoundFiles;
    found.files.resize(std::min(found.files.size(), kMaxFoundFiles));
    std::sort(found.files.begin(), found.files.end(),
              [](const auto& one, const auto& other) { return one.path < other.path; });
    return found;
}

Result<std::string> readFileStart(const FileCopyEnd& place, const std::stop_token& stop) {
    TRY_ASSIGN(const sys::UniqueFd bytes, sys::memoryFile(""));
    TRY_ASSIGN(End helper, spawn({"read"}, place, -1, bytes.get()));
    TRY(finish(helper, stop));
    return sys::contentOf(bytes.get(), kMaxReadBytes);
}

Result<> eraseFile(const FileCopyEnd& place, const std::stop_token& stop) {
    TRY_ASSIGN(End helper, spawn({"erase"}, place, -1, -1));
    return finish(helper, stop);
}

/// The receiver is started first and asked first: why it could not go on is the reason for which the sender
/// had nobody to write to.
Result<types::CopyReport> copyFiles(const FileCopy& copy, const std::stop_token& stop) {
    if (copy.to.path.empty()) {
        return sendOnly(copy, stop);
    }
    TRY_ASSIGN(sys::SocketPair sockets, sys::makeSocketPair(sys::SocketType::Stream));
    TRY_ASSIGN(End receiver, spawnReceiver(copy, sockets.second.get()));
    sockets.second.reset();
    std::optional<End> sender;
    sys::Pipe pipe;
    int input = copy.from.streamFd;
    if (!copy.from.path.empty()) {
        TRY_ASSIGN(pipe, sys::makePipe());
        (void)::fcntl(pipe.writeEnd.get(), F_SETPIPE_SZ, kPipeBytes);  // a smaller pipe is only slower
        TRY_ASSIGN(sender, spawnSender(copy, pipe.writeEnd.get()));
        pipe.writeEnd.reset();
        input = pipe.readEnd.get();
    }
    Result<Moved> moved(Moved{});
    {
        const int socket = sockets.first.get();
        const std::stop_callback onStop(stop, [socket] { (void)::shutdown(socket, SHUT_RDWR); });
        moved = move(input, socket, copy, stop);
    }
    Result<std::string> sent(std::string{});
    if (sender) {
        pipe.readEnd.reset();
        if (stop.stop_requested()) {
            (void)sender->process.kill(SIGKILL);
        }
        sent = sender->outcome();
    }
    // A sender that failed has nothing more to say to the receiver, whose archive just ends.
    sockets.first.reset();
    auto received = receiver.outcome();
    if (stop.stop_requested()) {
        return cancelled();
    }
    TRY_ASSIGN(const Moved done, std::move(moved));
    if (done.receiverGone && !received) {
        return std::move(received).error();
    }
    TRY_ASSIGN(const std::string given, std::move(sent));
    TRY_ASSIGN(const std::string taken, std::move(received));
    return reportOf(given, taken, done.bytes);
}

}  // namespace coracle::store
