// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/online_engine.h"
#include "gui/dialogs/widget_prompt.h"
#include "gui/main_window.h"
#include "gui/models/container_model.h"
#include "gui/theme/theme.h"
#include "gui/views/container_view.h"
#include "tests/support/patience.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <memory>

namespace coracle::gui::test {

/// How a command of another program ended.
struct Ran {
    int code = -1;
    QString out;
    QString err;
};

/// Run a program while the window goes on.
inline Ran run(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments, QIODevice::ReadOnly);
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000)) {
        process.kill();
        (void)process.waitForFinished();  // it is told to
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()).trimmed(),
            QString::fromUtf8(process.readAllStandardError()).trimmed()};
}

/// The window of the desktop app, with its own dialogs, on the real engine and the store that the environment
/// names; and the command line on the same store. What a person does goes through keys and clicks.
class Desktop {
public:
    Desktop()
        : m_theme(*qApp, SchemeChoice::Light, Scheme::Light)
        , m_window({.engine = openEngine(),
                    .theme = m_theme,
                    .prompt = m_prompt,
                    .registry = defaultPages(),
                    .useSettings = false}) {}

    MainWindow& window() { return m_window; }

    bool show() {
        m_window.show();
        if (!QTest::qWaitForWindowActive(&m_window, kTestPatience)) {
            return false;
        }
        m_window.start();
        return QTest::qWaitFor(
            [this] {
                return m_window.state().containers().loaded && m_window.state().images().loaded &&
                       m_window.state().volumes().loaded && m_window.state().host().has_value();
            },
            kTestPatience);
    }

    /// The `coracle` of this build on the same store.
    static Ran cli(const QStringList& arguments) { return run(QStringLiteral("coracle"), arguments); }

    /// The visible widget of a name, waited for: pages and dialogs come and go.
    template <typename T = QWidget>
    T* find(const char* name) {
        T* found = nullptr;
        const auto look = [&] {
            for (QWidget* top : QApplication::topLevelWidgets()) {
                const auto all = top->findChildren<T*>(QString::fromLatin1(name));
                for (T* one : all) {
                    if (one->isVisible()) {
                        found = one;
                    }
                }
            }
            return found != nullptr;
        };
        (void)QTest::qWaitFor(look, kTestPatience);  // null tells that it did not come
        return found;
    }
    bool click(const char* name) {
        auto* target = find(name);
        if (target == nullptr || !target->isEnabled()) {
            return false;
        }
        QTest::mouseClick(target, Qt::LeftButton);
        return true;
    }
    /// A key for whatever has the focus.
    static void key(Qt::Key pressed, Qt::KeyboardModifiers modifiers = {}) {
        QWidget* target = QApplication::focusWidget();
        QTest::keyClick(target != nullptr ? target : QApplication::activeWindow(), pressed, modifiers);
    }
    static void type(const QString& text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    static QString focusName() {
        const QWidget* now = QApplication::focusWidget();
        return now == nullptr ? QString() : now->objectName();
    }
    /// Move the focus with Tab alone. False: Tab does not lead there.
    static bool tabTo(const char* name) {
        constexpr int kMoreThanAnyForm = 80;
        for (int i = 0; i < kMoreThanAnyForm; ++i) {
            if (focusName() == QLatin1String(name)) {
                return true;
            }
            key(Qt::Key_Tab);
        }
        return false;
    }
    /// Empty the field that has the focus and type.
    static void retype(const QString& text) {
        key(Qt::Key_A, Qt::ControlModifier);
        key(Qt::Key_Delete);
        type(text);
    }

    ContainerView& view() { return *m_window.findChild<ContainerView*>(QStringLiteral("containers.view")); }
    /// The row of a container as the list shows it; invalid when it is not shown.
    QModelIndex row(const QString& name, int column = 0) {
        const QAbstractItemModel* model = view().model();
        for (int i = 0; i < model->rowCount(); ++i) {
            const QModelIndex top = model->index(i, 0);
            if (top.data().toString() == name && !top.data(ContainerModel::IsGroupRole).toBool()) {
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
    /// Press one of the small buttons that are painted into the cell.
    void press(const QString& name, int column, const QString& what) {
        const QModelIndex index = row(name, column);
        const auto* delegate = static_cast<const ContainerDelegate*>(view().itemDelegate());
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {},
                          delegate->place(what, view().visualRect(index), index).center());
    }

private:
    static std::shared_ptr<engine::Engine> openEngine() {
        auto opened = engine::openOnlineEngine({.lifetime = engine::Lifetime::LongLived});
        if (!opened) {
            qFatal("%s", opened.error().message().c_str());
        }
        return *std::move(opened);
    }

    WidgetPrompt m_prompt;
    Theme m_theme;
    MainWindow m_window;
};

/// `inspect` of a container without what differs between two that were started alike: ids, times, process.
inline QString comparable(const QString& name) {
    const Ran got = Desktop::cli({QStringLiteral("inspect"), name});
    const QJsonObject one = QJsonDocument::fromJson(got.out.toUtf8()).array().first().toObject();
    const QString id = one.value(QStringLiteral("Id")).toString();
    QString text = QString::fromUtf8(QJsonDocument(one).toJson(QJsonDocument::Indented));
    if (id.isEmpty()) {
        return got.err;
    }
    text.replace(id, QStringLiteral("ID")).replace(id.left(12), QStringLiteral("ID"));
    static const QRegularExpression time(QStringLiteral(R"(\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d))"));
    static const QRegularExpression process(QStringLiteral(R"("Pid": \d+)"));
    return text.replace(time, QStringLiteral("TIME")).replace(process, QStringLiteral("\"Pid\": N"));
}

}  // namespace coracle::gui::test
