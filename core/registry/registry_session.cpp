// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registry_session.h"

#include "core/registry/registry_error.h"
#include "core/text/escape.h"

namespace coracle::registry {
namespace {

/// Enough for the errors of the specification; only the first one is shown, cut to 200 characters.
constexpr std::size_t kMaxErrorBytes = 16384;
constexpr std::size_t kMaxDroppedBytes = 1U << 20U;

/// Neither fault is one that is tried again: the authorizer has retried for itself where that helps.
HttpFailure asFailure(Error error) {
    const auto fault = error.kind() == ErrorKind::Cancelled ? HttpFault::Cancelled : HttpFault::SinkRefused;
    return {fault, std::move(error)};
}

}  // namespace

Result<> SuccessSink::begin(const HttpResponse& response) {
    m_success = response.status >= 200 && response.status < 300;
    m_errorBody.clear();
    return m_success ? m_sink.begin(response) : Result<>();
}

Result<> SuccessSink::write(std::string_view bytes) {
    if (m_success) {
        return m_sink.write(bytes);
    }
    m_dropped += bytes.size();
    if (m_errorBody.size() < kMaxErrorBytes) {
        m_errorBody += bytes.substr(0, kMaxErrorBytes - m_errorBody.size());
    }
    if (m_dropped > kMaxDroppedBytes) {
        return Error(ErrorKind::Corrupt, "the registry's error message does not end");
    }
    return {};
}

bool isSuccess(const HttpOutcome& outcome) {
    const auto* response = std::get_if<HttpResponse>(&outcome);
    return response != nullptr && response->status >= 200 && response->status < 300;
}

bool isPassing(const HttpOutcome& outcome) {
    const auto* response = std::get_if<HttpResponse>(&outcome);
    return response != nullptr ? isPassing(response->status)
                               : isPassing(std::get<HttpFailure>(outcome).fault);
}

RegistrySession::RegistrySession(Http& http, SessionOptions options)
    : m_http(http)
    , m_options(std::move(options))
    , m_authorizer(
          http, m_options.registryName, [this](const Url& url) { return tlsFor(url); }, m_options.credentials,
          m_options.retry, m_options.status) {}

/// The registry's own settings also for its name with the port written out; a server that it redirects to
/// has settings of its own, so "insecure" for the registry does not spread.
TlsSettings RegistrySession::tlsFor(const Url& url) const {
    if (url.authority() == m_options.host.host ||
        url.host + ":" + std::to_string(url.port) == m_options.host.host) {
        return m_options.host.tls;
    }
    return m_options.tls ? m_options.tls(url) : TlsSettings();
}

std::string RegistrySession::scheme() const {
    const std::lock_guard lock(m_mutex);
    return m_scheme;
}

/// With one renewal of the credentials: a registry that refuses those too would refuse for ever (security.md
/// B5).
HttpOutcome RegistrySession::exchangeAuthorized(const Ask& ask, const Url& url, HttpSink& sink,
                                                const std::stop_token& stop) {
    HttpRequest request;
    request.method = ask.method;
    request.url = url;
    request.headers = ask.headers;
    request.authorization = m_authorizer.current(ask.scope);
    request.upload = ask.upload;
    const auto tls = [this](const Url& server) { return tlsFor(server); };
    for (bool renewed = false;; renewed = true) {
        HttpOutcome outcome = performFollowing(m_http, request, tls, sink, stop);
        const auto* response = std::get_if<HttpResponse>(&outcome);
        if (response == nullptr || response->status != 401) {
            return outcome;
        }
        const auto challenge = findChallenge(response->findAll("www-authenticate"));
        if (renewed && challenge && challenge->error == "insufficient_scope") {
            return asFailure(m_authorizer.denied(ask.subject));
        }
        if (renewed || !challenge) {
            return asFailure(m_authorizer.unauthenticated());
        }
        auto header = m_authorizer.answer(*challenge, url, ask.scope, request.authorization, stop);
        if (!header) {
            return asFailure(std::move(header).error());
        }
        request.authorization = *std::move(header);
    }
}

/// A blob store that the registry sends an upload to: a stranger, as in a redirect.
HttpOutcome RegistrySession::exchangeElsewhere(const Ask& ask, const Url& url, HttpSink& sink,
                                               const std::stop_token& stop) {
    HttpRequest request;
    request.method = ask.method;
    request.url = url;
    request.headers = ask.headers;
    request.upload = ask.upload;
    request.linkLocal = LinkLocal::Refuse;
    HttpOutcome outcome = performFollowing(
        m_http, request, [this](const Url& server) { return tlsFor(server); }, sink, stop);
    const auto* response = std::get_if<HttpResponse>(&outcome);
    if (response != nullptr && response->status == 401) {
        return asFailure(Error(ErrorKind::Corrupt, "registry '" + m_options.registryName +
                                                       "' sends the upload to '" + url.origin() +
                                                       "', which asks for credentials"));
    }
    return outcome;
}

/// TLS first, or plain HTTP where that is allowed and the server does not speak TLS. "Broken" counts as
/// well: a server of plain HTTP that gets a TLS hello often just closes. What worked is remembered for the
/// life of the session, so a registry that once spoke TLS is not asked in the clear after a disturbance.
HttpOutcome RegistrySession::exchange(const Ask& ask, HttpSink& sink, const std::stop_token& stop) {
    const std::string known = scheme();
    if (ask.place) {
        const auto own = Url::parse(known + "://" + m_options.host.host);
        return own && own->sameOrigin(*ask.place) ? exchangeAuthorized(ask, *ask.place, sink, stop)
                                                  : exchangeElsewhere(ask, *ask.place, sink, stop);
    }
    for (const std::string& candidate : {std::string("https"), std::string("http")}) {
        if (!known.empty() && candidate != known) {
            continue;
        }
        auto url = Url::parse(candidate + "://" + m_options.host.host + ask.path);
        if (!url) {
            return asFailure(std::move(url).error());
        }
        HttpOutcome outcome = exchangeAuthorized(ask, *url, sink, stop);
        const auto* failure = std::get_if<HttpFailure>(&outcome);
        const bool silent = failure != nullptr &&
                            (failure->fault == HttpFault::NotTls || failure->fault == HttpFault::Broken);
        if (known.empty() && candidate == "https" && silent && m_options.host.plainHttpAllowed) {
            continue;
        }
        if (failure == nullptr) {
            const std::lock_guard lock(m_mutex);
            m_scheme = candidate;
        }
        return outcome;
    }
    return asFailure(Error(ErrorKind::Internal, "no scheme to try"));
}

Result<> RegistrySession::pause(int attempt, const HttpOutcome& outcome, const std::stop_token& stop) {
    const auto delay = delayAfter(m_options.retry, attempt, std::get_if<HttpResponse>(&outcome));
    const std::string words = waitingWords("registry '" + m_options.registryName + "'", delay);
    if (m_options.status && !words.empty()) {
        m_options.status(words);
    }
    return waitFor(delay, stop);
}

Error RegistrySession::errorFor(const HttpOutcome& outcome, std::string_view body, const Ask& ask) const {
    if (const auto* failure = std::get_if<HttpFailure>(&outcome)) {
        return withHints(*failure, m_options.registryName);
    }
    const auto& response = std::get<HttpResponse>(outcome);
    if (response.status == 403) {
        return m_authorizer.denied(ask.subject, errorText(body));
    }
    return errorOf(response, body, ask.subject, m_options.registryName);
}

/// For answers that are small enough to begin anew: the sink's begin() drops what a failed attempt left.
/// Blobs are resumed instead (RegistryClient::fetchBlob(), BlobUpload).
Result<HttpResponse> RegistrySession::request(const Ask& ask, HttpSink& sink, const std::stop_token& stop) {
    for (int attempt = 1;; ++attempt) {
        SuccessSink successSink(sink);
        HttpOutcome outcome = exchange(ask, successSink, stop);
        if (isSuccess(outcome)) {
            return std::get<HttpResponse>(std::move(outcome));
        }
        if (isPassing(outcome) && attempt <= m_options.retry.retries) {
            TRY(pause(attempt, outcome, stop));
            continue;
        }
        return errorFor(outcome, successSink.errorBody(), ask);
    }
}

Result<Url> RegistrySession::resolve(const Ask& ask, std::string_view location) const {
    auto asked =
        ask.place ? Result<Url>(*ask.place) : Url::parse(scheme() + "://" + m_options.host.host + ask.path);
    TRY_ASSIGN(const Url from, std::move(asked));
    auto place = from.resolve(location);
    if (!place) {
        return Error(ErrorKind::Corrupt, "registry '" + m_options.registryName +
                                             "' names a bad place: " + place.error().message());
    }
    if (from.scheme == "https" && place->scheme == "http") {
        return Error(ErrorKind::Corrupt, "registry '" + m_options.registryName +
                                             "' sends us from https to plain http ('" + place->origin() +
                                             "')")
            .withHint("a registry behind a proxy has to be told that its address begins with https");
    }
    return place;
}

}  // namespace coracle::registry
