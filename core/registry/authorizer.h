// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/challenge.h"
#include "core/registry/http.h"
#include "core/registry/http_follow.h"
#include "core/registry/retry.h"

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace coracle::registry {

/// Where a person's login for a registry comes from; asked at most once, when the registry wants one.
using CredentialSource = std::function<Result<std::optional<Credential>>(const std::stop_token&)>;

/// Whether a token may be asked for at `realm` on behalf of the registry: by https anywhere, by plain HTTP
/// only from the registry itself, never at a link-local address. A registry that could name any realm could
/// make us send credentials in the clear, or make requests inside a network that it cannot reach (security.md
/// B2). Errors: PermissionDenied.
Result<> checkRealm(const Url& realm, const Url& registry);

/// Turns challenges of one registry into Authorization headers. May be used from several threads; only one
/// of them asks for a new token.
class Authorizer {
public:
    /// status: a line for the person while a token server wants us to wait; may be empty.
    Authorizer(Http& http, std::string registryName, TlsLookup tls, CredentialSource source,
               const RetryPolicy& retry, std::function<void(const std::string&)> status)
        : m_http(http)
        , m_name(std::move(registryName))
        , m_tls(std::move(tls))
        , m_source(std::move(source))
        , m_retry(retry)
        , m_status(std::move(status)) {}

    /// The header for a scope; empty while nothing was asked for. Does not check whether the token has
    /// ended: the registry's 401 says so, and asking again costs the same.
    Secret current(const std::string& scope) const;

    /// Make the header that answers a challenge. `refused` is what was sent and not accepted; a newer one
    /// that another thread got meanwhile is returned at once. `registry` is the address that was asked.
    /// Errors: Unauthenticated with a hint, PermissionDenied (realm), Corrupt, Unavailable, Cancelled.
    Result<Secret> answer(const Challenge& challenge, const Url& registry, const std::string& scope,
                          const Secret& refused, const std::stop_token& stop);

    /// For a registry that goes on refusing.
    Error unauthenticated() const;

    /// For one that knows who we are, or that nobody is, and does not allow it. `subject`: "image 'app:1'";
    /// `said`: the registry's own words, may be empty.
    Error denied(const std::string& subject, const std::string& said = {}) const;

private:
    Error refusal() const;
    Result<> loadCredential(const std::stop_token& stop);
    Result<Secret> fetchToken(const Challenge& challenge, const Url& registry, const std::string& scope,
                              const std::stop_token& stop);
    HttpRequest tokenRequest(const Challenge& challenge, const Url& realm, const std::string& scope) const;

    Http& m_http;
    const std::string m_name;
    const TlsLookup m_tls;
    const CredentialSource m_source;
    const RetryPolicy m_retry;
    const std::function<void(const std::string&)> m_status;
    mutable std::mutex m_mutex;
    bool m_asked = false;
    std::optional<Credential> m_credential;
    std::map<std::string, Secret> m_headers;  ///< by scope
};

}  // namespace coracle::registry
