// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/widgets/panel.h"

#include <vector>

class QHBoxLayout;
class QMenu;

namespace coracle::gui {

class TextLabel;

/// The head of a page: title and what belongs to it, a stretch, then filter and buttons, and the application
/// menu at the end.
class PageHeader : public Panel {
    Q_OBJECT
public:
    PageHeader(const QString& pageName, QMenu* applicationMenu, QWidget* parent = nullptr);

    /// The words of the head; not those of the window, which are Page::title().
    void setTitle(const QString& title);
    /// A title that somebody chose: a long one is shortened in the middle before anything beside it gives
    /// way.
    void setName(const QString& name);
    /// Before the title (back button, breadcrumbs).
    void addLeading(QWidget* widget);
    /// After the title (state, chips).
    void addBesideTitle(QWidget* widget);
    /// On the right, before the menu, in the order of the calls.
    void addTool(QWidget* widget);
    /// Detail pages have their own menu instead.
    void hideMenu();

private:
    QHBoxLayout* m_layout;
    QHBoxLayout* m_leading;
    QHBoxLayout* m_beside;
    QHBoxLayout* m_tools;
    TextLabel* m_title;
    QWidget* m_menu;
};

/// The bar of 48 pixels below the head of list pages: segments, a stretch, a summary, small buttons.
class FilterBar : public Panel {
    Q_OBJECT
public:
    explicit FilterBar(QWidget* parent = nullptr);
    void addLeading(QWidget* widget);
    void addTrailing(QWidget* widget);
    /// A widget of this bar that may go when there is no room for all: words that stand elsewhere, too. Those
    /// named first stay longest.
    void setOptional(QWidget* widget);

protected:
    bool event(QEvent* event) override;

private:
    void fit();

    QHBoxLayout* m_leading;
    QHBoxLayout* m_trailing;
    std::vector<QWidget*> m_optional;
};

}  // namespace coracle::gui
