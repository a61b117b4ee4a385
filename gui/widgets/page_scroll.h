// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QScrollArea>

namespace coracle::gui {

/// What is higher than its place and scrolls. It takes the focus of the Tab key, for the keys that scroll,
/// only when there is something to scroll, and then shows it.
class PageScroll : public QScrollArea {
    Q_OBJECT
public:
    explicit PageScroll(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
};

}  // namespace coracle::gui
