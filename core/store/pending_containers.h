// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/database.h"
#include "core/store/layout.h"
#include "core/store/records.h"
#include "rootless/sys/result.h"

#include <optional>
#include <string>
#include <vector>

namespace coracle::store {

/// Containers that are removed at their end and have no row yet. Writing a row and deleting it again, in a
/// database that has to be opened for it, is a quarter of what `run --rm` computes; a file below runRoot is
/// worth as much, for such a container does not survive a reboot either.
/// A pending container is its file `pending/<root>/<id>.<name>` until somebody writes to the database: every
/// transaction sees it as a row (PendingRows), and the first that writes makes it one and deletes the file.
/// Invariants: files are made and deleted with the database's store lock held; a name is in one file or one
/// row. Where a kill came between the commit and the deletion there are both, which say the same: the next
/// writer deletes the file before anything changes the row.
class PendingContainers final : public PendingRows {
public:
    explicit PendingContainers(const Layout& layout) : m_layout(layout) {}

    /// Whether it may be one: of those that use volumes the rows are needed, to keep the volumes.
    static bool suits(const ContainerRecord& record);

    /// By its full id.
    std::optional<ContainerRecord> find(const std::string& id) const;
    /// Whether what add() was given is what there is: a file is never written again, and the first change of
    /// a record makes it a row.
    bool has(const ContainerRecord& record) const;
    /// Whether there is one with the id, without reading it.
    bool has(const std::string& id) const;
    /// Whether one of them has the name.
    bool hasName(const std::string& name) const;

    /// The caller holds the database's store lock and has seen that name and id are free. Errors: by errno.
    Result<> add(const ContainerRecord& record) const;
    /// Forget it; whether it was there. With the same lock. Errors: by errno.
    Result<bool> remove(const std::string& id) const;

    bool any() const override;
    std::vector<std::string> insertInto(Database& database) const override;
    Result<> forget(const std::vector<std::string>& names) const override;

private:
    std::vector<std::string> files() const;
    std::optional<ContainerRecord> read(const std::string& file) const;

    const Layout& m_layout;
};

/// Delete what a killed sys::replaceFile() has left. The caller sees to it that nobody is at work in the
/// folder.
void removeTemporaryFiles(const std::string& folder);

}  // namespace coracle::store
