// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image_files.h"

#include <QAbstractItemModel>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::gui {

/// A path of an image with what is to be told of it. The strings are those of somebody who outlives the
/// model's entries.
struct PathEntry {
    std::string_view path;  ///< without a leading slash
    const types::ImageFile* file = nullptr;
    QChar mark;    ///< 'A', 'M', 'D'; null: none
    QString note;  ///< a warning behind the name; mostly empty
};

/// Many paths as a tree whose folders are made as they are opened, so that an image of hundred thousand files
/// costs no more than sorting them. Folders that no entry names are there all the same. Roles are those of
/// FileTreeModel, so that one view shows both.
class PathTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { PathColumn, SizeColumn, ModeColumn, OwnerColumn, MarkColumn, ColumnCount };

    explicit PathTreeModel(QObject* parent = nullptr);
    ~PathTreeModel() override;
    /// Show others; `keep` holds what their strings belong to.
    void setEntries(std::vector<PathEntry> entries, std::shared_ptr<const void> keep);
    std::size_t entryCount() const { return m_entries.size(); }
    static QString pathOf(const QModelIndex& index);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;

    const Node& nodeOf(const QModelIndex& parent) const;
    void open(const Node& node) const;
    const PathEntry* entry(const Node& node) const;
    bool isFolder(const Node& node) const;
    QChar mark(const Node& node) const;
    QVariant shown(const Node& node, int column) const;

    std::vector<PathEntry> m_entries;     ///< sorted so that what is in a folder stands together
    std::vector<std::uint64_t> m_sums;    ///< of sizes before each entry
    std::vector<std::uint32_t> m_marked;  ///< how many before each entry have a mark
    std::shared_ptr<const void> m_keep;
    std::unique_ptr<Node> m_root;
};

}  // namespace coracle::gui
