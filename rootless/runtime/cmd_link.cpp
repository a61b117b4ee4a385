// SPDX-License-Identifier: Apache-2.0
// coracle-runtime link --keeper-dir DIR --name NAME PROCESS ADDRESS PROCESS ADDRESS: a cable between the
// networks of two containers. PROCESS is PID:STARTTIME (clock ticks since boot), so that a number that was
// given anew is refused.
#include "rootless/runtime/verbs.h"
#include "rootless/sys/network_link.h"
#include "rootless/sys/process_identity.h"
#include "rootless/userns/keeper.h"

#include <array>
#include <charconv>

namespace coracle::runtime {
namespace {

/// Linux has sixteen bytes for the name of an interface, the ending zero among them.
constexpr std::size_t kMaxName = 15;

Result<sys::NetworkEnd> parseEnd(const std::string& process, const std::string& address) {
    pid_t pid = 0;
    std::uint64_t ticks = 0;
    const char* end = process.data() + process.size();
    const auto first = std::from_chars(process.data(), end, pid);
    const auto second =
        first.ptr != end && *first.ptr == ':' ? std::from_chars(first.ptr + 1, end, ticks) : first;
    if (second.ec != std::errc() || second.ptr != end || pid < 2 || ticks == 0) {
        return Error(ErrorKind::InvalidArgument, "'" + process + "' is not PID:STARTTIME");
    }
    TRY_ASSIGN(auto identity, sys::identifyProcess(pid));
    identity.startTicks = ticks;
    TRY_ASSIGN(auto opened, sys::openProcess(identity));
    return sys::NetworkEnd{std::move(opened), address};
}

Result<int> link(const Invocation& invocation) {
    static constexpr std::array kOptions =
        std::to_array<OptionSpec>({{"--keeper-dir", '\0', true}, {"--name", '\0', true}});
    constexpr std::size_t kWords = 4;
    TRY_ASSIGN(const Arguments arguments, parseArguments(invocation.words, kOptions));
    const auto& words = arguments.words;
    const std::string keeperDir = arguments.value("--keeper-dir");
    const std::string name = arguments.value("--name");
    if (keeperDir.empty() || name.empty() || name.size() > kMaxName || words.size() != kWords) {
        return Error(
            ErrorKind::InvalidArgument,
            "usage: coracle-runtime link --keeper-dir DIR --name NAME PID:TIME ADDRESS PID:TIME ADDRESS");
    }
    TRY_ASSIGN(const auto first, parseEnd(words[0], words[1]));
    TRY_ASSIGN(const auto second, parseEnd(words[2], words[3]));
    TRY(userns::enterKeptNamespace(keeperDir));
    TRY(sys::connectNetworks(name, first, second));
    return 0;
}

}  // namespace

Outcome linkVerb(const Invocation& invocation) {
    return toOutcome(link(invocation));
}

}  // namespace coracle::runtime
