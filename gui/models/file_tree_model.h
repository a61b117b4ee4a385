// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image_files.h"
#include "gui/models/change_set.h"

#include <QAbstractItemModel>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace coracle::gui {

/// The files of a container or a volume as a tree, a folder at a time: a view that opens one makes the model
/// ask for it. What the container did to its image stands beside each row; what it deleted is there, too, as
/// a row of its own. The same model shows the changes alone, or what a search found, as a list of paths.
class FileTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { NameColumn, SizeColumn, ModeColumn, OwnerColumn, TimeColumn, MarkColumn, ColumnCount };
    /// PathRole: absolute, "" for a remark. MarkRole: QChar 'A', 'M', 'D', '.' for a folder with changes
    /// inside, null for none. MountRole: words for what is mounted there. RemarkRole: whether the row only
    /// says why there are no others. FolderRole, LinkRole: whether it is one. NoteRole: words of a warning
    /// behind the name. CodeRole: the cell is written in the fixed font.
    enum Role {
        PathRole = Qt::UserRole + 1,
        MarkRole,
        MountRole,
        RemarkRole,
        FolderRole,
        LinkRole,
        NoteRole,
        CodeRole
    };

    explicit FileTreeModel(QObject* parent = nullptr);
    ~FileTreeModel() override;

    /// Forget all.
    void clear();
    /// What is in a folder now; rows that stay keep their place in views. "/" has to come first.
    void setFolder(const std::string& path, std::vector<types::ImageFile> files);
    /// A folder that cannot be listed gets a row that says why.
    void setProblem(const std::string& path, const QString& why);
    /// What the container did to its image.
    void setChanges(ChangeSetPtr changes);
    void setChanges(std::vector<types::Change> changes);
    /// What is mounted, by path: "volume".
    void setMounts(std::map<std::string, QString> mounts);
    /// Names of users by number.
    void setUsers(std::map<std::uint32_t, QString> users);
    /// The changes alone, as a list, of those that have `words` in their path.
    void showChanges(bool on, const QString& words = {});
    bool showsChanges() const { return m_rows == Rows::Changes; }
    /// What a search for `words` found, as a list, with what the container deleted of that name.
    void showFound(std::vector<types::ImageFile> files, const QString& words);
    bool showsFound() const { return m_rows == Rows::Found; }

    const ChangeSet& changes() const { return *m_changes; }
    const ChangeSet::Counts& counts() const { return m_changes->counts(); }
    std::vector<std::string> restorable() const { return m_changes->restorable(); }
    /// 'A', 'C', 'D'; 0: unchanged.
    char change(const std::string& path) const { return m_changes->kind(path); }
    /// What is known of a file; null: its folder was not listed.
    const types::ImageFile* file(const std::string& path) const;
    bool isListed(const std::string& path) const;
    /// Folders that were listed, a folder before those in it.
    std::vector<std::string> listedFolders() const;
    /// Links in listed folders that lead out of the tree for a program that does not know where its root is,
    /// such as a file manager: absolute ones, and those that climb above it.
    std::vector<std::string> linksOut() const;
    /// Where what comes in beside a path goes: into it when it is a folder, else into the one that it is in.
    std::string folderFor(const std::string& path) const;
    /// How far a path can be opened: `folder` is missing, has to be listed first, or is the path itself.
    struct Way {
        enum class End : std::uint8_t { There, Asks, Missing };
        End end;
        std::string folder;
    };
    /// passed: called with the rows of the folders on the way.
    Way wayTo(const std::string& path, const std::function<void(const QModelIndex&)>& passed) const;
    /// The row of a path; invalid as long as its folder is not listed.
    QModelIndex indexOf(const std::string& path) const;
    static std::string pathOf(const QModelIndex& index);
    QString owner(std::uint32_t uid) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    /// A folder is looked at whose content is not known; setFolder() or setProblem() has to follow.
    void folderWanted(const QString& path);

private:
    struct Node;
    enum class Rows : std::uint8_t { Tree, Changes, Found };
    /// A row of a list, as long as nobody has looked at it.
    struct ListRow {
        const types::Change* change = nullptr;   ///< of m_changes
        const types::ImageFile* file = nullptr;  ///< of m_found, where there is no change
    };

    bool showsTree() const { return m_rows == Rows::Tree; }
    void show(Rows rows, const QString& words, std::vector<types::ImageFile> found);
    static std::string pathOf(const ListRow& row);
    Node* childOf(Node& folder, int row) const;
    static Node* nodeOf(const QModelIndex& index);
    Node* find(const std::string& path) const;
    QModelIndex indexOfNode(const Node* node, int column = 0) const;
    QChar markOf(const Node& node) const;
    void addDeleted(const Node& folder, std::vector<types::ImageFile>& files) const;
    void replaceChildren(Node& folder, std::vector<types::ImageFile> files);
    void removeRows(Node& folder, std::size_t row, std::size_t count);
    void insertRows(Node& folder, std::size_t row, std::vector<std::unique_ptr<Node>> nodes);
    void tellChanged(const Node& folder);
    void showDeleted(Node& folder);
    std::vector<ListRow> listRows(Rows rows) const;
    void setListRows(std::vector<ListRow> rows);
    const types::ImageFile* knownOf(const Node& node) const;
    QVariant shown(const Node& node, int column) const;
    QString spoken(const Node& node) const;

    std::unique_ptr<Node> m_root;
    std::unique_ptr<Node> m_list;  ///< of the changes, or of what was found; made as it is looked at
    std::vector<ListRow> m_listRows;
    Rows m_rows = Rows::Tree;
    QString m_words;
    std::vector<types::ImageFile> m_found;
    ChangeSetPtr m_changes;  ///< never null
    std::map<std::string, QString> m_mounts;
    std::map<std::uint32_t, QString> m_users;
};

/// Names of users as a list like /etc/passwd has them; lines that are none are passed over.
std::map<std::uint32_t, QString> usersOf(const std::string& passwd);

/// What the head of a tree of files says of a column with this title: sizes stand at its end, and the column
/// of letters has no title but a spoken one. For all models that FileView shows.
QVariant fileTreeHeader(const QString& title, int section, Qt::Orientation orientation, int role);

}  // namespace coracle::gui
