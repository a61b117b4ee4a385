// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/store_settings.h"
#include "gui/views/page.h"

#include <QTimer>

class QComboBox;
class QSpinBox;
class QVBoxLayout;

namespace coracle::gui {

class Banner;
class Card;
class Segments;
class TextLabel;
class Toggle;

/// Settings: the app's background, look and questions, and how the store keeps house, in the file that the
/// command line obeys, too. A change is written a moment after the last one; what was not touched stays as it
/// is in the file.
class SettingsPage : public Page {
    Q_OBJECT
public:
    explicit SettingsPage(const PageContext& context);

    QString title() const override;
    void enter(const Place& place) override;
    void leave() override;
    void refresh() override;
    QWidget* mainWidget() override;

private:
    QWidget* makeBackground();
    QWidget* makeLook();
    QWidget* makeAsk();
    void showApp();
    Toggle* makeToggle(const QString& objectName, const QString& words, QWidget* parent);
    QWidget* makeStore();
    void addRow(Card& card, const QString& title, const QString& text, QWidget* control);
    void load();
    void showSettings(const types::StoreSettings& settings);
    void change();
    void save();

    types::StoreSettings m_settings;
    bool m_known = false;  ///< the file was read
    bool m_showing = false;
    QTimer m_later;

    Banner* m_banner = nullptr;
    Segments* m_scheme = nullptr;
    Toggle* m_tray = nullptr;
    Toggle* m_autostart = nullptr;
    Toggle* m_askStop = nullptr;
    QComboBox* m_notify = nullptr;
    QComboBox* m_language = nullptr;
    Card* m_store = nullptr;
    QSpinBox* m_days = nullptr;
    QSpinBox* m_percent = nullptr;
    QSpinBox* m_reserve = nullptr;
    QComboBox* m_reserveUnit = nullptr;
    QSpinBox* m_quota = nullptr;
};

}  // namespace coracle::gui
