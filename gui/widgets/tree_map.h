// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace coracle::gui {

/// Lay out areas that fill `whole` in proportion to `sizes` (largest first), each as square as can be: rows
/// along the shorter side (Bruls, Huizing, van Wijk: Squarified Treemaps, 2000). Pure.
std::vector<QRectF> squarify(const QRectF& whole, const std::vector<double>& sizes);

/// Areas with a name and a size: what takes how much. Left and right go from one to the next, from the
/// largest on; Enter and a click choose. What is too small for its words has them as a tooltip, and every
/// area is named to screen readers as the keys reach it.
class TreeMap : public QWidget {
    Q_OBJECT
public:
    struct Area {
        QString name;
        QString words;  ///< below the name
        QString kind;   ///< for the tooltip and screen readers
        double size = 0;
        Token token = Token::Accent;
    };
    explicit TreeMap(QWidget* parent = nullptr);

    /// Largest first.
    void setAreas(std::vector<Area> areas);
    /// Where area `index` is painted, mirrored for right-to-left languages; empty when it is too small.
    QRect place(int index) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    void layOut();
    int at(const QPoint& position) const;
    void setCurrent(int index);
    void paintArea(QPainter& painter, int index) const;

    std::vector<Area> m_areas;
    std::vector<QRectF> m_places;
    int m_current = -1;
};

}  // namespace coracle::gui
