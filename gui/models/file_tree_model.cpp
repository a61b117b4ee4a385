// SPDX-License-Identifier: Apache-2.0
#include "gui/models/file_tree_model.h"

#include "core/types/image_view.h"
#include "gui/format.h"
#include "gui/models/file_order.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <filesystem>

namespace coracle::gui {
namespace {

using types::ImageFile;
using types::ImageFileKind;

std::string parentPath(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

std::string joined(const std::string& folder, const std::string& name) {
    return folder == "/" ? "/" + name : folder + "/" + name;
}

format::Time timeOf(const ImageFile& file) {
    return format::Time(
        std::chrono::duration_cast<format::Time::duration>(std::chrono::nanoseconds(file.mtimeNs)));
}

bool isPattern(const QString& words) {
    return words.contains(QLatin1Char('*')) || words.contains(QLatin1Char('?'));
}

QRegularExpression patternOf(const QString& words) {
    return isPattern(words) ? QRegularExpression(QRegularExpression::wildcardToRegularExpression(words),
                                                 QRegularExpression::CaseInsensitiveOption)
                            : QRegularExpression();
}

/// The engine's rule for what it finds, for what it cannot find because it is not there any more.
bool isMeant(const std::string& path, const QString& words, const QRegularExpression& pattern) {
    const QString text = format::text(path);
    if (words.contains(QLatin1Char('/'))) {
        return text.contains(words, Qt::CaseInsensitive);
    }
    const QString name = text.section(QLatin1Char('/'), -1);
    return isPattern(words) ? pattern.match(name).hasMatch() : name.contains(words, Qt::CaseInsensitive);
}

/// A clock for today, else a day; the tooltip has all of it.
QString shortTime(format::Time time) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    const QDateTime when = QDateTime::fromSecsSinceEpoch(seconds);
    const QDate today = QDate::currentDate();
    return QLocale().toString(when, when.date() == today                 ? QStringLiteral("HH:mm")
                                    : when.date().year() == today.year() ? QStringLiteral("d MMM")
                                                                         : QStringLiteral("d MMM yy"));
}

/// By its words alone: what it leads through may be a link, too.
bool leadsOut(const std::string& folder, const std::string& target) {
    const std::filesystem::path to(target);
    const auto whole = std::filesystem::path(folder).relative_path() / to;
    return to.is_absolute() || *whole.lexically_normal().begin() == "..";
}

}  // namespace

struct FileTreeModel::Node {
    enum class State : std::uint8_t { Unknown, Asked, Listed };

    ImageFile file;    ///< path: the name
    std::string path;  ///< absolute; empty: a remark
    Node* parent = nullptr;
    State state = State::Unknown;
    bool deleted = false;  ///< in the image alone: what it is is not known
    bool known = false;    ///< of a list: what the file is was told with it
    QString remark;
    mutable std::size_t row = 0;  ///< where it was found last
    std::vector<std::unique_ptr<Node>> children;

    bool isFolder() const { return file.kind == ImageFileKind::Folder && !deleted && remark.isEmpty(); }
};

FileTreeModel::FileTreeModel(QObject* parent) : QAbstractItemModel(parent) {
    clear();
}

FileTreeModel::~FileTreeModel() = default;

void FileTreeModel::clear() {
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_root->path = "/";
    m_root->file.kind = ImageFileKind::Folder;
    m_list = std::make_unique<Node>();
    m_rows = Rows::Tree;
    m_words.clear();
    m_found.clear();
    m_listRows.clear();
    m_changes = std::make_shared<const ChangeSet>();  // as ChangeSetPtr
    m_mounts.clear();
    m_users.clear();
    endResetModel();
}

FileTreeModel::Node* FileTreeModel::nodeOf(const QModelIndex& index) {
    return static_cast<Node*>(index.internalPointer());
}

FileTreeModel::Node* FileTreeModel::find(const std::string& path) const {
    Node* node = m_root.get();
    std::size_t at = 1;
    while (node != nullptr && at < path.size()) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        ImageFile wanted;
        wanted.path = path.substr(at, end - at);
        Node* found = nullptr;
        for (const auto kind : {ImageFileKind::Folder, ImageFileKind::File}) {
            wanted.kind = kind;
            const auto place = std::lower_bound(node->children.begin(), node->children.end(), wanted,
                                                [](const auto& child, const ImageFile& file) {
                                                    return comesBeforeInTree(child->file, file);
                                                });
            if (place != node->children.end() && (*place)->file.path == wanted.path &&
                (*place)->remark.isEmpty()) {
                found = place->get();
            }
        }
        node = found;
        at = end + 1;
    }
    return node;
}

QModelIndex FileTreeModel::indexOfNode(const Node* node, int column) const {
    if (node == nullptr || node->parent == nullptr) {
        return {};
    }
    const auto& rows = node->parent->children;
    if (node->row >= rows.size() || rows[node->row].get() != node) {
        const auto at =
            std::find_if(rows.begin(), rows.end(), [&](const auto& one) { return one.get() == node; });
        node->row = std::size_t(at - rows.begin());
    }
    return createIndex(int(node->row), column, node);
}

void FileTreeModel::removeRows(Node& folder, std::size_t row, std::size_t count) {
    if (count == 0) {
        return;
    }
    if (showsTree()) {
        beginRemoveRows(indexOfNode(&folder), int(row), int(row + count) - 1);
    }
    const auto first = folder.children.begin() + std::ptrdiff_t(row);
    folder.children.erase(first, first + std::ptrdiff_t(count));
    if (showsTree()) {
        endRemoveRows();
    }
}

void FileTreeModel::insertRows(Node& folder, std::size_t row, std::vector<std::unique_ptr<Node>> nodes) {
    if (nodes.empty()) {
        return;
    }
    if (showsTree()) {
        beginInsertRows(indexOfNode(&folder), int(row), int(row + nodes.size()) - 1);
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        nodes[i]->parent = &folder;
        nodes[i]->row = row + i;
    }
    folder.children.insert(folder.children.begin() + std::ptrdiff_t(row),
                           std::make_move_iterator(nodes.begin()), std::make_move_iterator(nodes.end()));
    if (showsTree()) {
        endInsertRows();
    }
}

void FileTreeModel::tellChanged(const Node& folder) {
    if (showsTree() && !folder.children.empty()) {
        const QModelIndex parent = indexOfNode(&folder);
        emit dataChanged(index(0, 0, parent),
                         index(int(folder.children.size()) - 1, ColumnCount - 1, parent));
    }
}

/// What the container deleted in a folder, in its place among the files.
void FileTreeModel::addDeleted(const Node& folder, std::vector<ImageFile>& files) const {
    for (const std::string& name : m_changes->deletedIn(folder.path)) {
        ImageFile gone;
        gone.kind = ImageFileKind::Whiteout;
        gone.path = name;
        const auto place = std::lower_bound(files.begin(), files.end(), gone, comesBeforeInTree);
        ImageFile asFolder = gone;
        asFolder.kind = ImageFileKind::Folder;
        const auto other = std::lower_bound(files.begin(), files.end(), asFolder, comesBeforeInTree);
        const bool here =
            (place != files.end() && place->path == name) || (other != files.end() && other->path == name);
        if (!here) {
            files.insert(place, std::move(gone));
        }
    }
}

/// Both lists have the same order, so they are gone through side by side. What comes and what goes is told
/// for as many rows at once as stand together, and views keep what is open and chosen.
void FileTreeModel::replaceChildren(Node& folder, std::vector<ImageFile> files) {
    std::erase_if(files, [](const ImageFile& file) { return file.kind == ImageFileKind::Whiteout; });
    sortForTree(files);
    addDeleted(folder, files);
    auto& rows = folder.children;
    std::size_t row = 0;
    std::size_t next = 0;
    while (row < rows.size() || next < files.size()) {
        const auto stays = [&](std::size_t at) {
            return next < files.size() && rows[at]->remark.isEmpty() &&
                   rows[at]->file.path == files[next].path && rows[at]->file.kind == files[next].kind;
        };
        if (row < rows.size() && stays(row)) {
            rows[row++]->file = std::move(files[next++]);
            continue;
        }
        std::size_t gone = row;
        while (gone < rows.size() && !stays(gone) &&
               (next == files.size() || !rows[gone]->remark.isEmpty() ||
                !comesBeforeInTree(files[next], rows[gone]->file))) {
            ++gone;
        }
        removeRows(folder, row, gone - row);
        std::vector<std::unique_ptr<Node>> come;
        come.reserve(rows.empty() ? files.size() : 0);
        while (next < files.size() &&
               (row == rows.size() || comesBeforeInTree(files[next], rows[row]->file))) {
            auto node = std::make_unique<Node>();
            node->path = joined(folder.path, files[next].path);
            node->deleted = files[next].kind == ImageFileKind::Whiteout;
            node->file = std::move(files[next++]);
            come.push_back(std::move(node));
        }
        const std::size_t count = come.size();
        insertRows(folder, row, std::move(come));
        row += count;
    }
    tellChanged(folder);
}

void FileTreeModel::setFolder(const std::string& path, std::vector<ImageFile> files) {
    Node* folder = find(path);
    if (folder == nullptr) {
        return;  // it has gone meanwhile
    }
    folder->state = Node::State::Listed;
    replaceChildren(*folder, std::move(files));
    if (!showsTree()) {
        const int rows = rowCount();
        if (rows > 0) {
            emit dataChanged(index(0, 0), index(rows - 1, ColumnCount - 1));
        }
    }
}

void FileTreeModel::setProblem(const std::string& path, const QString& why) {
    Node* folder = find(path);
    if (folder == nullptr) {
        return;
    }
    replaceChildren(*folder, {});
    folder->state = Node::State::Listed;
    std::vector<std::unique_ptr<Node>> note;
    note.push_back(std::make_unique<Node>());
    note.front()->remark = why;
    insertRows(*folder, 0, std::move(note));
}

void FileTreeModel::setChanges(std::vector<types::Change> changes) {
    setChanges(std::make_shared<const ChangeSet>(std::move(changes)));  // as ChangeSetPtr
}

void FileTreeModel::setChanges(ChangeSetPtr changes) {
    const bool list = !showsTree();
    if (list) {
        beginResetModel();
    }
    setListRows({});  // they point into the changes before
    m_changes = std::move(changes);
    for (const std::string& path : listedFolders()) {
        if (Node* folder = find(path)) {
            showDeleted(*folder);
        }
    }
    if (list) {
        setListRows(listRows(m_rows));
        endResetModel();
    }
}

/// The rows of a folder for what the container deleted in it, and the letters of all.
void FileTreeModel::showDeleted(Node& folder) {
    std::vector<std::string> shown;
    bool remark = false;
    for (const auto& child : folder.children) {
        remark = remark || !child->remark.isEmpty();
        if (child->deleted) {
            shown.push_back(child->file.path);
        }
    }
    std::sort(shown.begin(), shown.end());
    if (remark || shown == m_changes->deletedIn(folder.path)) {
        tellChanged(folder);
        return;
    }
    std::vector<ImageFile> files;
    for (const auto& child : folder.children) {
        files.push_back(child->file);
    }
    replaceChildren(folder, std::move(files));
}

std::string FileTreeModel::pathOf(const ListRow& row) {
    return row.file != nullptr ? "/" + row.file->path : row.change->path;
}

std::vector<FileTreeModel::ListRow> FileTreeModel::listRows(Rows rows) const {
    std::vector<ListRow> out;
    const bool found = rows == Rows::Found;
    for (const ImageFile& file : m_found) {
        out.push_back({.file = &file});
    }
    const auto pattern = patternOf(m_words);
    for (const types::Change& change : m_changes->all()) {
        const bool wanted = found ? change.kind == 'D' && isMeant(change.path, m_words, pattern)
                                  : !m_changes->isHolder(change) &&
                                        (m_words.isEmpty() ||
                                         format::text(change.path).contains(m_words, Qt::CaseInsensitive));
        if (wanted) {
            out.push_back({.change = &change});
        }
    }
    if (found) {
        std::sort(out.begin(), out.end(),
                  [](const ListRow& one, const ListRow& other) { return pathOf(one) < pathOf(other); });
    }
    return out;
}

void FileTreeModel::setListRows(std::vector<ListRow> rows) {
    m_listRows = std::move(rows);
    m_list->children.clear();
    m_list->children.resize(m_listRows.size());
}

/// Of a list, the node is made when it is looked at first.
FileTreeModel::Node* FileTreeModel::childOf(Node& folder, int row) const {
    auto& child = folder.children[std::size_t(row)];
    if (child == nullptr) {
        const ListRow& from = m_listRows[std::size_t(row)];
        child = std::make_unique<Node>();
        const ImageFile* file = from.file != nullptr                         ? from.file
                                : from.change != nullptr && from.change->now ? &*from.change->now
                                                                             : nullptr;
        if (file != nullptr) {
            child->file = *file;
        }
        child->path = pathOf(from);
        child->file.path = child->path.substr(1);
        child->known = file != nullptr;
        child->deleted = from.change != nullptr && from.change->kind == 'D';
        child->state = Node::State::Listed;
        child->parent = m_list.get();
        child->row = std::size_t(row);
    }
    return child.get();
}

void FileTreeModel::setMounts(std::map<std::string, QString> mounts) {
    m_mounts = std::move(mounts);
}

void FileTreeModel::setUsers(std::map<std::uint32_t, QString> users) {
    m_users = std::move(users);
}

void FileTreeModel::show(Rows rows, const QString& words, std::vector<ImageFile> found) {
    beginResetModel();
    setListRows({});  // they point into what was found before
    m_rows = rows;
    m_words = words;
    m_found = std::move(found);
    if (!showsTree()) {
        setListRows(listRows(rows));
    }
    endResetModel();
}

void FileTreeModel::showChanges(bool on, const QString& words) {
    const Rows rows = on ? Rows::Changes : Rows::Tree;
    if (rows != m_rows || words != m_words) {
        show(rows, words, {});
    }
}

void FileTreeModel::showFound(std::vector<ImageFile> files, const QString& words) {
    show(Rows::Found, words, std::move(files));
}

const ImageFile* FileTreeModel::file(const std::string& path) const {
    const Node* node = find(path);
    return node == nullptr || node->deleted || node == m_root.get() ? nullptr : &node->file;
}

bool FileTreeModel::isListed(const std::string& path) const {
    const Node* node = find(path);
    return node != nullptr && node->state == Node::State::Listed;
}

std::vector<std::string> FileTreeModel::linksOut() const {
    std::vector<std::string> paths;
    for (const std::string& folder : listedFolders()) {
        for (const auto& child : find(folder)->children) {
            if (child->file.kind == ImageFileKind::Symlink && leadsOut(folder, child->file.link)) {
                paths.push_back(child->path);
            }
        }
    }
    return paths;
}

std::vector<std::string> FileTreeModel::listedFolders() const {
    std::vector<std::string> paths;
    std::vector<const Node*> open{m_root.get()};
    while (!open.empty()) {
        const Node* node = open.back();
        open.pop_back();
        if (node->state != Node::State::Listed) {
            continue;
        }
        paths.push_back(node->path);
        for (const auto& child : node->children) {
            open.push_back(child.get());
        }
    }
    return paths;
}

QModelIndex FileTreeModel::indexOf(const std::string& path) const {
    if (showsTree()) {
        return indexOfNode(find(path));
    }
    const auto at =
        std::lower_bound(m_listRows.begin(), m_listRows.end(), path,
                         [](const ListRow& row, const std::string& wanted) { return pathOf(row) < wanted; });
    return at != m_listRows.end() && pathOf(*at) == path ? index(int(at - m_listRows.begin()), 0)
                                                         : QModelIndex();
}

std::string FileTreeModel::pathOf(const QModelIndex& index) {
    return index.isValid() ? nodeOf(index)->path : std::string();
}

QString FileTreeModel::owner(std::uint32_t uid) const {
    const auto found = m_users.find(uid);
    return found != m_users.end() ? found->second : uid == 0 ? QStringLiteral("root") : QString::number(uid);
}

QModelIndex FileTreeModel::index(int row, int column, const QModelIndex& parent) const {
    Node* folder = parent.isValid() ? nodeOf(parent) : showsTree() ? m_root.get() : m_list.get();
    if (row < 0 || column < 0 || column >= ColumnCount || row >= int(folder->children.size()) ||
        parent.column() > 0) {
        return {};
    }
    return createIndex(row, column, childOf(*folder, row));
}

QModelIndex FileTreeModel::parent(const QModelIndex& child) const {
    return child.isValid() ? indexOfNode(nodeOf(child)->parent) : QModelIndex();
}

int FileTreeModel::rowCount(const QModelIndex& parent) const {
    if (parent.column() > 0) {
        return 0;
    }
    const Node* folder = parent.isValid() ? nodeOf(parent) : showsTree() ? m_root.get() : m_list.get();
    return int(folder->children.size());
}

int FileTreeModel::columnCount(const QModelIndex& /*parent*/) const {
    return ColumnCount;
}

/// A folder is believed to hold something until it was listed.
bool FileTreeModel::hasChildren(const QModelIndex& parent) const {
    if (!parent.isValid()) {
        return rowCount() > 0;
    }
    const Node* node = nodeOf(parent);
    return parent.column() == 0 && node->isFolder() &&
           (node->state != Node::State::Listed || !node->children.empty());
}

bool FileTreeModel::canFetchMore(const QModelIndex& parent) const {
    return parent.isValid() && parent.column() == 0 && nodeOf(parent)->isFolder() &&
           nodeOf(parent)->state == Node::State::Unknown;
}

void FileTreeModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent)) {
        nodeOf(parent)->state = Node::State::Asked;
        emit folderWanted(format::text(nodeOf(parent)->path));
    }
}

QChar FileTreeModel::markOf(const Node& node) const {
    const char kind = change(node.path);
    if (kind == 'A' || kind == 'D') {
        return QLatin1Char(kind);
    }
    if (m_changes->hasBelow(node.path)) {
        return QLatin1Char('.');
    }
    return kind == 'C' ? QLatin1Char('M') : QChar();
}

/// A row of a list was told by its path alone, often: the tree may know more.
const ImageFile* FileTreeModel::knownOf(const Node& node) const {
    return !node.remark.isEmpty() || node.deleted       ? nullptr
           : node.parent == m_list.get() && !node.known ? file(node.path)
                                                        : &node.file;
}

QVariant FileTreeModel::shown(const Node& node, int column) const {
    if (!node.remark.isEmpty()) {
        return column == NameColumn ? QVariant(node.remark) : QVariant();
    }
    const ImageFile* known = knownOf(node);
    switch (column) {
    case NameColumn:
        return format::text(node.file.path);
    case SizeColumn:
        return known != nullptr && known->kind == ImageFileKind::File ? format::bytes(known->size)
                                                                      : QVariant();
    case ModeColumn:
        return known != nullptr ? format::text(types::modeText(*known)) : QVariant();
    case OwnerColumn:
        return known != nullptr ? owner(known->uid) : QVariant();
    case TimeColumn:
        return known != nullptr ? shortTime(timeOf(*known)) : QVariant();
    default:
        return {};
    }
}

QString FileTreeModel::spoken(const Node& node) const {
    const QChar mark = markOf(node);
    const QString name = format::text(node.file.path);
    if (mark == QLatin1Char('A')) {
        return tr("%1, added").arg(name);
    }
    if (mark == QLatin1Char('D')) {
        return tr("%1, deleted").arg(name);
    }
    if (mark == QLatin1Char('M')) {
        return tr("%1, modified").arg(name);
    }
    if (mark == QLatin1Char('.')) {
        return tr("%1, has changes inside").arg(name);
    }
    return node.remark.isEmpty() ? name : node.remark;
}

QVariant FileTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const Node& node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return shown(node, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == SizeColumn ? int(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == NameColumn ? QVariant(spoken(node)) : shown(node, index.column());
    case Qt::ToolTipRole:
        if (index.column() == TimeColumn && !node.deleted && node.remark.isEmpty() &&
            (node.parent != m_list.get() || node.known)) {
            return format::exact(timeOf(node.file));
        }
        if (index.column() == NameColumn && node.file.kind == ImageFileKind::Symlink) {
            return tr("%1, a link to %2").arg(format::text(node.path), format::text(node.file.link));
        }
        return index.column() == NameColumn ? format::text(node.path) : QVariant();
    case PathRole:
        return format::text(node.path);
    case MarkRole:
        return node.remark.isEmpty() ? QVariant(markOf(node)) : QVariant(QChar());
    case MountRole: {
        const auto found = m_mounts.find(node.path);
        return found == m_mounts.end() ? QString() : found->second;
    }
    case RemarkRole:
        return !node.remark.isEmpty();
    case FolderRole:
    case LinkRole: {
        const ImageFile* known = knownOf(node);
        return known != nullptr &&
               known->kind == (role == FolderRole ? ImageFileKind::Folder : ImageFileKind::Symlink);
    }
    case CodeRole:
        return index.column() == ModeColumn;
    default:
        return {};
    }
}

std::string FileTreeModel::folderFor(const std::string& path) const {
    const ImageFile* known = path.empty() ? nullptr : file(path);
    if (path.empty() || (known != nullptr && known->kind == ImageFileKind::Folder)) {
        return path.empty() ? "/" : path;
    }
    return parentPath(path);
}

FileTreeModel::Way FileTreeModel::wayTo(const std::string& path,
                                        const std::function<void(const QModelIndex&)>& passed) const {
    std::size_t end = 0;
    while (true) {
        end = path.find('/', end + 1);
        const bool last = end == std::string::npos;
        const std::string folder = last ? path : path.substr(0, end);
        if (folder != "/" && file(folder) == nullptr && !(last && change(folder) == 'D')) {
            return {Way::End::Missing, folder};
        }
        if (last) {
            return {Way::End::There, folder};
        }
        if (!isListed(folder)) {
            return {Way::End::Asks, folder};
        }
        if (passed) {
            passed(indexOf(folder));
        }
    }
}

std::map<std::uint32_t, QString> usersOf(const std::string& passwd) {
    constexpr int kLongestName = 32;
    std::map<std::uint32_t, QString> users;
    for (const QString& line : format::text(passwd).split(QLatin1Char('\n'))) {
        bool isNumber = false;
        const auto uid = line.section(QLatin1Char(':'), 2, 2).toUInt(&isNumber);
        const QString name = line.section(QLatin1Char(':'), 0, 0);
        if (isNumber && !name.isEmpty() && name.size() <= kLongestName) {
            users.try_emplace(uid, name);
        }
    }
    return users;
}

QVariant fileTreeHeader(const QString& title, int section, Qt::Orientation orientation, int role) {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole && section == FileTreeModel::SizeColumn) {
        return int(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::AccessibleTextRole && title.isEmpty()) {
        return FileTreeModel::tr("Change");
    }
    return role == Qt::DisplayRole ? QVariant(title) : QVariant();
}

QVariant FileTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const QString titles[] = {
        showsTree() ? tr("Name") : tr("Path"), tr("Size"), tr("Mode"), tr("Owner"), tr("Changed"), {}};
    return fileTreeHeader(titles[section], section, orientation, role);
}

Qt::ItemFlags FileTreeModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    const Node& node = *nodeOf(index);
    if (!node.remark.isEmpty()) {
        return Qt::ItemIsEnabled;
    }
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDropEnabled;
    return node.deleted ? flags : flags | Qt::ItemIsDragEnabled;
}

}  // namespace coracle::gui
