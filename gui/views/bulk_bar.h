// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/views/page_header.h"

#include <QPushButton>

namespace coracle::gui {

/// Stands in place of the filter bar while two or more containers are chosen: how many, in which states, and
/// what can be done to all of them. Only what applies to at least one of them can be pressed.
class BulkBar : public FilterBar {
    Q_OBJECT
public:
    explicit BulkBar(QWidget* parent = nullptr);
    /// paused: how many of the running ones are.
    void setChosen(int running, int stopped, int paused);

signals:
    /// The bar only asks; what is chosen and what becomes of it is the page's business.
    void startWanted();
    void stopWanted();
    void restartWanted();
    void pauseWanted();
    void resumeWanted();
    void clearWanted();
    void deleteWanted();

private:
    TextLabel* m_count;
    TextLabel* m_states;
    QPushButton* m_start;
    QPushButton* m_stop;
    QPushButton* m_restart;
    QPushButton* m_pause;
    bool m_resumes = false;  ///< all that run are paused: the button lets them go on
};

}  // namespace coracle::gui
