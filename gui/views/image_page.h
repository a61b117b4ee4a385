// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"
#include "gui/models/image_content.h"
#include "gui/models/image_model.h"
#include "gui/views/page.h"

#include <optional>

class QMenu;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace coracle::gui {

class Banner;
class Chip;
class EmptyState;
class FileView;
class FilterEdit;
class ImageActions;
class ImageFacts;
class ListTable;
class Segments;
class ShareBar;
class TextLabel;

/// One image: the steps that made it, the files that each of them added, changed and took away, and what of
/// it is carried along unseen; what else is known of it stands in tabs of its own. Two images can be held
/// against each other.
class ImagePage : public Page {
    Q_OBJECT
public:
    explicit ImagePage(const PageContext& context);

    QString title() const override;
    /// Place::id is a name or an id.
    void enter(const Place& place) override;
    void leave() override;
    void refresh() override;
    void focusFilter() override;
    QWidget* mainWidget() override;
    /// Null until the layers were read.
    const ImageContent* content() const { return m_content.get(); }
    /// Show how another image, by name or id, becomes this one.
    void compareWith(const QString& key, const QString& name);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildHeader();
    /// As the list has it; none: it does not.
    std::optional<ImageRow> row() const;
    QMenu* makeMenu();
    void remove(const ImageRow& row);
    QWidget* buildTabs();
    void showTab(int index);
    QString madeWords(std::size_t layer) const;
    void fitHeader();
    QWidget* buildSteps();
    QWidget* buildFiles();
    void ask();
    void take(const Result<ImageContentPtr>& content);
    void showHead();
    void showFiles();
    void showWaste();
    void offerComparisons();
    void endComparison();
    int currentStep() const;

    QString m_key;
    bool m_entered = false;
    Request m_request;
    Request m_comparisonRequest;
    ImageContentPtr m_content;        // with the worker that made it
    ImageComparisonPtr m_comparison;  // as above
    QString m_comparedName;
    Chip* m_platform = nullptr;
    Chip* m_size = nullptr;
    Chip* m_usedBy = nullptr;
    bool m_known = false;  ///< the list has it
    bool m_used = false;
    QPushButton* m_push = nullptr;
    QPushButton* m_compare = nullptr;
    QTabBar* m_tabs = nullptr;
    Chip* m_userCount = nullptr;
    QStackedWidget* m_outer = nullptr;
    ImageFacts* m_facts = nullptr;
    ImageActions* m_actions;
    Banner* m_banner;
    QStackedWidget* m_stack;
    EmptyState* m_failed;
    EmptyState* m_loading;
    LayerStepModel* m_steps;
    WasteModel* m_waste;
    PathTreeModel* m_paths;
    ListTable* m_stepTable = nullptr;
    ListTable* m_wasteTable = nullptr;
    TextLabel* m_efficiency = nullptr;
    TextLabel* m_wasted = nullptr;
    TextLabel* m_wasteWords = nullptr;
    ShareBar* m_efficiencyBar = nullptr;
    Segments* m_mode = nullptr;
    Segments* m_kinds = nullptr;
    FilterEdit* m_find = nullptr;
    FileView* m_view = nullptr;
    TextLabel* m_digest = nullptr;
    QPushButton* m_copy = nullptr;
    TextLabel* m_sum = nullptr;
};

/// A bar that is filled so far.
class ShareBar : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    void setShare(double share);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_share = 0;
};

}  // namespace coracle::gui
