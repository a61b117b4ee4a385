// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_inspection.h"

#include "core/container/confinement.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

namespace coracle::engine {
namespace {

Result<std::string> readDocument(const KnownContainer& known, const std::string& path) {
    auto text = sys::readFile(path, json::kMaxDocumentBytes);
    if (!text && text.error().kind() == ErrorKind::NotFound) {
        return Error(ErrorKind::Unavailable,
                     "the documents of container '" + known.record.name + "' are not there any more")
            .withHint(
                "those of a container that is removed at its end do not outlive a restart of the "
                "computer");
    }
    return text;
}

}  // namespace

Result<std::string> LocalInspection::runtimeConfig(const std::string& id) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    return readDocument(known, known.paths.config());
}

Result<types::Confinement> LocalInspection::confinement(const std::string& id) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    TRY_ASSIGN(const auto config, readDocument(known, known.paths.config()));
    TRY_ASSIGN(const auto extension, readDocument(known, known.paths.overlay()));
    TRY_ASSIGN(auto confinement, container::describeConfinement(config, extension, known.paths.bundle));
    if (known.facts.isAlive()) {
        // It may end at any moment; then there is nothing to observe.
        if (const auto status =
                sys::readFile("/proc/" + std::to_string(known.facts.process.pid) + "/status")) {
            if (auto observed = container::parseObserved(*status)) {
                confinement.observed = *std::move(observed);
            }
        }
    }
    return confinement;
}

}  // namespace coracle::engine
