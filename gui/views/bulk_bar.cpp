// SPDX-License-Identifier: Apache-2.0
#include "gui/views/bulk_bar.h"

#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/text_label.h"

#include <QCheckBox>

namespace coracle::gui {

BulkBar::BulkBar(QWidget* parent) : FilterBar(parent) {
    setObjectName(QStringLiteral("containers.bulkBar"));
    setGround(Token::Selection);
    m_count = new TextLabel({}, TextRole::Section);
    m_count->setObjectName(QStringLiteral("containers.bulk.count"));
    m_states = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_states->setObjectName(QStringLiteral("containers.bulk.states"));
    m_states->setContentsMargins(0, 0, scaled(metrics::kSpaceLarge), 0);
    auto* clear = new QCheckBox;
    clear->setObjectName(QStringLiteral("containers.bulk.clear"));
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
    m_pause = add("pause", tr("Pause"), "pause", ButtonKind::Normal);
    auto* remove = add("delete", tr("Delete…"), "trash", ButtonKind::DangerText);
    auto* keys = new TextLabel(tr("Del deletes · Esc clears"), TextRole::Secondary, Token::Muted);
    addTrailing(keys);
    setOptional(m_states);
    setOptional(keys);
    connect(m_start, &QPushButton::clicked, this, &BulkBar::startWanted);
    connect(m_stop, &QPushButton::clicked, this, &BulkBar::stopWanted);
    connect(m_restart, &QPushButton::clicked, this, &BulkBar::restartWanted);
    connect(m_pause, &QPushButton::clicked, this,
            [this] { m_resumes ? emit resumeWanted() : emit pauseWanted(); });
    connect(remove, &QPushButton::clicked, this, &BulkBar::deleteWanted);
}

void BulkBar::setChosen(int running, int stopped, int paused) {
    m_count->setText(tr("%n selected", nullptr, running + stopped));
    m_states->setText(stopped == 0   ? tr("all running")
                      : running == 0 ? tr("none running")
                                     //: "1 running, 2 stopped"
                                     : tr("%1 running, %2 stopped").arg(running).arg(stopped));
    m_resumes = paused > 0 && paused == running;
    m_pause->setText(m_resumes ? tr("Resume") : tr("Pause"));
    m_pause->setAccessibleName(m_pause->text());
    m_pause->setIcon(themeIcon(m_resumes ? QStringLiteral("play") : QStringLiteral("pause"), Token::Text));
    m_pause->setEnabled(running > 0);
    m_count->setToolTip(m_states->text());
    m_start->setEnabled(stopped > 0);
    m_stop->setEnabled(running > 0);
    m_restart->setEnabled(running > 0);
}

}  // namespace coracle::gui
