// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/dialogs/prompt.h"
#include "rootless/sys/result.h"

#include <QByteArray>
#include <QWidget>

class QPushButton;
class QStackedWidget;
class QToolButton;

namespace coracle::gui {

class Banner;
class EmptyState;
class FilterEdit;
class JsonView;
class TextLabel;

/// A JSON document below a bar that searches it and copies parts of it byte for byte, with words for the
/// reason when there is none.
class JsonPanel : public QWidget {
    Q_OBJECT
public:
    /// name: begins the names of its parts: "inspect.search". leading: stands before the search; may be null.
    JsonPanel(const QString& name, Prompt& prompt, QWidget* leading = nullptr, QWidget* parent = nullptr);

    /// Forget what is shown.
    void clear();
    /// Show a document, or one member of it. The same text again changes nothing, so that a person keeps the
    /// place in it; `document` tells documents of the same text apart.
    void show(const QByteArray& text, const QString& member = {}, int document = 0);
    void showProblem(const Error& error, int document = 0);
    /// As showProblem(), where something else says why.
    void showNothing(int document = 0);
    void hideProblem();
    JsonView& view() { return *m_view; }
    void focusSearch();

signals:
    /// Try again was pressed.
    void retryWanted();

private:
    QWidget* buildBar(QWidget* leading);
    void updateCount();
    void updatePath();

    QString m_name;
    Prompt& m_prompt;
    QByteArray m_shown;  ///< the whole text of what is shown
    QByteArray m_copy;   ///< the part of it that is shown
    int m_document = -1;
    FilterEdit* m_search = nullptr;
    TextLabel* m_count = nullptr;
    QToolButton* m_previous = nullptr;
    QToolButton* m_next = nullptr;
    TextLabel* m_path = nullptr;
    QPushButton* m_copyPath = nullptr;
    QPushButton* m_copyJson = nullptr;
    Banner* m_banner;
    QStackedWidget* m_stack;
    EmptyState* m_waiting;
    JsonView* m_view;
};

}  // namespace coracle::gui
