// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QObject>
#include <QString>

#include <functional>
#include <utility>
#include <vector>

class QDBusPendingCallWatcher;

namespace coracle::gui {

/// A message of the desktop, beside all windows.
struct Notice {
    QString key;  ///< a later one with the same key takes its place
    QString title;
    QString text;
    std::vector<std::pair<QString, QString>> actions;  ///< key and words of each button
    bool urgent = false;
    /// A button was chosen, or "default": the message itself.
    std::function<void(const QString& action)> chosen;
};

/// Shows messages. Without a desktop that can, nothing happens.
class Notifier {
public:
    virtual ~Notifier() = default;
    virtual void show(const Notice& notice) = 0;
};

/// The service org.freedesktop.Notifications of the session bus, asked without waiting. Source: Desktop
/// Notifications Specification 1.2.
class DBusNotifier : public QObject, public Notifier {
    Q_OBJECT
public:
    explicit DBusNotifier(QObject* parent = nullptr);
    void show(const Notice& notice) override;

private slots:
    void onAction(uint id, const QString& action);
    void onToken(uint id, const QString& token);
    void onClosed(uint id, uint reason);

private:
    bool connectSignals();

    bool m_connected = false;
    QHash<uint, Notice> m_shown;
    QHash<QString, uint> m_ids;  ///< by key
};

}  // namespace coracle::gui
