// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/json.h"
#include "rootless/runtime/verbs.h"

#include <nlohmann/json.hpp>

namespace coracle::runtime {
namespace {

/// Source: OCI runtime-spec runtime.md, "State". pid is 0 and not left out when the container has stopped,
/// as runc prints it. Bytes of annotations that are not UTF-8 are replaced: no reader of JSON would take
/// them.
Result<int> printState(const Invocation& invocation) {
    TRY_ASSIGN(const Arguments arguments, parseArguments(invocation.words, {}));
    TRY_ASSIGN(const std::string id, onlyWord(arguments, "state ID"));
    TRY_ASSIGN(const ContainerState state, invocation.store.load(id));
    const Status status = invocation.store.statusOf(state);
    nlohmann::ordered_json document{
        {"ociVersion", state.version}, {"id", state.id},
        {"status", toWord(status)},    {"pid", status == Status::Stopped ? 0 : state.process.pid},
        {"bundle", state.bundle},      {"createdAt", state.createdAt}};
    if (!state.annotations.empty()) {
        document["annotations"] = state.annotations;
    }
    TRY(print(document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"));
    return 0;
}

}  // namespace

Outcome stateVerb(const Invocation& invocation) {
    return toOutcome(printState(invocation));
}

}  // namespace coracle::runtime
