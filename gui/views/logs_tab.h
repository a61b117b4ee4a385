// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"
#include "gui/views/container_tab.h"
#include "gui/views/page.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace coracle::gui {

class Banner;
class EmptyState;
class FilterEdit;
class LogHistogram;
class LogView;
class Segments;
class TextLabel;

/// The log of a container: search, time, wrap, follow, save. Reads only while it is shown; a container that
/// starts again continues in the same view.
class LogsTab : public QWidget, public ContainerTab {
    Q_OBJECT
public:
    explicit LogsTab(const PageContext& context);

    /// Show another log from its beginning; nothing happens for the same id.
    void setContainer(const std::string& id) override;
    void setActive(bool active) override;
    void showDetailsProblem(const QString& words) override;
    void refresh() override;
    QWidget* widget() override { return this; }
    /// Into the search, with what stands there selected.
    bool focusSearch() override;
    /// The log itself.
    QWidget* mainWidget() override;

private:
    QWidget* buildBar();
    QWidget* buildFooter();
    void read();
    void showProblem(const std::optional<Error>& problem);
    void onEnd(const Result<>& result);
    QWidget* buildSearchRow();
    void addFilters(QHBoxLayout& row);
    void updateSearch();
    void updateFilter();
    void updateHistogram();
    void updateCount();
    void updateFooter();
    void showPart(QWidget* part);
    void showAllLines();
    void placeNewLines();
    void save();
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

    PageContext m_context;
    std::string m_id;
    Request m_request;
    bool m_active = false;
    bool m_reading = false;
    QTimer m_firstLines;  ///< active: lines of a log that is being read may still be on their way
    std::optional<types::Time> m_lastTime;
    FilterEdit* m_search;
    TextLabel* m_count;
    QToolButton* m_previous;
    QToolButton* m_next;
    Segments* m_mode;
    Segments* m_options;
    QComboBox* m_level;
    QComboBox* m_since;
    LogHistogram* m_histogram;
    QTimer m_countLater;  ///< the histogram follows a log at its own pace
    LogView* m_view;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    EmptyState* m_noMatch;
    Banner* m_banner;
    std::optional<Error> m_problem;  ///< what ended the reading
    QString m_saidAbove;             ///< what the banner of the page says
    QPushButton* m_newLines;
    TextLabel* m_size;
    TextLabel* m_state;
};

}  // namespace coracle::gui
