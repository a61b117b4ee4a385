// SPDX-License-Identifier: Apache-2.0
#include "gui/models/path_tree_model.h"

#include "core/types/image_view.h"
#include "gui/format.h"
#include "gui/models/file_tree_model.h"

#include <algorithm>

namespace coracle::gui {
namespace {

/// By bytes, but with the slash before all others.
bool comesBefore(std::string_view one, std::string_view other) {
    const std::size_t shorter = std::min(one.size(), other.size());
    const auto [a, b] = std::mismatch(one.begin(), one.begin() + std::ptrdiff_t(shorter), other.begin());
    if (a == one.begin() + std::ptrdiff_t(shorter)) {
        return one.size() < other.size();
    }
    const auto weight = [](char c) { return c == '/' ? -1 : int(static_cast<unsigned char>(c)); };
    return weight(*a) < weight(*b);
}

}  // namespace

struct PathTreeModel::Node {
    std::size_t begin = 0;  ///< of the entries: itself, if it has one, then what is below
    std::size_t end = 0;
    std::size_t prefix = 0;  ///< length of the path of the folder that it is in, with its slash
    std::string_view path;
    const Node* parent = nullptr;
    int row = 0;
    bool opened = false;
    std::vector<std::unique_ptr<Node>> children;
};

PathTreeModel::PathTreeModel(QObject* parent)
    : QAbstractItemModel(parent), m_root(std::make_unique<Node>()) {}

PathTreeModel::~PathTreeModel() = default;

void PathTreeModel::setEntries(std::vector<PathEntry> entries, std::shared_ptr<const void> keep) {
    beginResetModel();
    m_entries = std::move(entries);
    m_keep = std::move(keep);
    std::sort(m_entries.begin(), m_entries.end(),
              [](const PathEntry& one, const PathEntry& other) { return comesBefore(one.path, other.path); });
    m_sums.assign(m_entries.size() + 1, 0);
    m_marked.assign(m_entries.size() + 1, 0);
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const bool counts = m_entries[i].file != nullptr && m_entries[i].mark != QLatin1Char('D');
        m_sums[i + 1] = m_sums[i] + (counts ? m_entries[i].file->size : 0);
        m_marked[i + 1] = m_marked[i] + (m_entries[i].mark.isNull() ? 0 : 1);
    }
    m_root = std::make_unique<Node>();
    m_root->end = m_entries.size();
    endResetModel();
}

const PathTreeModel::Node& PathTreeModel::nodeOf(const QModelIndex& parent) const {
    return parent.isValid() ? *static_cast<const Node*>(parent.internalPointer()) : *m_root;
}

/// Only the nodes are made; nothing that a view knows changes.
void PathTreeModel::open(const Node& node) const {
    if (node.opened) {
        return;
    }
    auto& made = const_cast<Node&>(node);  // NOLINT(cppcoreguidelines-pro-type-const-cast): a cache
    made.opened = true;
    const std::size_t prefix = node.path.empty() ? 0 : node.path.size() + 1;
    std::size_t at = node.begin;
    if (at < node.end && m_entries[at].path == node.path && !node.path.empty()) {
        ++at;
    }
    while (at < node.end) {
        const std::string_view path = m_entries[at].path;
        const std::string_view own = path.substr(0, std::min(path.find('/', prefix), path.size()));
        const auto past =
            std::find_if_not(m_entries.begin() + std::ptrdiff_t(at),
                             m_entries.begin() + std::ptrdiff_t(node.end), [&](const PathEntry& entry) {
                                 return entry.path.substr(0, own.size()) == own &&
                                        (entry.path.size() == own.size() || entry.path[own.size()] == '/');
                             });
        auto child = std::make_unique<Node>();
        child->begin = at;
        child->end = std::size_t(past - m_entries.begin());
        child->prefix = prefix;
        child->path = own;
        child->parent = &node;
        at = child->end;
        made.children.push_back(std::move(child));
    }
    std::stable_partition(made.children.begin(), made.children.end(),
                          [this](const auto& child) { return isFolder(*child); });
    int row = 0;
    for (const auto& child : made.children) {
        child->row = row++;
    }
}

const PathEntry* PathTreeModel::entry(const Node& node) const {
    return node.begin < node.end && m_entries[node.begin].path == node.path ? &m_entries[node.begin]
                                                                            : nullptr;
}

bool PathTreeModel::isFolder(const Node& node) const {
    const PathEntry* own = entry(node);
    return own == nullptr || node.end - node.begin > 1 ||
           (own->file != nullptr && own->file->kind == types::ImageFileKind::Folder);
}

QChar PathTreeModel::mark(const Node& node) const {
    const PathEntry* own = entry(node);
    if (own != nullptr && !own->mark.isNull()) {
        return own->mark;
    }
    return m_marked[node.end] > m_marked[node.begin] ? QLatin1Char('.') : QChar();
}

QString PathTreeModel::pathOf(const QModelIndex& index) {
    if (!index.isValid()) {
        return {};
    }
    const std::string_view path = static_cast<const Node*>(index.internalPointer())->path;
    return QLatin1Char('/') + QString::fromUtf8(path.data(), qsizetype(path.size()));
}

QModelIndex PathTreeModel::index(int row, int column, const QModelIndex& parent) const {
    const Node& node = nodeOf(parent);
    open(node);
    if (row < 0 || column < 0 || column >= ColumnCount || row >= int(node.children.size()) ||
        parent.column() > 0) {
        return {};
    }
    return createIndex(row, column, node.children[std::size_t(row)].get());
}

QModelIndex PathTreeModel::parent(const QModelIndex& child) const {
    const Node* above = child.isValid() ? nodeOf(child).parent : nullptr;
    return above == nullptr || above == m_root.get() ? QModelIndex() : createIndex(above->row, 0, above);
}

int PathTreeModel::rowCount(const QModelIndex& parent) const {
    if (parent.column() > 0) {
        return 0;
    }
    const Node& node = nodeOf(parent);
    open(node);
    return int(node.children.size());
}

int PathTreeModel::columnCount(const QModelIndex& /*parent*/) const {
    return ColumnCount;
}

bool PathTreeModel::hasChildren(const QModelIndex& parent) const {
    if (parent.column() > 0) {
        return false;
    }
    const Node& node = nodeOf(parent);
    const bool own = parent.isValid() && entry(node) != nullptr;
    return node.end - node.begin > (own ? 1U : 0U);
}

QVariant PathTreeModel::shown(const Node& node, int column) const {
    const PathEntry* own = entry(node);
    const types::ImageFile* file = own == nullptr ? nullptr : own->file;
    const bool gone = own != nullptr && own->mark == QLatin1Char('D');
    switch (column) {
    case PathColumn:
        return QString::fromUtf8(node.path.data() + node.prefix, qsizetype(node.path.size() - node.prefix));
    case SizeColumn: {
        const std::uint64_t sum = m_sums[node.end] - m_sums[node.begin];
        return gone || (sum == 0 && isFolder(node)) ? QVariant() : format::bytes(sum);
    }
    case ModeColumn:
        return file == nullptr || gone ? QVariant() : format::text(types::modeText(*file));
    case OwnerColumn:
        return file == nullptr || gone ? QVariant() : QStringLiteral("%1:%2").arg(file->uid).arg(file->gid);
    default:
        return {};
    }
}

QVariant PathTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const Node& node = nodeOf(index);
    const PathEntry* own = entry(node);
    switch (role) {
    case Qt::DisplayRole:
        return shown(node, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == SizeColumn ? int(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
        return index.column() == PathColumn ? pathOf(index) : QVariant();
    case Qt::AccessibleTextRole: {
        if (index.column() != PathColumn) {
            return shown(node, index.column());
        }
        const QString name = shown(node, PathColumn).toString();
        const QChar letter = mark(node);
        const QString words = letter == QLatin1Char('A')   ? tr("%1, added").arg(name)
                              : letter == QLatin1Char('M') ? tr("%1, modified").arg(name)
                              : letter == QLatin1Char('D') ? tr("%1, removed").arg(name)
                              : letter == QLatin1Char('.') ? tr("%1, has changes inside").arg(name)
                                                           : name;
        return own == nullptr || own->note.isEmpty() ? words : words + QStringLiteral(", ") + own->note;
    }
    case FileTreeModel::PathRole:
        return pathOf(index);
    case FileTreeModel::MarkRole:
        return mark(node);
    case FileTreeModel::FolderRole:
        return isFolder(node);
    case FileTreeModel::LinkRole:
        return own != nullptr && own->file != nullptr && own->file->kind == types::ImageFileKind::Symlink;
    case FileTreeModel::NoteRole:
        return own == nullptr ? QString() : own->note;
    case FileTreeModel::CodeRole:
        return index.column() == ModeColumn || index.column() == OwnerColumn;
    default:
        return {};
    }
}

QVariant PathTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    static_assert(int(SizeColumn) == int(FileTreeModel::SizeColumn));
    const QString titles[] = {tr("Path"), tr("Size"), tr("Mode"), tr("Owner"), {}};
    return fileTreeHeader(titles[section], section, orientation, role);
}

}  // namespace coracle::gui
