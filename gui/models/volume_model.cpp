// SPDX-License-Identifier: Apache-2.0
#include "gui/models/volume_model.h"

#include "gui/format.h"
#include "gui/models/layer_model.h"

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kShownDigits = 12;

QString usersText(const types::VolumeSummary& volume) {
    QStringList names;
    for (const auto& name : volume.usedBy) {
        names.append(QString::fromStdString(name));
    }
    return names.isEmpty() ? VolumeModel::tr("unused") : names.join(QStringLiteral(", "));
}

}  // namespace

QString volumeTitle(const types::VolumeSummary& volume) {
    const auto name = QString::fromStdString(volume.name);
    return volume.anonymous ? VolumeModel::tr("unnamed %1").arg(name.left(kShownDigits)) : name;
}

void VolumeModel::setVolumes(const std::vector<types::VolumeSummary>& volumes) {
    const auto has = [&](const std::vector<types::VolumeSummary>& rows, const std::string& name) {
        return std::any_of(rows.begin(), rows.end(), [&](const auto& one) { return one.name == name; });
    };
    for (int i = static_cast<int>(m_rows.size()) - 1; i >= 0; --i) {
        if (!has(volumes, m_rows[static_cast<std::size_t>(i)].name)) {
            beginRemoveRows({}, i, i);
            m_rows.erase(m_rows.begin() + i);
            endRemoveRows();
        }
    }
    for (const auto& volume : volumes) {
        const int row = find(QString::fromStdString(volume.name));
        if (row < 0) {
            const int end = static_cast<int>(m_rows.size());
            beginInsertRows({}, end, end);
            m_rows.push_back(volume);
            endInsertRows();
        } else {
            m_rows[static_cast<std::size_t>(row)] = volume;
            emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
        if (volume.sizeBytes) {
            m_sizes[QString::fromStdString(volume.name)] = *volume.sizeBytes;
        }
    }
}

void VolumeModel::setSize(const QString& name, std::uint64_t bytes) {
    m_sizes[name] = bytes;
    if (const int row = find(name); row >= 0) {
        emit dataChanged(index(row, SizeColumn), index(row, SizeColumn));
    }
}

std::optional<std::uint64_t> VolumeModel::size(const QString& name) const {
    const auto known = m_sizes.find(name);
    return known == m_sizes.end() ? std::nullopt : std::optional(known->second);
}

const types::VolumeSummary* VolumeModel::volume(int row) const {
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

int VolumeModel::find(const QString& name) const {
    const auto wanted = name.toStdString();
    const auto at =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const auto& one) { return one.name == wanted; });
    return at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin());
}

int VolumeModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int VolumeModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant VolumeModel::data(const QModelIndex& index, int role) const {
    const auto* one = volume(index.row());
    if (!index.isValid() || one == nullptr) {
        return {};
    }
    if (index.column() == MenuColumn) {
        return role == Qt::AccessibleTextRole ? tr("More") : QVariant();
    }
    const auto name = QString::fromStdString(one->name);
    const auto bytes = size(name);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return index.column() == NameColumn   ? volumeTitle(*one)
               : index.column() == SizeColumn ? (bytes ? format::bytes(*bytes) : QStringLiteral("…"))
                                              : usersText(*one);
    case Qt::ToolTipRole:
        return index.column() == NameColumn ? name : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant((index.column() == SizeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case NameRole:
        return name;
    case SortRole:
        return index.column() == SizeColumn ? QVariant::fromValue(static_cast<qulonglong>(bytes.value_or(0)))
                                            : index.data(Qt::DisplayRole);
    case InUseRole:
        return !one->usedBy.empty();
    default:
        return {};
    }
}

QVariant VolumeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant((section == SizeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QString heads[] = {tr("Name"), tr("Size"), tr("Used by"), {}};
    return heads[section];
}

VolumeProxy::VolumeProxy(QObject* parent) : QSortFilterProxyModel(parent) {
    setSortRole(VolumeModel::SortRole);
    setSortLocaleAware(true);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setDynamicSortFilter(true);
}

void VolumeProxy::setFilter(VolumeFilter filter) {
    m_filter = filter;
    invalidateRowsFilter();
}

void VolumeProxy::setText(const QString& text) {
    m_text = text.trimmed();
    invalidateRowsFilter();
}

bool VolumeProxy::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const auto name = sourceModel()->index(row, VolumeModel::NameColumn, parent);
    const bool inUse = name.data(VolumeModel::InUseRole).toBool();
    if ((m_filter == VolumeFilter::InUse && !inUse) || (m_filter == VolumeFilter::Unused && inUse)) {
        return false;
    }
    const auto users = sourceModel()->index(row, VolumeModel::UsedByColumn, parent);
    return m_text.isEmpty() ||
           name.data(VolumeModel::NameRole).toString().contains(m_text, Qt::CaseInsensitive) ||
           (inUse && users.data().toString().contains(m_text, Qt::CaseInsensitive));
}

}  // namespace coracle::gui
