// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"

#include <charconv>

namespace coracle::cli {
namespace {

/// The descriptor that the monitor leaves open for the network helper: see
/// rootless/oci/monitor_protocol.h, "Restart".
constexpr int kExitFd = 3;

}  // namespace

/// Started by the monitor of a container that is started again; not for people, and so not in the overview.
int cmdContainerNetwork(Context& context, const std::string& name, const Words& arguments) {
    Words words;
    VerbParser parser(name, "ID PID", "Give a container its network again");
    parser.words(words, 2, 2);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    int pid = 0;
    const char* end = words[1].data() + words[1].size();
    const auto [at, fault] = std::from_chars(words[1].data(), end, pid);
    if (fault != std::errc() || at != end || pid < 2) {
        return reportError(context.console(),
                           Error(ErrorKind::InvalidArgument, "'" + words[1] + "' is not a process id"), 1);
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (auto connected = engine.containers().connectNetwork(words[0], pid, kExitFd); !connected) {
        return reportError(context.console(), connected.error());
    }
    return 0;
}

}  // namespace coracle::cli
