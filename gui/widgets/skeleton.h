// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTimer>
#include <QWidget>

namespace coracle::gui {

/// Grey bars where rows will be, for lists that take longer than a moment. It stands still.
class Skeleton : public QWidget {
    Q_OBJECT
public:
    explicit Skeleton(QWidget* parent = nullptr);
    /// Empty at first: the bars come when it has been there for a moment, which most lists do not need.
    void setPatient();

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QTimer m_wait;
};

}  // namespace coracle::gui
