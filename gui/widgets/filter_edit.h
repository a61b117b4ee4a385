// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>

namespace coracle::gui {

/// The filter of a page head: magnifier, a clear button when there is text, the shortcut when there is none.
/// Narrower where there is less room. Escape clears; a second Escape emits left().
class FilterEdit : public QLineEdit {
    Q_OBJECT
public:
    FilterEdit(const QString& objectName, const QString& placeholder, QWidget* parent = nullptr);
    /// The key shown at the end while empty and where there is room.
    void setKeyHint(const QString& hint);
    /// Keep room after the words for what stands there, beside the button that clears.
    void setEndRoom(int pixels);
    /// Gives way to what stands beside it, down to its minimum.
    QSize sizeHint() const override;

signals:
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    bool showsHint() const;
    int hintWidth() const;
    /// Words that are not typed yet end before the key.
    void keepRoom();

    QString m_hint;
    int m_endRoom = 0;
};

}  // namespace coracle::gui
