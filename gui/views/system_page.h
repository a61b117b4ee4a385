// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/fix_runner.h"
#include "gui/views/page.h"

#include <vector>

class QStackedWidget;
class QTabBar;

namespace coracle::gui {

class Chip;
class SystemTab;

/// System: what this computer can do for containers, and what Coracle takes of its disk.
class SystemPage : public Page {
    Q_OBJECT
public:
    explicit SystemPage(const PageContext& context, FixRunner runner = spawningFixRunner());

    QString title() const override;
    void enter(const Place& place) override;
    void refresh() override;
    QWidget* mainWidget() override;

private:
    void addTab(const QString& key, const QString& words, SystemTab* tab);
    void showTab(int index);
    void showAttention(int count);

    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    Chip* m_attention;
    bool m_entered = false;
    std::vector<SystemTab*> m_made;  // widgets of m_stack
    std::vector<QString> m_keys;
};

}  // namespace coracle::gui
