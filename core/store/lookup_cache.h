// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/layout.h"
#include "core/store/records.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::store {

/// What the database said to the last questions of `run`, for as long as its files look as they did then: the
/// same image again needs no database. A file of runRoot, replaced as a whole.
/// It is believed by the size, the time and the inode of the database and of its log, read while nobody
/// writes or compared before and after. A file system's clock has a grain, so an answer is kept only when the
/// last change was a while before the question: two changes within one grain of the clock are then both
/// before it.
/// Losing it costs one opening of the database; a foreign file at its place is no answer.
class LookupCache {
public:
    explicit LookupCache(const Layout& layout) : m_layout(layout) {}

    /// What the database looks like; empty: it was changed a moment ago (or is not there), and what is read
    /// now cannot be kept.
    std::string settledState() const;

    /// A container as a row has it.
    struct KnownContainer {
        std::string id;
        std::string name;
    };
    /// Keep an answer of a transaction that began after settledState() gave `state`, with all containers that
    /// have a row. A failure is as if nothing had been asked.
    void keep(const std::string& state, const std::string& name, const ImageRecord& image,
              const std::vector<KnownContainer>& containers) const;

    /// Whether a name is known to mean an image; if not, the database knows.
    bool hasImage(const std::string& name) const;
    /// The image that a name means, if that was asked and nothing has changed since.
    std::optional<ImageRecord> image(const std::string& name) const;
    /// Whether it is known that a row with the layer is there and none with that container's id or name. With
    /// the database's store lock held it stays so.
    bool isNew(const ContainerRecord& container) const;
    /// Whether it is known that no row has the id. As isNew().
    bool hasNoRow(const std::string& containerId) const;

private:
    std::shared_ptr<const std::string> read() const;

    const Layout& m_layout;
    mutable std::mutex m_mutex;
    /// What was read last; it is about the database for as long as that looks the same. Guarded by m_mutex.
    mutable std::shared_ptr<const std::string> m_last;
};

}  // namespace coracle::store
