// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/volume.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace coracle::gui {

/// Volumes as rows. Sizes come later than the rows, because measuring walks the whole tree.
class VolumeModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NameColumn, SizeColumn, UsedByColumn, MenuColumn, ColumnCount };
    enum Role { NameRole = Qt::UserRole + 1, SortRole, InUseRole };

    using QAbstractTableModel::QAbstractTableModel;
    /// Take a whole snapshot; rows that stay keep their place.
    void setVolumes(const std::vector<types::VolumeSummary>& volumes);
    /// What a measurement found; survives snapshots, which carry no sizes.
    void setSize(const QString& name, std::uint64_t bytes);
    /// None: not measured yet.
    std::optional<std::uint64_t> size(const QString& name) const;
    /// Null when there is no such row; valid until the next snapshot.
    const types::VolumeSummary* volume(int row) const;
    const std::vector<types::VolumeSummary>& volumes() const { return m_rows; }
    int find(const QString& name) const;  ///< row, or -1

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<types::VolumeSummary> m_rows;
    std::map<QString, std::uint64_t> m_sizes;
};

/// Which part of the volumes is shown.
enum class VolumeFilter : std::uint8_t { All, InUse, Unused };

/// Filters by use and by words in the name, and sorts by SortRole.
class VolumeProxy : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit VolumeProxy(QObject* parent = nullptr);
    void setFilter(VolumeFilter filter);
    void setText(const QString& text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    VolumeFilter m_filter = VolumeFilter::All;
    QString m_text;
};

/// A volume without a name of its own is known by the first digits of its made-up one.
QString volumeTitle(const types::VolumeSummary& volume);

}  // namespace coracle::gui
