// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QWidget>

class QAbstractButton;
class QHBoxLayout;

namespace coracle::gui {

class IconLabel;
class TextLabel;

/// A line across the page that says what is wrong and what can be done; never covers content.
class Banner : public QWidget {
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { Info, Warning, Error };
    explicit Banner(QWidget* parent = nullptr);

    /// Show it with these words; `hint` may be empty.
    void show(Kind kind, const QString& text, const QString& hint = {});
    /// What it says, without the hint; kept after hide().
    QString text() const;
    /// Add a way out at its end. The button belongs to the banner and stays for all later messages.
    QAbstractButton* addButton(const QString& objectName, const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kind m_kind = Kind::Info;
    IconLabel* m_icon;
    TextLabel* m_text;
    TextLabel* m_hint;
    QHBoxLayout* m_layout;
};

}  // namespace coracle::gui
