// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_inspection.h"

#include "core/container/confinement.h"
#include "core/container/spec_builder.h"
#include "core/engine/access_facts.h"
#include "core/engine/local_resources.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/process_identity.h"

#include <algorithm>
#include <chrono>

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
    std::string mountedImage;
    for (const auto& mount : summarise(known).mounts) {
        const std::string target = container::cleanPath(mount.target);
        const bool above = wanted == target || wanted.starts_with(target + "/");
        if (mount.kind == types::MountSpec::Kind::Tmpfs || !above ||
            target.size() < report.mountTarget.size()) {
            continue;
        }
        report.mountTarget = target;
        report.mountSource = mount.source;
        mountedImage = mount.kind == types::MountSpec::Kind::Image ? mount.source : "";
        report.readOnlyMount = mount.readOnly;
        if (mount.kind == types::MountSpec::Kind::Volume) {
            report.mountSource = m_context.places().root + "/volumes/" + mount.source + "/data";
        }
    }
    if (!mountedImage.empty()) {
        return Error(ErrorKind::NotFound, "'" + wanted + "' belongs to the image '" + mountedImage +
                                              "', which container '" + known.record.name +
                                              "' has mounted at '" + report.mountTarget + "'")
            .withHint("explain is about folders and volumes; 'coracle image files " + mountedImage +
                      "' shows the owners and modes of an image");
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

/// Opened before the look: as long as the process lives, its number names no other, so what the look says of
/// the number holds for what is signalled. Times of two looks differ by less than the clock's steps.
Result<> LocalInspection::signalProcess(const std::string& id, const types::ProcessInfo& process,
                                        const std::string& signal) {
    constexpr auto kSameStart = std::chrono::seconds(1);
    TRY_ASSIGN(const int number, container::signalNumber(signal));
    const Error ended(ErrorKind::NotFound, "process " + std::to_string(process.pid) + " has ended");
    const auto identity = sys::identifyProcess(process.pid);
    const auto opened = identity ? sys::openProcess(*identity) : Result<sys::UniqueFd>(identity.error());
    if (!opened && opened.error().kind() != ErrorKind::NotFound) {
        return opened.error();
    }
    TRY_ASSIGN(const auto inside, LocalResources(m_context).processes(id));
    const auto now =
        std::find_if(inside.begin(), inside.end(), [&](const auto& one) { return one.pid == process.pid; });
    if (!opened || now == inside.end() || now->startedAt - process.startedAt > kSameStart ||
        process.startedAt - now->startedAt > kSameStart) {
        return ended;
    }
    auto sent = sys::signalProcess(opened->get(), number);
    return !sent && sent.error().kind() == ErrorKind::NotFound ? Result<>(ended) : sent;
}

}  // namespace coracle::engine
