// SPDX-License-Identifier: Apache-2.0
#include "core/types/run_options.h"

#include <charconv>

namespace coracle::types {
namespace {

Error invalid(std::string message) {
    return {ErrorKind::InvalidArgument, std::move(message)};
}

}  // namespace

Result<RestartSpec> parseRestart(const std::string& text) {
    const auto colon = text.find(':');
    const std::string policy = text.substr(0, colon);
    RestartSpec restart;
    restart.policy = policy.empty() ? "no" : policy;
    if (policy != "no" && policy != "always" && policy != "unless-stopped" && policy != "on-failure" &&
        !text.empty()) {
        return invalid("restart policy '" + policy + "' is unknown")
            .withHint("policies are no, on-failure[:TIMES], unless-stopped and always");
    }
    if (colon == std::string::npos) {
        return restart;
    }
    const auto* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data() + colon + 1, end, restart.maxRetries);
    if (error != std::errc() || at != end || restart.maxRetries < 0 || restart.maxRetries > INT32_MAX) {
        return invalid("maximum number of restarts '" + text.substr(colon + 1) + "' is not a number");
    }
    if (policy != "on-failure" && restart.maxRetries != 0) {
        return invalid("a maximum number of restarts goes with 'on-failure' only, not with '" + policy + "'");
    }
    return restart;
}

}  // namespace coracle::types
