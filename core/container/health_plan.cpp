// SPDX-License-Identifier: Apache-2.0
#include "core/container/health_plan.h"

#include "core/text/moment.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace coracle::container {
namespace {

using std::chrono::nanoseconds;

/// "0s" is docker's way to leave it open.
Result<nanoseconds> readSpan(const std::optional<std::string>& text, nanoseconds image, const char* option) {
    if (!text) {
        return image;
    }
    auto span = *text == "0" ? Result<nanoseconds>(nanoseconds(0)) : text::parseDuration(*text);
    if (!span) {
        return std::move(span).error().context(std::string("option '") + option + "'");
    }
    if (*span != nanoseconds(0) && *span < std::chrono::milliseconds(1)) {
        return Error(ErrorKind::InvalidArgument,
                     std::string("option '") + option + "': '" + *text + "' is less than 1ms");
    }
    return *span == nanoseconds(0) ? image : *span;
}

/// In milliseconds, between one and a year: what the monitor takes.
std::int64_t milliseconds(nanoseconds span, std::chrono::milliseconds otherwise) {
    constexpr std::chrono::hours kYear{24 * 365};
    const auto known =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::min<nanoseconds>(span, kYear));
    return span.count() == 0 ? otherwise.count() : std::max<std::int64_t>(known.count(), 1);
}

}  // namespace

Result<types::HealthPlan> planHealth(const types::HealthOptions& options, const types::HealthPlan& image) {
    if (options.test && options.test->front() == "NONE") {
        types::HealthOptions others = options;
        others.test.reset();
        if (others != types::HealthOptions()) {
            return Error(ErrorKind::InvalidArgument, "--no-healthcheck conflicts with --health-* options");
        }
        types::HealthPlan none;
        none.test = {"NONE"};
        return none;
    }
    types::HealthPlan plan = image;
    plan.test = options.test.value_or(image.test);
    TRY_ASSIGN(plan.interval, readSpan(options.interval, image.interval, "--health-interval"));
    TRY_ASSIGN(plan.timeout, readSpan(options.timeout, image.timeout, "--health-timeout"));
    TRY_ASSIGN(plan.startPeriod, readSpan(options.startPeriod, image.startPeriod, "--health-start-period"));
    TRY_ASSIGN(plan.startInterval,
               readSpan(options.startInterval, image.startInterval, "--health-start-interval"));
    plan.retries = options.retries.value_or(0) > 0 ? *options.retries : image.retries;
    return plan;
}

std::vector<std::string> healthCommand(const types::HealthPlan& plan) {
    if (plan.test.front() == "CMD-SHELL") {
        return {"/bin/sh", "-c", plan.test[1]};
    }
    return {plan.test.begin() + 1, plan.test.end()};
}

nlohmann::json healthDocument(const types::HealthPlan& plan, const std::string& processPath) {
    using std::chrono::seconds;
    return {{"process", processPath},
            {"intervalMs", milliseconds(plan.interval, seconds(30))},
            {"timeoutMs", milliseconds(plan.timeout, seconds(30))},
            {"startPeriodMs", milliseconds(plan.startPeriod, seconds(0))},
            {"startIntervalMs", milliseconds(plan.startInterval, seconds(5))},
            {"retries", plan.retries > 0 ? std::min<std::int64_t>(plan.retries, INT32_MAX) : 3}};
}

}  // namespace coracle::container
