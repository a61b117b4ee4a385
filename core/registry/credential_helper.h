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

    /// none: it has nothing for this server. All four block. Errors: NotFound when the program is missing,
    /// with a hint; Unavailable when it fails or does not end; Corrupt for an answer that is none; Cancelled.
    Result<std::optional<Credential>> find(const std::string& server, const std::stop_token& stop) const;
    Result<> store(const std::string& server, const Credential& credential,
                   const std::stop_token& stop) const;
    /// Whether there was one.
    Result<bool> erase(const std::string& server, const std::stop_token& stop) const;
    /// User names by server.
    Result<std::map<std::string, std::string>> list(const std::stop_token& stop) const;

    /// "docker-credential-NAME"
    const std::string& program() const noexcept { return m_program; }

private:
    CredentialHelper(std::string program, std::chrono::milliseconds timeLimit)
        : m_program(std::move(program)), m_timeLimit(timeLimit) {}

    struct Answer {
        bool success = false;
        Secret text;  ///< may hold a password
        bool saysNotFound() const;
    };
    Result<Answer> ask(const char* verb, const Secret& input, const std::stop_token& stop) const;
    Error failed(const char* verb, const Answer& answer) const;

    std::string m_program;
    std::chrono::milliseconds m_timeLimit;
};

}  // namespace coracle::registry
