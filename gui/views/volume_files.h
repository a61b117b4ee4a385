// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image_files.h"
#include "gui/engine_service.h"
#include "gui/views/page.h"

#include <QStringList>
#include <QWidget>

#include <map>
#include <string>
#include <vector>

class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace coracle::gui {

class Banner;
class EmptyState;
class FileTreeModel;
class FileView;

/// The files of a volume, whether something uses it or not, and the way in and out. Folders are listed as
/// they are opened, by the confined helper with the volume as its root, so a link in it leads nowhere here.
class VolumeFiles : public QWidget {
    Q_OBJECT
public:
    explicit VolumeFiles(const PageContext& context, QWidget* parent = nullptr);

    /// Show this one; nothing is asked for until it is looked at. The same again: what is shown stays.
    void setVolume(const types::VolumeSummary& volume);
    /// Whether the person looks at it: otherwise it costs nothing.
    void setActive(bool active);
    /// Ask for all that is shown again.
    void refresh();
    /// Open a path, folder by folder, and choose it.
    void goTo(const QString& path);
    QWidget* mainWidget();
    const FileTreeModel& model() const { return *m_model; }
    /// Its buttons shrink to icons, so their words keep nobody from making it narrow.
    QSize minimumSizeHint() const override;

signals:
    /// What is in a volume was changed here: its size is another one.
    void contentChanged(const QString& volume);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildBar();
    /// then: a path in it that is gone to when the answer is there; empty: none.
    void askForFolder(const std::string& path, const std::string& then = {});
    void takeFolder(const std::string& path, const Result<std::vector<types::ImageFile>>& files);
    void askForUsers();
    void walkOn();
    void showSelection();
    void showMenu(const QModelIndex& index, const QPoint& position);
    std::string currentPath() const;
    std::string currentFolder() const;
    void download();
    void upload();
    void uploadFiles(const QStringList& paths, const std::string& folder);
    void makeFolder();
    void remove();
    void openOutside();
    void runRemoval(const std::string& path);

    PageContext m_context;
    std::string m_name;
    std::string m_place;  ///< on this computer
    std::vector<std::string> m_usedBy;
    bool m_active = false;
    bool m_asked = false;
    std::string m_goal;                         ///< a path that is being opened
    std::map<std::string, Request> m_requests;  ///< by folder: of two answers the later question counts
    FileTreeModel* m_model;
    FileView* m_view;
    Banner* m_banner;
    QStackedWidget* m_stack;
    EmptyState* m_failed;
    QWidget* m_loading;
    QToolButton* m_up = nullptr;
    QLineEdit* m_path = nullptr;
    QPushButton* m_upload = nullptr;
    QPushButton* m_download = nullptr;
    QPushButton* m_newFolder = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_outside = nullptr;
};

}  // namespace coracle::gui
