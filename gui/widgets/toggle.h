// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCheckBox>

namespace coracle::gui {

/// A switch; to assistive tools it is the check box that it inherits from.
class Toggle : public QCheckBox {
    Q_OBJECT
public:
    explicit Toggle(const QString& text = {}, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool hitButton(const QPoint& position) const override { return rect().contains(position); }
};

}  // namespace coracle::gui
