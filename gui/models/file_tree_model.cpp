// SPDX-License-Identifier: Apache-2.0
#include "gui/models/file_tree_model.h"

#include "core/types/image_view.h"
#include "gui/format.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

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

/// Folders first, then names without regard to case.
bool comesBefore(const ImageFile& one, const ImageFile& other) {
    const bool folder = one.kind == ImageFileKind::Folder;
    if (folder != (other.kind == ImageFileKind::Folder)) {
        return folder;
    }
    const int order = QString::compare(format::text(one.path), format::text(other.path), Qt::CaseInsensitive);
    return order != 0 ? order < 0 : one.path < other.path;
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
    m_changes.clear();
    m_holders.clear();
    m_mounts.clear();
    m_users.clear();
    m_counts = {};
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
        const auto found = std::find_if(node->children.begin(), node->children.end(), [&](const auto& child) {
            return path.compare(at, end - at, child->file.path) == 0 && child->remark.isEmpty();
        });
        node = found == node->children.end() ? nullptr : found->get();
        at = end + 1;
    }
    return node;
}

QModelIndex FileTreeModel::indexOfNode(const Node* node, int column) const {
    if (node == nullptr || node->parent == nullptr) {
        return {};
    }
    const auto& rows = node->parent->children;
    const auto at =
        std::find_if(rows.begin(), rows.end(), [&](const auto& one) { return one.get() == node; });
    return createIndex(int(at - rows.begin()), column, node);
}

void FileTreeModel::addDeleted(const Node& folder, std::vector<ImageFile>& files) const {
    const std::string prefix = folder.path == "/" ? "/" : folder.path + "/";
    for (auto at = m_changes.lower_bound(prefix); at != m_changes.end(); ++at) {
        if (at->first.compare(0, prefix.size(), prefix) != 0) {
            break;
        }
        const std::string name = at->first.substr(prefix.size());
        const bool here =
            std::any_of(files.begin(), files.end(), [&](const ImageFile& file) { return file.path == name; });
        if (at->second == 'D' && name.find('/') == std::string::npos && !here) {
            ImageFile gone;
            gone.kind = ImageFileKind::Whiteout;
            gone.path = name;
            files.push_back(std::move(gone));
        }
    }
}

void FileTreeModel::removeRow(Node& folder, std::size_t row) {
    if (showsTree()) {
        beginRemoveRows(indexOfNode(&folder), int(row), int(row));
    }
    folder.children.erase(folder.children.begin() + std::ptrdiff_t(row));
    if (showsTree()) {
        endRemoveRows();
    }
}

/// Rows come and go one by one, so that views keep what is open and chosen.
void FileTreeModel::replaceChildren(Node& folder, std::vector<ImageFile> files) {
    std::erase_if(files, [](const ImageFile& file) { return file.kind == ImageFileKind::Whiteout; });
    addDeleted(folder, files);
    std::sort(files.begin(), files.end(), comesBefore);
    const auto same = [](const Node& node, const ImageFile& file) {
        return node.remark.isEmpty() && node.file.path == file.path && node.file.kind == file.kind;
    };
    for (std::size_t row = folder.children.size(); row-- > 0;) {
        const Node& old = *folder.children[row];
        if (std::none_of(files.begin(), files.end(),
                         [&](const ImageFile& file) { return same(old, file); })) {
            removeRow(folder, row);
        }
    }
    const QModelIndex parent = indexOfNode(&folder);
    for (std::size_t row = 0; row < files.size(); ++row) {
        if (row < folder.children.size() && same(*folder.children[row], files[row])) {
            folder.children[row]->file = std::move(files[row]);
            continue;
        }
        auto node = std::make_unique<Node>();
        node->path = joined(folder.path, files[row].path);
        node->deleted = files[row].kind == ImageFileKind::Whiteout;
        node->file = std::move(files[row]);
        node->parent = &folder;
        if (showsTree()) {
            beginInsertRows(parent, int(row), int(row));
        }
        folder.children.insert(folder.children.begin() + std::ptrdiff_t(row), std::move(node));
        if (showsTree()) {
            endInsertRows();
        }
    }
    if (showsTree() && !folder.children.empty()) {
        emit dataChanged(index(0, 0, parent),
                         index(int(folder.children.size()) - 1, ColumnCount - 1, parent));
    }
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
    auto note = std::make_unique<Node>();
    note->remark = why;
    note->parent = folder;
    if (showsTree()) {
        beginInsertRows(indexOfNode(folder), 0, 0);
    }
    folder->children.insert(folder->children.begin(), std::move(note));
    if (showsTree()) {
        endInsertRows();
    }
}

void FileTreeModel::setChanges(const std::vector<types::Change>& changes) {
    m_changes.clear();
    m_holders.clear();
    m_counts = {};
    for (const auto& change : changes) {
        if (change.onlyTime) {
            continue;  // what changed in it is told by itself
        }
        m_changes[change.path] = change.kind;
        for (std::string above = parentPath(change.path); above != "/"; above = parentPath(above)) {
            if (!m_holders.insert(above).second) {
                break;
            }
        }
    }
    for (const auto& [path, kind] : m_changes) {
        if (kind == 'C' && m_holders.contains(path)) {
            continue;
        }
        ++(kind == 'A' ? m_counts.added : kind == 'D' ? m_counts.deleted : m_counts.modified);
    }
    for (const std::string& path : listedFolders()) {
        Node* folder = find(path);
        if (folder == nullptr) {
            continue;
        }
        std::vector<ImageFile> files;
        for (const auto& child : folder->children) {
            if (child->remark.isEmpty()) {
                files.push_back(child->file);
            }
        }
        if (!files.empty() || folder->children.empty()) {
            replaceChildren(*folder, std::move(files));
        }
    }
    rebuildList(m_rows);
}

void FileTreeModel::addToList(const std::string& path, const ImageFile* file) {
    auto node = std::make_unique<Node>();
    if (file != nullptr) {
        node->file = *file;
    }
    node->path = path;
    node->file.path = path.substr(1);
    node->known = file != nullptr;
    node->deleted = file == nullptr && change(path) == 'D';
    node->state = Node::State::Listed;
    node->parent = m_list.get();
    m_list->children.push_back(std::move(node));
}

void FileTreeModel::rebuildList(Rows rows) {
    const bool shown = m_rows != Rows::Tree;
    if (shown) {
        beginResetModel();
    }
    m_list->children.clear();
    const bool found = rows == Rows::Found;
    for (const ImageFile& file : m_found) {
        addToList("/" + file.path, &file);
    }
    const auto pattern = patternOf(m_words);
    for (const auto& [path, kind] : m_changes) {
        const bool wanted = found ? kind == 'D' && isMeant(path, m_words, pattern)
                                  : !(kind == 'C' && m_holders.contains(path)) &&
                                        format::text(path).contains(m_words, Qt::CaseInsensitive);
        if (wanted) {
            addToList(path, nullptr);
        }
    }
    std::sort(m_list->children.begin(), m_list->children.end(),
              [](const auto& one, const auto& other) { return one->path < other->path; });
    if (shown) {
        endResetModel();
    }
}

void FileTreeModel::setMounts(std::map<std::string, QString> mounts) {
    m_mounts = std::move(mounts);
}

void FileTreeModel::setUsers(std::map<std::uint32_t, QString> users) {
    m_users = std::move(users);
}

void FileTreeModel::show(Rows rows, const QString& words, std::vector<ImageFile> found) {
    beginResetModel();
    m_rows = Rows::Tree;  // no signals for the rows of the list
    m_words = words;
    m_found = std::move(found);
    rebuildList(rows);
    m_rows = rows;
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

std::vector<std::string> FileTreeModel::restorable() const {
    std::vector<std::string> paths;
    std::string whole;  // a folder that goes or comes as one
    for (const auto& [path, kind] : m_changes) {
        const bool below = !whole.empty() && path.compare(0, whole.size(), whole) == 0;
        if (below || (kind == 'C' && m_holders.contains(path))) {
            continue;
        }
        if (kind != 'C') {
            whole = path + "/";
        }
        paths.push_back(path);
    }
    return paths;
}

char FileTreeModel::change(const std::string& path) const {
    const auto found = m_changes.find(path);
    return found == m_changes.end() ? char(0) : found->second;
}

const ImageFile* FileTreeModel::file(const std::string& path) const {
    const Node* node = find(path);
    return node == nullptr || node->deleted || node == m_root.get() ? nullptr : &node->file;
}

bool FileTreeModel::isListed(const std::string& path) const {
    const Node* node = find(path);
    return node != nullptr && node->state == Node::State::Listed;
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
    for (const auto& node : m_list->children) {
        if (node->path == path) {
            return indexOfNode(node.get());
        }
    }
    return {};
}

std::string FileTreeModel::pathOf(const QModelIndex& index) {
    return index.isValid() ? nodeOf(index)->path : std::string();
}

QString FileTreeModel::owner(std::uint32_t uid) const {
    const auto found = m_users.find(uid);
    return found != m_users.end() ? found->second : uid == 0 ? QStringLiteral("root") : QString::number(uid);
}

QModelIndex FileTreeModel::index(int row, int column, const QModelIndex& parent) const {
    const Node* folder = parent.isValid() ? nodeOf(parent) : showsTree() ? m_root.get() : m_list.get();
    if (row < 0 || column < 0 || column >= ColumnCount || row >= int(folder->children.size()) ||
        parent.column() > 0) {
        return {};
    }
    return createIndex(row, column, folder->children[std::size_t(row)].get());
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
    if (m_holders.contains(node.path)) {
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
    const bool remark = !nodeOf(index)->remark.isEmpty();
    return remark ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDropEnabled;
}

}  // namespace coracle::gui
