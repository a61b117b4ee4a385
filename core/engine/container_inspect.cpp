// SPDX-License-Identifier: Apache-2.0
#include "core/container/log_settings.h"
#include "core/engine/container_creator.h"
#include "core/engine/inspect_document.h"
#include "core/engine/local_containers.h"
#include "core/engine/local_resources.h"
#include "core/types/run_command.h"
#include "net/user_net.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <sstream>

namespace coracle::engine {
namespace {

/// user_namespaces(7), "User and group ID mappings"; read outside, so the middle column is host ids.
std::vector<types::IdMapRow> readIdMap(int pid) {
    std::vector<types::IdMapRow> rows;
    const auto text = sys::readFile("/proc/" + std::to_string(pid) + "/uid_map");
    if (!text) {
        return rows;
    }
    std::istringstream input(*text);
    types::IdMapRow row;
    while (input >> row.containerId >> row.hostId >> row.count) {
        rows.push_back(row);
    }
    return rows;
}

/// What becomes of it at its end and of its output; said before a pull that may take minutes.
Result<> checkEndAndLog(const types::RunSpec& spec) {
    if (spec.removeWhenStopped && spec.restart.policy != "no") {
        return Error(ErrorKind::InvalidArgument,
                     "a container that is removed at its end cannot have the restart policy '" +
                         spec.restart.policy + "'");
    }
    TRY_ASSIGN(const auto log, container::parseLogSettings(spec));
    TRY(container::logAttributes(log, {}));
    if (log.driver == container::LogDriver::Journald && !sys::pathExists(container::kJournalSocket)) {
        return Error(ErrorKind::Unavailable, "log driver 'journald': no journal runs on this computer")
            .withHint("use --log-driver json-file, or start systemd-journald");
    }
    return {};
}

std::vector<types::HealthProbe> probesOf(const KnownContainer& known) {
    const auto moment = [](std::int64_t ns) {
        return types::Time(std::chrono::duration_cast<types::Time::duration>(std::chrono::nanoseconds(ns)));
    };
    std::vector<types::HealthProbe> probes;
    for (const auto& probe : known.health ? known.health->log : std::vector<oci::monitor::HealthProbe>()) {
        probes.push_back({moment(probe.startedAt), moment(probe.finishedAt), probe.exitCode, probe.output});
    }
    return probes;
}

}  // namespace

/// As the container's own image, but of this computer's platform, whatever the container's is.
Result<> LocalContainers::ensureMounted(const types::RunSpec& spec, const types::PullProgress& progress,
                                        const std::stop_token& stop) {
    for (const auto& mount : spec.mounts) {
        if (mount.kind == types::MountSpec::Kind::Image) {
            types::RunSpec wanted;
            wanted.image = mount.source;
            wanted.pull = spec.pull;
            auto image = m_images.ensure(wanted, progress, stop);
            if (!image) {
                return std::move(image).error().context("mount of '" + mount.target + "'");
            }
        }
    }
    return {};
}

Result<CreatedContainer> LocalContainers::create(const types::RunSpec& spec,
                                                 const types::PullProgress& progress, std::stop_token stop) {
    if (!spec.name.empty() && !types::isObjectName(spec.name)) {
        return Error(ErrorKind::InvalidArgument, "container name '" + spec.name + "' is not allowed")
            .withHint("use letters, digits, '_', '.' and '-', and begin with a letter or digit");
    }
    TRY(checkEndAndLog(spec));
    TRY_ASSIGN(const auto* store, m_context.store());
    if (!spec.name.empty()) {  // before a pull that may take minutes; insert() decides
        TRY_ASSIGN(const auto taken, store->containers().find(spec.name));
        if (taken && taken->name == spec.name) {
            return Error(ErrorKind::AlreadyExists,
                         "the container name '" + spec.name + "' is in use by " + taken->id.substr(0, 12))
                .withHint("remove it with 'coracle rm " + spec.name + "', or choose another name");
        }
    }
    TRY(checkPorts(spec));
    TRY(fitLimits(spec.resources));  // before a pull that may take minutes
    TRY_ASSIGN(const auto image, m_images.ensure(spec, progress, stop));
    TRY(ensureMounted(spec, progress, stop));
    ContainerCreator creator(m_context, *store, spec);
    TRY_ASSIGN(auto created, creator.create(image));
    if (m_context.lifetime() == Lifetime::OneCommand) {
        const std::lock_guard guard(m_mutex);
        m_created = creator.takeCreated();
    }
    return created;
}

/// A damaged record is shown with what could be read of it, so that a person can see what to remove.
Result<types::ContainerDetails> LocalContainers::inspect(const std::string& id) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    types::ContainerDetails details;
    details.summary = summarise(known);
    details.spec = known.spec;
    if (!known.spec.name.empty()) {
        details.spec.name = known.record.name;  // it may have been renamed
    }
    details.env = known.details.env;
    details.workingDirectory = known.details.workingDirectory;
    details.user = known.details.user;
    details.hostname = known.details.hostname;
    details.overlayDriver = known.details.overlayDriver;
    details.logPath = known.paths.log();
    details.bundlePath = known.paths.bundle;
    details.capabilities = known.details.capabilities;
    details.exposedPorts = known.details.exposedPorts;
    details.healthPlan = known.details.health;
    details.healthProbes = probesOf(known);
    details.runCommand = types::toCommand(details.spec);
    ContainerDocumentInput input;
    if (known.facts.isAlive()) {
        details.uidMap = readIdMap(known.facts.process.pid);
        if (known.spec.network == "slirp4netns") {
            input.address = net::kSlirpAddress;
            input.gateway = net::kSlirpGateway;
        }
    }
    input.details = details;
    if (known.spec.entrypoint) {
        input.entrypoint = *known.spec.entrypoint;
    } else if (const auto image = m_images.inspect(known.record.imageId)) {
        input.entrypoint = image->entrypoint;  // an image that is damaged hides no container
    }
    input.exposed = exposedBy(known);
    input.healthPlan = known.details.health;
    input.health = known.health;
    input.stopSignal = known.details.stopSignal;
    input.hostsPath = known.paths.hosts();
    input.hostnamePath = known.paths.hostname();
    input.resolvConfPath = known.paths.resolvConf();
    auto document = containerDocument(input);
    for (const auto& link : known.details.links) {  // as docker writes them
        TRY_ASSIGN(const auto* store, m_context.store());
        TRY_ASSIGN(const auto other, store->containers().find(link.id));
        document["HostConfig"]["Links"].push_back("/" + (other ? other->name : link.id) + ":/" +
                                                  known.record.name + "/" + link.alias);
    }
    for (auto& mount : document["Mounts"]) {
        if (mount["Type"] == "volume") {
            mount["Source"] =
                m_context.places().root + "/volumes/" + mount["Name"].get<std::string>() + "/data";
        }
        for (const auto& use : known.details.images) {
            if (mount["Type"] == "image" && mount["Destination"] == use.target) {
                mount["Source"] = use.imageId;
            }
        }
    }
    details.inspectJson = json::toText(document, 4);
    return details;
}

Result<types::ContainerSize> LocalContainers::measure(const std::string& id, std::stop_token stop) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    TRY_ASSIGN(const auto* store, m_context.store());
    types::ContainerSize size;
    TRY_ASSIGN(size.changedBytes, store->containers().measure(known.paths.upper(), std::move(stop)));
    TRY_ASSIGN(const auto image, store->images().find(known.record.imageId));
    size.imageBytes = image ? image->sizeBytes : 0;
    return size;
}

}  // namespace coracle::engine
