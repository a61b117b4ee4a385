// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/authorizer.h"
#include "core/registry/http.h"
#include "core/registry/registry_config.h"
#include "core/registry/retry.h"

#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::registry {

/// Everything that differs between one registry and another. The functions are called on the threads that
/// use the session; `credentials` by one at a time.
struct SessionOptions {
    std::string registryName;  ///< as references name it: "docker.io"
    HostSettings host;
    TlsLookup tls;  ///< for servers that the registry redirects to
    CredentialSource credentials;
    RetryPolicy retry;
    std::function<void(const std::string&)> status;  ///< a line for the person: "retrying in 2 s"
};

/// One question to a registry.
struct Ask {
    HttpMethod method = HttpMethod::Get;
    std::string path;   ///< "/v2/..."
    std::string scope;  ///< what a token is asked for; several are separated by blanks
    std::vector<HttpHeader> headers;
    std::string subject;                      ///< for messages: "image 'alpine:3'"
    std::optional<Url> place = std::nullopt;  ///< instead of `path`: where the registry wants an upload to go
    HttpSource* upload = nullptr;             ///< borrowed
};

/// Gives a success to the real sink and keeps the beginning of anything else.
class SuccessSink : public HttpSink {
public:
    explicit SuccessSink(HttpSink& sink) : m_sink(sink) {}
    Result<> begin(const HttpResponse& response) override;
    Result<> write(std::string_view bytes) override;
    const std::string& errorBody() const noexcept { return m_errorBody; }

private:
    HttpSink& m_sink;
    std::string m_errorBody;
    std::size_t m_dropped = 0;
    bool m_success = false;
};

bool isSuccess(const HttpOutcome& outcome);
/// Whether the same question may be answered another time.
bool isPassing(const HttpOutcome& outcome);

/// Talks to one registry: chooses TLS or plain HTTP, answers its challenges, keeps credentials with their
/// origin, tries again what passes. All methods block, may be called from several threads at once, and return
/// Cancelled soon after a stop request. No error message holds a password, a token or the query of an
/// address.
class RegistrySession {
public:
    RegistrySession(Http& http, SessionOptions options);

    const SessionOptions& options() const noexcept { return m_options; }

    /// Ask once.
    HttpOutcome exchange(const Ask& ask, HttpSink& sink, const std::stop_token& stop);

    /// Ask until there is an answer that does not pass. Errors: for all answers but 2xx.
    Result<HttpResponse> request(const Ask& ask, HttpSink& sink, const std::stop_token& stop);

    /// Wait before attempt `attempt` + 1 as long as the policy or the registry (Retry-After) says.
    Result<> pause(int attempt, const HttpOutcome& outcome, const std::stop_token& stop);

    /// The error that an outcome without success comes to.
    Error errorFor(const HttpOutcome& outcome, std::string_view body, const Ask& ask) const;

    /// What a Location header of an answer to `ask` means. It may be of another server, but never less safe.
    /// Errors: Corrupt.
    Result<Url> resolve(const Ask& ask, std::string_view location) const;

private:
    /// The layers of a request, the outermost first: request() retries, exchange() finds the scheme,
    /// exchangeAuthorized() answers a 401, performFollowing() follows redirects, Http does one exchange.
    HttpOutcome exchangeAuthorized(const Ask& ask, const Url& url, HttpSink& sink,
                                   const std::stop_token& stop);
    HttpOutcome exchangeElsewhere(const Ask& ask, const Url& url, HttpSink& sink,
                                  const std::stop_token& stop);
    TlsSettings tlsFor(const Url& url) const;
    std::string scheme() const;

    Http& m_http;
    const SessionOptions m_options;
    Authorizer m_authorizer;
    mutable std::mutex m_mutex;
    std::string m_scheme;  ///< "https" or "http" once known
};

}  // namespace coracle::registry
