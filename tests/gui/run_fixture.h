// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/dialogs/prompt.h"
#include "gui/engine_service.h"
#include "gui/models/app_settings.h"
#include "gui/models/container_actions.h"
#include "gui/models/engine_state.h"
#include "gui/models/task_list.h"
#include "gui/models/usage_monitor.h"
#include "gui/testing/fake_engine.h"
#include "gui/theme/theme.h"
#include "gui/views/page.h"
#include "gui/widgets/toast_host.h"
#include "tests/support/patience.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace coracle::gui::test {

/// Answers by itself and remembers what was asked.
class RecordingPrompt : public Prompt {
public:
    void ask(QWidget* /*parent*/, const Question& question, std::function<void(Reply)> answered) override {
        questions.push_back(question);
        answered(reply);
    }
    void askText(QWidget* /*parent*/, const TextQuestion& question,
                 std::function<void(std::optional<QString>)> answered) override {
        textQuestions.push_back(question);
        answered(text);
    }
    void askFile(QWidget* /*parent*/, const FileQuestion& question,
                 std::function<void(std::optional<QString>)> answered) override {
        fileQuestions.push_back(question);
        answered(file);
    }
    void askFiles(QWidget* /*parent*/, const FileQuestion& question,
                  std::function<void(QStringList)> answered) override {
        fileQuestions.push_back(question);
        answered(files);
    }
    void openUrl(const QUrl& url) override { urls.push_back(url); }
    void copyText(const QString& copiedText) override { copied = copiedText; }

    Reply reply;
    std::optional<QString> text;
    std::optional<QString> file;
    QStringList files;
    QString copied;
    std::vector<Question> questions;
    std::vector<TextQuestion> textQuestions;
    std::vector<FileQuestion> fileQuestions;
    std::vector<QUrl> urls;
};

class RecordingNavigator : public Navigator {
public:
    void open(const Place& place) override { places.push_back(place); }
    void back() override { ++backs; }
    void noteTab(const QString& /*tab*/) override {}
    void openRunDialog(const types::RunSpec& prefill) override { runs.push_back(prefill); }
    bool canRun() const override { return true; }
    void openPullDialog(const QString& reference) override { pulls.push_back(reference); }
    bool canPull() const override { return true; }
    QMenu* applicationMenu() override { return &m_menu; }

    int backs = 0;
    std::vector<Place> places;
    std::vector<types::RunSpec> runs;
    std::vector<QString> pulls;

private:
    QMenu m_menu;
};

/// Everything that a page or dialog is given, on a fake engine. A new one for each test function.
struct Fixture {
    explicit Fixture(std::shared_ptr<FakeEngine> fake = FakeEngine::withSampleData(),
                     Scheme scheme = Scheme::Light)
        : engine(std::move(fake))
        , service(engine)
        , state(service)
        , usage(service, state)
        , toasts(&window)
        , theme(*qApp, scheme == Scheme::Dark ? SchemeChoice::Dark : SchemeChoice::Light, scheme)
        , actions({service, state, tasks, toasts, prompt, window})
        , context{service, state, tasks, toasts, prompt, navigator, theme, actions, usage, settings} {
        window.resize(1280, 800);
        state.start();
    }
    ~Fixture() { engine->wakeAll(); }

    bool loaded() const {
        return state.images().loaded && state.containers().loaded && state.volumes().loaded;
    }

    std::shared_ptr<FakeEngine> engine;  // shared with the workers of the service
    EngineService service;
    EngineState state;
    UsageMonitor usage;
    TaskList tasks;
    QWidget window;
    ToastHost toasts;
    RecordingPrompt prompt;
    RecordingNavigator navigator;
    Theme theme;
    ContainerActions actions;
    AppSettings settings{AppSettings::Keep::No};
    PageContext context;
};

template <typename T>
T* child(const QWidget& parent, const char* name) {
    auto* found = parent.findChild<T*>(QString::fromLatin1(name));
    if (found == nullptr) {
        qFatal("no child '%s'", name);
    }
    return found;
}

/// Input widgets that assistive tools or tests could not tell apart: without object name, or without any
/// words. Widgets that Qt makes inside others are left out.
inline QStringList namelessInputs(const QWidget& parent) {
    QStringList nameless;
    for (const auto* widget : parent.findChildren<QWidget*>()) {
        const bool input = qobject_cast<const QAbstractButton*>(widget) != nullptr ||
                           qobject_cast<const QLineEdit*>(widget) != nullptr ||
                           qobject_cast<const QComboBox*>(widget) != nullptr ||
                           qobject_cast<const QAbstractItemView*>(widget) != nullptr;
        const auto name = widget->objectName();
        const bool internal =
            name.startsWith(QLatin1String("qt_")) || widget->parent()->inherits("QComboBox") ||
            widget->inherits("QHeaderView") || widget->inherits("QComboBoxListView") ||
            widget->parent()->inherits("QLineEdit") || widget->parent()->inherits("QTableView");
        if (!input || internal || widget->focusPolicy() == Qt::NoFocus || !widget->isEnabledTo(&parent)) {
            continue;
        }
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const auto words =
            widget->accessibleName() + widget->toolTip() + (button ? button->text() : QString());
        if (name.isEmpty() || words.isEmpty()) {
            nameless.append(QStringLiteral("%1 '%2' '%3'")
                                .arg(QLatin1String(widget->metaObject()->className()), name, words));
        }
    }
    return nameless;
}

}  // namespace coracle::gui::test
