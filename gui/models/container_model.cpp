// SPDX-License-Identifier: Apache-2.0
#include "gui/models/container_model.h"

#include "gui/format.h"
#include "gui/models/usage_monitor.h"

#include <QCoreApplication>

#include <algorithm>
#include <unordered_map>

namespace coracle::gui {

using types::ContainerStatus;
using types::ContainerSummary;

namespace {

constexpr const char* kProject = "com.docker.compose.project";
constexpr const char* kConfigFiles = "com.docker.compose.project.config_files";
constexpr const char* kWorkingDir = "com.docker.compose.project.working_dir";

QString words(const char* text) {
    return QCoreApplication::translate("ContainerModel", text);
}

QString joined(const QString& left, const QString& right) {
    return left.isEmpty() ? right : right.isEmpty() ? left : left + QStringLiteral(" · ") + right;
}

bool isActive(ContainerStatus status) {
    return status == ContainerStatus::Running || status == ContainerStatus::Starting ||
           status == ContainerStatus::Stopping || status == ContainerStatus::Restarting;
}

std::string label(const ContainerSummary& row, const char* key) {
    const auto found = row.labels.find(key);
    return found == row.labels.end() ? std::string() : found->second;
}

/// All that a cell shows; a row whose fingerprint stays needs no dataChanged.
bool same(const ContainerSummary& a, const ContainerSummary& b) {
    return a.name == b.name && a.image == b.image && a.status == b.status && a.startedAt == b.startedAt &&
           a.finishedAt == b.finishedAt && a.exitCode == b.exitCode && a.error == b.error &&
           a.oomKilled == b.oomKilled && a.pid == b.pid && a.health == b.health && a.ports == b.ports &&
           a.labels == b.labels;
}

QString exitWords(const ContainerSummary& row) {
    if (row.oomKilled) {
        return words(QT_TRANSLATE_NOOP("ContainerModel", "out of memory"));
    }
    if (!row.error.empty()) {  // the code is that of the start
        return words(QT_TRANSLATE_NOOP("ContainerModel", "start failed"));
    }
    if (!row.exitCode) {
        return words(QT_TRANSLATE_NOOP("ContainerModel", "exit code unknown"));
    }
    return words(QT_TRANSLATE_NOOP("ContainerModel", "exit %1")).arg(*row.exitCode);
}

}  // namespace

StatusText statusText(const ContainerSummary& row, Pending pending) {
    switch (pending) {
    case Pending::Starting:
        return {words(QT_TRANSLATE_NOOP("ContainerModel", "Starting")), {}, {Token::Info, true}};
    case Pending::Stopping:
        return {words(QT_TRANSLATE_NOOP("ContainerModel", "Stopping")), {}, {Token::Warn, true}};
    case Pending::Restarting:
        return {words(QT_TRANSLATE_NOOP("ContainerModel", "Restarting")), {}, {Token::Info, true}};
    case Pending::Pausing:
        return {words(QT_TRANSLATE_NOOP("ContainerModel", "Pausing")), {}, {Token::Warn, true}};
    case Pending::Resuming:
        return {words(QT_TRANSLATE_NOOP("ContainerModel", "Resuming")), {}, {Token::Info, true}};
    case Pending::None:
        break;
    }
    const QString up = row.startedAt ? format::since(*row.startedAt) : QString();
    switch (row.status) {
    case ContainerStatus::Created:
        return {
            words(QT_TRANSLATE_NOOP("ContainerModel", "Created")),
            row.error.empty() ? words(QT_TRANSLATE_NOOP("ContainerModel", "never started")) : exitWords(row),
            {row.error.empty() ? Token::Idle : Token::Err, true}};
    case ContainerStatus::Starting:
        return {words(QT_TRANSLATE_NOOP("ContainerModel", "Starting")), {}, {Token::Info, true}};
    case ContainerStatus::Running:
        if (row.health == "healthy") {
            return {words(QT_TRANSLATE_NOOP("ContainerModel", "Healthy")), up, {Token::Ok, false}};
        }
        if (row.health == "unhealthy") {
            return {words(QT_TRANSLATE_NOOP("ContainerModel", "Unhealthy")), up, {Token::Err, false}};
        }
        return {words(QT_TRANSLATE_NOOP("ContainerModel", "Running")), up, {Token::Ok, false}};
    case ContainerStatus::Paused:
        return {words(QT_TRANSLATE_NOOP("ContainerModel", "Paused")), up, {Token::Warn, false}};
    case ContainerStatus::Stopping:
        return {words(QT_TRANSLATE_NOOP("ContainerModel", "Stopping")), {}, {Token::Warn, true}};
    case ContainerStatus::Restarting:
        return {
            words(QT_TRANSLATE_NOOP("ContainerModel", "Restarting")), exitWords(row), {Token::Warn, true}};
    case ContainerStatus::Exited: {
        const bool bad = row.oomKilled || row.exitCode.value_or(1) != 0;
        return {words(QT_TRANSLATE_NOOP("ContainerModel", "Exited")),
                joined(exitWords(row), row.finishedAt ? format::since(*row.finishedAt) : QString()),
                {bad ? Token::Err : Token::Idle, true}};
    }
    case ContainerStatus::Unknown:
        break;
    }
    return {words(QT_TRANSLATE_NOOP("ContainerModel", "Damaged")),
            words(QT_TRANSLATE_NOOP("ContainerModel", "its record cannot be read")),
            {Token::Err, true}};
}

types::Time newestMoment(const ContainerSummary& row) {
    return std::max(
        {row.createdAt, row.startedAt.value_or(row.createdAt), row.finishedAt.value_or(row.createdAt)});
}

struct ContainerModel::Group {
    QString key;  ///< name of the project; empty: single containers
    QString path;
    std::vector<ContainerSummary> rows;
};

ContainerModel::ContainerModel(const ContainerActions* actions, const UsageMonitor* usage, QObject* parent)
    : QAbstractItemModel(parent), m_actions(actions), m_usage(usage) {
    if (m_usage != nullptr) {
        connect(m_usage, &UsageMonitor::sampled, this, &ContainerModel::onSampled);
    }
    if (m_actions != nullptr) {
        connect(m_actions, &ContainerActions::changed, this, &ContainerModel::touch);
    }
}

ContainerModel::~ContainerModel() = default;

QString ContainerModel::keyOf(const ContainerSummary& row) const {
    return m_grouping == Grouping::Flat ? QString() : format::text(label(row, kProject));
}

QModelIndex ContainerModel::groupIndex(const Group& group) const {
    if (m_grouping == Grouping::Flat) {
        return {};
    }
    const auto found = std::find_if(m_groups.begin(), m_groups.end(),
                                    [&](const auto& other) { return other.get() == &group; });
    return createIndex(int(found - m_groups.begin()), 0, nullptr);
}

ContainerModel::Group& ContainerModel::groupFor(const ContainerSummary& row) {
    const QString key = keyOf(row);
    const auto found =
        std::find_if(m_groups.begin(), m_groups.end(), [&](const auto& group) { return group->key == key; });
    if (found != m_groups.end()) {
        return **found;
    }
    auto group = std::make_unique<Group>();
    group->key = key;
    const std::string files = label(row, kConfigFiles);
    const std::string folder = label(row, kWorkingDir);
    if (!key.isEmpty()) {
        const QString file = format::text(files).section(QLatin1Char('/'), -1);
        group->path = joined(file, format::homePath(folder));
    }
    const int at = int(m_groups.size());
    if (m_grouping == Grouping::Project) {
        beginInsertRows({}, at, at);
        m_groups.push_back(std::move(group));
        endInsertRows();
    } else {
        m_groups.push_back(std::move(group));
    }
    return *m_groups.back();
}

void ContainerModel::update(const std::vector<ContainerSummary>& rows) {
    std::unordered_map<std::string, const ContainerSummary*> fresh;
    for (const ContainerSummary& row : rows) {
        fresh.emplace(row.id, &row);
    }
    // Gone, or moved to another project: out.
    for (const auto& group : m_groups) {
        const QModelIndex parent = groupIndex(*group);
        const std::size_t before = group->rows.size();
        for (int i = int(before) - 1; i >= 0; --i) {
            const auto found = fresh.find(group->rows[std::size_t(i)].id);
            if (found == fresh.end() || keyOf(*found->second) != group->key) {
                beginRemoveRows(parent, i, i);
                group->rows.erase(group->rows.begin() + i);
                endRemoveRows();
            }
        }
        if (group->rows.size() != before && parent.isValid()) {
            emit dataChanged(parent, parent.siblingAtColumn(ColumnCount - 1));
        }
    }
    // Known: replaced where something differs. What is left in `fresh` is new.
    for (const auto& group : m_groups) {
        const QModelIndex parent = groupIndex(*group);
        bool any = false;
        for (std::size_t i = 0; i < group->rows.size(); ++i) {
            const auto found = fresh.find(group->rows[i].id);
            const bool differs = !same(group->rows[i], *found->second);
            group->rows[i] = *found->second;
            fresh.erase(found);
            if (differs) {
                any = true;
                emit dataChanged(index(int(i), 0, parent), index(int(i), ColumnCount - 1, parent));
            }
        }
        if (any && parent.isValid()) {
            emit dataChanged(parent, parent.siblingAtColumn(ColumnCount - 1));
        }
    }
    for (const ContainerSummary& row : rows) {
        if (!fresh.contains(row.id)) {
            continue;
        }
        Group& group = groupFor(row);
        const int at = int(group.rows.size());
        const QModelIndex parent = groupIndex(group);
        beginInsertRows(parent, at, at);
        group.rows.push_back(row);
        endInsertRows();
        if (parent.isValid()) {
            emit dataChanged(parent, parent.siblingAtColumn(ColumnCount - 1));
        }
    }
    if (m_grouping == Grouping::Project) {
        for (int i = int(m_groups.size()) - 1; i >= 0; --i) {
            if (m_groups[std::size_t(i)]->rows.empty()) {
                beginRemoveRows({}, i, i);
                m_groups.erase(m_groups.begin() + i);
                endRemoveRows();
            }
        }
    }
}

void ContainerModel::setGrouping(Grouping grouping) {
    if (grouping == m_grouping) {
        return;
    }
    std::vector<ContainerSummary> all;
    for (const auto& group : m_groups) {
        all.insert(all.end(), group->rows.begin(), group->rows.end());
    }
    beginResetModel();
    m_groups.clear();
    m_grouping = grouping;
    endResetModel();
    update(all);
}

void ContainerModel::touch() {
    for (const auto& group : m_groups) {
        const QModelIndex parent = groupIndex(*group);
        const int last = int(group->rows.size()) - 1;
        if (last >= 0) {
            emit dataChanged(index(0, 0, parent), index(last, ColumnCount - 1, parent));
        }
        if (parent.isValid()) {
            emit dataChanged(parent, parent.siblingAtColumn(ColumnCount - 1));
        }
    }
}

void ContainerModel::onSampled() {
    for (const auto& group : m_groups) {
        const QModelIndex parent = groupIndex(*group);
        const int last = int(group->rows.size()) - 1;
        if (last >= 0) {
            emit dataChanged(index(0, Cpu, parent), index(last, Memory, parent));
        }
    }
}

ContainerModel::Group* ContainerModel::groupOf(const QModelIndex& index) const {
    if (m_grouping == Grouping::Flat) {
        return m_groups.empty() ? nullptr : m_groups.front().get();
    }
    return static_cast<Group*>(index.internalPointer());
}

const ContainerSummary* ContainerModel::container(const QModelIndex& index) const {
    if (!index.isValid()) {
        return nullptr;
    }
    const Group* group = groupOf(index);
    if (group == nullptr || index.row() >= int(group->rows.size())) {
        return nullptr;
    }
    return &group->rows[std::size_t(index.row())];
}

QModelIndex ContainerModel::find(const std::string& id) const {
    for (const auto& group : m_groups) {
        for (std::size_t i = 0; i < group->rows.size(); ++i) {
            if (group->rows[i].id == id) {
                return index(int(i), 0, groupIndex(*group));
            }
        }
    }
    return {};
}

std::vector<std::string> ContainerModel::ids(const QModelIndex& at) const {
    if (const ContainerSummary* row = container(at)) {
        return {row->id};
    }
    std::vector<std::string> result;
    if (at.isValid() && at.row() < int(m_groups.size())) {
        for (const ContainerSummary& row : m_groups[std::size_t(at.row())]->rows) {
            result.push_back(row.id);
        }
    }
    return result;
}

QModelIndex ContainerModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? m_groups[std::size_t(parent.row())].get() : nullptr);
}

QModelIndex ContainerModel::parent(const QModelIndex& index) const {
    if (!index.isValid() || m_grouping == Grouping::Flat || index.internalPointer() == nullptr) {
        return {};
    }
    return groupIndex(*static_cast<Group*>(index.internalPointer()));
}

int ContainerModel::rowCount(const QModelIndex& parent) const {
    if (m_grouping == Grouping::Flat) {
        return parent.isValid() || m_groups.empty() ? 0 : int(m_groups.front()->rows.size());
    }
    if (!parent.isValid()) {
        return int(m_groups.size());
    }
    if (parent.internalPointer() != nullptr || parent.column() != 0) {
        return 0;
    }
    return int(m_groups[std::size_t(parent.row())]->rows.size());
}

int ContainerModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

QVariant ContainerModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Name");
    case Image:
        return tr("Image");
    case Status:
        return tr("Status");
    case Ports:
        return tr("Ports");
    case Cpu:
        return tr("CPU");
    case Memory:
        return tr("Memory");
    case Created:
        return tr("Created");
    default:
        return QString();
    }
}

QVariant ContainerModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    if (const ContainerSummary* row = container(index)) {
        return rowData(*row, index.column(), role);
    }
    if (m_grouping == Grouping::Project && index.row() < int(m_groups.size())) {
        return groupData(*m_groups[std::size_t(index.row())], index.column(), role);
    }
    return {};
}

QVariant ContainerModel::groupData(const Group& group, int column, int role) const {
    const auto active = std::count_if(group.rows.begin(), group.rows.end(),
                                      [](const ContainerSummary& row) { return isActive(row.status); });
    const QString note =
        active == 0 ? tr("stopped") : tr("%1 of %2 running").arg(active).arg(group.rows.size());
    const QString title = group.key.isEmpty() ? tr("Single containers") : group.key;
    switch (role) {
    case IsGroupRole:
        return true;
    case Qt::DisplayRole:
        return column == Name ? title : QVariant();
    case DetailRole:
        return note;
    case ProjectRole:
        return group.key;
    case Qt::ToolTipRole:
        return group.path;
    case ActiveRole:
        return active > 0;
    case Qt::AccessibleTextRole:
        return column == Name ? tr("Project %1, %2").arg(title, note) : QString();
    case SortRole:
        // Running projects, stopped projects, single containers.
        return QStringLiteral("%1%2").arg(group.key.isEmpty() ? 2 : active > 0 ? 0 : 1).arg(group.key);
    default:
        return {};
    }
}

QVariant ContainerModel::rowData(const ContainerSummary& row, int column, int role) const {
    if (column == Cpu || column == Memory) {
        if (const QVariant value = usageData(row, column, role); value.isValid()) {
            return value;
        }
    }
    const Pending pending = m_actions == nullptr ? Pending::None : m_actions->pending(row.id);
    switch (role) {
    case IsGroupRole:
        return false;
    case IdRole:
        return format::text(row.id);
    case Qt::DisplayRole:
        return display(row, column);
    case DetailRole:
        return column == Status ? statusText(row, pending).detail : QString();
    case DotRole:
        return int(statusText(row, pending).look.dot);
    case RingRole:
        return statusText(row, pending).look.ring;
    case ChipsRole: {
        QStringList chips;
        for (const net::PortMapping& port : row.ports) {
            if (isActive(row.status) && port.hostPort != 0) {
                chips << QString::number(port.hostPort);
            }
        }
        return chips;
    }
    case ActiveRole:
        return isActive(row.status) || row.status == ContainerStatus::Paused;
    case BusyRole:
        return pending != Pending::None;
    case StatusRole:
        return int(row.status);
    case HiddenRole:
        return m_actions != nullptr && m_actions->hidden(row.id);
    case SortRole:
        return sortKey(row, column);
    case SearchRole: {
        QStringList all = {format::text(row.name), format::text(row.image),
                           format::text(row.id.substr(0, 12)), format::text(label(row, kProject)),
                           statusText(row, pending).word};
        for (const net::PortMapping& port : row.ports) {
            all << QString::number(port.hostPort) << QString::number(port.containerPort);
        }
        return all.join(QLatin1Char('\n'));
    }
    case Qt::AccessibleTextRole:
        return accessible(row, column);
    case Qt::ToolTipRole:
        switch (column) {
        case Image:
            return format::text(row.image);
        case Created:
            return format::exact(row.createdAt);
        case Status:
            if (!row.error.empty()) {
                return format::sentence(row.error);
            }
            return row.startedAt ? tr("Started %1").arg(format::exact(*row.startedAt)) : QString();
        default:
            return {};
        }
    default:
        return {};
    }
}

QVariant ContainerModel::display(const ContainerSummary& row, int column) const {
    switch (column) {
    case Name:
        return format::text(row.name);
    case Image:
        return format::shortReference(row.image);
    case Status:
        return statusText(row, m_actions == nullptr ? Pending::None : m_actions->pending(row.id)).word;
    case Ports:
        return rowData(row, column, ChipsRole).toStringList().join(QLatin1Char(' '));
    case Created:
        return format::since(row.createdAt);
    default:
        return {};
    }
}

QVariant ContainerModel::accessible(const ContainerSummary& row, int column) const {
    switch (column) {
    case Status: {
        const StatusText status =
            statusText(row, m_actions == nullptr ? Pending::None : m_actions->pending(row.id));
        return status.detail.isEmpty() ? status.word : status.word + QStringLiteral(", ") + status.detail;
    }
    case Ports: {
        const QStringList chips = rowData(row, column, ChipsRole).toStringList();
        return chips.isEmpty() ? tr("no ports") : tr("ports %1").arg(chips.join(QStringLiteral(", ")));
    }
    case Created:
        return tr("created %1").arg(format::ago(row.createdAt));
    case Actions:
        return rowData(row, column, ActiveRole).toBool() ? tr("stop, delete, more")
                                                         : tr("start, delete, more");
    default:
        return display(row, column);
    }
}

QVariant ContainerModel::usageData(const ContainerSummary& row, int column, int role) const {
    const Usage* usage = m_usage == nullptr ? nullptr : m_usage->usage(row.id);
    const bool paused = row.status == ContainerStatus::Paused;
    const bool cpu = column == Cpu;
    // A paused one takes no time of a processor; a zero would say that it could.
    const bool known = usage != nullptr && (cpu ? usage->cpuPercent.has_value() && !paused : true);
    const double value = !known ? -1 : cpu ? *usage->cpuPercent : double(usage->memoryBytes);
    const double limit = usage == nullptr ? 0 : cpu ? usage->cpus * 100.0 : double(usage->memoryLimit);
    constexpr double kHotCpu = 0.6;
    constexpr double kHotMemory = 0.94;
    switch (role) {
    case Qt::DisplayRole:
        return !known ? QStringLiteral("–")
               : cpu  ? format::percent(value)
                      : format::bytes(usage->memoryBytes);
    case SortRole:
        return value;
    case HistoryRole:
        return known ? QVariant::fromValue(cpu ? m_usage->cpuHistory(row.id) : m_usage->memoryHistory(row.id))
                     : QVariant();
    case CeilingRole: {
        if (!known) {
            return {};
        }
        const auto& past = cpu ? m_usage->cpuHistory(row.id) : m_usage->memoryHistory(row.id);
        const double peak = past.empty() ? 0 : *std::max_element(past.begin(), past.end());
        constexpr double kLeastCpu = 10;  // below, noise would look like work
        return !cpu && limit > 0 ? limit : std::max(peak * (cpu ? 1.2 : 1.8), cpu ? kLeastCpu : 1.0);
    }
    case HotRole:
        return known && limit > 0 && value > limit * (cpu ? kHotCpu : kHotMemory);
    case Qt::ToolTipRole:
        if (!known) {
            return paused && cpu  ? tr("It is paused")
                   : row.pid == 0 ? tr("It does not run")
                                  : tr("Not measured yet");
        }
        return cpu ? tr("%1 of one core; this computer has %2").arg(format::percent(value)).arg(usage->cpus)
               : limit > 0 ? tr("%1 of at most %2")
                                 .arg(format::bytes(usage->memoryBytes), format::bytes(usage->memoryLimit))
                           : tr("%1, no limit").arg(format::bytes(usage->memoryBytes));
    case Qt::AccessibleTextRole:
        return (cpu ? tr("CPU %1") : tr("memory %1"))
            .arg(known ? usageData(row, column, Qt::DisplayRole).toString() : tr("not known"));
    default:
        return {};
    }
}

QVariant ContainerModel::sortKey(const ContainerSummary& row, int column) const {
    switch (column) {
    case Status: {
        const int rank = isActive(row.status) ? 0 : row.status == ContainerStatus::Paused ? 1 : 2;
        const auto when =
            row.finishedAt && rank == 2 ? *row.finishedAt : row.startedAt.value_or(row.createdAt);
        const auto age = std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()).count();
        return double(rank) * 1e12 - double(age);
    }
    case Ports:
        return row.ports.empty() ? 1e9 : double(row.ports.front().hostPort);
    case Created:
        return -double(
            std::chrono::duration_cast<std::chrono::seconds>(row.createdAt.time_since_epoch()).count());
    default:
        return display(row, column);
    }
}

}  // namespace coracle::gui
