// SPDX-License-Identifier: Apache-2.0
#include "core/container/log_reader.h"

#include "core/text/time.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/stop_event.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <deque>

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace coracle::container {
namespace {

constexpr std::size_t kBlockBytes = 64U << 10U;
/// An entry holds at most 16 KiB of text, each byte at most six characters of JSON.
constexpr std::size_t kMaxEntryBytes = 256U << 10U;
constexpr int kMaxParts = 1000;

/// Open files of the log, oldest first. Descriptors stay valid when rotation renames the files.
Result<std::deque<sys::UniqueFd>> openParts(const std::string& path) {
    std::deque<sys::UniqueFd> parts;
    for (int i = 0; i < kMaxParts; ++i) {
        auto fd = sys::openAt(AT_FDCWD, i == 0 ? path : path + "." + std::to_string(i),
                              O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
        if (!fd && fd.error().kind() != ErrorKind::NotFound) {
            return std::move(fd).error();
        }
        if (fd) {
            parts.push_front(*std::move(fd));
        } else if (i > 0) {
            break;
        }
    }
    return parts;
}

/// Offset where the last `count` lines begin, and how many lines there are from it on.
struct TailStart {
    off_t offset = 0;
    std::size_t lines = 0;
};

Result<TailStart> findTail(int fd, std::size_t count) {
    const off_t size = ::lseek(fd, 0, SEEK_END);
    if (size < 0) {
        return Error::fromErrno("read log");
    }
    std::array<char, kBlockBytes> block{};
    std::size_t lines = 0;
    // The line feed at the very end closes the last line; each further one begins the line behind it.
    for (off_t end = size; end > 0;) {
        const off_t start = std::max<off_t>(0, end - static_cast<off_t>(block.size()));
        const ssize_t got = ::pread(fd, block.data(), static_cast<std::size_t>(end - start), start);
        if (got <= 0) {
            return got == 0 ? Result<TailStart>(TailStart{}) : Error::fromErrno("read log");
        }
        for (ssize_t i = got - 1; i >= 0; --i) {
            if (block[static_cast<std::size_t>(i)] == '\n' && start + i + 1 < size && ++lines == count) {
                return TailStart{start + i + 1, lines};
            }
        }
        end = start;
    }
    return TailStart{0, size > 0 ? lines + 1 : 0};
}

/// Drop or shorten parts so that `count` lines remain.
Result<> keepTail(std::deque<sys::UniqueFd>& parts, std::size_t count) {
    for (std::size_t i = parts.size(); i-- > 0;) {
        if (count == 0) {
            // The newest part stays open, at its end: a follower goes on from there.
            if (i + 1 < parts.size()) {
                parts.erase(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            } else if (::lseek(parts[i].get(), 0, SEEK_END) >= 0) {
                parts.erase(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(i));
            }
            return {};
        }
        TRY_ASSIGN(const TailStart tail, findTail(parts[i].get(), count));
        if (::lseek(parts[i].get(), tail.offset, SEEK_SET) < 0) {
            return Error::fromErrno("read log");
        }
        count -= tail.lines;
    }
    return {};
}

class Reader {
public:
    Reader(const types::LogOptions& options, const std::function<bool(const types::LogLine&)>& sink)
        : m_options(options), m_sink(sink) {}

    /// Everything the descriptor has now. false: the sink or `until` said enough.
    Result<bool> drain(int fd, const std::stop_token& stop) {
        std::array<char, kBlockBytes> block{};
        while (true) {
            if (stop.stop_requested()) {
                return Error(ErrorKind::Cancelled, "cancelled");
            }
            const ssize_t got = ::read(fd, block.data(), block.size());
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got < 0) {
                return Error::fromErrno("read log");
            }
            if (got == 0) {
                return true;
            }
            m_buffer.append(block.data(), static_cast<std::size_t>(got));
            if (!deliverLines()) {
                return false;
            }
        }
    }

    /// The part has ended; what has no line feed is a fragment that a killed writer left.
    void endPart() { m_buffer.clear(); }

private:
    bool deliverLines() {
        std::size_t start = 0;
        for (auto end = m_buffer.find('\n'); end != std::string::npos; end = m_buffer.find('\n', start)) {
            const auto line = parseLogEntry(std::string_view(m_buffer).substr(start, end - start));
            start = end + 1;
            if (!line || (m_options.since && line->time < *m_options.since)) {
                continue;
            }
            if ((m_options.until && line->time > *m_options.until) || !m_sink(*line)) {
                return false;
            }
        }
        m_buffer.erase(0, start);
        if (m_buffer.size() > kMaxEntryBytes) {
            m_buffer.clear();
        }
        return true;
    }

    const types::LogOptions& m_options;
    const std::function<bool(const types::LogLine&)>& m_sink;
    std::string m_buffer;
};

bool isSameFile(int fd, const std::string& path) {
    struct stat open {};
    struct stat named {};
    return ::fstat(fd, &open) == 0 && ::stat(path.c_str(), &named) == 0 && open.st_dev == named.st_dev &&
           open.st_ino == named.st_ino;
}

/// Sleep until the folder of the log changes, one of the others wakes up, or a stop is requested.
Result<> sleepUntilChange(int notifyFd, const LogFollow& follow, const sys::StopEvent& stopEvent) {
    std::vector<pollfd> polled{{notifyFd, POLLIN, 0}, {stopEvent.fd(), POLLIN, 0}};
    for (const int fd : follow.wakeFds) {
        polled.push_back({fd, POLLIN, 0});
    }
    if (::poll(polled.data(), polled.size(), -1) < 0 && errno != EINTR) {
        return Error::fromErrno("wait for log");
    }
    std::array<char, 4096> events{};
    while (::read(notifyFd, events.data(), events.size()) > 0) {
        // Only that something happened matters; the files say what.
    }
    return {};
}

Result<> followLog(const std::string& path, sys::UniqueFd fd, Reader& reader, const LogFollow& follow,
                   int notifyFd, const std::stop_token& stop) {
    const sys::StopEvent stopEvent(stop);
    while (true) {
        // Asked before reading: what was written until the end is then in the file.
        const bool ended = follow.ended && follow.ended();
        if (!fd) {
            if (auto opened = sys::openAt(AT_FDCWD, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)) {
                fd = *std::move(opened);
            }
        }
        if (fd) {
            const bool rotated = !isSameFile(fd.get(), path);
            TRY_ASSIGN(const bool more, reader.drain(fd.get(), stop));
            if (!more) {
                return {};
            }
            if (rotated) {
                reader.endPart();
                fd.reset();
                continue;
            }
        }
        if (ended) {
            return {};
        }
        TRY(sleepUntilChange(notifyFd, follow, stopEvent));
        if (stop.stop_requested()) {
            return Error(ErrorKind::Cancelled, "cancelled");
        }
    }
}

}  // namespace

std::optional<types::LogLine> parseLogEntry(std::string_view text) {
    const auto document = json::parse(text, kMaxEntryBytes);
    if (!document || !document->is_object()) {
        return std::nullopt;
    }
    // Taken without the getters of json.h: a program may well print NUL.
    const auto log = document->find("log");
    const auto stream = json::findString(*document, "stream");
    const auto time = json::findString(*document, "time");
    if (log == document->end() || !log->is_string() || !stream || !time || !*time) {
        return std::nullopt;
    }
    const auto when = text::parseTime(**time);
    if (!when) {
        return std::nullopt;
    }
    types::LogLine line;
    line.time = *when;
    line.stream = *stream == "stderr" ? types::LogStream::Stderr : types::LogStream::Stdout;
    line.text = log->get<std::string>();
    line.partial = line.text.empty() || line.text.back() != '\n';
    if (!line.partial) {
        line.text.pop_back();
    }
    return line;
}

Result<> readLog(const std::string& path, const types::LogOptions& options, const LogFollow& follow,
                 const std::function<bool(const types::LogLine&)>& sink, std::stop_token stop) {
    // The watch begins before the first read, so nothing falls between the two.
    sys::UniqueFd notify;
    if (options.follow) {
        notify.reset(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
        const std::string folder = path.substr(0, path.rfind('/'));
        if (!notify ||
            ::inotify_add_watch(notify.get(), folder.c_str(), IN_MODIFY | IN_CREATE | IN_MOVED_TO) < 0) {
            return Error::fromErrno("watch '" + folder + "'")
                .withHint("the limit is /proc/sys/fs/inotify/max_user_instances or max_user_watches");
        }
    }
    TRY_ASSIGN(auto parts, openParts(path));
    if (options.tail) {
        TRY(keepTail(parts, *options.tail));
    }
    Reader reader(options, sink);
    while (!parts.empty()) {
        TRY_ASSIGN(const bool more, reader.drain(parts.front().get(), stop));
        if (!more) {
            return {};
        }
        if (parts.size() == 1 && options.follow) {
            break;
        }
        reader.endPart();
        parts.pop_front();
    }
    if (!options.follow) {
        return {};
    }
    return followLog(path, parts.empty() ? sys::UniqueFd() : std::move(parts.front()), reader, follow,
                     notify.get(), stop);
}

}  // namespace coracle::container
