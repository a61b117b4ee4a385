// SPDX-License-Identifier: Apache-2.0
#include "gui/testing/fake_state.h"

#include <algorithm>

namespace coracle::gui {
namespace {

/// What a sample container takes itself.
constexpr std::uint64_t kContainerBytes = 19'000'000;
constexpr std::uint64_t kRecordBytes = 4'400'000;

bool hasEnded(const types::ContainerSummary& row) {
    return row.status == types::ContainerStatus::Exited || row.status == types::ContainerStatus::Created;
}

std::uint64_t ownBytes(const types::ImageSummary& image) {
    return image.sizeBytes - std::min(image.sizeBytes, image.sharedBytes);
}

class FakeUpkeep : public engine::Upkeep {
public:
    explicit FakeUpkeep(FakeState& state) : m_state(state) {}

    Result<types::DiskUsage> diskUsage(std::stop_token stop) override {
        TRY(m_state.enter("upkeep.diskUsage", {}, stop));
        const std::lock_guard lock(m_state.mutex);
        types::DiskUsage usage;
        for (const types::ImageDetails& image : m_state.images) {
            usage.imageList.push_back(image.summary);
            usage.images.bytes += ownBytes(image.summary);
            usage.images.active += image.summary.usedBy.empty() ? 0U : 1U;
        }
        usage.images.total = usage.imageList.size();
        for (const types::ContainerSummary& row : m_state.containers) {
            usage.containerList.emplace_back(row, kContainerBytes);
            usage.containers.bytes += kContainerBytes;
        }
        usage.containers.total = usage.containerList.size();
        usage.volumeList = m_state.volumes;
        for (const types::VolumeSummary& volume : m_state.volumes) {
            usage.volumes.bytes += volume.sizeBytes.value_or(0);
        }
        usage.volumes.total = usage.volumeList.size();
        for (const FakeRemoval& row : m_state.removals) {
            usage.removals.push_back(row.removal);
            usage.trash.bytes += row.removal.bytes;
        }
        usage.trash.total = usage.removals.size();
        usage.other.bytes = kRecordBytes;
        return usage;
    }

    Result<types::PrunePlan> planPrune(const types::PruneOptions& options, std::stop_token stop) override {
        TRY(m_state.enter("upkeep.planPrune", {}, stop));
        const std::lock_guard lock(m_state.mutex);
        types::PrunePlan plan;
        if (options.containers) {
            for (const types::ContainerSummary& row : m_state.containers) {
                if (hasEnded(row)) {
                    add(plan, {types::ObjectKind::Container, row.name, row.id}, kContainerBytes);
                }
            }
        }
        if (options.images && options.allImages) {
            for (const types::ImageDetails& image : m_state.images) {
                const types::ImageSummary& row = image.summary;
                if (row.usedBy.empty()) {
                    add(plan,
                        {types::ObjectKind::Image, row.references.empty() ? "" : row.references.front(),
                         row.id},
                        ownBytes(row));
                }
            }
        }
        if (options.volumes && options.allVolumes) {
            for (const types::VolumeSummary& volume : m_state.volumes) {
                if (volume.usedBy.empty()) {
                    add(plan, {types::ObjectKind::Volume, volume.name, volume.name},
                        volume.sizeBytes.value_or(0));
                }
            }
        }
        return plan;
    }

    Result<types::Pruned> prune(const types::PrunePlan& plan, std::stop_token stop) override {
        TRY(m_state.enter("upkeep.prune", {}, stop));
        const std::lock_guard lock(m_state.mutex);
        types::Pruned pruned;
        pruned.bytes = plan.bytes;
        pruned.kept = true;
        const std::string batch = "prune" + std::to_string(m_state.nextRemoval);
        pruned.batch = batch;
        for (const types::PruneItem& item : plan.items) {
            remove(item, batch, pruned);
        }
        return pruned;
    }

    Result<types::StoreSettings> settings() override {
        TRY(m_state.enter("upkeep.settings", {}));
        const std::lock_guard lock(m_state.mutex);
        return m_state.storeSettings;
    }

    Result<> setSettings(const types::StoreSettings& settings) override {
        TRY(m_state.enter("upkeep.setSettings", {}));
        const std::lock_guard lock(m_state.mutex);
        m_state.storeSettings = settings;
        return {};
    }

private:
    /// Caller holds the lock.
    void add(types::PrunePlan& plan, types::PruneItem item, std::uint64_t bytes) const {
        if (m_state.protectedObjects.contains({item.kind, item.id})) {
            plan.protectedItems.push_back(std::move(item));
            return;
        }
        plan.items.push_back(std::move(item));
        plan.bytes += bytes;
    }

    /// Caller holds the lock.
    void remove(const types::PruneItem& item, const std::string& batch, types::Pruned& pruned) {
        FakeRemoval removal;
        removal.removal.kind = item.kind;
        removal.removal.name = item.name;
        removal.removal.id = item.id;
        if (const auto* container =
                item.kind == types::ObjectKind::Container ? m_state.find(item.id) : nullptr) {
            removal.container = *container;
            removal.removal.bytes = kContainerBytes;
            pruned.containers.push_back(item.id);
            std::erase_if(m_state.containers, [&](const auto& row) { return row.id == item.id; });
            m_state.emitEvent("container", "destroy", item.id, {{"name", item.name}});
        } else if (const auto* volume =
                       item.kind == types::ObjectKind::Volume ? m_state.findVolume(item.id) : nullptr) {
            removal.volume = *volume;
            removal.removal.bytes = volume->sizeBytes.value_or(0);
            pruned.volumes.push_back(item.id);
            std::erase_if(m_state.volumes, [&](const auto& row) { return row.name == item.id; });
            m_state.emitEvent("volume", "destroy", item.id);
        } else if (const auto* image =
                       item.kind == types::ObjectKind::Image ? m_state.findImage(item.id) : nullptr) {
            removal.image = *image;
            removal.removal.bytes = ownBytes(image->summary);
            pruned.untagged.push_back(item.name);
            pruned.deletedImages.push_back(item.id);
            std::erase_if(m_state.images, [&](const auto& row) { return row.summary.id == item.id; });
            m_state.emitEvent("image", "delete", item.id);
        } else {
            return;
        }
        m_state.keep(std::move(removal), batch);
    }

    FakeState& m_state;
};

}  // namespace

std::unique_ptr<engine::Upkeep> makeFakeUpkeep(FakeState& state) {
    return std::make_unique<FakeUpkeep>(state);
}

}  // namespace coracle::gui
