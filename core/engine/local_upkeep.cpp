// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_upkeep.h"

#include "core/engine/removal_order.h"
#include "core/engine/store_settings.h"
#include "core/engine/trash.h"
#include "core/store/secrets.h"

#include <algorithm>
#include <numeric>

namespace coracle::engine {
namespace {

using types::ObjectKind;
using types::PruneItem;

bool hasLabel(const std::map<std::string, std::string>& labels, const std::string& wanted) {
    const std::size_t equals = wanted.find('=');
    const auto found = labels.find(wanted.substr(0, equals));
    return found != labels.end() &&
           (equals == std::string::npos || found->second == wanted.substr(equals + 1));
}

/// docker: the age and all labels must fit, and no label that is not wanted.
bool passes(const types::PruneOptions& options, const std::map<std::string, std::string>& labels,
            std::chrono::system_clock::time_point createdAt) {
    const auto has = [&](const std::string& label) { return hasLabel(labels, label); };
    return (!options.until || createdAt < *options.until) &&
           std::all_of(options.labels.begin(), options.labels.end(), has) &&
           std::none_of(options.notLabels.begin(), options.notLabels.end(), has);
}

bool isOver(types::ContainerStatus status) {
    return status == types::ContainerStatus::Exited || status == types::ContainerStatus::Created;
}

std::vector<std::string> idsOf(const std::vector<PruneItem>& items, ObjectKind kind) {
    std::vector<std::string> ids;
    for (const PruneItem& item : items) {
        if (item.kind == kind) {
            ids.push_back(item.id);
        }
    }
    return ids;
}

/// Whether all of `users` go in the same prune.
bool isFreed(const std::vector<std::string>& users, const std::vector<PruneItem>& items) {
    return std::all_of(users.begin(), users.end(), [&](const std::string& user) {
        return std::any_of(items.begin(), items.end(), [&](const PruneItem& item) {
            return item.kind == ObjectKind::Container && item.name == user;
        });
    });
}

std::string describe(const PruneItem& item) {
    return std::string(types::toText(item.kind)) + " '" + (item.name.empty() ? item.id : item.name) + "'";
}

}  // namespace

/// Containers that are removed at their end are left to their monitors.
Result<> LocalUpkeep::addContainers(const types::PruneOptions& options, types::PrunePlan& plan) const {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto records, store->containers().list());
    for (const auto& record : records) {
        const KnownContainer known = understand(m_context, record);
        if (known.record.removeWhenStopped || !isOver(known.facts.status) ||
            !passes(options, known.details.labels, record.createdAt)) {
            continue;
        }
        plan.items.push_back({ObjectKind::Container, record.name, record.id});
    }
    return {};
}

/// Labels stand in the configuration, so each image is read for that filter only.
Result<> LocalUpkeep::addImages(const types::PruneOptions& options, types::PrunePlan& plan) const {
    TRY_ASSIGN(const auto images, m_engine.images().list());
    for (const auto& image : images) {
        if ((!options.allImages && !image.references.empty()) || !isFreed(image.usedBy, plan.items)) {
            continue;
        }
        std::map<std::string, std::string> labels;
        if (!options.labels.empty() || !options.notLabels.empty()) {
            TRY_ASSIGN(const auto details, m_engine.images().inspect(image.id));
            labels = details.labels;
        }
        if (passes(options, labels, image.createdAt)) {
            plan.items.push_back(
                {ObjectKind::Image, image.references.empty() ? "" : image.references.front(), image.id});
        }
    }
    return {};
}

/// docker's volume prune has no "until"; here the age counts as it does for the others.
Result<> LocalUpkeep::addVolumes(const types::PruneOptions& options, types::PrunePlan& plan) const {
    TRY_ASSIGN(const auto volumes, m_engine.volumes().list());
    for (const auto& volume : volumes) {
        if ((options.allVolumes || volume.anonymous) && isFreed(volume.usedBy, plan.items) &&
            passes(options, volume.labels, volume.createdAt)) {
            plan.items.push_back({ObjectKind::Volume, volume.name, volume.name});
        }
    }
    return {};
}

/// What the three kinds free is counted together: layers of a container are free with its image.
Result<types::PrunePlan> LocalUpkeep::planPrune(const types::PruneOptions& options, std::stop_token stop) {
    types::PrunePlan plan;
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto protections, store->protections().list());
    const auto takeProtected = [&](ObjectKind kind, store::RemovedKind stored) {
        const auto isKept = [&](const PruneItem& item) {
            return item.kind == kind && protections.contains({stored, item.id});
        };
        std::copy_if(plan.items.begin(), plan.items.end(), std::back_inserter(plan.protectedItems), isKept);
        std::erase_if(plan.items, isKept);
    };
    if (options.containers) {
        TRY(addContainers(options, plan));
        takeProtected(ObjectKind::Container, store::RemovedKind::Container);
    }
    if (options.volumes) {
        TRY(addVolumes(options, plan));
        takeProtected(ObjectKind::Volume, store::RemovedKind::Volume);
    }
    if (options.images) {
        TRY(addImages(options, plan));
        takeProtected(ObjectKind::Image, store::RemovedKind::Image);
    }
    TRY(store->removals().measure(stop));
    const auto containers = idsOf(plan.items, ObjectKind::Container);
    TRY_ASSIGN(const auto folders,
               store->usage().folders(containers, idsOf(plan.items, ObjectKind::Volume), stop));
    TRY_ASSIGN(const auto content,
               store->usage().contentOf(containers, idsOf(plan.items, ObjectKind::Image)));
    plan.bytes = std::accumulate(folders.begin(), folders.end(), content);
    return plan;
}

Result<> LocalUpkeep::pruneOne(const PruneItem& item, const std::string& batch, types::Pruned& pruned) const {
    if (item.kind == ObjectKind::Container) {
        TRY(m_engine.containers().remove(item.id, {Force::No, false, batch}));
        pruned.containers.push_back(item.id);
        return {};
    }
    if (item.kind == ObjectKind::Volume) {
        TRY(m_engine.volumes().remove(item.id, {Force::No, batch}));
        pruned.volumes.push_back(item.id);
        return {};
    }
    // All its names go, but not when a container was made of it since.
    TRY_ASSIGN(const auto details, m_engine.images().inspect(item.id));
    if (!details.summary.usedBy.empty()) {
        return Error(ErrorKind::Conflict,
                     "it is used by container '" + details.summary.usedBy.front() + "' now");
    }
    TRY_ASSIGN(const auto removed, m_engine.images().remove(item.id, {Force::Yes, batch}));
    pruned.untagged.insert(pruned.untagged.end(), removed.untagged.begin(), removed.untagged.end());
    pruned.deletedImages.insert(pruned.deletedImages.end(), removed.deleted.begin(), removed.deleted.end());
    return {};
}

/// The number is that of the plan when all of it went, and counted anew for what is left out otherwise.
Result<types::Pruned> LocalUpkeep::prune(const types::PrunePlan& plan, std::stop_token stop) {
    types::Pruned pruned;
    TRY_ASSIGN(const auto order, orderFor(m_context, {}));
    pruned.kept = order.fate == store::Fate::Kept;
    pruned.batch = order.batch;
    pruned.bytes = plan.bytes;
    std::vector<PruneItem> left;
    for (const PruneItem& item : plan.items) {
        if (stop.stop_requested()) {
            left.push_back(item);
            continue;
        }
        if (auto done = pruneOne(item, order.batch, pruned); !done) {
            left.push_back(item);
            pruned.failures.push_back(describe(item) + " stays: " + done.error().message());
        }
    }
    if (!left.empty()) {
        TRY_ASSIGN(const auto* store, m_context.store());
        const auto containers = idsOf(left, ObjectKind::Container);
        TRY_ASSIGN(const auto folders,
                   store->usage().folders(containers, idsOf(left, ObjectKind::Volume), {}));
        TRY_ASSIGN(const auto content, store->usage().contentOf(containers, idsOf(left, ObjectKind::Image)));
        pruned.bytes -= std::min(pruned.bytes, std::accumulate(folders.begin(), folders.end(), content));
    }
    TRY_ASSIGN(const auto* places, m_context.store());
    TRY(store::Secrets(places->layout()).sweep());
    return pruned;
}

Result<types::DiskUsage> LocalUpkeep::diskUsage(std::stop_token stop) {
    types::DiskUsage usage;
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto counted, store->usage().count(stop));
    TRY_ASSIGN(usage.removals, m_engine.trash().list(stop));
    TRY_ASSIGN(const auto containers, m_engine.containers().list());
    TRY_ASSIGN(usage.volumeList, m_engine.volumes().list());
    TRY_ASSIGN(usage.imageList, m_engine.images().list());
    for (const auto& container : containers) {
        const auto found = counted.containers.find(container.id);
        const std::uint64_t bytes = found == counted.containers.end() ? 0 : found->second;
        const bool active = !isOver(container.status);
        ++usage.containers.total;
        usage.containers.active += active ? 1U : 0U;
        usage.containers.bytes += bytes;
        usage.containers.reclaimable += active ? 0U : bytes;
        usage.containerList.emplace_back(container, bytes);
    }
    for (auto& volume : usage.volumeList) {
        const auto found = counted.volumes.find(volume.name);
        volume.sizeBytes = found == counted.volumes.end() ? 0 : found->second;
        ++usage.volumes.total;
        usage.volumes.active += volume.usedBy.empty() ? 0U : 1U;
        usage.volumes.bytes += *volume.sizeBytes;
        usage.volumes.reclaimable += volume.usedBy.empty() ? *volume.sizeBytes : 0;
    }
    std::vector<std::string> unused;
    for (const auto& image : usage.imageList) {
        ++usage.images.total;
        usage.images.active += image.usedBy.empty() ? 0U : 1U;
        if (image.usedBy.empty()) {
            unused.push_back(image.id);
        }
    }
    usage.images.bytes = counted.contentBytes;
    TRY_ASSIGN(usage.images.reclaimable, store->usage().contentOf({}, unused));
    usage.trash.total = usage.removals.size();
    usage.trash.bytes = counted.trashBytes;
    usage.trash.reclaimable = counted.trashBytes;
    usage.other.bytes = counted.otherBytes;
    return usage;
}

/// Names of images as people write them.
Result<> LocalUpkeep::check(const types::CheckOptions& options,
                            const std::function<void(const types::CheckFinding&)>& told,
                            std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    store::CheckOptions wanted;
    wanted.repair = options.repair;
    wanted.contents = !options.quick;
    TRY_ASSIGN(const auto containers, store->containers().list());
    for (const auto& record : containers) {
        if ((!record.chainId && record.images.empty()) ||
            isOver(understand(m_context, record).facts.status)) {
            continue;
        }
        if (record.chainId) {
            wanted.runningLayers.insert(record.chainId->text());
        }
        for (const auto& mounted : record.images) {
            wanted.runningLayers.insert(mounted.chainId.text());
        }
    }
    const auto pass = [&](const store::Finding& finding) {
        types::CheckFinding shown{finding.object, finding.problem, finding.usedBy, finding.remedy,
                                  finding.repaired};
        told(shown);
    };
    return store->check(wanted, pass, stop);
}

Result<types::StoreSettings> LocalUpkeep::settings() {
    return loadStoreSettings();
}

Result<> LocalUpkeep::setSettings(const types::StoreSettings& settings) {
    return saveStoreSettings(storeSettingsFile(), settings);
}

}  // namespace coracle::engine
