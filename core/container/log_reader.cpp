// SPDX-License-Identifier: Apache-2.0
#include "core/container/log_reader.h"

#include "core/text/time.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/stop_event.h"
#include "rootless/sys/watch_error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <iterator>

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::container {
namespace {

constexpr std::size_t kBlockBytes = 64U << 10U;
/// An entry holds at most 16 KiB of text, each byte at most six characters of JSON.
constexpr std::size_t kMaxEntryBytes = 256U << 10U;

/// One file of the log and how far it was read.
struct Part {
    sys::UniqueFd fd;
    dev_t device = 0;
    ino_t inode = 0;
    off_t offset = 0;  ///< behind the last whole line that was delivered

    bool sameFile(const Part& other) const { return device == other.device && inode == other.inode; }
};
using Parts = std::deque<Part>;

/// O_NOFOLLOW and O_NONBLOCK: the folder is the user's, and what stands there may be no file.
Result<std::optional<Part>> openPart(const std::string& path) {
    auto fd = sys::openAt(AT_FDCWD, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (!fd) {
        return fd.error().kind() == ErrorKind::NotFound ? Result<std::optional<Part>>(std::nullopt)
                                                        : std::move(fd).error();
    }
    struct stat status {};
    if (::fstat(fd->get(), &status) != 0) {
        return Error::fromErrno("examine '" + path + "'");
    }
    return std::optional<Part>(Part{*std::move(fd), status.st_dev, status.st_ino, 0});
}

/// Numbers of the parts that rotation left, the oldest (largest) first.
std::vector<int> rotatedNumbers(const std::string& path) {
    const auto slash = path.rfind('/');
    const std::string prefix = path.substr(slash + 1) + ".";
    std::vector<int> numbers;
    const auto names = sys::listDirectory(path.substr(0, slash));
    for (const auto& name : names ? *names : std::vector<std::string>()) {
        int number = 0;
        const char* end = name.data() + name.size();
        if (name.starts_with(prefix) && name.size() > prefix.size()) {
            const auto [at, fault] = std::from_chars(name.data() + prefix.size(), end, number);
            if (fault == std::errc() && at == end && number > 0) {
                numbers.push_back(number);
            }
        }
    }
    std::sort(numbers.rbegin(), numbers.rend());
    return numbers;
}

/// From the oldest to the one that is written. A rotation in between shows one file under two names, which
/// is taken once.
Result<Parts> openOnce(const std::string& path) {
    Parts parts;
    auto names = rotatedNumbers(path);
    names.push_back(0);
    for (const int number : names) {
        TRY_ASSIGN(auto part, openPart(number == 0 ? path : path + "." + std::to_string(number)));
        const bool known = part && std::any_of(parts.begin(), parts.end(),
                                               [&](const Part& other) { return other.sameFile(*part); });
        if (part && !known) {
            parts.push_back(*std::move(part));
        }
    }
    return parts;
}

/// All files of the log as they are at one moment, oldest first. Each rotation puts another file under the
/// first name, so a set whose newest has that name still was not rotated while it was opened.
Result<Parts> openParts(const std::string& path) {
    constexpr int kAttempts = 16;
    for (int attempt = 1;; ++attempt) {
        TRY_ASSIGN(Parts parts, openOnce(path));
        TRY_ASSIGN(const auto newest, openPart(path));
        const bool steady = newest ? !parts.empty() && parts.back().sameFile(*newest) : true;
        if (steady || attempt == kAttempts) {
            return parts;
        }
    }
}

/// Offset where the last `count` lines begin, and how many lines there are from it on.
struct TailStart {
    off_t offset = 0;
    std::size_t lines = 0;
};

/// Backwards in blocks: a log may be as large as the disk, and the last ten lines are at its end.
Result<TailStart> findTail(int fd, std::size_t count) {
    const off_t size = ::lseek(fd, 0, SEEK_END);
    if (size < 0) {
        return Error::fromErrno("read log");
    }
    if (count == 0) {
        return TailStart{size, 0};
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
Result<> keepTail(Parts& parts, std::size_t count) {
    for (std::size_t i = parts.size(); i-- > 0;) {
        if (count == 0) {
            // The newest part stays open, at its end: a follower goes on from there.
            const std::size_t keep = std::min(i + 1, parts.size() - 1);
            if (keep == i) {
                TRY_ASSIGN(const TailStart end, findTail(parts[i].fd.get(), 0));
                parts[i].offset = end.offset;
            }
            parts.erase(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(keep));
            return {};
        }
        TRY_ASSIGN(const TailStart tail, findTail(parts[i].fd.get(), count));
        parts[i].offset = tail.offset;
        count -= tail.lines;
    }
    return {};
}

/// Reads the parts in order, oldest first. A part is finished when it has a successor, because the writer
/// closes it before it makes the next one. Rotation renames files, so a part is known by device and inode
/// and never by its name.
class Reader {
public:
    Reader(std::string path, const types::LogOptions& options,
           const std::function<bool(const types::LogLine&)>& sink, std::stop_token stop)
        : m_path(std::move(path)), m_options(options), m_sink(sink), m_stop(std::move(stop)) {}

    Result<> open() {
        TRY_ASSIGN(m_parts, openParts(m_path));
        return m_options.tail ? keepTail(m_parts, *m_options.tail) : Result<>();
    }

    /// Deliver everything there is now. false: the sink or `until` said enough.
    Result<bool> drain() {
        while (true) {
            if (m_options.follow) {
                TRY(noticeRotation());
            }
            if (m_parts.empty()) {
                return true;
            }
            TRY_ASSIGN(const bool more, drainPart(m_parts.front()));
            // A part that has a successor is complete: its writer has closed it, and drainPart has looked for
            // more of it after the successor was noticed.
            if (!more || m_parts.size() < 2) {
                return more;
            }
            m_parts.pop_front();
            if (m_parts.front().fd.get() == m_gapBefore) {
                m_gapBefore = -1;
                if (!m_sink(gapLine())) {
                    return false;
                }
            }
        }
    }

private:
    /// Hold what has come under the log's name since; see kMaxHeldParts.
    Result<> noticeRotation() {
        struct stat named {};
        if (::stat(m_path.c_str(), &named) != 0 ||
            (!m_parts.empty() && m_parts.back().device == named.st_dev &&
             m_parts.back().inode == named.st_ino) ||
            m_parts.size() >= kMaxHeldParts) {
            return {};
        }
        TRY_ASSIGN(Parts all, openParts(m_path));
        auto next = all.begin();
        if (!m_parts.empty()) {
            next = std::find_if(all.begin(), all.end(),
                                [&](const Part& part) { return part.sameFile(m_parts.back()); });
            if (next == all.end()) {
                next = all.begin();
                m_gapBefore = next->fd.get();
            } else {
                ++next;
            }
        }
        std::move(next, all.end(), std::back_inserter(m_parts));
        return {};
    }

    static types::LogLine gapLine() {
        types::LogLine line;
        line.time = std::chrono::system_clock::now();
        line.stream = types::LogStream::Stderr;
        line.text = "coracle: a part of the log is missing here: it was rotated away before it was read";
        return line;
    }

    /// Read with pread from the last whole line on: a fragment that a killed writer left is cut off by the
    /// next one, which then writes in its place.
    Result<bool> drainPart(Part& part) {
        std::array<char, kBlockBytes> block{};
        m_buffer.clear();
        while (true) {
            if (m_stop.stop_requested()) {
                return Error(ErrorKind::Cancelled, "cancelled");
            }
            const ssize_t got = ::pread(part.fd.get(), block.data(), block.size(),
                                        part.offset + static_cast<off_t>(m_buffer.size()));
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
            if (!deliverLines(part)) {
                return false;
            }
            if (m_options.follow) {
                TRY(noticeRotation());  // adds at the end of a deque, which moves no element
            }
        }
    }

    /// Lines that do not parse are passed over: one that a killed writer left is half a line.
    bool deliverLines(Part& part) {
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
        if (m_buffer.size() - start > kMaxEntryBytes) {
            start = m_buffer.size();  // no entry of ours is as long
        }
        part.offset += static_cast<off_t>(start);
        m_buffer.erase(0, start);
        return true;
    }

    const std::string m_path;
    const types::LogOptions& m_options;
    const std::function<bool(const types::LogLine&)>& m_sink;
    const std::stop_token m_stop;
    Parts m_parts;         ///< not yet read, oldest first
    int m_gapBefore = -1;  ///< descriptor of the part before which something is missing
    std::string m_buffer;
};

/// Milliseconds until `moment`; -1: for ever.
int timeLeft(const std::optional<types::Time>& moment) {
    if (!moment) {
        return -1;
    }
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*moment - std::chrono::system_clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, INT32_MAX));
}

/// Sleep until the folder of the log changes, the container does, the time is over, or a stop is requested.
Result<> sleepUntilChange(int notifyFd, int wakeFd, int timeoutMs, const sys::StopEvent& stopEvent) {
    std::array<pollfd, 3> polled{{{notifyFd, POLLIN, 0}, {stopEvent.fd(), POLLIN, 0}, {wakeFd, POLLIN, 0}}};
    if (::poll(polled.data(), polled.size(), timeoutMs) < 0 && errno != EINTR) {
        return Error::fromErrno("wait for log");
    }
    std::array<char, 4096> events{};
    while (::read(notifyFd, events.data(), events.size()) > 0) {
        // Only that something happened matters; the files say what.
    }
    return {};
}

/// Sleeps until the file changes, a run begins or ends, or `until` is reached.
Result<> followLog(Reader& reader, const types::LogOptions& options, const LogFollow& follow, int notifyFd,
                   const std::stop_token& stop) {
    const sys::StopEvent stopEvent(stop);
    while (true) {
        const int wakeFd = follow.wakeFd ? follow.wakeFd() : -1;
        const int timeoutMs = timeLeft(options.until);
        // Asked before reading: what was written until the end is then in the file.
        const bool ended = follow.ended && follow.ended();
        TRY_ASSIGN(const bool more, reader.drain());
        if (!more || ended || timeoutMs == 0) {
            return {};
        }
        TRY(sleepUntilChange(notifyFd, wakeFd, timeoutMs, stopEvent));
        if (stop.stop_requested()) {
            return Error(ErrorKind::Cancelled, "cancelled");
        }
    }
}

}  // namespace

/// The text is the container's own output and is passed on byte by byte; who shows it on a terminal
/// decides what to escape.
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
    if (const auto attributes = json::findStringMap(*document, "attrs")) {
        line.attributes = *attributes;
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
            return sys::watchError(folder);
        }
    }
    Reader reader(path, options, sink, stop);
    TRY(reader.open());
    if (options.follow) {
        return followLog(reader, options, follow, notify.get(), stop);
    }
    TRY(reader.drain());
    return {};
}

}  // namespace coracle::container
