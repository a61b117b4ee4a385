// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"
#include "gui/views/page.h"

#include <QWidget>

class QPushButton;
class QStackedWidget;
class QToolButton;

namespace coracle::gui {

class Banner;
class EmptyState;
class FilterEdit;
class LogView;
class Segments;
class TextLabel;

/// The log of a container: search, time, wrap, follow, save. Reads only while it is shown; a container that
/// starts again continues in the same view.
class LogsTab : public QWidget {
    Q_OBJECT
public:
    explicit LogsTab(const PageContext& context);

    void setContainer(const std::string& id);
    /// Whether the person looks at it.
    void setActive(bool active);
    void focusSearch();
    QWidget* mainWidget();

private:
    QWidget* buildBar();
    QWidget* buildFooter();
    void read();
    void onEnd(const Result<>& result);
    void updateSearch();
    void updateCount();
    void updateFooter();
    void placeNewLines();
    void save();
    bool eventFilter(QObject* watched, QEvent* event) override;

    PageContext m_context;
    std::string m_id;
    Request m_request;
    bool m_active = false;
    bool m_reading = false;
    std::optional<types::Time> m_lastTime;
    FilterEdit* m_search;
    TextLabel* m_count;
    QToolButton* m_previous;
    QToolButton* m_next;
    Segments* m_mode;
    Segments* m_options;
    LogView* m_view;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    Banner* m_banner;
    QPushButton* m_newLines;
    TextLabel* m_size;
    TextLabel* m_state;
};

}  // namespace coracle::gui
