// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSlider>
#include <QString>

#include <utility>
#include <vector>

namespace coracle::gui {

/// A slider over a row of stops, with words below some of them. A click goes there at once; the keys are
/// those of every slider.
class LimitSlider : public QSlider {
    Q_OBJECT
public:
    explicit LimitSlider(QWidget* parent = nullptr);
    /// Number of stops and the words below them, by their position from the left.
    void setStops(int count, std::vector<std::pair<int, QString>> marks);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    double xOf(int stop) const;
    int stopAt(double x) const;

    std::vector<std::pair<int, QString>> m_marks;
};

}  // namespace coracle::gui
