// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/file_tree_model.h"
#include "gui/views/drag_out.h"
#include "gui/views/file_view.h"
#include "gui/views/files_tab.h"
#include "tests/gui/run_fixture.h"
#include "tests/gui/window_fixture.h"

#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QUrl>

/// Files as a model and a tab of a container show them.
namespace coracle::gui::test {

inline types::ImageFile entry(const char* name, types::ImageFileKind kind = types::ImageFileKind::File) {
    types::ImageFile file;
    file.kind = kind;
    file.path = name;
    file.size = 10;
    return file;
}

inline const auto kFolder = types::ImageFileKind::Folder;

inline QStringList rows(const FileTreeModel& model, const QModelIndex& parent = {}) {
    QStringList names;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const QChar mark = index.data(FileTreeModel::MarkRole).toChar();
        names.append(index.data().toString() +
                     (mark.isNull() ? QString() : QLatin1Char(' ') + QString(mark)));
    }
    return names;
}

/// The tab of a sample container.
struct Files {
    explicit Files(const char* name = "api", bool open = true) {
        if (f.show() && open) {
            show(name);
        }
    }
    void show(const char* name) {
        f.window.open({.page = QStringLiteral("container"),
                       .id = QString::fromStdString(f.id(name)),
                       .tab = QStringLiteral("files")});
    }
    FilesTab& tab() { return *f.window.findChild<FilesTab*>(); }
    FileView& view() { return *f.window.findChild<FileView*>(QStringLiteral("files.tree")); }
    const FileTreeModel& model() { return tab().model(); }
    bool loaded() { return model().isListed("/") && model().counts().sum() > 0; }
    void goTo(const char* path) {
        auto* edit = child<QLineEdit>(tab(), "files.path");
        edit->setText(QLatin1String(path));
        emit edit->returnPressed();
    }
    QPushButton& button(const char* name) { return *child<QPushButton>(tab(), name); }
    /// Press on a row and move, as a person does.
    void drag(const char* path, bool andLetGo = true) {
        const QRect row = view().visualRect(model().indexOf(path));
        QTest::mousePress(view().viewport(), Qt::LeftButton, {}, row.center());
        for (const int by : {4, 12, 24}) {
            QMouseEvent move(QEvent::MouseMove, row.center() + QPoint(by, 1),
                             view().viewport()->mapToGlobal(row.center() + QPoint(by, 1)), Qt::NoButton,
                             Qt::LeftButton, {});
            QCoreApplication::sendEvent(view().viewport(), &move);
        }
        if (andLetGo) {  // over another row
            QTest::mouseRelease(view().viewport(), Qt::LeftButton, {},
                                row.center() + QPoint(0, 2 * row.height()));
        }
    }
    std::string log() {
        std::string all;
        for (const std::string& call : f.engine->callLog()) {
            all += call + "\n";
        }
        return all;
    }
    bool asked(const std::string& call) { return log().find(call) != std::string::npos; }

    WindowFixture f;
};

/// Catches what a tab drags, in place of the desktop.
struct Dragged {
    explicit Dragged(Files& files)
        : out(files.tab().findChild<DragOut*>())
        , held(std::make_shared<bool>(true))  // with the functions that the tab keeps, as the next
        , urls(std::make_shared<QList<QUrl>>()) {
        out->setParts({.folder = folder.path(),
                       .held = [held = held] { return *held; },
                       .drag = [urls = urls](QWidget*, std::unique_ptr<QMimeData> data,
                                             const QString&) { *urls += data->urls(); }});
    }
    QTemporaryDir folder;
    DragOut* out;
    std::shared_ptr<bool> held;
    std::shared_ptr<QList<QUrl>> urls;
};

}  // namespace coracle::gui::test
