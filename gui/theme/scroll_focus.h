// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QScrollArea;

namespace coracle::gui {

/// The ring around a scroll area that the Tab key has reached: the arrow keys move its page then. An area
/// that shows all it has is no stop of that key.
class ScrollFocus : public QWidget {
    Q_OBJECT
public:
    /// Once for each area; a second call does nothing. The ring belongs to the area.
    static void attach(QScrollArea& area);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    explicit ScrollFocus(QScrollArea& area);
    void fit();

    QScrollArea& m_area;
};

}  // namespace coracle::gui
