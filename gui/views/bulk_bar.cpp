// SPDX-License-Identifier: Apache-2.0
#include "gui/views/bulk_bar.h"

#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/text_label.h"

namespace coracle::gui {

BulkBar::BulkBar(QWidget* parent) : FilterBar(parent) {
    setObjectName(QStringLiteral("containers.bulkBar"));
    setGround(Token::Selection);
    m_count = new TextLabel({}, TextRole::Section);
    m_count->setObjectName(QStringLiteral("containers.bulk.count"));
    m_states = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_states->setObjectName(QStringLiteral("containers.bulk.states"));
    m_states->setContentsMargins(0, 0, scaled(metrics::kSpaceLarge), 0);
    addLeading(m_count);
    addLeading(m_states);
    const auto add = [this](const char* name, const QString& text, const char* icon, ButtonKind kind) {
        auto* button = makeButton(QStringLiteral("containers.bulk.") + QLatin1String(name), text,
                                  QLatin1String(icon), kind, ButtonSize::Small);
        addLeading(button);
        return button;
    };
    m_start = add("start", tr("Start"), "play", ButtonKind::Normal);
    m_stop = add("stop", tr("Stop"), "stop", ButtonKind::Normal);
    m_restart = add("restart", tr("Restart"), "restart", ButtonKind::Normal);
    auto* remove = add("delete", tr("Delete…"), "trash", ButtonKind::DangerText);
    addTrailing(new TextLabel(tr("Del deletes · Esc clears"), TextRole::Secondary, Token::Muted));
    connect(m_start, &QPushButton::clicked, this, &BulkBar::startWanted);
    connect(m_stop, &QPushButton::clicked, this, &BulkBar::stopWanted);
    connect(m_restart, &QPushButton::clicked, this, &BulkBar::restartWanted);
    connect(remove, &QPushButton::clicked, this, &BulkBar::deleteWanted);
}

void BulkBar::setChosen(int running, int stopped) {
    m_count->setText(tr("%n selected", nullptr, running + stopped));
    m_states->setText(stopped == 0   ? tr("all running")
                      : running == 0 ? tr("none running")
                                     //: "1 running, 2 stopped"
                                     : tr("%1 running, %2 stopped").arg(running).arg(stopped));
    m_start->setEnabled(stopped > 0);
    m_stop->setEnabled(running > 0);
    m_restart->setEnabled(running > 0);
}

}  // namespace coracle::gui
