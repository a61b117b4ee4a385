// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/process_info.h"

#include <QAbstractTableModel>

#include <chrono>
#include <optional>
#include <vector>

namespace coracle::gui {

/// A process as it was at the last look, and what it took of a processor since the look before.
struct ProcessRow {
    types::ProcessInfo info;
    std::optional<double> cpuPercent;  ///< 100: one processor; none: seen for the first time

    /// The same process at another look: numbers are used again. Times of looks differ a little.
    bool isSame(const types::ProcessInfo& other) const;
};

/// The processes of a container. A new look changes rows in place: what is selected stays so.
class ProcessModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : std::uint8_t { Inside, Pid, User, Cpu, Memory, State, Command, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    /// at: when the look was taken, of a clock that only grows.
    void update(std::vector<types::ProcessInfo> processes, std::chrono::steady_clock::time_point at);
    void clear();
    const std::vector<ProcessRow>& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ProcessRow> m_rows;
    std::optional<std::chrono::steady_clock::time_point> m_at;
};

/// "sleeping", for the kernel's letter.
QString processStateText(char state);

}  // namespace coracle::gui
