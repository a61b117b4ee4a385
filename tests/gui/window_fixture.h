// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/main_window.h"
#include "gui/models/container_model.h"
#include "gui/theme/theme.h"
#include "gui/views/container_view.h"
#include "gui/widgets/toast_host.h"
#include "tests/gui/run_fixture.h"

#include <QTreeView>

namespace coracle::gui::test {

/// The whole window on a fake engine. A new one for each test function.
struct WindowFixture {
    explicit WindowFixture(std::shared_ptr<FakeEngine> fake = FakeEngine::withSampleData(),
                           Scheme scheme = Scheme::Light, DesktopParts desktop = {})
        : engine(std::move(fake))
        , theme(*qApp, scheme == Scheme::Dark ? SchemeChoice::Dark : SchemeChoice::Light, scheme)
        , window({.engine = engine,
                  .theme = theme,
                  .prompt = prompt,
                  .registry = defaultPages(),
                  .useSettings = false,
                  .desktop = std::move(desktop)}) {}
    ~WindowFixture() { engine->wakeAll(); }

    /// Show the window and wait for the first lists.
    bool show() {
        window.show();
        if (!QTest::qWaitForWindowActive(&window, kTestPatience)) {
            return false;
        }
        window.start();
        return QTest::qWaitFor(
            [this] {
                return window.state().containers().loaded && window.state().images().loaded &&
                       window.state().volumes().loaded;
            },
            kTestPatience);
    }
    ContainerView& view() { return *child<ContainerView>(window, "containers.view"); }
    std::string id(const char* name) const { return engine->container(name)->id; }
    /// The row of a container as the list shows it; invalid when it is not shown.
    QModelIndex row(const QString& name, int column = 0) {
        QAbstractItemModel* model = view().model();
        for (int i = 0; i < model->rowCount(); ++i) {
            const QModelIndex top = model->index(i, 0);
            if (!top.data(ContainerModel::IsGroupRole).toBool() && top.data().toString() == name) {
                return top.siblingAtColumn(column);
            }
            for (int k = 0; k < model->rowCount(top); ++k) {
                if (model->index(k, 0, top).data().toString() == name) {
                    return model->index(k, column, top);
                }
            }
        }
        return {};
    }
    QString status(const QString& name) { return row(name, ContainerModel::Status).data().toString(); }
    int shown() { return static_cast<ContainerFilter*>(view().model())->shownContainers(); }
    /// Select exactly these rows.
    void choose(const std::vector<const char*>& names) {
        view().clearSelection();
        for (const char* name : names) {
            view().selectionModel()->select(row(QString::fromLatin1(name)),
                                            QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
    }
    /// Press one of the small buttons that are painted into a cell.
    void press(const QString& name, int column, const QString& what) { press(row(name, column), what); }
    void press(const QModelIndex& index, const QString& what) {
        const auto* delegate = static_cast<const ContainerDelegate*>(view().itemDelegate());
        const QRect place = delegate->place(what, view().visualRect(index), index);
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, place.center());
    }

    std::shared_ptr<FakeEngine> engine;  // shared with the workers of the window
    RecordingPrompt prompt;
    Theme theme;
    MainWindow window;
};

}  // namespace coracle::gui::test
