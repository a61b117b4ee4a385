// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"
#include "gui/models/container_actions.h"
#include "gui/theme/palette.h"

#include <QAbstractItemModel>
#include <QSortFilterProxyModel>

#include <functional>
#include <memory>
#include <vector>

namespace coracle::gui {

class UsageMonitor;

/// Words and dot for a state; the same in lists and on a container's page.
struct StatusText {
    QString word;    ///< "Running"
    QString detail;  ///< "6 h", "exit 0 · 2 d"
    StateLook look;
};
StatusText statusText(const types::ContainerSummary& row, Pending pending);
/// The newest moment that words about it are reckoned from.
types::Time newestMoment(const types::ContainerSummary& row);

/// Containers, grouped by the project that their labels name, or flat. Takes whole snapshots and turns them
/// into the smallest changes by id, so that selection and scroll position stay.
class ContainerModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Name, Image, Status, Ports, Cpu, Memory, Created, Actions, ColumnCount };
    enum Role {
        IsGroupRole = Qt::UserRole + 1,
        IdRole,       ///< full id; empty for groups
        DetailRole,   ///< faint words behind the main ones
        DotRole,      ///< Token of the state's dot
        RingRole,     ///< the dot is hollow
        ChipsRole,    ///< published ports, as words
        ActiveRole,   ///< runs, or for a group: some do
        BusyRole,     ///< something is under way
        ProjectRole,  ///< of a group: its name; empty: the single containers
        SortRole,
        SearchRole,  ///< all words that the filter looks at
        HiddenRole,
        StatusRole,   ///< ContainerStatus as int
        HistoryRole,  ///< of a usage column: std::vector<double>, oldest first
        CeilingRole,  ///< of a usage column: what the height of its picture stands for
        HotRole,      ///< of a usage column: close to what the container may take
    };
    enum class Grouping : std::uint8_t { Project, Flat };

    /// Both may be null and are borrowed: then nothing is pending or hidden, and no usage is known.
    explicit ContainerModel(const ContainerActions* actions = nullptr, const UsageMonitor* usage = nullptr,
                            QObject* parent = nullptr);
    ~ContainerModel() override;

    /// Take a whole snapshot. Emits the smallest set of insertions, removals and changes.
    void update(const std::vector<types::ContainerSummary>& rows);
    /// Resets the model: selection and folding are gone after it.
    void setGrouping(Grouping grouping);
    Grouping grouping() const { return m_grouping; }
    /// Pending states or hidden rows changed, or time went by.
    void touch();
    /// Null for a group. Valid until the next update().
    const types::ContainerSummary* container(const QModelIndex& index) const;
    /// Invalid when there is none with that full id.
    QModelIndex find(const std::string& id) const;
    /// Ids below a group, or of the row itself.
    std::vector<std::string> ids(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group;

    Group* groupOf(const QModelIndex& index) const;
    QString keyOf(const types::ContainerSummary& row) const;
    Group& groupFor(const types::ContainerSummary& row);
    QModelIndex groupIndex(const Group& group) const;
    QVariant groupData(const Group& group, int column, int role) const;
    QVariant rowData(const types::ContainerSummary& row, int column, int role) const;
    QVariant display(const types::ContainerSummary& row, int column) const;
    QVariant accessible(const types::ContainerSummary& row, int column) const;
    QVariant sortKey(const types::ContainerSummary& row, int column) const;
    QVariant usageData(const types::ContainerSummary& row, int column, int role) const;
    void onSampled();

    const ContainerActions* m_actions;
    const UsageMonitor* m_usage;
    Grouping m_grouping = Grouping::Project;
    std::vector<std::unique_ptr<Group>> m_groups;  // flat: exactly one, whose rows are at the top
};

/// State segment, words, and an order in which projects stay together: running ones first, single containers
/// last, whatever column is sorted.
class ContainerFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    enum class Show : std::uint8_t { All, Running, Stopped };
    explicit ContainerFilter(ContainerModel& model, QObject* parent = nullptr);
    /// Which states are shown; groups without a row go.
    void setShow(Show show);
    /// Words to look for in name, image, id, project, state and ports; case does not matter.
    void setText(const QString& text);
    const QString& text() const { return m_text; }
    /// Rows of containers that are shown.
    int shownContainers() const;
    /// How many would be shown in that segment without the words.
    int count(Show show) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    bool matches(const QModelIndex& index, Show show) const;

    ContainerModel& m_model;
    Show m_show = Show::All;
    QString m_text;
};

}  // namespace coracle::gui
