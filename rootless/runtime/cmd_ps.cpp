// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/container_processes.h"
#include "rootless/runtime/verbs.h"

#include <array>

namespace coracle::runtime {
namespace {

/// Numbers as this program's pid namespace has them.
Result<int> listProcesses(const Invocation& invocation) {
    static constexpr std::array kOptions = std::to_array<OptionSpec>({{"--format", 'f', true}});
    TRY_ASSIGN(const Arguments arguments, parseArguments(invocation.words, kOptions));
    TRY_ASSIGN(const std::string id, onlyWord(arguments, "ps [--format table|json] ID"));
    const std::string format = arguments.value("--format", "table");
    if (format != "table" && format != "json") {
        return Error(ErrorKind::InvalidArgument, "unknown format '" + format + "'")
            .withHint("the formats are table and json");
    }
    TRY_ASSIGN(const ContainerState state, invocation.store.load(id));
    TRY_ASSIGN(const auto processes, processesOf(state));
    std::string text = format == "json" ? "[" : "PID\n";
    for (const sys::NamespaceMember& process : processes) {
        if (format == "table") {
            text += std::to_string(process.pid) + "\n";
        } else {
            text += (text.size() > 1 ? "," : "") + std::to_string(process.pid);
        }
    }
    TRY(print(format == "json" ? text + "]\n" : text));
    return 0;
}

}  // namespace

Outcome psVerb(const Invocation& invocation) {
    return toOutcome(listProcesses(invocation));
}

}  // namespace coracle::runtime
