// SPDX-License-Identifier: Apache-2.0
#include "gui/models/process_model.h"

#include "gui/format.h"

#include <algorithm>

namespace coracle::gui {
namespace {

auto find(std::vector<ProcessRow>& rows, const types::ProcessInfo& info) {
    return std::find_if(rows.begin(), rows.end(), [&](const ProcessRow& row) { return row.isSame(info); });
}

QString commandText(const types::ProcessInfo& info) {
    // Kernel threads and zombies have no arguments; ps writes their names so.
    return info.arguments.empty() ? QLatin1Char('[') + format::text(info.command) + QLatin1Char(']')
                                  : format::text(info.arguments);
}

}  // namespace

bool ProcessRow::isSame(const types::ProcessInfo& other) const {
    const auto apart = info.startedAt - other.startedAt;
    return info.pid == other.pid && apart < std::chrono::seconds(1) && apart > std::chrono::seconds(-1);
}

QString processStateText(char state) {
    switch (state) {
    case 'R':
        return ProcessModel::tr("running");
    case 'S':
    case 'I':
        return ProcessModel::tr("sleeping");
    case 'D':
        return ProcessModel::tr("waiting for a device");
    case 'T':
    case 't':
        return ProcessModel::tr("stopped");
    case 'Z':
        return ProcessModel::tr("ended, not yet waited for");
    default:
        return QString(QLatin1Char(state));
    }
}

void ProcessModel::update(std::vector<types::ProcessInfo> processes,
                          std::chrono::steady_clock::time_point at) {
    using Milliseconds = std::chrono::duration<double, std::milli>;
    const double passed = m_at ? Milliseconds(at - *m_at).count() : 0;
    m_at = at;
    std::vector<ProcessRow> next;
    next.reserve(processes.size());
    for (types::ProcessInfo& info : processes) {
        ProcessRow row{.info = std::move(info), .cpuPercent = std::nullopt};
        if (const auto old = find(m_rows, row.info); old != m_rows.end() && passed > 0) {
            const double used = Milliseconds(row.info.processorTime - old->info.processorTime).count();
            row.cpuPercent = std::max(0.0, used / passed * 100);
        }
        next.push_back(std::move(row));
    }
    for (int i = rowCount() - 1; i >= 0; --i) {
        if (find(next, m_rows[std::size_t(i)].info) == next.end()) {
            beginRemoveRows({}, i, i);
            m_rows.erase(m_rows.begin() + i);
            endRemoveRows();
        }
    }
    for (std::size_t i = 0; i < next.size(); ++i) {
        const auto old = find(m_rows, next[i].info);
        const int from = int(old - m_rows.begin());
        if (old == m_rows.end()) {
            beginInsertRows({}, int(i), int(i));
            m_rows.insert(m_rows.begin() + std::ptrdiff_t(i), next[i]);
            endInsertRows();
        } else if (from != int(i)) {
            beginMoveRows({}, from, from, {}, int(i));  // later than here: those before are in place
            std::rotate(m_rows.begin() + std::ptrdiff_t(i), old, old + 1);
            endMoveRows();
        }
    }
    m_rows = std::move(next);
    if (!m_rows.empty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

void ProcessModel::clear() {
    beginResetModel();
    m_rows.clear();
    m_at.reset();
    endResetModel();
}

int ProcessModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ProcessModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProcessModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ProcessRow& row = m_rows[std::size_t(index.row())];
    if (role == Qt::TextAlignmentRole) {
        const bool number = index.column() == Cpu || index.column() == Memory;
        return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && index.column() == Command) {
        return commandText(row.info);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case Inside:
        return row.info.insidePid > 0 ? QString::number(row.info.insidePid) : QStringLiteral("–");
    case Pid:
        return QString::number(row.info.pid);
    case User:
        return format::text(row.info.user);
    case Cpu:
        return row.cpuPercent ? format::percent(*row.cpuPercent) : QStringLiteral("–");
    case Memory:
        return format::bytes(row.info.residentBytes);
    case State:
        return processStateText(row.info.state);
    default:
        return commandText(row.info);
    }
}

QVariant ProcessModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool number = section == Cpu || section == Memory;
        return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Inside:
        return tr("Inside");
    case Pid:
        return tr("Host pid");
    case User:
        return tr("User");
    case Cpu:
        return tr("CPU");
    case Memory:
        return tr("Memory");
    case State:
        return tr("State");
    default:
        return tr("Command");
    }
}

}  // namespace coracle::gui
