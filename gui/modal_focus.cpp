// SPDX-License-Identifier: Apache-2.0
#include "gui/modal_focus.h"

#include <QApplication>
#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <cstring>
#include <optional>

namespace coracle::gui {
namespace {

// Numbers and places of the X protocol and of its input extension, which is where Qt gets clicks from.
constexpr int kKeyPress = 2;
constexpr int kButtonPress = 4;
constexpr int kGenericEvent = 35;
constexpr int kInputButtonPress = 4;
constexpr std::size_t kWindowAt = 12;
constexpr std::size_t kGenericTypeAt = 8;
constexpr std::size_t kGenericWindowAt = 24;
constexpr unsigned char kKind = 0x7f;

template <typename T>
T valueAt(const unsigned char* bytes, std::size_t place) {
    T value{};
    std::memcpy(&value, bytes + place, sizeof value);
    return value;
}

/// The window that a click or a key went to; nothing for all other events.
std::optional<std::uint32_t> pressedWindow(const void* message) {
    const auto* bytes = static_cast<const unsigned char*>(message);
    const int kind = bytes[0] & kKind;
    if (kind == kKeyPress || kind == kButtonPress) {
        return valueAt<std::uint32_t>(bytes, kWindowAt);
    }
    if (kind == kGenericEvent && valueAt<std::uint16_t>(bytes, kGenericTypeAt) == kInputButtonPress) {
        return valueAt<std::uint32_t>(bytes, kGenericWindowAt);
    }
    return std::nullopt;
}

}  // namespace

bool ModalFocus::nativeEventFilter(const QByteArray& eventType, void* message, qintptr* /*result*/) {
    QWidget* modal = QApplication::activeModalWidget();
    if (modal == nullptr || QApplication::activePopupWidget() != nullptr ||
        eventType != "xcb_generic_event_t") {
        return false;
    }
    // Whether it still counts as active says nothing: Qt waits a while for the focus to come back.
    const auto window = pressedWindow(message);
    if (!window || *window == modal->effectiveWinId()) {
        return false;
    }
    // Qt learns the time of this event after its filters.
    QTimer::singleShot(0, modal, [modal] {
        modal->raise();
        modal->activateWindow();
    });
    return false;
}

}  // namespace coracle::gui
