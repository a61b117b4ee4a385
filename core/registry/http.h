// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/secret.h"
#include "core/registry/url.h"
#include "rootless/sys/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// One HTTP exchange, without redirects and without retries: those are decisions about trust and are taken
/// above (http_follow.h, registry_client.h), so that they are the same for every implementation and can be
/// tested without a network.
namespace coracle::registry {

/// What pulling, pushing and a token server need.
enum class HttpMethod : std::uint8_t { Get, Head, Post, Put, Patch, Delete };

/// One header line. In a request the value must hold no line end: it goes out as it is. In an answer the
/// value is trimmed and otherwise the server's own.
struct HttpHeader {
    std::string name;
    std::string value;
};

/// No: any certificate is taken, for a registry that its user declared "insecure". Whoever is on the
/// network path can then read the login and choose what a tag means; digests still hold.
enum class VerifyTls : bool { No, Yes };

/// How to believe that a server is who it says. The default is the system's certificates.
struct TlsSettings {
    VerifyTls verify = VerifyTls::Yes;
    std::string caPem;              ///< certificates to trust; see Exchange::configureTls()
    std::string clientCertificate;  ///< path of a PEM file; empty: none
    std::string clientKey;
};

/// Refuse: for an address that a server named and not the user. Source of the danger: the metadata
/// services of clouds at 169.254.169.254 give credentials to whoever asks from inside.
enum class LinkLocal : bool { Refuse, Allow };

/// What an upload sends. Called on the thread of perform(), by one exchange at a time; an error ends the
/// exchange and comes back in HttpFailure::error with SinkRefused.
class HttpSource {
public:
    virtual ~HttpSource() = default;
    virtual std::uint64_t size() const = 0;
    /// Begin anew: an exchange starts, or has to send everything once more.
    virtual Result<> rewind() = 0;
    /// The next bytes into `buffer`, at most as many as fit. How many; 0 at the end only.
    virtual Result<std::size_t> read(std::span<char> buffer) = 0;
};

/// One request. It may be sent again after a 401 with another Authorization; everything but the upload's
/// source is owned.
struct HttpRequest {
    HttpMethod method = HttpMethod::Get;
    Url url;
    std::vector<HttpHeader> headers;
    Secret authorization;  ///< value of the Authorization header; empty: none
    Secret body;           ///< of a POST
    TlsSettings tls;
    LinkLocal linkLocal = LinkLocal::Allow;  ///< also checked against what a name resolves to
    HttpSource* upload = nullptr;            ///< borrowed: what a PUT or PATCH sends; null: nothing
};

/// Status line and headers of an answer; the body goes to the sink.
struct HttpResponse {
    int status = 0;
    std::vector<HttpHeader> headers;  ///< names in lower case

    /// First header of that (lower-case) name.
    std::optional<std::string_view> find(std::string_view name) const;
    /// All of them, in order of arrival. The views last as long as the response.
    std::vector<std::string_view> findAll(std::string_view name) const;
};

/// Where the answer goes. Both are called on the thread of perform(); an error ends the exchange and comes
/// back in HttpFailure::error.
class HttpSink {
public:
    virtual ~HttpSink() = default;
    /// The final answer's head, once for an exchange that gets that far; interim answers (1xx) are not
    /// shown.
    virtual Result<> begin(const HttpResponse& response) = 0;
    /// A part of the body, in order; of any size but never all at once by promise. The view lasts for the
    /// call.
    virtual Result<> write(std::string_view bytes) = 0;
};

/// Why there is no whole answer; what can be retried and what hint helps depends on it.
enum class HttpFault : std::uint8_t {
    Cancelled,
    NameUnknown,
    Refused,         ///< nobody listens, no route
    ConnectTimeout,  ///< no connection (or TLS handshake) in time
    Untrusted,       ///< the certificate cannot be verified
    NotTls,          ///< the other side does not speak TLS, or not ours
    Stalled,         ///< no answer in time, or too slow
    Broken,          ///< the connection ended in the middle
    BadAnswer,       ///< not HTTP, headers too large, a forbidden address
    SinkRefused,     ///< our own side ended it: HttpSink or HttpSource
    ProxyRefused,    ///< the proxy makes no connection for us
    NoClient,        ///< the HTTP library is missing
};

/// Why an exchange has no whole answer: `fault` for decisions, `error` for the person.
struct HttpFailure {
    HttpFault fault;
    Error error;
};

/// A response of any status is a response: whether 404 is a failure depends on what was asked.
using HttpOutcome = std::variant<HttpResponse, HttpFailure>;

/// Limits that keep a hostile or dead server from holding us (security.md B6).
struct HttpLimits {
    std::chrono::milliseconds connect{10'000};
    std::chrono::milliseconds firstByte{30'000};
    /// After the last byte of an upload: a registry may hash or move gigabytes before it answers.
    std::chrono::milliseconds afterUpload{300'000};
    std::chrono::milliseconds slowWindow{30'000};
    std::uint64_t slowBytesPerSecond = 1024;  ///< fewer over a whole window is a stall
    std::size_t maxHeaderBytes = 65'536;
};

/// Performs exchanges. An implementation keeps connections, and nothing about trust: see the head of this
/// file.
class Http {
public:
    virtual ~Http() = default;
    /// Perform one exchange; blocks. May be called from several threads at once. A stop request ends it in
    /// under 200 ms with Cancelled.
    virtual HttpOutcome perform(const HttpRequest& request, HttpSink& sink, std::stop_token stop) = 0;
};

/// A sink that keeps a small body. More than `maxBytes` is Corrupt.
class TextSink : public HttpSink {
public:
    explicit TextSink(std::size_t maxBytes) : m_maxBytes(maxBytes) {}
    Result<> begin(const HttpResponse& response) override;
    Result<> write(std::string_view bytes) override;
    const std::string& text() const noexcept { return m_text; }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
    std::size_t m_maxBytes;
};

}  // namespace coracle::registry
