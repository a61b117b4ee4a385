// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_inspection.h"

#include "core/container/confinement.h"
#include "core/container/spec_builder.h"
#include "core/engine/access_facts.h"
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

/// By path alone: what is mounted deepest at or above it, as the container sees it.
Result<types::AccessReport> LocalInspection::explainAccess(const std::string& id, const std::string& path,
                                                           const std::optional<std::string>& user) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    const std::string wanted = container::cleanPath(path);
    types::AccessReport report;
    for (const auto& mount : summarise(known).mounts) {
        const std::string target = container::cleanPath(mount.target);
        const bool above = wanted == target || wanted.starts_with(target + "/");
        if (mount.kind == types::MountSpec::Kind::Tmpfs || !above ||
            target.size() < report.mountTarget.size()) {
            continue;
        }
        report.mountTarget = target;
        report.mountSource = mount.source;
        report.readOnlyMount = mount.readOnly;
        if (mount.kind == types::MountSpec::Kind::Volume) {
            report.mountSource = m_context.places().root + "/volumes/" + mount.source + "/data";
        }
    }
    if (report.mountTarget.empty()) {
        return Error(ErrorKind::NotFound, "'" + wanted + "' is in no mount of container '" +
                                              known.record.name + "': it belongs to the image")
            .withHint("'coracle inspect -f {{json .Mounts}} " + known.record.name + "' lists its mounts");
    }
    TRY_ASSIGN(const auto database, readUsers(m_context, known));
    TRY_ASSIGN(const auto resolved, container::resolveUser(user.value_or(known.details.user), database));
    TRY_ASSIGN(const auto facts, accessFactsOf(known.spec, resolved, known.details.capabilities,
                                               known.details.sliceFirst, known.details.sliceSize));
    report.user = facts.text;
    TRY_ASSIGN(report.steps,
               accessSteps(report.mountSource, report.mountTarget, wanted.substr(report.mountTarget.size())));
    container::explainAccess(report, facts.subject, facts.remedies);
    return report;
}

}  // namespace coracle::engine
