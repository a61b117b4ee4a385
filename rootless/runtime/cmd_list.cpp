// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/verbs.h"
#include "rootless/runtime/warnings.h"

#include <nlohmann/json.hpp>

#include <array>

namespace coracle::runtime {
namespace {

/// Takes no lock: what changes between the listing and the reading of one state shows in that row or
/// leaves it out.
Result<int> listContainers(const Invocation& invocation) {
    static constexpr std::array kOptions =
        std::to_array<OptionSpec>({{"--format", 'f', true}, {"--quiet", 'q', false}});
    TRY_ASSIGN(const Arguments arguments, parseArguments(invocation.words, kOptions));
    TRY_ASSIGN(const auto ids, invocation.store.list());
    const std::string format = arguments.value("--format", "table");
    if (format != "table" && format != "json") {
        return Error(ErrorKind::InvalidArgument, "unknown format '" + format + "'")
            .withHint("the formats are table and json");
    }
    const bool asJson = format == "json";
    nlohmann::ordered_json document = nlohmann::ordered_json::array();
    std::string table = arguments.has("--quiet") ? "" : "ID\tPID\tSTATUS\tBUNDLE\n";
    for (const std::string& id : ids) {
        const auto state = invocation.store.load(id);
        if (!state) {
            if (state.error().kind() != ErrorKind::NotFound) {
                warn(invocation.log, {state.error().message()});
            }
            continue;  // else it is being created or deleted at this moment
        }
        const Status status = invocation.store.statusOf(*state);
        const pid_t pid = status == Status::Stopped ? 0 : state->process.pid;
        document.push_back({{"ociVersion", state->version},
                            {"id", id},
                            {"pid", pid},
                            {"status", toWord(status)},
                            {"bundle", state->bundle}});
        table += arguments.has("--quiet")
                     ? id + "\n"
                     : id + "\t" + std::to_string(pid) + "\t" + toWord(status) + "\t" + state->bundle + "\n";
    }
    TRY(print(asJson ? document.dump() + "\n" : table));
    return 0;
}

}  // namespace

Outcome listVerb(const Invocation& invocation) {
    return toOutcome(listContainers(invocation));
}

}  // namespace coracle::runtime
