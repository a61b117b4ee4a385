// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/views/choice_bar.h"

namespace coracle::gui {

/// The bar of several containers: in which states they are, and what can be done to them. Only what applies
/// to at least one of them can be pressed.
class BulkBar : public ChoiceBar {
    Q_OBJECT
public:
    explicit BulkBar(QWidget* parent = nullptr);
    /// paused: how many of the running ones are.
    void setStates(int running, int stopped, int paused);

signals:
    /// As those of the base.
    void startWanted();
    void stopWanted();
    void restartWanted();
    void pauseWanted();
    void resumeWanted();

private:
    QPushButton* m_start;
    QPushButton* m_stop;
    QPushButton* m_restart;
    QPushButton* m_pause;
    bool m_resumes = false;  ///< all that run are paused: the button lets them go on
};

}  // namespace coracle::gui
