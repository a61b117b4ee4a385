// SPDX-License-Identifier: Apache-2.0
#include "gui/testing/fake_state.h"

#include <algorithm>

namespace coracle::gui {
namespace {

/// What the fakes of containers, images and volumes removed; the rules of the real one, as far as the desktop
/// app sees them.
class FakeTrash : public engine::Trash {
public:
    explicit FakeTrash(FakeState& state) : m_state(state) {}

    Result<std::vector<types::Removal>> list(std::stop_token stop) override {
        TRY(m_state.enter("trash.list", {}, stop));
        const std::lock_guard lock(m_state.mutex);
        std::vector<types::Removal> rows;
        for (auto row = m_state.removals.rbegin(); row != m_state.removals.rend(); ++row) {
            rows.push_back(row->removal);
        }
        return rows;
    }

    Result<std::vector<types::Restored>> undo(const types::UndoOptions& options) override {
        TRY(m_state.enter("trash.undo", options.objects.empty() ? "" : options.objects.front()));
        const std::lock_guard lock(m_state.mutex);
        if (m_state.removals.empty()) {
            return Error(ErrorKind::NotFound, "there is nothing in the trash");
        }
        const std::string batch =
            options.batch.empty() ? m_state.removals.back().removal.batch : options.batch;
        std::vector<types::Restored> outcome;
        std::vector<FakeRemoval> left;
        for (auto row = m_state.removals.rbegin(); row != m_state.removals.rend(); ++row) {
            if (!isMeant(row->removal, options, batch)) {
                left.push_back(*row);
                continue;
            }
            outcome.push_back(restore(*row, options.name));
            if (!outcome.back().error.empty()) {
                left.push_back(*row);
            }
        }
        if (outcome.empty()) {
            return Error(ErrorKind::NotFound, "what was removed is not in the trash any more");
        }
        std::reverse(left.begin(), left.end());
        m_state.removals = std::move(left);
        return outcome;
    }

    Result<types::EmptiedTrash> empty(const std::vector<std::int64_t>& numbers,
                                      std::stop_token stop) override {
        TRY(m_state.enter("trash.empty", {}, stop));
        const std::lock_guard lock(m_state.mutex);
        types::EmptiedTrash emptied;
        std::erase_if(m_state.removals, [&](const FakeRemoval& row) {
            const bool goes = numbers.empty() ||
                              std::find(numbers.begin(), numbers.end(), row.removal.number) != numbers.end();
            if (goes) {
                emptied.removals.push_back(row.removal);
                emptied.bytes += row.removal.bytes;
            }
            return goes;
        });
        return emptied;
    }

    Result<> tidy(std::stop_token stop) override { return m_state.enter("trash.tidy", {}, stop); }

    Result<types::ObjectKind> setProtected(const std::string& name, bool isProtected) override {
        TRY(m_state.enter("trash.setProtected", name));
        const std::lock_guard lock(m_state.mutex);
        std::optional<std::pair<types::ObjectKind, std::string>> key;
        if (const auto* container = m_state.find(name)) {
            key.emplace(types::ObjectKind::Container, container->id);
        } else if (m_state.findVolume(name) != nullptr) {
            key.emplace(types::ObjectKind::Volume, name);
        } else if (const auto* image = m_state.findImage(name)) {
            key.emplace(types::ObjectKind::Image, image->summary.id);
        }
        if (!key) {
            return Error(ErrorKind::NotFound, "no container, volume or image '" + name + "'");
        }
        if (isProtected) {
            m_state.protectedObjects.insert(*key);
        } else {
            m_state.protectedObjects.erase(*key);
        }
        return key->first;
    }

private:
    static bool isMeant(const types::Removal& removal, const types::UndoOptions& options,
                        const std::string& batch) {
        if (options.objects.empty()) {
            return removal.batch == batch;
        }
        return std::any_of(options.objects.begin(), options.objects.end(), [&](const std::string& word) {
            return word == removal.name || word == removal.id || word == std::to_string(removal.number);
        });
    }

    /// Caller holds the lock.
    types::Restored restore(const FakeRemoval& row, const std::string& newName) {
        types::Restored restored;
        restored.removal = row.removal;
        restored.name = newName.empty() ? row.removal.name : newName;
        if (row.removal.contentOnly && restored.name == row.removal.name) {
            return refill(row, std::move(restored));
        }
        const bool taken = (row.container && m_state.find(restored.name) != nullptr) ||
                           (row.volume && m_state.findVolume(restored.name) != nullptr);
        if (taken) {
            restored.error = "the name '" + restored.name + "' is taken";
            restored.hint = "bring it back under another name";
            return restored;
        }
        if (row.container) {
            m_state.containers.insert(m_state.containers.begin(), *row.container);
            m_state.containers.front().name = restored.name;
            m_state.emitEvent("container", "create", row.removal.id, {{"name", restored.name}});
        } else if (row.volume) {
            m_state.volumes.push_back(*row.volume);
            m_state.volumes.back().name = restored.name;
            m_state.emitEvent("volume", "create", restored.name);
        } else if (row.image) {
            restored.names = row.image->summary.references;
            m_state.images.push_back(*row.image);
            m_state.emitEvent("image", "tag", row.removal.id, {{"name", restored.name}});
        } else if (auto* image = m_state.findImage(row.removal.id)) {
            restored.names = {restored.name};
            image->summary.references.push_back(restored.name);
            m_state.emitEvent("image", "tag", row.removal.id, {{"name", restored.name}});
        } else {
            restored.error = "no image '" + row.removal.id + "'";
        }
        return restored;
    }

    /// What was in a volume that is still there. Caller holds the lock.
    types::Restored refill(const FakeRemoval& row, types::Restored restored) {
        auto* volume = m_state.findVolume(row.removal.name);
        if (volume == nullptr) {
            m_state.volumes.push_back(*row.volume);
            m_state.emitEvent("volume", "create", restored.name);
        } else if (volume->sizeBytes.value_or(0) > 0) {
            restored.error = "volume '" + row.removal.name + "' has files again, which would be lost";
            restored.hint = "bring it back under another name";
        } else {
            volume->sizeBytes = row.removal.bytes;
            m_state.emitEvent("volume", "create", restored.name);
        }
        return restored;
    }

    FakeState& m_state;
};

}  // namespace

void FakeState::keep(FakeRemoval removal, const std::string& batch) {
    removal.removal.number = nextRemoval++;
    removal.removal.batch = batch.empty() ? "batch" + std::to_string(removal.removal.number) : batch;
    removal.removal.removedAt = std::chrono::system_clock::now();
    removals.push_back(std::move(removal));
}

std::unique_ptr<engine::Trash> makeFakeTrash(FakeState& state) {
    return std::make_unique<FakeTrash>(state);
}

}  // namespace coracle::gui
