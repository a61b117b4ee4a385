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
    void setChosen(int running, int stopped);

signals:
    void startWanted();
    void stopWanted();
    void restartWanted();
    void deleteWanted();

private:
    TextLabel* m_count;
    TextLabel* m_states;
    QPushButton* m_start;
    QPushButton* m_stop;
    QPushButton* m_restart;
};

}  // namespace coracle::gui
