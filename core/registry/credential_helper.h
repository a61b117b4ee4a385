// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/secret.h"
#include "rootless/sys/result.h"

#include <chrono>
#include <map>
#include <optional>
#include <stop_token>
#include <string>

namespace coracle::registry {

/// A program `docker-credential-NAME` that keeps logins in a keychain. It is found in PATH and executed
/// directly, never through a shell; it gets a minute and a half, since it may ask the person to open the
/// keychain, and its answer has a limit. Secrets go through its standard input and output only.
/// Source: docker-credential-helpers, "Development".
class CredentialHelper {
public:
    static constexpr std::chrono::milliseconds kTimeLimit{90'000};

    /// name: what docker's configuration calls it ("secretservice"). Errors: Corrupt for what cannot be part
    /// of a program's name.
    static Result<CredentialHelper> named(const std::string& name,
                                          std::chrono::milliseconds timeLimit = kTimeLimit);

    /// Our own program for the desktop's keyring (coracle-keyring), which speaks the same protocol; its
    /// failures come with a hint. Errors: Unsupported in a build without it.
    static Result<CredentialHelper> keyring(std::chrono::milliseconds timeLimit = kTimeLimit);
    /// What the auth file calls it. docker does not read that file, so it meets no name that it cannot find.
    static constexpr const char* kKeyringName = "coracle-keyring";

    /// none: it has nothing for this server. All four block. Errors: NotFound when the program is missing,
    /// with a hint; Unavailable when it fails or does not end; Corrupt for an answer that is none; Cancelled.
    Result<std::optional<Credential>> find(const std::string& server, const std::stop_token& stop) const;
    Result<> store(const std::string& server, const Credential& credential,
                   const std::stop_token& stop) const;
    /// Whether there was one.
    Result<bool> erase(const std::string& server, const std::stop_token& stop) const;
    /// User names by server.
    Result<std::map<std::string, std::string>> list(const std::stop_token& stop) const;

    /// Whether a login can be kept without asking for the keyring's password. Of our own program only.
    /// Errors: Unavailable with a hint when there is no keyring.
    Result<bool> probeIsOpen(const std::stop_token& stop) const;

    /// "docker-credential-NAME", or types::kKeyringPlace.
    const std::string& place() const noexcept { return m_place; }

private:
    CredentialHelper(std::string program, std::string place, std::chrono::milliseconds timeLimit)
        : m_program(std::move(program)), m_place(std::move(place)), m_timeLimit(timeLimit) {}

    struct Answer {
        bool success = false;
        Secret text;  ///< may hold a password
        bool saysNotFound() const;
    };
    Result<Answer> ask(const char* verb, const Secret& input, const std::stop_token& stop) const;
    Error failed(const char* verb, const Answer& answer) const;
    std::string title(const char* verb) const;

    std::string m_program;
    std::string m_place;
    std::chrono::milliseconds m_timeLimit;
};

}  // namespace coracle::registry
