// SPDX-License-Identifier: Apache-2.0
#include "gui/views/choice_bar.h"

#include "gui/theme/metrics.h"
#include "gui/widgets/text_label.h"

#include <QApplication>
#include <QCheckBox>
#include <QStackedWidget>

namespace coracle::gui {

ChoiceBar::ChoiceBar(const QString& page, QWidget* parent)
    : FilterBar(parent)
    , m_page(page)
    , m_count(new TextLabel({}, TextRole::Section))
    , m_details(new TextLabel({}, TextRole::Secondary, Token::Muted)) {
    setObjectName(page + QStringLiteral(".bulkBar"));
    setGround(Token::Selection);
    m_count->setObjectName(page + QStringLiteral(".bulk.count"));
    m_details->setObjectName(page + QStringLiteral(".bulk.states"));
    m_details->setContentsMargins(0, 0, scaled(metrics::kSpaceLarge), 0);
    auto* clear = new QCheckBox;
    clear->setObjectName(page + QStringLiteral(".bulk.clear"));
    clear->setAccessibleName(tr("Choose none"));
    clear->setToolTip(tr("Choose none"));
    clear->setTristate(true);
    clear->setCheckState(Qt::PartiallyChecked);
    connect(clear, &QCheckBox::clicked, this, [this, clear] {
        clear->setCheckState(Qt::PartiallyChecked);  // for the next time
        emit clearWanted();
    });
    addLeading(clear);
    addLeading(m_count);
    addLeading(m_details);
    auto* keys = new TextLabel(tr("Del deletes · Esc clears"), TextRole::Secondary, Token::Muted);
    addTrailing(keys);
    setOptional(m_details);
    setOptional(keys);
}

QPushButton* ChoiceBar::add(const char* name, const QString& text, const char* icon, ButtonKind kind) {
    auto* button = makeButton(m_page + QStringLiteral(".bulk.") + QLatin1String(name), text,
                              QLatin1String(icon), kind, ButtonSize::Small);
    addLeading(button);
    return button;
}

QPushButton* ChoiceBar::addButton(const char* name, const QString& text, const char* icon) {
    return add(name, text, icon, ButtonKind::Normal);
}

QPushButton* ChoiceBar::addDelete() {
    auto* button = add("delete", tr("Delete…"), "trash", ButtonKind::DangerText);
    connect(button, &QPushButton::clicked, this, &ChoiceBar::deleteWanted);
    return button;
}

void ChoiceBar::setChosen(int count, const QString& details) {
    m_count->setText(tr("%n selected", nullptr, count));
    m_count->setToolTip(details);
    m_details->setText(details);
}

void showChoice(QStackedWidget& bars, bool several, QWidget& view) {
    if (!several && bars.widget(1)->isAncestorOf(QApplication::focusWidget())) {
        view.setFocus();
    }
    bars.setCurrentIndex(several ? 1 : 0);
}

}  // namespace coracle::gui
