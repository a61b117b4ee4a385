// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/oci_state.h"

#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

namespace coracle::runtime {
namespace {

/// Source: OCI runtime-spec runtime.md, "State": pid is REQUIRED when the container is created or running.
nlohmann::json toDocument(const OciState& state, Status status, pid_t pid) {
    nlohmann::json document{{"ociVersion", state.version},
                            {"id", state.id},
                            {"status", toWord(status)},
                            {"bundle", state.bundle}};
    if (status != Status::Stopped) {
        document["pid"] = pid;
    }
    if (!state.annotations.empty()) {
        document["annotations"] = state.annotations;
    }
    return document;
}

}  // namespace

OciState ociStateOf(const ContainerState& state) {
    return {state.version, state.id, state.bundle, state.annotations};
}

std::string toText(const OciState& state, Status status, pid_t pid) {
    return json::toText(toDocument(state, status, pid));
}

/// Source: OCI runtime-spec config-linux.md, "The Container Process State".
std::string toAgentText(const OciState& state, Status status, pid_t containerPid, pid_t processPid,
                        const std::string& metadata) {
    const nlohmann::json document{{"ociVersion", state.version},
                                  {"fds", {"seccompFd"}},
                                  {"pid", processPid},
                                  {"metadata", metadata},
                                  {"state", toDocument(state, status, containerPid)}};
    return json::toText(document);
}

}  // namespace coracle::runtime
