// SPDX-License-Identifier: Apache-2.0
#include "core/engine/archive_input.h"

#include "core/registry/http_follow.h"
#include "rootless/sys/file.h"
#include "rootless/sys/reaper.h"
#include "rootless/sys/stop_event.h"

#include <array>
#include <cerrno>
#include <functional>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>

#include <fcntl.h>
#include <poll.h>

namespace coracle::engine {
namespace {

constexpr int kOk = 200;

bool isAddress(const std::string& text) {
    return text.starts_with("http://") || text.starts_with("https://");
}

/// Into the pipe; whoever reads it may have had enough before the end.
class PipeSink final : public registry::HttpSink {
public:
    explicit PipeSink(int fd) : m_fd(fd) {}

    Result<> begin(const registry::HttpResponse& response) override {
        if (response.status == kOk) {
            return {};
        }
        return Error(ErrorKind::NotFound, "the server answers " + std::to_string(response.status));
    }

    Result<> write(std::string_view bytes) override { return sys::writeAll(m_fd, bytes); }

private:
    int m_fd;
};

}  // namespace

/// open(2) of a pipe waits for a writer and cannot be told to stop; poll(2) says nothing before the first one
/// comes (pipe(7), "I/O on pipes and FIFOs").
Result<sys::UniqueFd> openArchiveFile(const std::string& path, const std::stop_token& stop) {
    TRY_ASSIGN(auto file, sys::openAt(AT_FDCWD, path, O_RDONLY | O_NOCTTY | O_NONBLOCK));
    if (sys::isPipe(file.get())) {
        const sys::StopEvent stopped(stop);
        std::array<pollfd, 2> waiting{pollfd{file.get(), POLLIN, 0}, pollfd{stopped.fd(), POLLIN, 0}};
        while (::poll(waiting.data(), waiting.size(), -1) < 0) {
            if (errno != EINTR) {
                return Error::fromErrno("wait for '" + path + "'");
            }
        }
        if (stop.stop_requested()) {
            return Error(ErrorKind::Cancelled, "cancelled");
        }
    }
    const int flags = ::fcntl(file.get(), F_GETFL);
    if (flags < 0 || ::fcntl(file.get(), F_SETFL, flags & ~O_NONBLOCK) != 0) {
        return Error::fromErrno("open '" + path + "'");
    }
    return file;
}

class ArchiveInput::Download {
public:
    /// `input`: the end of the pipe to write to.
    Download(std::unique_ptr<registry::Http> http, registry::Url url, sys::UniqueFd input,
             std::stop_token caller)
        : m_http(std::move(http))
        , m_input(std::move(input))
        , m_forward(std::move(caller), [this] { m_stop.request_stop(); }) {
        m_thread = std::jthread([this, url = std::move(url)] { run(url); });
    }
    ~Download() { m_stop.request_stop(); }
    Download(const Download&) = delete;
    Download& operator=(const Download&) = delete;

    /// Waits for its end; why there is no whole answer.
    const std::optional<registry::HttpFailure>& join() {
        if (m_thread.joinable()) {
            m_thread.join();
        }
        return m_failure;
    }

private:
    void run(const registry::Url& url) {
        registry::HttpRequest request;
        request.url = url;
        PipeSink sink(m_input.get());
        auto outcome = registry::performFollowing(
            *m_http, request, [](const registry::Url&) { return registry::TlsSettings(); }, sink,
            m_stop.get_token());
        if (auto* failure = std::get_if<registry::HttpFailure>(&outcome)) {
            m_failure.emplace(std::move(*failure));
        }
        m_input.reset();  // the end of the archive, for its reader
    }

    std::unique_ptr<registry::Http> m_http;
    sys::UniqueFd m_input;
    std::optional<registry::HttpFailure> m_failure;
    std::stop_source m_stop;
    std::stop_callback<std::function<void()>> m_forward;
    std::jthread m_thread;
};

ArchiveInput::ArchiveInput() = default;
ArchiveInput::ArchiveInput(ArchiveInput&&) noexcept = default;
ArchiveInput& ArchiveInput::operator=(ArchiveInput&&) noexcept = default;

/// The pipe first: a download that waits for its reader ends with EPIPE.
ArchiveInput::~ArchiveInput() {
    m_file.reset();
}

Result<ArchiveInput> ArchiveInput::open(const EngineContext& context, const types::InputPlace& place,
                                        const std::stop_token& stop) {
    ArchiveInput input;
    if (place.path.empty()) {
        input.m_given = place.fd;
        return input;
    }
    if (!isAddress(place.path)) {
        TRY_ASSIGN(input.m_file, openArchiveFile(place.path, stop));
        return input;
    }
    TRY_ASSIGN(registry::Url url, registry::Url::parse(place.path));
    TRY_ASSIGN(auto http, context.http());
    TRY_ASSIGN(sys::Pipe pipe, sys::makePipe());
    input.m_file = std::move(pipe.readEnd);
    input.m_download =
        std::make_unique<Download>(std::move(http), std::move(url), std::move(pipe.writeEnd), stop);
    return input;
}

int ArchiveInput::fd() const noexcept {
    return m_file ? m_file.get() : m_given;
}

Result<> ArchiveInput::finish() {
    if (!m_download) {
        return {};
    }
    m_file.reset();
    const auto& failure = m_download->join();
    // Bytes after the end of the archive are nobody's, so a reader that left early is content.
    if (failure &&
        !(failure->fault == registry::HttpFault::SinkRefused && failure->error.sysErrno() == EPIPE)) {
        return failure->error;
    }
    return {};
}

Error ArchiveInput::causeOf(Error error) {
    auto finished = finish();
    return finished ? std::move(error) : std::move(finished).error();
}

}  // namespace coracle::engine
