// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registry_error.h"

#include "core/text/escape.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

namespace coracle::registry {
namespace {

constexpr const char* kSettingsFile = "~/.config/coracle/registries.json";

/// The one next step that helps most often for this fault; empty where there is none that a person can
/// take.
std::string hintFor(const HttpFailure& failure, const std::string& host) {
    const std::string& message = failure.error.message();
    switch (failure.fault) {
    case HttpFault::Refused:
        return "is the registry at '" + host + "' running, and is the port right?";
    case HttpFault::NameUnknown:
        return "check the spelling of '" + host + "' and the network connection";
    case HttpFault::ConnectTimeout:
    case HttpFault::Stalled:
    case HttpFault::Broken:
        return "check the network connection and try again; layers that are complete are kept";
    case HttpFault::Untrusted:
        if (message.find("expired") != std::string::npos ||
            message.find("not yet valid") != std::string::npos) {
            return "check the clock of this computer; else the certificate of '" + host +
                   "' has to be renewed";
        }
        return "put the certificate of its CA into ~/.config/docker/certs.d/" + host +
               "/ca.crt or name it as \"ca\" in " + kSettingsFile;
    case HttpFault::ProxyRefused:
        return "see the variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY";
    case HttpFault::NotTls:
        return "if '" + host + "' speaks plain HTTP, set \"insecure\": true for it in " + kSettingsFile;
    default:
        return {};
    }
}

}  // namespace

Error withHints(const HttpFailure& failure, const std::string& host) {
    Error error = failure.error;
    if (!error.hint().empty()) {
        return error;
    }
    return std::move(error).withHint(hintFor(failure, host));
}

/// The limit is what SuccessSink keeps at most, with room; a body beyond it is no message for a person.
std::string errorText(std::string_view body) {
    const auto document = json::parse(body, 65536);
    const auto* errors = document ? json::findArray(*document, "errors") : nullptr;
    if (errors == nullptr || errors->empty() || !errors->front().is_object()) {
        return {};
    }
    const auto code = json::findString(errors->front(), "code");
    const auto message = json::findString(errors->front(), "message");
    std::string text = code && *code ? **code : std::string();
    if (message && *message && !(*message)->empty()) {
        text += (text.empty() ? "" : ": ") + **message;
    }
    return text::excerptForTerminal(text, 200);
}

/// Statuses in the order of what they tell: 404 and 403 are about the name, 429 and 5xx about the server.
/// A plain HTTP request to a TLS port comes as 400 with a sentence; Go's HTTP server, which most
/// registries are made with, says "Client sent an HTTP request to an HTTPS server".
Error errorOf(const HttpResponse& response, std::string_view body, const std::string& subject,
              const std::string& host) {
    const std::string said = errorText(body);
    const std::string tail = said.empty() ? std::string() : " (" + said + ")";
    const std::string status = std::to_string(response.status);
    if (response.status == 404) {
        return Error(ErrorKind::NotFound, subject + " not found on " + host)
            .withHint("check the spelling of the name and the tag");
    }
    if (response.status == 400 && body.find("HTTPS server") != std::string_view::npos) {
        return Error(ErrorKind::Unavailable,
                     "registry '" + host + "' speaks TLS, but was asked by plain HTTP")
            .withHint("remove \"insecure\" for it from " + std::string(kSettingsFile));
    }
    if (response.status == 407) {
        return Error(ErrorKind::Unavailable, "the proxy on the way to '" + host + "' wants a login")
            .withHint("put it into the address: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT");
    }
    if (response.status == 429) {
        return Error(ErrorKind::Unavailable, "registry '" + host + "' answers 429 (too many requests)" + tail)
            .withHint("wait, or raise the limit by logging in: coracle login " + host);
    }
    if (response.status >= 500) {
        return Error(ErrorKind::Unavailable,
                     "registry '" + host + "' answers " + status + " for " + subject + tail)
            .withHint("the registry has a problem of its own; try again later");
    }
    if (response.status >= 300 && response.status < 400) {
        return {ErrorKind::Corrupt,
                "registry '" + host + "' redirects without saying where (" + status + ")"};
    }
    return {ErrorKind::Unavailable, "registry '" + host + "' answers " + status + " for " + subject + tail};
}

Result<> checkStored(const HttpResponse& response, const image::Digest& own) {
    const auto stated = response.find("docker-content-digest");
    if (stated && *stated != own.text()) {
        return Error(ErrorKind::Corrupt, "the registry says that it stored '" +
                                             text::excerptForTerminal(*stated, 80) + "', but it was sent '" +
                                             own.text() + "'");
    }
    return {};
}

}  // namespace coracle::registry
