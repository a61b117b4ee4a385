// SPDX-License-Identifier: Apache-2.0
#include "core/registry/blob_upload.h"

#include "core/registry/blob_stream.h"
#include "core/registry/registry_error.h"
#include "core/text/base64.h"
#include "core/text/escape.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <unistd.h>

namespace coracle::registry {
namespace {

constexpr std::size_t kMaxAnswerBytes = 65536;
constexpr std::uint64_t kLeastPieceBytes = 64U << 10U;

/// The last byte of "0-N" or "bytes=0-N". none: it is neither.
std::optional<std::uint64_t> lastByteOf(std::string_view range) {
    if (range.starts_with("bytes=")) {
        range.remove_prefix(6);
    }
    if (!range.starts_with("0-")) {
        return std::nullopt;
    }
    range.remove_prefix(2);
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(range.data(), range.data() + range.size(), number);
    const bool whole = fault == std::errc() && end == range.data() + range.size();
    return whole && number < UINT64_MAX ? std::optional(number) : std::nullopt;
}

}  // namespace

BlobUpload::BlobUpload(RegistrySession& session, const std::string& repository, const image::Descriptor& blob,
                       int fd, const std::function<void(std::uint64_t)>& sent, const UploadLimits& limits)
    : m_session(session)
    , m_repository(repository)
    , m_blob(blob)
    , m_fd(fd)
    , m_sent(sent)
    , m_limits(limits)
    , m_scope("repository:" + repository + ":pull,push")
    , m_subject("repository '" + repository + "'") {}

Ask BlobUpload::ask(HttpMethod method) const {
    Ask ask;
    ask.method = method;
    ask.scope = m_scope;
    ask.subject = m_subject;
    ask.place = m_place;
    return ask;
}

Result<bool> BlobUpload::begin(const std::string& from, const std::stop_token& stop) {
    Ask start;
    start.method = HttpMethod::Post;
    start.path = "/v2/" + m_repository + "/blobs/uploads/";
    start.scope = m_scope;
    start.subject = m_subject;
    if (!from.empty()) {
        start.path +=
            "?mount=" + text::encodeUrlPart(m_blob.digest.text()) + "&from=" + text::encodeUrlPart(from);
        start.scope += " repository:" + from + ":pull";
    }
    TextSink sink(kMaxAnswerBytes);
    TRY_ASSIGN(const HttpResponse response, m_session.request(start, sink, stop));
    if (response.status == 201 && !from.empty()) {
        TRY(checkStored(response, m_blob.digest));
        return true;
    }
    const auto location = response.find("location");
    if (response.status != 202 || !location) {
        return Error(ErrorKind::Corrupt, "registry '" + m_session.options().registryName +
                                             "' does not say where an upload goes (status " +
                                             std::to_string(response.status) + ")");
    }
    TRY_ASSIGN(m_place, m_session.resolve(start, *location));
    m_offset = 0;
    m_resumed = false;
    return false;
}

/// What a registry does not give, or does not let us have, is uploaded: that it does not is no failure.
Result<std::optional<std::string>> BlobUpload::mount(const std::vector<std::string>& from,
                                                     const std::stop_token& stop) {
    for (std::size_t i = 0; i < from.size(); ++i) {
        const auto given = begin(from[i], stop);
        if (given && *given) {
            return std::optional(from[i]);
        }
        if (!given && given.error().kind() == ErrorKind::Cancelled) {
            return given.error();
        }
        if (m_place && i + 1 < from.size()) {
            TextSink sink(kMaxAnswerBytes);
            (void)m_session.exchange(ask(HttpMethod::Delete), sink, stop);  // it would expire by itself
            m_place.reset();
        }
    }
    return std::optional<std::string>();
}

Result<std::optional<std::string>> BlobUpload::run(const std::vector<std::string>& from,
                                                   const std::stop_token& stop) {
    TRY_ASSIGN(auto mounted, mount(from, stop));
    if (mounted) {
        return mounted;
    }
    while (true) {
        if (!m_place) {
            TRY(begin({}, stop));
        }
        TRY_ASSIGN(const Step step, send(stop));
        if (step == Step::Complete) {
            return std::optional<std::string>();
        }
    }
}

Result<BlobUpload::Step> BlobUpload::send(const std::stop_token& stop) {
    const std::uint64_t rest = m_blob.size - m_offset;
    const bool whole = m_offset == 0 && m_piece == 0 && rest <= m_limits.wholeBytes;
    const bool last = whole || rest == 0;
    const std::uint64_t length = last || m_piece == 0 ? rest : std::min(rest, m_piece);
    FileSource source(m_fd, m_offset, length, m_sent);
    Ask ask = this->ask(last ? HttpMethod::Put : HttpMethod::Patch);
    ask.upload = &source;
    ask.headers = {{"Content-Type", "application/octet-stream"}};
    if (!last && length < m_blob.size) {
        ask.headers.push_back(
            {"Content-Range", std::to_string(m_offset) + "-" + std::to_string(m_offset + length - 1)});
    }
    if (last) {
        ask.place->path += (ask.place->path.find('?') == std::string::npos ? "?digest=" : "&digest=") +
                           text::encodeUrlPart(m_blob.digest.text());
    }
    TextSink sink(kMaxAnswerBytes);
    SuccessSink successSink(sink);
    const HttpOutcome outcome = m_session.exchange(ask, successSink, stop);
    return isSuccess(outcome) ? accept(outcome, last, m_offset + length, stop)
                              : recover(outcome, successSink.errorBody(), last, stop);
}

Result<BlobUpload::Step> BlobUpload::accept(const HttpOutcome& outcome, bool last, std::uint64_t end,
                                            const std::stop_token& stop) {
    const auto& response = std::get<HttpResponse>(outcome);
    if (last) {
        TRY(checkStored(response, m_blob.digest));
        m_sent(m_blob.size);
        return Step::Complete;
    }
    const std::uint64_t before = m_offset;
    TRY(takeProgress(response, end));
    if (m_offset <= before) {
        TRY(countAttempt(outcome,
                         Error(ErrorKind::Unavailable,
                               "registry '" + m_session.options().registryName + "' takes no more than " +
                                   std::to_string(m_offset) + " of the " + std::to_string(m_blob.size) +
                                   " bytes of blob '" + m_blob.digest.text() + "'"),
                         stop));
    }
    return Step::GoOn;
}

/// A registry says "0-0" for one byte and for none; no blob ends there, so none is the safe reading.
Result<> BlobUpload::takeProgress(const HttpResponse& response, std::uint64_t atMost) {
    std::uint64_t offset = atMost;
    if (const auto range = response.find("range")) {
        const auto lastByte = lastByteOf(*range);
        offset = !lastByte ? UINT64_MAX : *lastByte == 0 ? 0 : *lastByte + 1;
        if (offset > atMost) {
            return Error(ErrorKind::Corrupt,
                         "registry '" + m_session.options().registryName + "' says that it has '" +
                             text::excerptForTerminal(*range, 60) + "' of blob '" + m_blob.digest.text() +
                             "', of which it was sent " + std::to_string(atMost) + " bytes");
        }
    }
    if (const auto location = response.find("location")) {
        TRY_ASSIGN(m_place, m_session.resolve(ask(HttpMethod::Patch), *location));
    }
    m_offset = offset;
    if (m_offset == m_blob.size || m_offset >= m_best + kWorthwhileBytes) {
        m_attempt = m_offset > m_best ? 0 : m_attempt;
        m_best = std::max(m_best, m_offset);
    }
    return {};
}

Result<> BlobUpload::countAttempt(const HttpOutcome& outcome, const Error& error,
                                  const std::stop_token& stop) {
    if (++m_attempt > m_session.options().retry.retries) {
        return error;
    }
    return m_session.pause(m_attempt, outcome, stop);
}

Result<BlobUpload::Step> BlobUpload::beginAnew(const HttpOutcome& outcome, const Error& error,
                                               const std::stop_token& stop) {
    m_place.reset();
    TRY(countAttempt(outcome, error, stop));
    m_sent(0);
    return Step::GoOn;
}

Result<BlobUpload::Step> BlobUpload::recover(const HttpOutcome& outcome, const std::string& body, bool last,
                                             const std::stop_token& stop) {
    const Error error = m_session.errorFor(outcome, body, ask(HttpMethod::Patch));
    if (isPassing(outcome)) {
        return afterBreak(outcome, error, last, stop);
    }
    const auto* response = std::get_if<HttpResponse>(&outcome);
    const int status = response != nullptr ? response->status : 0;
    if (status == 413) {
        const std::uint64_t whole = std::min(m_limits.pieceBytes, m_blob.size / 2);
        m_piece = m_piece == 0 ? whole : m_piece / 2;
        if (m_piece < kLeastPieceBytes) {
            return Error(ErrorKind::Unavailable, error.message())
                .withHint("a proxy before the registry limits the size of requests");
        }
        m_place.reset();
        return Step::GoOn;
    }
    const std::string said = errorText(body);
    if (status == 400 && said.find("DIGEST_INVALID") != std::string::npos) {
        TRY(checkOwnBytes());
        return m_resumed
                   ? beginAnew(outcome, error, stop)
                   : Result<Step>(Error(ErrorKind::Corrupt, "registry '" + m_session.options().registryName +
                                                                "' got other bytes than those of blob '" +
                                                                m_blob.digest.text() + "' (" + said + ")"));
    }
    if (status == 404 || status == 416 || (status == 400 && m_resumed)) {
        return beginAnew(outcome, error, stop);  // it has forgotten the upload
    }
    return error;
}

Result<BlobUpload::Step> BlobUpload::afterBreak(const HttpOutcome& outcome, const Error& error, bool last,
                                                const std::stop_token& stop) {
    m_piece = m_piece == 0 ? m_limits.pieceBytes : m_piece;
    HttpOutcome reason = outcome;
    while (true) {
        TRY(countAttempt(reason, error, stop));
        if (last && isThere(stop)) {
            return Step::Complete;
        }
        TextSink sink(kMaxAnswerBytes);
        SuccessSink successSink(sink);
        reason = m_session.exchange(ask(HttpMethod::Get), successSink, stop);
        if (stop.stop_requested()) {
            return Error(ErrorKind::Cancelled, "cancelled");
        }
        if (isSuccess(reason)) {
            TRY(takeProgress(std::get<HttpResponse>(reason), m_blob.size));
            m_resumed = true;
            m_sent(m_offset);
            return Step::GoOn;
        }
        if (!isPassing(reason)) {
            m_place.reset();
            m_sent(0);
            return Step::GoOn;
        }
    }
}

bool BlobUpload::isThere(const std::stop_token& stop) {
    Ask head;
    head.method = HttpMethod::Head;
    head.path = "/v2/" + m_repository + "/blobs/" + m_blob.digest.text();
    head.scope = m_scope;
    head.subject = m_subject;
    TextSink sink(0);
    return isSuccess(m_session.exchange(head, sink, stop));
}

/// Whose fault it is when the registry gets another digest: a damaged store is mended by its owner.
Result<> BlobUpload::checkOwnBytes() const {
    image::Hasher hasher;
    std::array<char, 65536> buffer{};
    for (off_t at = 0;;) {
        const ssize_t got = ::pread(m_fd, buffer.data(), buffer.size(), at);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            break;
        }
        hasher.update(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
        at += got;
    }
    if (hasher.finish() == m_blob.digest) {
        return {};
    }
    return Error(ErrorKind::Corrupt, "blob '" + m_blob.digest.text() + "' of this computer is damaged")
        .withHint("remove the image with 'coracle rmi' and get it again");
}

}  // namespace coracle::registry
