// SPDX-License-Identifier: Apache-2.0
#include "core/registry/retry.h"

#include <charconv>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <random>

namespace coracle::registry {

std::chrono::milliseconds RetryPolicy::delay(int attempt) const {
    const auto whole = firstDelay.count() << std::min(attempt - 1, 16);
    thread_local std::minstd_rand random(std::random_device{}());
    std::uniform_int_distribution<std::chrono::milliseconds::rep> part(whole / 2, whole);
    return std::chrono::milliseconds(part(random));
}

bool isPassing(int status) {
    return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

bool isPassing(HttpFault fault) {
    return fault == HttpFault::Broken || fault == HttpFault::Stalled || fault == HttpFault::ConnectTimeout;
}

/// A date in the past asks for no delay. Only the preferred form of a date is read (IMF-fixdate, RFC 9110
/// 5.6.7); the two obsolete ones count as no header. The caller limits the length.
std::optional<std::chrono::seconds> retryAfter(const HttpResponse& response) {
    const auto value = response.find("retry-after");
    if (!value) {
        return std::nullopt;
    }
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(value->data(), value->data() + value->size(), number);
    if (fault == std::errc() && end == value->data() + value->size() && number >= 0) {
        return std::chrono::seconds(number);
    }
    std::tm parts{};
    const std::string text(*value);
    if (::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts) == nullptr) {
        return std::nullopt;
    }
    return std::chrono::seconds(std::max<std::time_t>(0, ::timegm(&parts) - std::time(nullptr)));
}

std::chrono::milliseconds delayAfter(const RetryPolicy& policy, int attempt, const HttpResponse* response) {
    const std::chrono::milliseconds own = policy.delay(attempt);
    const auto asked = response != nullptr ? retryAfter(*response) : std::nullopt;
    return asked ? std::max<std::chrono::milliseconds>(own, std::min(*asked, policy.maxRetryAfter)) : own;
}

std::string waitingWords(const std::string& who, std::chrono::milliseconds delay) {
    return delay < std::chrono::seconds(1) ? std::string()
                                           : who + " does not answer well, trying again in " +
                                                 std::to_string((delay.count() + 999) / 1000) + " s";
}

/// The stop token wakes the wait, so a cancel does not wait for the delay to end.
Result<> waitFor(std::chrono::milliseconds delay, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock(mutex);
    (void)changed.wait_for(lock, stop, delay, [] { return false; });
    if (stop.stop_requested()) {
        return Error(ErrorKind::Cancelled, "cancelled");
    }
    return {};
}

}  // namespace coracle::registry
