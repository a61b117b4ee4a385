// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QWidget>

namespace coracle::gui {

/// A flat ground in a colour of the theme with lines on chosen edges: heads, bars and panes.
class Panel : public QWidget {
    Q_OBJECT
public:
    /// lines: the edges that carry a line of one pixel inside the panel.
    explicit Panel(Token ground = Token::Window, Qt::Edges lines = {}, QWidget* parent = nullptr);
    void setGround(Token ground);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Token m_ground;
    Qt::Edges m_lines;
};

/// A line across the layout.
class Line : public QWidget {
    Q_OBJECT
public:
    explicit Line(Qt::Orientation orientation = Qt::Horizontal, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace coracle::gui
