// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"
#include "gui/models/file_tree_model.h"
#include "gui/views/container_tab.h"
#include "gui/views/page.h"

#include <QStringList>
#include <QTimer>
#include <QWidget>

#include <optional>

class QLineEdit;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace coracle::gui {

enum class UploadKind : std::uint8_t;
class Banner;
class Chip;
class DragOut;
class EmptyState;
class FilePreview;
class FileView;
class FilterEdit;
class Segments;
class Task;
class TextLabel;

/// A container's files, running or not: what is there, what it did to its image, and the way in and out.
/// Folders are listed as they are opened, by the confined helper, so a link of the container's leads nowhere
/// here.
class FilesTab : public QWidget, public ContainerTab {
    Q_OBJECT
public:
    explicit FilesTab(const PageContext& context);

    QWidget* widget() override { return this; }
    void setContainer(const std::string& id) override;
    void setActive(bool active) override;
    void showSummary(const types::ContainerSummary& row) override;
    QWidget* mainWidget() override;
    bool focusSearch() override;
    const FileTreeModel& model() const { return *m_model; }
    /// Ask for all that is shown again.
    void refresh() override;

signals:
    /// All changes of the container that is shown were walked.
    void changesCounted(int count);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildBar();
    QWidget* buildFoot();
    QMenu* makeUploadMenu();
    void askForRoot();
    void askForFolder(const std::string& path);
    void askForChanges();
    void takeChanges(const ChangeSetPtr& changes);
    void forgetChanges(const std::vector<std::string>& paths);
    void askForSize();
    void askForUsers();
    void showSums();
    void takeFolder(const std::string& path, const Result<std::vector<types::ImageFile>>& files);
    void showCounts();
    void showScope();
    void showSelection();
    void showChosen();
    void showProblem(const Error& error);
    void showMenu(const QModelIndex& index, const QPoint& position);
    void goTo(const QString& path);
    void lookUp(const std::string& path);
    void walkOn();
    /// What is open in the tree is kept while a list is shown.
    void leaveTree();
    void backToTree();
    void takeWords();
    void find();
    void takeFound(const Result<types::FoundFiles>& found, const QString& words);
    void endFind();
    void openListed(const QModelIndex& index);
    QString findWords() const;
    std::string currentPath() const;
    std::string currentFolder() const;
    void download();
    void dragOut(const QModelIndex& index);
    Request copyOut(Task* task, const std::string& id, const std::string& path, const QString& target,
                    std::function<void(const std::uint64_t&)> moved, Done<types::CopyReport> done);
    void upload(UploadKind kind);
    void uploadFiles(const QStringList& paths, const std::string& folder);
    void copyIn(const QString& path, const std::string& folder);
    void restore();
    void discard();
    void commit();
    void runRestore(const std::vector<std::string>& paths, const TaskWords& words, const QString& done);

    PageContext m_context;
    std::string m_id;
    std::string m_name;
    bool m_active = false;
    bool m_asked = false;
    bool m_compared = false;     ///< what differs from the image is known
    bool m_notCompared = false;  ///< and cannot be
    std::optional<types::ContainerStatus> m_status;
    std::string m_goal;        ///< a path that is being opened, folder by folder
    bool m_goesThere = false;  ///< and shown when it is; else only what is known of it
    QStringList m_open;        ///< folders that were open in the tree
    FilterEdit* m_find = nullptr;
    QTimer m_findLater;
    Request m_findRequest;
    bool m_finding = false;
    bool m_foundMore = false;
    Request m_changesRequest;
    Request m_sizeRequest;
    std::optional<std::uint64_t> m_written;  ///< bytes; none: not measured
    FileTreeModel* m_model;
    FileView* m_view;
    FilePreview* m_preview;
    QToolButton* m_up = nullptr;
    QLineEdit* m_path = nullptr;
    Segments* m_scope = nullptr;
    QPushButton* m_upload = nullptr;
    QPushButton* m_download = nullptr;
    QPushButton* m_commit = nullptr;
    QPushButton* m_discard = nullptr;
    TextLabel* m_sum = nullptr;
    std::vector<std::pair<Chip*, TextLabel*>> m_counts;
    Banner* m_banner;
    DragOut* m_dragOut;
    QSplitter* m_splitter;
    QStackedWidget* m_stack;
    EmptyState* m_failed;
    QWidget* m_loading;
};

}  // namespace coracle::gui
