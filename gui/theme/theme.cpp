// SPDX-License-Identifier: Apache-2.0
#include "gui/theme/theme.h"

#include "gui/theme/color_scheme_source.h"
#include "gui/theme/style.h"

#include <QApplication>
#include <QKeyEvent>
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
    m_application.installEventFilter(this);
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

void Theme::setContrast(Contrast contrast) {
    m_contrast = contrast;
    apply();
}

void Theme::followDesktop() {
    m_source = std::make_unique<ColorSchemeSource>();
    connect(m_source.get(), &ColorSchemeSource::schemeChanged, this, [this](Scheme seen) {
        m_desktop = seen;
        apply();
    });
    connect(m_source.get(), &ColorSchemeSource::contrastChanged, this, &Theme::setContrast);
    m_source->start();
}

/// Who works by keys sees where they are, also in a window that a key has opened; Qt shows it only after the
/// Tab key. A click hides it again.
bool Theme::eventFilter(QObject* watched, QEvent* event) {
    const auto type = event->type();
    if (type != QEvent::KeyPress && type != QEvent::MouseButtonPress && type != QEvent::WindowActivate) {
        return QObject::eventFilter(watched, event);
    }
    if (auto* widget = qobject_cast<QWidget*>(watched)) {
        if (type == QEvent::KeyPress) {
            const int key = static_cast<QKeyEvent*>(event)->key();
            m_byKeys = m_byKeys || (key != Qt::Key_Shift && key != Qt::Key_Control && key != Qt::Key_Alt &&
                                    key != Qt::Key_Meta && key != Qt::Key_AltGr);
        } else if (type == QEvent::MouseButtonPress) {
            m_byKeys = false;
        }
        showFocusIn(*widget->window());
    }
    return QObject::eventFilter(watched, event);
}

void Theme::showFocusIn(QWidget& window) const {
    if (window.testAttribute(Qt::WA_KeyboardFocusChange) != m_byKeys) {
        window.setAttribute(Qt::WA_KeyboardFocusChange, m_byKeys);
        if (QWidget* focused = window.focusWidget()) {
            focused->update();
        }
    }
}

void Theme::apply() {
    if (currentPalette().scheme() == scheme() && currentPalette().contrast() == m_contrast) {
        return;
    }
    m_style->setScheme(scheme(), m_contrast);
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
