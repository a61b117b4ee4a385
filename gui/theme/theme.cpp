// SPDX-License-Identifier: Apache-2.0
#include "gui/theme/theme.h"

#include "gui/theme/color_scheme_source.h"
#include "gui/theme/style.h"

#include <QApplication>
#include <QPixmapCache>
#include <QToolTip>
#include <QWidget>

namespace coracle::gui {

Theme::Theme(QApplication& application, SchemeChoice choice, Scheme lastSeen, QObject* parent)
    : QObject(parent), m_application(application), m_choice(choice), m_desktop(lastSeen) {
    auto style = std::make_unique<CoracleStyle>(scheme());
    m_style = style.get();
    QApplication::setStyle(style.release());  // the application owns it
    QApplication::setPalette(m_style->standardPalette());
    QToolTip::setPalette(m_style->standardPalette());
    Q_UNUSED(m_application)
}

Theme::~Theme() = default;

Scheme Theme::scheme() const {
    switch (m_choice) {
    case SchemeChoice::Light:
        return Scheme::Light;
    case SchemeChoice::Dark:
        return Scheme::Dark;
    case SchemeChoice::FollowDesktop:
        break;
    }
    return m_desktop;
}

void Theme::setChoice(SchemeChoice choice) {
    m_choice = choice;
    apply();
    emit choiceChanged();
}

void Theme::followDesktop() {
    m_source = std::make_unique<ColorSchemeSource>();
    connect(m_source.get(), &ColorSchemeSource::schemeChanged, this, [this](Scheme seen) {
        m_desktop = seen;
        apply();
    });
    m_source->start();
}

void Theme::apply() {
    if (currentPalette().scheme() == scheme()) {
        return;
    }
    m_style->setScheme(scheme());
    QPixmapCache::clear();
    QApplication::setPalette(m_style->standardPalette());
    // Outside of QApplication::exec() Qt 6.4 changes the palette but tells no widget.
    for (QWidget* window : QApplication::topLevelWidgets()) {
        if (window->palette().color(QPalette::Window) != (*m_style).palette()[Token::Window]) {
            window->setPalette(QPalette());
        }
    }
    QToolTip::setPalette(m_style->standardPalette());
    emit schemeChanged(scheme());
}

}  // namespace coracle::gui
