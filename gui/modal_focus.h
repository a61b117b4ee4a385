// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractNativeEventFilter>

namespace coracle::gui {

/// Keeps the keyboard with a modal dialog on X11. A click on the window behind gives that one the focus; Qt
/// then asks for the dialog in the name of an event from before the click, which window managers refuse. This
/// asks again after the click, or after a key.
class ModalFocus : public QAbstractNativeEventFilter {
public:
    bool nativeEventFilter(const QByteArray& eventType, void* message, qintptr* result) override;
};

}  // namespace coracle::gui
