// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/dialogs/mount_draft.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <map>
#include <optional>
#include <vector>

class QComboBox;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace coracle::gui {

class EditorBox;
class EditorRow;
class OwnersCard;

/// Looks at a folder and calls back later on the GUI thread, or never.
using FolderReader = std::function<void(const QString& path, std::function<void(const FolderFacts&)> done)>;
/// Asks the person for a folder, starting at a path; not called back when it is cancelled.
using FolderChooser = std::function<void(const QString& start, std::function<void(const QString&)> done)>;

/// Reads folders with readFolderFacts() on a worker thread.
FolderReader threadedFolderReader();

/// The Storage section of the run dialog: a row for each folder, volume or temporary file system, and below
/// them who owns the files of the folder that is being edited.
class StorageEditor : public QWidget {
    Q_OBJECT
public:
    StorageEditor(FolderReader reader, FolderChooser chooser, const QString& home, QWidget* parent = nullptr);

    /// Replace all rows; each folder is looked at.
    void setDrafts(const std::vector<MountDraft>& drafts);
    const std::vector<MountDraft>& drafts() const { return m_drafts; }
    /// One for each draft, in the same order.
    const std::vector<MountVerdict>& verdicts() const { return m_verdicts; }
    const QString& home() const { return m_around.home; }
    /// Names to choose from; any other name makes a new volume.
    void setVolumes(const std::vector<QString>& names);
    /// Paths that the image wants on volumes; proposed for new rows.
    void setImageVolumes(const std::vector<QString>& targets);
    /// One more row at the end; the focus stays where it is.
    void addRow(const MountDraft& draft);
    /// Look at all folders again.
    void recheck();
    /// Whether an answer about a folder is still awaited.
    bool isChecking() const;
    /// Rows that keep the container from being made.
    int problems() const;
    /// One line about them; empty when there is none.
    QString summary() const;
    /// Put the focus on the first row; nothing when there is none.
    void focusFirst();

signals:
    /// A draft or a verdict is another one.
    void changed();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Row {
        EditorRow* row;
        QComboBox* type;
        QStackedWidget* from;
        QLineEdit* folder;
        QToolButton* choose;
        QComboBox* volume;
        QLineEdit* size;
        QLineEdit* image;
        QLineEdit* target;
        QComboBox* access;
        QToolButton* remove;
    };
    Row makeRow(const MountDraft& draft);
    QWidget* makeFolderCell(Row& row, const MountDraft& draft);
    void connectRow(const Row& row);
    void readRow(std::size_t index);
    void removeRow(std::size_t index);
    void renumber();
    void judgeAll();
    void readFolders();
    void showRow(std::size_t index);
    void showOwners();
    QString freeTarget() const;

    FolderReader m_reader;
    FolderChooser m_chooser;
    MountSurroundings m_around;
    std::vector<QString> m_imageVolumes;
    std::vector<MountDraft> m_drafts;
    std::vector<MountVerdict> m_verdicts;
    std::vector<Row> m_rows;
    std::map<QString, FolderFacts> m_facts;  ///< by expanded path
    QTimer m_debounce;
    int m_round = 0;
    std::optional<std::size_t> m_current;  ///< row whose owners show

    QWidget* m_lastButton = nullptr;
    EditorBox* m_box;
    OwnersCard* m_owners;
};

}  // namespace coracle::gui
