// SPDX-License-Identifier: Apache-2.0
#include "gui/views/system_page.h"

#include "gui/shortcuts.h"
#include "gui/theme/metrics.h"
#include "gui/theme/theme.h"
#include "gui/views/disk_tab.h"
#include "gui/views/health_tab.h"
#include "gui/views/page_header.h"
#include "gui/views/system_tab.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/panel.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>

#include <algorithm>

namespace coracle::gui {

SystemPage::SystemPage(const PageContext& pageContext, FixRunner runner)
    : Page(QStringLiteral("system"), pageContext)
    , m_tabs(new QTabBar)
    , m_stack(new QStackedWidget)
    , m_attention(new Chip({}, {}, chip_look::kWarn, m_tabs)) {
    header().setTitle(title());
    auto* bar = new Panel(Token::Window, Qt::BottomEdge);
    bar->setFixedHeight(scaled(metrics::kTabBar));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(18, 0, 10, 0);
    m_tabs->setObjectName(QStringLiteral("system.tabs"));
    m_tabs->setAccessibleName(tr("Parts of the system page"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    row->addWidget(m_tabs, 1, Qt::AlignBottom);
    body().addWidget(bar);
    body().addWidget(m_stack, 1);
    auto* health = new HealthTab(pageContext, std::move(runner));
    addTab(QStringLiteral("health"), tr("Health"), health);
    addTab(QStringLiteral("disk"), tr("Disk"), new DiskTab(pageContext));
    m_attention->setInteractive(false);
    m_attention->setGap(metrics::kSpaceTiny);
    m_attention->setObjectName(QStringLiteral("system.attention"));
    showAttention(0);
    connect(health, &HealthTab::attentionChanged, this, &SystemPage::showAttention);
    connect(m_tabs, &QTabBar::currentChanged, this, &SystemPage::showTab);
    showTab(0);
    const auto turn = [this](int by) {
        const int count = m_tabs->count();
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + by + count) % count);
        mainWidget()->setFocus();
    };
    bindKey(this, KeyId::NextTab, [turn] { turn(1); });
    bindKey(this, KeyId::PreviousTab, [turn] { turn(-1); });
}

void SystemPage::addTab(const QString& key, const QString& words, SystemTab* tab) {
    m_made.push_back(tab);
    m_keys.push_back(key);
    m_stack->addWidget(tab->widget());
    for (QWidget* tool : tab->tools()) {
        header().addTool(tool);
    }
    for (QWidget* part : tab->besideTitle()) {
        header().addBesideTitle(part);
    }
    m_tabs->addTab(words);
}

QString SystemPage::title() const {
    return tr("System");
}

void SystemPage::enter(const Place& place) {
    m_entered = true;
    const auto found = std::find(m_keys.begin(), m_keys.end(), place.tab);
    const int index = found == m_keys.end() ? 0 : static_cast<int>(found - m_keys.begin());
    if (m_tabs->currentIndex() == index) {
        showTab(index);
    } else {
        m_tabs->setCurrentIndex(index);
    }
}

void SystemPage::refresh() {
    m_made[static_cast<std::size_t>(m_tabs->currentIndex())]->refresh();
}

QWidget* SystemPage::mainWidget() {
    return m_made[static_cast<std::size_t>(m_tabs->currentIndex())]->mainWidget();
}

void SystemPage::showTab(int index) {
    for (std::size_t i = 0; i < m_made.size(); ++i) {
        for (QWidget* tool : m_made[i]->tools()) {
            tool->setVisible(static_cast<int>(i) == index);
        }
        for (QWidget* part : m_made[i]->besideTitle()) {
            part->setVisible(static_cast<int>(i) == index);
        }
    }
    m_stack->setCurrentIndex(index);
    if (m_entered) {
        context().navigator.noteTab(m_keys[static_cast<std::size_t>(index)]);
        m_made[static_cast<std::size_t>(index)]->enter();
    }
}

void SystemPage::showAttention(int count) {
    context().navigator.noteAttention(name(), count);
    m_attention->setText(QString::number(count));
    m_attention->setAccessibleName(tr("%n lines want attention", nullptr, count));
    m_attention->setVisible(count > 0);
    m_tabs->setTabButton(0, QTabBar::RightSide, count > 0 ? m_attention : nullptr);  // the tab grows
}

}  // namespace coracle::gui
