// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QAbstractButton>
#include <QFontMetrics>
#include <QRect>

class QPainter;

namespace coracle::gui {

/// Ground and words of a chip. The pairs below are those whose contrast the theme test proves.
struct ChipLook {
    Token ground = Token::AccentSoft;
    Token ink = Token::OnAccentSoft;
};

namespace chip_look {
inline constexpr ChipLook kAccent{Token::AccentSoft, Token::OnAccentSoft};
inline constexpr ChipLook kNeutral{Token::IdleSoft, Token::Muted};
inline constexpr ChipLook kOk{Token::OkSoft, Token::Ok};
inline constexpr ChipLook kWarn{Token::WarnSoft, Token::Warn};
inline constexpr ChipLook kErr{Token::ErrSoft, Token::Err};
inline constexpr ChipLook kInfo{Token::InfoSoft, Token::Info};
inline constexpr ChipLook kViolet{Token::VioletSoft, Token::Violet};
}  // namespace chip_look

/// Width of a chip with that text; delegates and widgets agree on it.
int chipWidth(const QString& text, bool withIcon);
/// Paint a chip whose left edge is at `x`, centred on `area`. The rectangle it covers.
QRect paintChip(QPainter& painter, const QRect& area, int x, const QString& text, const QString& iconName,
                ChipLook look);

/// A small word on a soft ground. A button when something is connected to clicked(), else set
/// setInteractive(false): no focus, no hand.
class Chip : public QAbstractButton {
    Q_OBJECT
public:
    explicit Chip(const QString& text = {}, const QString& iconName = {}, ChipLook look = chip_look::kAccent,
                  QWidget* parent = nullptr);
    /// Takes effect at once; the colours follow the theme by themselves.
    void setLook(ChipLook look);
    /// An icon of resources/icons; empty: words alone.
    void setIconName(const QString& name);
    /// Off: a label that takes no focus and no click. A chip is interactive until told otherwise.
    void setInteractive(bool on);
    /// Room before it, for a number behind the words of a tab, which leaves less than chips need.
    void setGap(int pixels);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
    ChipLook m_look;
    int m_gap = 0;
};

}  // namespace coracle::gui
