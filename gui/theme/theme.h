// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QObject>

#include <memory>

class QApplication;

namespace coracle::gui {

class CoracleStyle;
class ColorSchemeSource;

/// Which scheme the person wants.
enum class SchemeChoice : std::uint8_t { FollowDesktop, Light, Dark };

/// Puts our style and palette on the application and keeps them in step with the choice and with the
/// desktop. Made once, after QApplication; widgets need not know it: they get QEvent::PaletteChange.
class Theme : public QObject {
    Q_OBJECT
public:
    /// Installs the style. No D-Bus yet: start with the scheme that was last seen, then followDesktop().
    Theme(QApplication& application, SchemeChoice choice, Scheme lastSeen, QObject* parent = nullptr);
    ~Theme() override;

    SchemeChoice choice() const { return m_choice; }
    /// Takes effect at once. Remembering it is the caller's business.
    void setChoice(SchemeChoice choice);
    /// What is shown now: the choice, or what the desktop was last seen to prefer.
    Scheme scheme() const;
    /// What the desktop says of contrast, unless followDesktop() hears of it.
    void setContrast(Contrast contrast);
    /// Ask the desktop portal, without waiting, and listen to its changes.
    void followDesktop();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    /// After style, palette and icons have changed.
    void schemeChanged(coracle::gui::Scheme scheme);
    /// The person chose, wherever it was.
    void choiceChanged();

private:
    void apply();
    void showFocusIn(QWidget& window) const;

    QApplication& m_application;
    CoracleStyle* m_style;  ///< owned by the application
    std::unique_ptr<ColorSchemeSource> m_source;
    SchemeChoice m_choice;
    Scheme m_desktop;
    Contrast m_contrast = Contrast::Normal;
    bool m_byKeys = false;
};

}  // namespace coracle::gui
