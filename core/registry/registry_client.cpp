// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registry_client.h"

#include "core/registry/blob_stream.h"
#include "core/registry/registry_error.h"
#include "core/text/escape.h"

namespace coracle::registry {
namespace {

/// All types that image::parseManifest reads. A registry may convert a manifest to another type when the
/// wanted one is missing here, and its digest would not be the one that is looked for.
constexpr const char* kManifestTypes =
    "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
    "application/vnd.docker.distribution.manifest.list.v2+json, "
    "application/vnd.docker.distribution.manifest.v2+json";
/// Enough for the errors of the specification; only the first one is shown, cut to 200 characters.
constexpr std::size_t kMaxErrorBytes = 16384;

/// Gives a success to the real sink and keeps the beginning of anything else.
class SuccessSink : public HttpSink {
public:
    explicit SuccessSink(HttpSink& sink) : m_sink(sink) {}
    Result<> begin(const HttpResponse& response) override {
        m_success = response.status >= 200 && response.status < 300;
        m_errorBody.clear();
        return m_success ? m_sink.begin(response) : Result<>();
    }
    Result<> write(std::string_view bytes) override {
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
    const std::string& errorBody() const noexcept { return m_errorBody; }

private:
    static constexpr std::size_t kMaxDroppedBytes = 1U << 20U;
    HttpSink& m_sink;
    std::string m_errorBody;
    std::size_t m_dropped = 0;
    bool m_success = false;
};

/// Asks for reading one repository and nothing else: a token that leaks is worth that much. Source: the
/// distribution project's "Token Scope Documentation".
std::string pullScope(const image::Reference& reference) {
    return "repository:" + reference.repository() + ":pull";
}

std::string imageSubject(const image::Reference& reference) {
    return "image '" + reference.familiarText() + "'";
}

/// A digest that the registry states beside the content has to be that of the content (security.md B4).
Result<> checkStatedDigest(const HttpResponse& response, const image::Digest& own) {
    const auto stated = response.find("docker-content-digest");
    if (stated && stated->starts_with("sha256:") && *stated != own.text()) {
        return Error(ErrorKind::Corrupt, "the registry says that the manifest is '" +
                                             text::excerptForTerminal(*stated, 80) + "', but it is '" +
                                             own.text() + "'");
    }
    return {};
}

/// Neither fault is one that is tried again: the authorizer has retried for itself where that helps.
HttpFailure asFailure(Error error) {
    const auto fault = error.kind() == ErrorKind::Cancelled ? HttpFault::Cancelled : HttpFault::SinkRefused;
    return {fault, std::move(error)};
}

}  // namespace

RegistryClient::RegistryClient(Http& http, RegistryClientOptions options)
    : m_http(http)
    , m_options(std::move(options))
    , m_authorizer(
          http, m_options.registryName, [this](const Url& url) { return tlsFor(url); },
          m_options.credentials) {}

/// The registry's own settings also for its name with the port written out; a server that it redirects to
/// has settings of its own, so "insecure" for the registry does not spread.
TlsSettings RegistryClient::tlsFor(const Url& url) const {
    if (url.authority() == m_options.host.host ||
        url.host + ":" + std::to_string(url.port) == m_options.host.host) {
        return m_options.host.tls;
    }
    return m_options.tls ? m_options.tls(url) : TlsSettings();
}

std::string RegistryClient::scheme() const {
    const std::lock_guard lock(m_mutex);
    return m_scheme;
}

/// With one renewal of the credentials: a registry that refuses those too would refuse for ever (security.md
/// B5).
HttpOutcome RegistryClient::exchangeAuthorized(const Ask& ask, const Url& url, HttpSink& sink,
                                               const std::stop_token& stop) {
    HttpRequest request{ask.method, url, ask.headers,     m_authorizer.current(ask.scope),
                        {},         {},  LinkLocal::Allow};
    const auto tls = [this](const Url& server) { return tlsFor(server); };
    for (bool renewed = false;; renewed = true) {
        HttpOutcome outcome = performFollowing(m_http, request, tls, sink, stop);
        const auto* response = std::get_if<HttpResponse>(&outcome);
        if (response == nullptr || response->status != 401) {
            return outcome;
        }
        const auto challenge = findChallenge(response->findAll("www-authenticate"));
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

/// TLS first, or plain HTTP where that is allowed and the server does not speak TLS. "Broken" counts as
/// well: a server of plain HTTP that gets a TLS hello often just closes. What worked is remembered for the
/// life of the client, so a registry that once spoke TLS is not asked in the clear after a disturbance.
HttpOutcome RegistryClient::exchange(const Ask& ask, HttpSink& sink, const std::stop_token& stop) {
    const std::string known = scheme();
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

/// Never shorter than our own delay, whatever the server says, and never longer than maxRetryAfter: a
/// person waits, and a server could ask for a year.
Result<> RegistryClient::pause(int attempt, const HttpOutcome& outcome, const std::stop_token& stop) {
    std::chrono::milliseconds delay = m_options.retry.delay(attempt);
    if (const auto* response = std::get_if<HttpResponse>(&outcome)) {
        if (const auto asked = retryAfter(*response)) {
            delay =
                std::max<std::chrono::milliseconds>(delay, std::min(*asked, m_options.retry.maxRetryAfter));
        }
    }
    if (m_options.status && delay >= std::chrono::seconds(1)) {
        m_options.status("registry '" + m_options.registryName + "' does not answer well, trying again in " +
                         std::to_string((delay.count() + 999) / 1000) + " s");
    }
    return waitFor(delay, stop);
}

/// For answers that are small enough to begin anew: the sink's begin() drops what a failed attempt left.
/// Blobs are resumed instead, see fetchBlob().
Result<HttpResponse> RegistryClient::request(const Ask& ask, HttpSink& sink, const std::stop_token& stop) {
    for (int attempt = 1;; ++attempt) {
        SuccessSink successSink(sink);
        HttpOutcome outcome = exchange(ask, successSink, stop);
        auto* response = std::get_if<HttpResponse>(&outcome);
        const auto* failure = std::get_if<HttpFailure>(&outcome);
        if (response != nullptr && response->status >= 200 && response->status < 300) {
            return std::move(*response);
        }
        const bool again = response != nullptr ? isPassing(response->status) : isPassing(failure->fault);
        if (again && attempt <= m_options.retry.retries) {
            TRY(pause(attempt, outcome, stop));
            continue;
        }
        return response != nullptr
                   ? errorOf(*response, successSink.errorBody(), ask.subject, m_options.registryName)
                   : withHints(*failure, m_options.registryName);
    }
}

Result<> RegistryClient::checkLogin(std::stop_token stop) {
    TextSink sink(1U << 20U);
    auto response = request({HttpMethod::Get, "/v2/", {}, {}, "the registry's interface (/v2/)"}, sink, stop);
    return response ? Result<>() : Result<>(std::move(response).error());
}

Result<std::optional<image::Digest>> RegistryClient::headManifest(const image::Reference& reference,
                                                                  std::stop_token stop) {
    TextSink sink(0);
    const Ask ask{HttpMethod::Head,
                  "/v2/" + reference.repository() + "/manifests/" + reference.tag().value_or("latest"),
                  pullScope(reference),
                  {{"Accept", kManifestTypes}},
                  imageSubject(reference)};
    TRY_ASSIGN(const HttpResponse response, request(ask, sink, stop));
    const auto stated = response.find("docker-content-digest");
    auto digest = image::Digest::parse(stated.value_or(""));
    return digest ? std::optional(*std::move(digest)) : std::nullopt;
}

Result<FetchedManifest> RegistryClient::fetchManifest(const image::Reference& reference,
                                                      const std::optional<image::Digest>& digest,
                                                      std::stop_token stop) {
    const auto& wanted = digest ? digest : reference.digest();
    const std::string name = wanted ? wanted->text() : reference.tag().value_or("latest");
    TextSink sink(image::kMaxManifestBytes);
    const Ask ask{HttpMethod::Get,
                  "/v2/" + reference.repository() + "/manifests/" + name,
                  pullScope(reference),
                  {{"Accept", kManifestTypes}},
                  imageSubject(reference)};
    auto response = request(ask, sink, stop);
    if (!response) {
        return response.error().kind() == ErrorKind::Corrupt
                   ? std::move(response).error().context("fetch the manifest")
                   : std::move(response).error();
    }
    FetchedManifest fetched{sink.take(), std::string(response->find("content-type").value_or("")),
                            image::Digest::of("")};
    fetched.digest = image::Digest::of(fetched.bytes);
    TRY(checkStatedDigest(*response, fetched.digest));
    if (wanted && fetched.digest != *wanted) {
        return Error(ErrorKind::Corrupt, "the manifest '" + wanted->text() + "' came with the digest '" +
                                             fetched.digest.text() + "'");
    }
    return fetched;
}

Result<std::string> RegistryClient::fetchDocument(const image::Reference& reference,
                                                  const image::Descriptor& descriptor, std::stop_token stop) {
    std::string text;
    TRY(fetchBlob(
        reference, descriptor,
        [&text](std::string_view bytes) {
            text += bytes;
            return Result<>();
        },
        stop));
    if (const auto own = image::Digest::of(text); own != descriptor.digest) {
        return Error(ErrorKind::Corrupt,
                     "blob '" + descriptor.digest.text() + "' came with the digest '" + own.text() + "'");
    }
    return text;
}

Result<> RegistryClient::fetchBlob(const image::Reference& reference, const image::Descriptor& descriptor,
                                   const std::function<Result<>(std::string_view)>& write,
                                   std::stop_token stop) {
    BlobStream stream(descriptor, write);
    Ask ask{HttpMethod::Get,
            "/v2/" + reference.repository() + "/blobs/" + descriptor.digest.text(),
            pullScope(reference),
            {},
            "blob '" + descriptor.digest.text() + "'"};
    int attempt = 0;
    while (!stream.complete()) {
        ask.headers = {{"Accept-Encoding", "identity"}};
        if (stream.offset() > 0) {
            ask.headers.push_back({"Range", "bytes=" + std::to_string(stream.offset()) + "-"});
        }
        const std::uint64_t before = stream.offset();
        SuccessSink successSink(stream);
        HttpOutcome outcome = exchange(ask, successSink, stop);
        auto* response = std::get_if<HttpResponse>(&outcome);
        const auto* failure = std::get_if<HttpFailure>(&outcome);
        const bool refused = failure != nullptr && failure->fault == HttpFault::SinkRefused;
        if (stream.complete() && !refused) {
            break;  // a connection that breaks after the last byte does not matter; a byte too many does
        }
        const bool ended = response != nullptr && response->status >= 200 && response->status < 300;
        const bool again =
            ended || (response != nullptr ? isPassing(response->status) : isPassing(failure->fault));
        // A connection that brings something each time is worth any number of them: the size bounds it.
        attempt = stream.offset() - before >= kWorthwhileBytes ? 0 : attempt + 1;
        if (!again || attempt > m_options.retry.retries) {
            return ended ? stream.truncated()
                   : response != nullptr
                       ? errorOf(*response, successSink.errorBody(), ask.subject, m_options.registryName)
                       : withHints(*failure, m_options.registryName);
        }
        if (attempt > 0) {
            TRY(pause(attempt, outcome, stop));
        }
    }
    return {};
}

}  // namespace coracle::registry
