// SPDX-License-Identifier: Apache-2.0
#include "core/registry/authorizer.h"

#include "core/registry/registry_error.h"
#include "core/text/base64.h"
#include "core/text/escape.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::registry {
namespace {

/// A token is a signed JSON document in base64 that has to fit into a request's header; the rest of the
/// answer is a number and a date.
constexpr std::size_t kMaxTokenAnswerBytes = 256U << 10U;

/// Source: RFC 7617 2. A ':' in the user name would move the border to the password; AuthFile cannot store
/// such a name, it splits at the first ':'.
Secret basicHeader(const Credential& credential) {
    return Secret("Basic " + text::encodeBase64(credential.userName + ":" + credential.password.reveal()));
}

/// The answer of a token server: "token", or "access_token" as OAuth 2 calls it. Source: the distribution
/// project's "Token Authentication Specification", which lets clients take either. The server is chosen by
/// the registry and not trusted: see the check of the characters.
Result<Secret> readToken(const std::string& body) {
    TRY_ASSIGN(const auto document, json::parse(body, kMaxTokenAnswerBytes));
    TRY_ASSIGN(auto token, json::findString(document, "token"));
    if (!token || token->empty()) {
        TRY_ASSIGN(token, json::findString(document, "access_token"));
    }
    if (!token || token->empty()) {
        return Error(ErrorKind::Corrupt, "it holds no token");
    }
    // What could end the header and begin another one is not a token.
    for (const char c : *token) {
        if (c <= 0x20 || c >= 0x7f) {
            return Error(ErrorKind::Corrupt, "its token holds characters that a header may not have");
        }
    }
    return Secret("Bearer " + *token);
}

}  // namespace

Result<> checkRealm(const Url& realm, const Url& registry) {
    if (isLinkLocalHost(realm.host)) {
        return Error(ErrorKind::PermissionDenied, "registry '" + registry.authority() + "' sends us to '" +
                                                      realm.authority() +
                                                      "' for a token: a link-local address is refused");
    }
    if (realm.scheme != "https" && !realm.sameOrigin(registry)) {
        return Error(ErrorKind::PermissionDenied, "registry '" + registry.authority() + "' sends us to '" +
                                                      realm.origin() + "' for a token: that is not https");
    }
    return {};
}

Secret Authorizer::current(const std::string& scope) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_headers.find(scope);
    return found == m_headers.end() ? Secret() : found->second;
}

Error Authorizer::unauthenticated() const {
    const std::lock_guard lock(m_mutex);
    return refusal();
}

Error Authorizer::refusal() const {
    const std::string hint = "coracle login " + m_name;
    return m_credential
               ? Error(ErrorKind::Unauthenticated, "registry '" + m_name + "' refuses the stored login")
                     .withHint(hint)
               : Error(ErrorKind::Unauthenticated, "registry '" + m_name + "' wants a login").withHint(hint);
}

Error Authorizer::denied(const std::string& subject, const std::string& said) const {
    const std::lock_guard lock(m_mutex);
    const std::string tail = said.empty() ? std::string() : " (" + said + ")";
    const std::string who = !m_credential ? "without a login"
                            : m_credential->userName.empty()
                                ? "with the stored login"
                                : "to user '" + text::excerptForTerminal(m_credential->userName, 60) + "'";
    return Error(ErrorKind::PermissionDenied,
                 "registry '" + m_name + "' denies access to " + subject + " " + who + tail)
        .withHint((m_credential ? "log in as somebody who may: coracle login " : "coracle login ") + m_name);
}

/// The source may start a program and wait for a person, so it is asked once, also when it knows nothing.
/// A failure is not remembered: the caller ends with it.
Result<> Authorizer::loadCredential(const std::stop_token& stop) {
    if (!m_asked && m_source) {
        TRY_ASSIGN(m_credential, m_source(stop));
    }
    m_asked = true;
    return {};
}

Result<Secret> Authorizer::answer(const Challenge& challenge, const Url& registry, const std::string& scope,
                                  const Secret& refused, const std::stop_token& stop) {
    // Held over the exchange with the token server on purpose: other threads that got a 401 for the same
    // scope wait here and find the new header in the map instead of asking for one each.
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_headers.find(scope);
        found != m_headers.end() && found->second.reveal() != refused.reveal()) {
        return found->second;
    }
    TRY(loadCredential(stop));
    if (challenge.scheme == Challenge::Scheme::Basic) {
        // Basic has no renewal: when something was sent and refused, the same bytes would be refused
        // again.
        if (!m_credential || m_credential->password.empty() || !refused.empty()) {
            return refusal();
        }
        return m_headers[scope] = basicHeader(*m_credential);
    }
    TRY_ASSIGN(Secret header, fetchToken(challenge, registry, scope, stop));
    return m_headers[scope] = std::move(header);
}

/// With an identity token by POST (OAuth 2 "refresh_token" grant: the token must not stand in an address,
/// which servers log); else by GET with the name and password in the Authorization header, or with nothing
/// for an anonymous pull. The link-local check goes with the request because the realm's name may resolve
/// to anything.
HttpRequest Authorizer::tokenRequest(const Challenge& challenge, const Url& realm,
                                     const std::string& scope) const {
    HttpRequest request;
    request.url = realm;
    request.linkLocal = LinkLocal::Refuse;
    std::string query = "service=" + text::encodeUrlPart(challenge.service);
    for (std::size_t at = 0; at < scope.size();) {
        const std::size_t end = std::min(scope.find(' ', at), scope.size());
        query += "&scope=" + text::encodeUrlPart(scope.substr(at, end - at));
        at = end + 1;
    }
    if (m_credential && !m_credential->identityToken.empty()) {
        request.method = HttpMethod::Post;
        request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
        request.body = Secret("grant_type=refresh_token&client_id=coracle&" + query +
                              "&refresh_token=" + text::encodeUrlPart(m_credential->identityToken.reveal()));
        return request;
    }
    request.url.path += (realm.path.find('?') == std::string::npos ? "?" : "&") + query;
    if (m_credential) {
        request.authorization = basicHeader(*m_credential);
    }
    return request;
}

/// Redirects are followed by the rules of http_follow.h, so the credentials do not leave the realm's
/// origin. 400, 401 and 403 all mean in practice that the login is wrong; registries do not agree on one
/// of them.
Result<Secret> Authorizer::fetchToken(const Challenge& challenge, const Url& registry,
                                      const std::string& scope, const std::stop_token& stop) {
    auto realm = Url::parse(challenge.realm);
    if (!realm) {
        return Error(ErrorKind::Corrupt,
                     "registry '" + m_name + "' names a bad token server: " + realm.error().message());
    }
    TRY(checkRealm(*realm, registry));
    const HttpRequest request = tokenRequest(challenge, *realm, scope);
    for (int attempt = 1;; ++attempt) {
        TextSink sink(kMaxTokenAnswerBytes);
        HttpOutcome outcome = performFollowing(m_http, request, m_tls, sink, stop);
        const auto* response = std::get_if<HttpResponse>(&outcome);
        const auto* failure = std::get_if<HttpFailure>(&outcome);
        const bool again = response != nullptr ? isPassing(response->status) : isPassing(failure->fault);
        if (again && attempt <= m_retry.retries) {
            const auto delay = delayAfter(m_retry, attempt, response);
            const std::string words = waitingWords("token server '" + realm->authority() + "'", delay);
            if (m_status && !words.empty()) {
                m_status(words);
            }
            TRY(waitFor(delay, stop));
            continue;
        }
        if (response == nullptr) {
            return withHints(*failure, realm->authority()).context("get a token for '" + m_name + "'");
        }
        if (response->status == 400 || response->status == 401 || response->status == 403) {
            return refusal();
        }
        if (response->status != 200) {
            return Error(ErrorKind::Unavailable, "get a token for '" + m_name + "': '" + realm->authority() +
                                                     "' answers " + std::to_string(response->status));
        }
        auto token = readToken(sink.text());
        if (!token) {
            return std::move(token).error().context("answer of token server '" + realm->authority() + "'");
        }
        return token;
    }
}

}  // namespace coracle::registry
