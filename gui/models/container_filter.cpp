// SPDX-License-Identifier: Apache-2.0
#include "gui/models/container_model.h"

namespace coracle::gui {

using types::ContainerStatus;

ContainerFilter::ContainerFilter(ContainerModel& model, QObject* parent)
    : QSortFilterProxyModel(parent), m_model(model) {
    setSourceModel(&model);
    setDynamicSortFilter(true);
    setSortRole(ContainerModel::SortRole);
}

void ContainerFilter::setShow(Show show) {
    m_show = show;
    invalidateFilter();
}

void ContainerFilter::setText(const QString& text) {
    m_text = text.trimmed();
    invalidateFilter();
}

bool ContainerFilter::matches(const QModelIndex& index, Show show) const {
    if (index.data(ContainerModel::HiddenRole).toBool()) {
        return false;
    }
    const auto status = static_cast<ContainerStatus>(index.data(ContainerModel::StatusRole).toInt());
    switch (show) {
    case Show::All:
        return true;
    case Show::Running:
        return status == ContainerStatus::Running || status == ContainerStatus::Starting ||
               status == ContainerStatus::Stopping || status == ContainerStatus::Restarting;
    case Show::Stopped:
        return status == ContainerStatus::Exited || status == ContainerStatus::Created ||
               status == ContainerStatus::Unknown;
    }
    return true;
}

bool ContainerFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const QModelIndex index = m_model.index(row, 0, parent);
    if (index.data(ContainerModel::IsGroupRole).toBool()) {
        for (int i = 0; i < m_model.rowCount(index); ++i) {
            if (filterAcceptsRow(i, index)) {
                return true;
            }
        }
        return false;
    }
    return matches(index, m_show) &&
           (m_text.isEmpty() ||
            index.data(ContainerModel::SearchRole).toString().contains(m_text, Qt::CaseInsensitive));
}

bool ContainerFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const bool groups = left.data(ContainerModel::IsGroupRole).toBool();
    const QVariant a = (groups ? left.siblingAtColumn(0) : left).data(ContainerModel::SortRole);
    const QVariant b = (groups ? right.siblingAtColumn(0) : right).data(ContainerModel::SortRole);
    if (groups) {
        const bool less = a.toString() < b.toString();
        return sortOrder() == Qt::AscendingOrder ? less : b.toString() < a.toString();
    }
    if (a.userType() == QMetaType::QString) {
        return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
    }
    return a.toDouble() < b.toDouble();
}

int ContainerFilter::shownContainers() const {
    int shown = 0;
    for (int i = 0; i < rowCount(); ++i) {
        const QModelIndex top = index(i, 0);
        shown += top.data(ContainerModel::IsGroupRole).toBool() ? rowCount(top) : 1;
    }
    return shown;
}

int ContainerFilter::count(Show show) const {
    int found = 0;
    for (int i = 0; i < m_model.rowCount(); ++i) {
        const QModelIndex top = m_model.index(i, 0);
        if (!top.data(ContainerModel::IsGroupRole).toBool()) {
            found += matches(top, show) ? 1 : 0;
            continue;
        }
        for (int k = 0; k < m_model.rowCount(top); ++k) {
            found += matches(m_model.index(k, 0, top), show) ? 1 : 0;
        }
    }
    return found;
}

}  // namespace coracle::gui
