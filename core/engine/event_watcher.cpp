// SPDX-License-Identifier: Apache-2.0
#include "core/engine/event_watcher.h"

#include "core/store/events.h"
#include "rootless/sys/file.h"
#include "rootless/sys/stop_event.h"
#include "rootless/sys/watch_error.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

constexpr std::size_t kReadBytes = 16U << 10U;
/// A line without an end must not fill the memory; what is longer is no event of ours.
constexpr std::size_t kMaxLineBytes = 1U << 20U;

/// The file and how far it was read.
/// The file and how far it was read. Writers cut the file when it has grown (store/events.cpp), so
/// shrinking means: begin again.
class Tail {
public:
    explicit Tail(std::string path) : m_path(std::move(path)) {}

    /// Events from now on: what is in the file was before.
    void skipToEnd() {
        reopen();
        struct stat info {};
        if (m_file && ::fstat(m_file.get(), &info) == 0) {
            m_offset = info.st_size;
        }
    }

    /// The old file to its end first, then the new one: a file that was replaced loses no line.
    void deliver(const std::function<void(const types::Event&)>& sink) {
        readOn(sink);
        if (replaced()) {
            reopen();
            readOn(sink);
        }
    }

private:
    void reopen() {
        auto file = sys::openAt(AT_FDCWD, m_path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
        m_file = file ? *std::move(file) : sys::UniqueFd();
        m_offset = 0;
        m_line.clear();
    }

    /// Whether the name leads to another file now, or the file was cut.
    bool replaced() const {
        struct stat named {};
        struct stat open {};
        if (::stat(m_path.c_str(), &named) != 0) {
            return false;
        }
        return !m_file || ::fstat(m_file.get(), &open) != 0 || open.st_ino != named.st_ino ||
               open.st_dev != named.st_dev || open.st_size < m_offset;
    }

    void readOn(const std::function<void(const types::Event&)>& sink) {
        std::array<char, kReadBytes> buffer{};
        while (m_file) {
            const auto got = ::pread(m_file.get(), buffer.data(), buffer.size(), m_offset);
            if (got <= 0) {
                return;
            }
            m_offset += got;
            take(std::string_view(buffer.data(), static_cast<std::size_t>(got)), sink);
        }
    }

    /// A line may come in pieces. One that is too long is cut and then does not parse, so it is passed
    /// over; so is any other that is no event.
    void take(std::string_view bytes, const std::function<void(const types::Event&)>& sink) {
        while (!bytes.empty()) {
            const std::size_t end = bytes.find('\n');
            if (m_line.size() < kMaxLineBytes) {
                m_line += bytes.substr(0, end);
            }
            if (end == std::string_view::npos) {
                return;
            }
            if (const auto event = store::Events::parse(m_line)) {
                sink(*event);
            }
            m_line.clear();
            bytes.remove_prefix(end + 1);
        }
    }

    const std::string m_path;
    sys::UniqueFd m_file;
    off_t m_offset = 0;
    std::string m_line;
};

/// At most an hour, so that a clock that is set meanwhile is noticed; 0: it is over.
int millisecondsUntil(std::chrono::system_clock::time_point moment) {
    using std::chrono::milliseconds;
    constexpr milliseconds kLongest = std::chrono::hours(1);
    const auto left = std::chrono::ceil<milliseconds>(moment - std::chrono::system_clock::now());
    return static_cast<int>(std::clamp(left, milliseconds(0), kLongest).count());
}

void drain(int fd) {
    alignas(inotify_event) std::array<char, 4096> buffer{};
    while (::read(fd, buffer.data(), buffer.size()) > 0) {
    }
}

}  // namespace

/// One inotify watch and no timer but that of an end: nothing wakes this up while nothing happens. The watch
/// stands before the end of the file is looked for, so no event falls between.
Result<> watchEvents(const std::string& path, const std::function<void(const types::Event&)>& wanted,
                     std::stop_token stop, const std::function<void()>& watching,
                     const types::EventRange& range) {
    const std::string folder = path.substr(0, path.rfind('/'));
    TRY(sys::makeDirectories(folder));
    const sys::UniqueFd watcher(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    if (!watcher) {
        return Error::fromErrno("inotify_init1").withHint("raise fs.inotify.max_user_instances");
    }
    // The folder, because the file may not be there yet and may be replaced.
    if (::inotify_add_watch(watcher.get(), folder.c_str(),
                            IN_CREATE | IN_MODIFY | IN_MOVED_TO | IN_DELETE_SELF) < 0) {
        return sys::watchError(folder);
    }
    const sys::StopEvent stopped(stop);
    const auto sink = [&](const types::Event& event) {
        if ((!range.since || event.time >= *range.since) && (!range.until || event.time <= *range.until)) {
            wanted(event);
        }
    };
    Tail tail(path);
    const bool past = range.since || (range.until && millisecondsUntil(*range.until) == 0);
    if (!past) {
        tail.skipToEnd();
    }
    if (watching) {
        watching();
    }
    if (past) {
        tail.deliver(sink);
    }
    int left = -1;
    while (!stop.stop_requested() && (left = range.until ? millisecondsUntil(*range.until) : -1) != 0) {
        std::array<pollfd, 2> fds{{{watcher.get(), POLLIN, 0}, {stopped.fd(), POLLIN, 0}}};
        if (::poll(fds.data(), fds.size(), left) < 0 && errno != EINTR) {
            return Error::fromErrno("wait for events");
        }
        drain(watcher.get());
        tail.deliver(sink);
    }
    return {};
}

}  // namespace coracle::engine
