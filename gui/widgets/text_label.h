// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"

#include <QLabel>

namespace coracle::gui {

/// A label in a role and a colour of the theme; both follow the desktop. Plain text unless told otherwise.
class TextLabel : public QLabel {
    Q_OBJECT
public:
    explicit TextLabel(const QString& text = {}, TextRole role = TextRole::Body, Token token = Token::Text,
                       QWidget* parent = nullptr);

    /// The colour of the words, as a token: it changes with the theme.
    void setToken(Token token);
    /// Size and weight; they change with the desktop's font.
    void setRole(TextRole role);
    /// Let the person select and copy the text.
    void setSelectable();
    /// Shorten with an ellipsis instead of asking for width; the tooltip has the whole text.
    void setElided(Qt::TextElideMode mode = Qt::ElideRight);
    /// Nothing in width once it may be shortened, so that a layout can squeeze it.
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void applyLook();

    TextRole m_role;
    Token m_token;
    Qt::TextElideMode m_elide = Qt::ElideNone;
};

/// A themed icon that is not a button.
class IconLabel : public QWidget {
    Q_OBJECT
public:
    explicit IconLabel(const QString& name, Token token = Token::Muted, int pixels = metrics::kIcon,
                       QWidget* parent = nullptr);
    /// Show another icon in the same place and size.
    void setIcon(const QString& name, Token token);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_name;
    Token m_token;
    int m_pixels;
};

}  // namespace coracle::gui
