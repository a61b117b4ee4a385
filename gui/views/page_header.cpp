// SPDX-License-Identifier: Apache-2.0
#include "gui/views/page_header.h"

#include "gui/widgets/buttons.h"
#include "gui/widgets/tab_chain.h"
#include "gui/widgets/text_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>

#include <algorithm>

namespace coracle::gui {
namespace {

/// As much of a name as is always shown.
constexpr int kNameLeast = 64;

}  // namespace

PageHeader::PageHeader(const QString& pageName, QMenu* applicationMenu, QWidget* parent)
    : Panel(Token::Window, Qt::BottomEdge, parent) {
    setFixedHeight(scaled(metrics::kHeader));
    m_layout = new QHBoxLayout(this);
    m_layout->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 1);
    m_layout->setSpacing(metrics::kSpaceSmall);
    const auto row = [this] {
        auto* layout = new QHBoxLayout;
        layout->setSpacing(metrics::kSpaceSmall);
        m_layout->addLayout(layout);
        return layout;
    };
    m_leading = row();
    m_leading->setSpacing(metrics::kSpaceTiny);
    m_title = new TextLabel({}, TextRole::Title);
    m_title->setObjectName(pageName + QStringLiteral(".title"));
    m_layout->addWidget(m_title);
    m_beside = row();
    m_layout->addStretch(1);
    m_tools = row();
    auto* menu = makeIconButton(pageName + QStringLiteral(".menu"), tr("Main menu"), QStringLiteral("menu"));
    connect(menu, &QToolButton::clicked, this, [menu, applicationMenu] {
        applicationMenu->popup(menu->mapToGlobal(
            QPoint(menu->width() - applicationMenu->sizeHint().width(), menu->height() + 4)));
    });
    m_menu = menu;
    m_layout->addWidget(menu);
}

void PageHeader::setTitle(const QString& title) {
    m_title->setText(title);
}

void PageHeader::setName(const QString& name) {
    m_title->setElided(Qt::ElideMiddle);
    m_title->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_title->setText(name);
    m_title->setToolTip({});  // the whole name, where it is shortened
    m_title->setMinimumWidth(std::min(m_title->sizeHint().width(), scaled(kNameLeast)));
}

void PageHeader::addLeading(QWidget* widget) {
    m_leading->addWidget(widget);
}

void PageHeader::addBesideTitle(QWidget* widget) {
    m_beside->addWidget(widget);
}

void PageHeader::addTool(QWidget* widget) {
    m_tools->addWidget(widget);
    // The menu, which was made first, comes last; once all is in its window.
    QMetaObject::invokeMethod(
        this, [this] { chainTabs(*this); }, Qt::QueuedConnection);
}

void PageHeader::hideMenu() {
    m_menu->hide();
}

FilterBar::FilterBar(QWidget* parent) : Panel(Token::Window, {}, parent) {
    setFixedHeight(scaled(metrics::kFilterBar));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 0);
    layout->setSpacing(metrics::kSpaceSmall);
    m_leading = new QHBoxLayout;
    m_leading->setSpacing(metrics::kSpaceSmall);
    m_trailing = new QHBoxLayout;
    m_trailing->setSpacing(metrics::kSpaceSmall);
    layout->addLayout(m_leading);
    layout->addStretch(1);
    layout->addLayout(m_trailing);
}

void FilterBar::addLeading(QWidget* widget) {
    m_leading->addWidget(widget);
}

void FilterBar::addTrailing(QWidget* widget) {
    m_trailing->addWidget(widget);
}

void FilterBar::setOptional(QWidget* widget) {
    m_optional.push_back(widget);
    fit();
}

void FilterBar::fit() {
    const QMargins around = layout()->contentsMargins();
    int room = width() - around.left() - around.right() - metrics::kSpace;
    const auto optional = [this](const QWidget* widget) {
        return std::find(m_optional.begin(), m_optional.end(), widget) != m_optional.end();
    };
    for (const QHBoxLayout* side : {m_leading, m_trailing}) {
        for (int i = 0; i < side->count(); ++i) {
            const QWidget* widget = side->itemAt(i)->widget();
            if (!optional(widget) && !widget->isHidden()) {
                room -= widget->sizeHint().width() + metrics::kSpaceSmall;
            }
        }
    }
    for (QWidget* widget : m_optional) {
        const int wanted = widget->sizeHint().width() + metrics::kSpaceSmall;
        widget->setVisible(wanted <= room);
        room -= wanted;
    }
}

bool FilterBar::event(QEvent* event) {
    // Words of another length ask for a new layout; what is decided here depends on the words alone, so that
    // hiding a widget does not ask again for ever.
    if (!m_optional.empty() && (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)) {
        fit();
    }
    return Panel::event(event);
}

}  // namespace coracle::gui
