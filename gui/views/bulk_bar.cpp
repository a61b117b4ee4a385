// SPDX-License-Identifier: Apache-2.0
#include "gui/views/bulk_bar.h"

#include "gui/theme/icons.h"

namespace coracle::gui {

BulkBar::BulkBar(QWidget* parent)
    : ChoiceBar(QStringLiteral("containers"), parent)
    , m_start(addButton("start", tr("Start"), "play"))
    , m_stop(addButton("stop", tr("Stop"), "stop"))
    , m_restart(addButton("restart", tr("Restart"), "restart"))
    , m_pause(addButton("pause", tr("Pause"), "pause")) {
    addDelete();
    connect(m_start, &QPushButton::clicked, this, &BulkBar::startWanted);
    connect(m_stop, &QPushButton::clicked, this, &BulkBar::stopWanted);
    connect(m_restart, &QPushButton::clicked, this, &BulkBar::restartWanted);
    connect(m_pause, &QPushButton::clicked, this,
            [this] { m_resumes ? emit resumeWanted() : emit pauseWanted(); });
}

void BulkBar::setStates(int running, int stopped, int paused) {
    setChosen(running + stopped, stopped == 0   ? tr("all running")
                                 : running == 0 ? tr("none running")
                                                //: "1 running, 2 stopped"
                                                : tr("%1 running, %2 stopped").arg(running).arg(stopped));
    m_resumes = paused > 0 && paused == running;
    m_pause->setText(m_resumes ? tr("Resume") : tr("Pause"));
    m_pause->setAccessibleName(m_pause->text());
    m_pause->setIcon(themeIcon(m_resumes ? QStringLiteral("play") : QStringLiteral("pause"), Token::Text));
    m_pause->setEnabled(running > 0);
    m_start->setEnabled(stopped > 0);
    m_stop->setEnabled(running > 0);
    m_restart->setEnabled(running > 0);
}

}  // namespace coracle::gui
