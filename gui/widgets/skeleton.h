// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace coracle::gui {

/// Grey bars where rows will be, for lists that take longer than a moment. It stands still.
class Skeleton : public QWidget {
    Q_OBJECT
public:
    explicit Skeleton(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace coracle::gui
