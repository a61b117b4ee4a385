// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QProxyStyle>

class QAbstractButton;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionHeader;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QStyleOptionToolButton;

/// The look of every control: Fusion with flat surfaces, one-pixel lines and one accent. No style sheets are
/// used anywhere, because they take away the arrow of combo boxes and the look of disabled buttons.
namespace coracle::gui {

/// How a push button or tool button is drawn; set with setButtonKind().
enum class ButtonKind : std::uint8_t {
    Normal,      ///< surface with an edge
    Primary,     ///< filled with the accent; one a page
    Danger,      ///< filled with the error colour: loses data
    DangerText,  ///< edge, words in the error colour: opens a dialog that asks
    Flat,        ///< no edge until hovered
    Link,        ///< words in the link colour
};

enum class ButtonSize : std::uint8_t { Normal, Small };

void setButtonKind(QAbstractButton& button, ButtonKind kind, ButtonSize size = ButtonSize::Normal);

/// Mark an input as wrong or doubtful: its edge takes the colour.
enum class InputMark : std::uint8_t { None, Warning, Error };
void setInputMark(QWidget& input, InputMark mark);

class CoracleStyle : public QProxyStyle {
    Q_OBJECT
public:
    explicit CoracleStyle(Scheme scheme);
    ~CoracleStyle() override;

    /// The application's style when it is ours, else null.
    static const CoracleStyle* current();

    const Palette& palette() const { return m_palette; }
    /// Takes effect with the next QApplication::setPalette(standardPalette()).
    void setScheme(Scheme scheme, Contrast contrast);

    QPalette standardPalette() const override;
    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override;

private:
    void drawButton(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget) const;
    void drawButtonLabel(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget) const;
    void drawToolButton(const QStyleOptionToolButton& option, QPainter& painter, const QWidget* widget) const;
    void drawToolButtonLabel(const QStyleOptionToolButton& option, QPainter& painter,
                             const QWidget* widget) const;
    void drawInput(const QStyleOption& option, QPainter& painter, const QWidget* widget) const;
    void drawComboBox(const QStyleOptionComboBox& option, QPainter& painter, const QWidget* widget) const;
    void drawSpinBox(const QStyleOptionSpinBox& option, QPainter& painter, const QWidget* widget) const;
    void drawIndicator(PrimitiveElement element, const QStyleOption& option, QPainter& painter) const;
    void drawProgress(const QStyleOptionProgressBar& option, QPainter& painter) const;
    /// What the words of a header and its arrow need.
    static int headerWidth(const QStyleOptionHeader& option, const QWidget* widget);
    void drawHeader(const QStyleOptionHeader& option, QPainter& painter, const QWidget* widget) const;
    void drawTab(const QStyleOptionTab& option, QPainter& painter, const QWidget* widget) const;
    void drawTabLabel(const QStyleOptionTab& option, QPainter& painter, const QWidget* widget) const;
    void drawScrollBar(const QStyleOptionSlider& option, QPainter& painter, const QWidget* widget) const;

    Palette m_palette;
};

}  // namespace coracle::gui
