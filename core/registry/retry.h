// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/http.h"

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace coracle::registry {

/// When to try again (security.md B8). Four attempts with less than 2 s between the first and the last bridge
/// a restart of a server or a change of network, and do not keep a person waiting for one that is down.
struct RetryPolicy {
    int retries = 3;
    std::chrono::milliseconds firstDelay{250};
    std::chrono::seconds maxRetryAfter{60};

    /// Delay before retry number `attempt` (1, 2, 3): doubles each time, with a random part so that many
    /// clients do not come back at once.
    std::chrono::milliseconds delay(int attempt) const;
};

/// Whether the server's own answer asks for another try: 429 and the 5xx that pass.
bool isPassing(int status);

/// Whether trying again can help. A refused connection or an unknown name is an answer, and a person is
/// waiting for it.
bool isPassing(HttpFault fault);

/// What a Retry-After header asks for. Source: RFC 9110 10.2.3 (seconds or a date).
std::optional<std::chrono::seconds> retryAfter(const HttpResponse& response);

/// How long to wait before retry number `attempt` of what was answered so; null: there was no answer. Never
/// shorter than our own delay, whatever the server says, and never longer than maxRetryAfter: a person waits,
/// and a server could ask for a year.
std::chrono::milliseconds delayAfter(const RetryPolicy& policy, int attempt, const HttpResponse* response);

/// "registry 'r' does not answer well, trying again in 5 s", for delays that a person notices; else empty.
std::string waitingWords(const std::string& who, std::chrono::milliseconds delay);

/// Wait, unless there is a stop request. Errors: Cancelled.
Result<> waitFor(std::chrono::milliseconds delay, const std::stop_token& stop);

}  // namespace coracle::registry
