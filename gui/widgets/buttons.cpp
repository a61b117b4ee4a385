// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/buttons.h"

#include "gui/theme/metrics.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QMouseEvent>

namespace coracle::gui {

namespace {

Token iconToken(ButtonKind kind) {
    switch (kind) {
    case ButtonKind::Primary:
        return Token::OnAccent;
    case ButtonKind::Danger:
        return Token::OnErr;
    case ButtonKind::DangerText:
        return Token::Err;
    case ButtonKind::Flat:
        return Token::Muted;
    case ButtonKind::Link:
        return Token::Link;
    case ButtonKind::Normal:
        break;
    }
    return Token::Text;
}

/// Enter presses the button that has the focus. Qt would press the default one of the dialog: Run, on Cancel.
/// The second half of a double click is for who had the first one, and not for the button that has taken its
/// place since: Cancel, where Pull was.
template <typename Base>
class OwnPresses : public Base {
public:
    using Base::Base;

protected:
    void mousePressEvent(QMouseEvent* event) override {
        m_pressed.start();
        Base::mousePressEvent(event);
    }

    void mouseDoubleClickEvent(QMouseEvent* event) override {
        if (m_pressed.isValid() && m_pressed.elapsed() <= QApplication::doubleClickInterval()) {
            Base::mouseDoubleClickEvent(event);
        }
    }

    void keyPressEvent(QKeyEvent* event) override {
        const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        const auto modifiers = event->modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier);
        if (!enter || modifiers != Qt::NoModifier) {
            Base::keyPressEvent(event);
            return;
        }
        event->accept();
        if (!event->isAutoRepeat()) {
            this->click();
        }
    }

private:
    QElapsedTimer m_pressed;  ///< since the last press that was no second half
};

}  // namespace

QPushButton* makeButton(const QString& objectName, const QString& text, const QString& iconName,
                        ButtonKind kind, ButtonSize size) {
    auto* button = new OwnPresses<QPushButton>(text);
    button->setObjectName(objectName);
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    setButtonKind(*button, kind, size);
    if (!iconName.isEmpty()) {
        button->setIcon(themeIcon(iconName, iconToken(kind)));
        button->setIconSize(QSize(scaled(metrics::kIconSmall), scaled(metrics::kIconSmall)));
    }
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return button;
}

QToolButton* makeIconButton(const QString& objectName, const QString& label, const QString& iconName,
                            ButtonKind kind) {
    auto* button = new OwnPresses<QToolButton>;
    button->setObjectName(objectName);
    button->setAccessibleName(label);
    button->setToolTip(label);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setProperty("buttonKind", int(kind));
    button->setIcon(themeIcon(iconName, iconToken(kind)));
    const int side = scaled(kind == ButtonKind::Flat ? metrics::kControlSmall : metrics::kControl);
    button->setFixedSize(side, side);
    button->setIconSize(QSize(scaled(metrics::kIcon), scaled(metrics::kIcon)));
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

}  // namespace coracle::gui
