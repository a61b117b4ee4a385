// SPDX-License-Identifier: Apache-2.0
#include "core/registry/http_follow.h"

namespace coracle::registry {
namespace {

/// Without a Location there is nowhere to go: the answer goes to the caller, which reports it. 300 and 304
/// are no redirects for a client without choices or a cache.
bool isRedirect(const HttpResponse& response) {
    const int status = response.status;
    return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) &&
           response.find("location").has_value();
}

/// Keeps a redirect's own body from the real sink: BlobStream would take it for the blob. A refused 401 of
/// another server is kept away as well. Such bodies are read to their end so that the connection can be
/// used again, but not without limit.
class FinalSink : public HttpSink {
public:
    FinalSink(HttpSink& sink, bool refuse401) : m_sink(sink), m_refuse401(refuse401) {}
    Result<> begin(const HttpResponse& response) override {
        m_skip = isRedirect(response) || (m_refuse401 && response.status == 401);
        return m_skip ? Result<>() : m_sink.begin(response);
    }
    Result<> write(std::string_view bytes) override {
        if (!m_skip) {
            return m_sink.write(bytes);
        }
        m_skipped += bytes.size();
        if (m_skipped > kMaxSkippedBytes) {
            return Error(ErrorKind::Corrupt,
                         "a redirect with a body longer than " + std::to_string(kMaxSkippedBytes) + " bytes");
        }
        return {};
    }

private:
    static constexpr std::size_t kMaxSkippedBytes = 1U << 20U;
    HttpSink& m_sink;
    std::size_t m_skipped = 0;
    bool m_refuse401;
    bool m_skip = false;
};

/// Names origins only: the rest of an address of a blob store holds a signature that gives access.
HttpFailure refused(const Url& from, const std::string& what) {
    return {HttpFault::BadAnswer, Error(ErrorKind::Corrupt, "'" + from.origin() + "' " + what)};
}

}  // namespace

HttpOutcome performFollowing(Http& http, const HttpRequest& request, const TlsLookup& tls, HttpSink& sink,
                             const std::stop_token& stop) {
    HttpRequest hop = request;
    for (int redirects = 0;; ++redirects) {
        const bool home = hop.url.sameOrigin(request.url);
        // Decided anew at every hop by the origin, so a way back to the registry carries the header
        // again, and one through a third server does not. `home` compares scheme, host and port: another
        // port of the same machine is another server.
        hop.authorization = home ? request.authorization : Secret();
        hop.linkLocal = home ? request.linkLocal : LinkLocal::Refuse;
        hop.tls = tls(hop.url);
        FinalSink finalSink(sink, !home);
        HttpOutcome outcome = http.perform(hop, finalSink, stop);
        const auto* response = std::get_if<HttpResponse>(&outcome);
        if (response == nullptr) {
            return outcome;
        }
        if (response->status == 401 && !home) {
            return refused(request.url,
                           "redirects to '" + hop.url.origin() + "', which asks for credentials");
        }
        if (!isRedirect(*response)) {
            return outcome;
        }
        if (redirects == kMaxRedirects) {
            return refused(request.url, "redirects more than " + std::to_string(kMaxRedirects) + " times");
        }
        auto next = hop.url.resolve(*response->find("location"));
        if (!next) {
            return refused(hop.url, "redirects to a bad place: " + next.error().message());
        }
        if (hop.url.scheme == "https" && next->scheme == "http") {
            return refused(hop.url, "redirects from https to plain http ('" + next->origin() + "')");
        }
        // A POST with a body is that of an identity token, whose body is the secret itself.
        if (request.method != HttpMethod::Get && request.method != HttpMethod::Head) {
            return refused(hop.url, request.body.empty() ? "redirects an upload"
                                                         : "redirects a request that holds credentials");
        }
        hop.url = *std::move(next);
    }
}

}  // namespace coracle::registry
